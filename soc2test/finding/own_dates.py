"""The date that an export states of itself, held beside the one that its manifest or record gives it.

A report may be older than its collection: `aws iam get-credential-report` prints the last one that was made.
So the older of both counts for its age. A date from the future is refused whichever of them says it.
A manifest's default is for what says no date itself, and stands aside where one is said.
"""

from datetime import UTC, datetime, tzinfo

from soc2test.errors import EvidenceError, UnknownFact
from soc2test.evidence.record import Evidence
from soc2test.evidence.times import local_day, parse_time
from soc2test.sources.paging import path_values

__all__ = ["date_by_both"]


def date_by_both(
    evidence: Evidence, key_path: str, given: datetime | None, default: datetime | None, zone: tzinfo
) -> None:
    """Date evidence by the older of what it states at `key_path` and what is `given` of it, else by the `default`.

    A day without a time that it states begins in `zone`. Raises `EvidenceError` where what it states is no time.
    """
    told = _stated(evidence, key_path, zone)
    if given is not None:
        told.append(given)
    evidence.collected_at = min(told, default=default)
    evidence.dated_up_to = max(told, default=default)


def _stated(evidence: Evidence, key_path: str, zone: tzinfo) -> list[datetime]:
    """The moments that the body names; several where it holds several reports in one."""
    if not key_path or not isinstance(evidence.body, dict):
        return []
    try:
        moments = [_moment(value, zone) for value in path_values(evidence.body, key_path)]
    except (ValueError, UnknownFact):
        raise EvidenceError(evidence.path, "its date is no time", place=key_path) from None
    return [moment for moment in moments if moment is not None]


def _moment(value: object, zone: tzinfo) -> datetime | None:
    day = local_day(value, zone) if isinstance(value, str) else None
    return parse_time(value) if day is None else day.astimezone(UTC)
