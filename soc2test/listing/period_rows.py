"""Members of a population over a period as rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from soc2test.controls.control import Control
from soc2test.listing.cells import cell
from soc2test.listing.columns import FIXED, facts_listed
from soc2test.listing.rows import Row, Rows
from soc2test.resources.resource import Resource
from soc2test.verdicts import ControlPeriod, Noted

__all__ = ["period_rows"]

_EVIDENCE = FIXED.index("evidence")

Seen = tuple[tuple[str, str], Resource | None, Any, Any]
"""Kind and id, what was told of it last, and the first and the newest snapshot that show it."""


def period_rows(
    control: Control,
    seen: Sequence[Seen],
    over: ControlPeriod,
    nature: Callable[[str], str],
    zone: tzinfo,
    veil: Callable[[str], str],
) -> Iterator[Row]:
    """A row for each; what no snapshot shows, as a performance that was due, has a name alone.

    `over` names its members as `veil` does.
    """
    rows, spans = Rows(control, nature, zone), _spans(over.noted)
    facts = len(facts_listed(control))
    for key, resource, first, last in seen:
        if resource is None:
            row: Row = (key[1], key[0], *[""] * (len(FIXED) - 2 + facts))
        else:
            row = next(rows.of([resource]))
        shown = "" if last is None else f"{last.shown}: {row[_EVIDENCE]}"
        moments = ("" if each is None else cell(each.as_of) for each in (first, last))
        yield (*row[:_EVIDENCE], shown, *moments, spans.get((key[0], veil(key[1])), ""), *row[len(FIXED) :])


def _spans(noted: Sequence[Noted]) -> Mapping[tuple[str, str], str]:
    """Of each deviating member from when to when."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in noted:
        begun = f"after {each.after}, by {each.by}" if each.after else f"by {each.by}"
        ended = "" if each.ended == "event" else f" until {each.until}" if each.until else ", open"
        found.setdefault((each.kind, each.resource), []).append(begun + ended)
    return {key: "; ".join(spans) for key, spans in found.items()}
