"""What `soc2test collect` says of denied calls: the rights that they need, by the vendor's documents."""

from collections.abc import Iterable, Mapping

from soc2test.cli.policy_documents import WRITERS
from soc2test.cli.rights_records import rights_of
from soc2test.collecting.calls import Call
from soc2test.sources.rights import Form
from soc2test.sources.source import Source

__all__ = ["needed", "policies"]

_ATTACH = (
    "These rights are what the denied calls of {} need. To be attached to who collects; another policy may still deny:"
)


def needed(call: Call, sources: Mapping[str, Source]) -> str:
    """The rights of a call as they follow on what the vendor said; "" where they are not known."""
    source = sources[call.source]
    told = rights_of(source, call.operation)
    declared = source.collecting.rights
    wider = declared.wider.get(call.operation, "") if declared is not None else ""
    texts = [f"needs {', '.join(told)}"] if told else []
    if told == ():
        texts.append("needs no right, by its vendor's documents")
    return "".join(f"; {text}" for text in [*texts, wider] if text)


def policies(calls: Iterable[Call], sources: Mapping[str, Source]) -> list[str]:
    """The documents that give what denied calls need, each below a line that says whose; none where that is unknown."""
    lacking: dict[Form, dict[str, set[str]]] = {}
    for call in calls:
        declared = sources[call.source].collecting.rights
        if declared is not None and declared.form in WRITERS:
            by_source = lacking.setdefault(declared.form, {})
            by_source.setdefault(call.source, set()).update(declared.of.get(call.operation, ()))
    lines: list[str] = []
    for form, by_source in lacking.items():
        rights = set().union(*by_source.values())
        if rights:
            lines.append(_ATTACH.format(", ".join(sorted(by_source))))
            lines += WRITERS[form](rights)
    return lines
