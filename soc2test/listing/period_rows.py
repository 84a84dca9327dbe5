"""Members of a population over a period as rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, tzinfo
from typing import Any

from soc2test.controls.control import Control
from soc2test.listing.blocks import Row
from soc2test.listing.cells import cell
from soc2test.listing.columns import facts_listed
from soc2test.listing.rows import Rows
from soc2test.resources.resource import Resource
from soc2test.verdicts import ControlPeriod

__all__ = ["period_rows"]

_OF_ORIGIN = 4
"""source, nature, scope and evidence"""
_EVIDENCE = 2 + _OF_ORIGIN
"""in a row, where outcome and finding do not stand yet"""

Seen = tuple[tuple[str, str], Resource | None, Any, Any, str]
"""Kind and id, what was told of it last, the first and the newest snapshot that show it, what else is of its days."""


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
    within = date.fromisoformat(over.first), date.fromisoformat(over.last)
    rows, spans = Rows(control, nature, zone, within), _spans(over)
    facts = len(facts_listed(control))
    for key, resource, first, last, beside in seen:
        told: Row = rows.row(resource) if resource is not None else (key[1], key[0], *[""] * (_OF_ORIGIN + 1 + facts))
        behind = told[_EVIDENCE + 1 :]
        shown = "" if last is None else f"{last.shown}: {told[_EVIDENCE]}"
        moments = ("" if each is None else cell(each.as_of) for each in (first, last))
        when = "; ".join(filter(None, (spans.get((key[0], veil(key[1]))), beside)))
        yield (*told[:_EVIDENCE], shown, *moments, when, *behind)


def _spans(over: ControlPeriod) -> Mapping[tuple[str, str], str]:
    """Of each member from when to when it deviated, and on which days it was exempt, with what was found of it then."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in over.noted:
        begun = f"after {each.after}, by {each.by}" if each.after else f"by {each.by}"
        ended = "" if each.ended == "event" else f" until {each.until}" if each.until else ", open"
        found.setdefault((each.kind, each.resource), []).append(begun + ended)
    for part in over.exempt:
        outcome = f" ({part.found})" if part.found is not None else ""
        exempt = f"exempt{outcome} from {part.first} to {part.last} by {part.exemption}"
        found.setdefault((part.kind, part.resource), []).append(exempt)
    return {key: "; ".join(spans) for key, spans in found.items()}
