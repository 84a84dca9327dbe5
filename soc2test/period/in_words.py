"""The findings of a period in words: from when to when, and what accepted a part of it."""

from collections.abc import Iterable, Mapping

import msgspec

from soc2test.period.exempting import Exempting
from soc2test.period.observed import Key
from soc2test.period.talking import minute_text
from soc2test.reports.period_view import accepted_text
from soc2test.verdicts import Finding, Noted

__all__ = ["in_words"]

_HOW = {
    "holds": "holds",
    "gone": "is in the population no more",
    "not_applicable": "the control is no longer applicable",
}


def in_words(outcomes: Mapping[Key, Finding], noted: Iterable[Noted], exempting: Exempting) -> dict[Key, Finding]:
    """The findings with when it was, and with what accepted a part of it or made it exempt meanwhile."""
    spans: dict[Key, list[str]] = {}
    by: dict[Key, list[str]] = {}
    for each in noted:
        span = [accepted_text(each.accepted)] if each.accepted else []
        if each.ended != "event":
            span.insert(0, _span(each))
        spans.setdefault((each.kind, each.resource), []).extend(span)
        by.setdefault((each.kind, each.resource), []).extend(part.waiver for part in each.accepted)
    said = {}
    for key, finding in outcomes.items():
        own = [*spans.get(key, []), exempting.text(key)] if finding.outcome == "deviation" else []
        own = [*filter(None, own)]
        message = f"{finding.message} ({'; '.join(own)})" if own else finding.message
        waiver = ", ".join(dict.fromkeys(by.get(key, ()))) if own else ""
        said[key] = msgspec.structs.replace(finding, message=message, waiver=waiver or None)
    return said


def _span(each: Noted) -> str:
    again = "again " if each.recurred else ""
    after = f"after {minute_text(each.after)}, " if each.after else ""
    recorded = f" (recorded {each.recorded})" if each.recorded else ""
    begun = f"{after}by {minute_text(each.by)} in record {each.record}{recorded}"
    if each.until is None:
        return f"{again}{begun}, open"
    return f"{again}{begun}, until {minute_text(each.until)}: {_HOW[each.ended]}"
