"""What came in by the lines for reports of conduct: the second source to a register of breaches."""

from datetime import datetime

from soc2test import ConductBreach, Population, ReportingLine, UnknownFact, deviation
from soc2test_policies._ages import WINDOW, day, overdue
from soc2test_policies._joins import known, told

__all__ = ["all_reports_told", "nothing_reported"]

_COUNTED_LATELY = 92
"""days: a count that is older leaves a quarter open"""


def nothing_reported(lines: Population[ReportingLine], as_of: datetime) -> None:
    """Each line for reports of conduct counted none in the last year, by its own statement.

    Raises `UnknownFact` where there is no such line, or where one does not count: an empty box that nobody counts is
    evidence of nothing.
    """
    conduct = [line for line in lines if line.purpose == "conduct"]
    if not conduct:
        raise UnknownFact("", "no line for reports of conduct is known that could count none")
    for line in conduct:
        if line.count is None or line.received is None:
            raise UnknownFact("received", f"{line.id} does not count what comes in by it")
        since, until = line.counted_since, line.counted_until
        problem = overdue("last counted", until, _COUNTED_LATELY, as_of)
        if since is None or problem or (as_of - since).days < WINDOW:
            raise UnknownFact(
                "counted_since", f"{line.id} does not say what came in within the year before {day(as_of)}"
            )
        assert not line.received, f"{line.received} reports came in by {line.id} since {day(since)}"


def all_reports_told(breaches: Population[ConductBreach], lines: Population[ReportingLine]) -> None:
    """The register holds as many reports of the time that a line for reports of conduct counts as came in by it."""
    for line in lines.members:
        count = told(lambda line=line: _counted(line), None)  # type: ignore[misc]
        if count is None:
            continue
        received, since, until = count
        listed, unknown = known(breaches.members, lambda breach: since <= breach.found_at <= until)  # noqa: B023
        if len(listed) < received and unknown is None:
            deviation(
                line, f"{received} reports came in by {line.id} from {day(since)} to {day(until)}, {len(listed)} told"
            )


def _counted(line: ReportingLine) -> tuple[int, datetime, datetime] | None:
    received, since, until = line.received, line.counted_since, line.counted_until
    if line.purpose != "conduct" or received is None or since is None or until is None:
        return None
    return received, since, until
