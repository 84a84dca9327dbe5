"""What came in about privacy, as the mailbox or the ticket system counts it, against the register kept by hand."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from soc2test import Complaint, DataSubjectRequest, Population, PrivacyNotice, SystemCount, UnknownFact, deviation
from soc2test_policies._ages import WINDOW, day, disorder
from soc2test_policies._notices import in_force

__all__ = ["Arrivals", "complaints_counted", "contacts", "must_tie", "requests_counted"]

Arrivals = Sequence[tuple[str, datetime]]
"""The channel and the moment of each thing that came in."""

_UNCOUNTED = timedelta(days=35)
"""A month ends before it is counted."""
_DAY = timedelta(days=1)


def requests_counted(
    requests: Population[DataSubjectRequest],
    counts: Population[SystemCount],
    notices: Population[PrivacyNotice],
    as_of: datetime,
) -> None:
    """The register holds as many requests as came in where the notices in force say that one can ask."""
    came = [(request.channel, request.received_at) for request in requests]
    must_tie("privacy_requests", came, contacts(notices, as_of), counts, as_of)


def complaints_counted(
    complaints: Population[Complaint],
    counts: Population[SystemCount],
    notices: Population[PrivacyNotice],
    as_of: datetime,
) -> None:
    """The register holds as many complaints as came in where the notices in force say that one can turn to."""
    came = [(complaint.channel, complaint.received_at) for complaint in complaints]
    must_tie("privacy_complaints", came, contacts(notices, as_of), counts, as_of)


def contacts(notices: Population[PrivacyNotice], as_of: datetime) -> set[str]:
    """Where people can turn to by the notices in force. Raises `UnknownFact` where these name no place."""
    named = {contact for notice in notices if in_force(notice, as_of) for contact in notice.contacts}
    if not named:
        raise UnknownFact("", f"no privacy notice in force on {day(as_of)} names where to turn to")
    return named


def must_tie(
    what: str, came: Arrivals, channels: Iterable[str], counts: Population[SystemCount], as_of: datetime
) -> None:
    """Each of the `channels` was counted for the year, and the register holds what came in by it and by any other.

    A channel that is counted and that no register names any more is held against the register all the same: who takes
    it out of its row must not take what came in by it out of the test. Its count may have ended.

    Names counts that don't agree with `deviation`, and raises `UnknownFact` where days were not counted.
    """
    counted = list(counts.all("what", what))
    named = {*channels, *(channel for channel, _ in came)}
    others = {count.channel for count in counted} - named
    for channel in (*sorted(named), *sorted(others)):
        own = sorted((count for count in counted if count.channel == channel), key=lambda count: count.first_day)
        if channel in named:
            _whole_year(what, channel, own, as_of)
        for count in own:
            if problem := _disagreement(count, [moment for via, moment in came if via == channel], as_of):
                deviation(count, f"{count.id}: {problem}")


def _whole_year(what: str, channel: str, own: Sequence[SystemCount], as_of: datetime) -> None:
    """No day of the year is left out, but for those of the last month."""
    words = what.replace("_", " ")
    until = as_of - timedelta(days=WINDOW)
    for count in own:
        if count.first_day > until:
            break
        until = max(until, count.last_day + _DAY)
    if as_of - until > _UNCOUNTED:
        raise UnknownFact("", f"no system counted the {words} at {channel} from {day(until)} on")


def _disagreement(count: SystemCount, came: Sequence[datetime], as_of: datetime) -> str:
    ends = count.last_day + _DAY
    if count.counted_at < ends:
        return f"counted on {day(count.counted_at)}, before its last day {day(count.last_day)} was over"
    if problem := disorder(as_of, ("counted", count.counted_at)):
        return problem
    listed = len([moment for moment in came if count.first_day <= moment < ends])
    span = f"from {day(count.first_day)} to {day(count.last_day)}"
    if listed == count.count:
        return ""
    return f"{count.system} counts {count.count} at {count.channel} {span}, and the register holds {listed}"
