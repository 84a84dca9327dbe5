"""What `soc2test permissions` tells of a source, as a plain record: `--format json` prints it, the text shows it."""

from collections.abc import Iterable, Sequence
from typing import Any

from soc2test.sources.operation import Operation
from soc2test.sources.rights import Rights
from soc2test.sources.source import Source

__all__ = ["rights_of", "rights_record"]

_UNSAID = "its plugin says nothing of it"


def rights_of(source: Source, operation: str) -> tuple[str, ...] | None:
    """What a call needs; empty where the vendor documents that it needs nothing, None where that is not known."""
    rights = source.collecting.rights
    return None if rights is None else rights.of.get(operation)


def rights_record(source: Source, asked: Sequence[Operation]) -> dict[str, Any]:
    """The rights that the asked operations of a source need, each with the operations that need it."""
    declared = source.collecting.rights
    names = [operation.name for operation in asked]
    needs = {name: rights_of(source, name) for name in names}
    by_right: dict[str, list[str]] = {}
    for name, rights in needs.items():
        for right in rights or ():
            by_right.setdefault(right, []).append(name)
    return {
        "source": source.name,
        "title": source.title,
        "called": declared.called if declared else None,
        "give": declared.give if declared else None,
        "form": declared.form if declared else None,
        "reference": declared.url if declared else None,
        "variables": dict(source.collecting.variables),
        "rights": [{"right": right, "operations": by_right[right]} for right in sorted(by_right)],
        "none_needed": [name for name, rights in needs.items() if rights == ()],
        "wider": _reasons(names, declared.wider if declared else {}),
        "not_known": [
            {"operation": name, "reason": _why_unknown(declared, name)}
            for name, rights in needs.items()
            if rights is None and name not in (declared.wider if declared else {})
        ],
    }  # fmt: skip


def _why_unknown(declared: Rights | None, operation: str) -> str:
    return _UNSAID if declared is None else declared.unknown.get(operation, _UNSAID)


def _reasons(names: Iterable[str], texts: Any) -> list[dict[str, str]]:
    return [{"operation": name, "reason": texts[name]} for name in names if name in texts]
