"""`soc2test controls --format markdown`: all controls as one page, for docs and for the auditor's desk."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from soc2test.criteria import CRITERIA

__all__ = ["page"]

_HEAD = """# All controls

Written by `soc2test controls --format markdown`. What each test relies on, which exports can tell that, and which
numbers a company may set; the wording and the ids are stable. `soc2test controls ID` prints one with its commands.
"""


def page(records: Sequence[Mapping[str, Any]]) -> str:
    """The page of the controls whose records `describe` gives, by the first criterion that each tests."""
    return "\n".join([_HEAD, *_overview(records), *(line for record in records for line in _one(record))])


def _overview(records: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "| criterion | tested by | supported by |"
    yield "|---|---|---|"
    for criterion in CRITERIA.values():
        direct = [record["id"] for record in records if criterion.id in record["criteria"]]
        beside = [record["id"] for record in records if criterion.id in record["supports"]]
        yield f"| {criterion.id} {criterion.subject} | {_links(direct)} | {_links(beside)} |"
    yield ""


def _links(ids: Sequence[str]) -> str:
    return ", ".join(f"[{id}](#{id.lower()})" for id in ids) or "-"


def _one(record: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {record['id']}"
    yield ""
    yield record["title"]
    yield ""
    yield f"- tests: {', '.join(record['criteria']) or 'no criterion directly'}"
    for criterion, reason in record["supports"].items():
        yield f"- supports {criterion}: {reason}"
    yield f"- {record['nature']}, {record['severity']}, operates {record['operates']}"
    yield f"- over {_over(record)}, told by {_sources(record['listed_by'])}"
    yield f"- facts that decide: {_code(record['relies_on']) or 'none'}"
    for name, limit in record["limits"].items():
        yield f"- limit `{name}`: `{json.dumps(limit['default'])}`"
    yield ""


def _over(record: Mapping[str, Any]) -> str:
    joins = sorted(set(record["joins"].values()) - {record["kind"]})
    if record["kind"] is None:
        return f"all of {', '.join(joins)} together"
    return f"each {record['kind']}" + (f" beside {', '.join(joins)}" if joins else "")


def _sources(listed_by: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    names = sorted({source for by_source in listed_by.values() for source in by_source})
    return ", ".join(names) or "the exports themselves"


def _code(facts: Sequence[str]) -> str:
    return ", ".join(f"`{fact}`" for fact in facts)
