"""Members of a population over a period as rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from soc2test.controls.control import Control
from soc2test.listing.blocks import Row
from soc2test.listing.cells import cell
from soc2test.listing.columns import facts_listed
from soc2test.listing.rows import Rows
from soc2test.resources.resource import Resource
from soc2test.verdicts import ControlPeriod, Noted

__all__ = ["period_rows"]

_OF_ORIGIN = 4
"""source, nature, scope and evidence"""
_EVIDENCE = 2 + _OF_ORIGIN
"""in a row, where outcome and finding do not stand yet"""

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
        told: Row = rows.row(resource) if resource is not None else (key[1], key[0], *[""] * (_OF_ORIGIN + 1 + facts))
        behind = told[_EVIDENCE + 1 :]
        shown = "" if last is None else f"{last.shown}: {told[_EVIDENCE]}"
        moments = ("" if each is None else cell(each.as_of) for each in (first, last))
        yield (*told[:_EVIDENCE], shown, *moments, spans.get((key[0], veil(key[1])), ""), *behind)


def _spans(noted: Sequence[Noted]) -> Mapping[tuple[str, str], str]:
    """Of each deviating member from when to when."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in noted:
        begun = f"after {each.after}, by {each.by}" if each.after else f"by {each.by}"
        ended = "" if each.ended == "event" else f" until {each.until}" if each.until else ", open"
        found.setdefault((each.kind, each.resource), []).append(begun + ended)
    return {key: "; ".join(spans) for key, spans in found.items()}
