"""Which evidence may be used: not from the future, not stale, not undated; and as of when all is evaluated."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from soc2test.evidence.record import Evidence
from soc2test.evidence.times import parse_time
from soc2test.run import AsOf

__all__ = ["Clock", "given_moment", "resolve", "unusable"]

_SKEW = timedelta(minutes=5)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Clock(msgspec.Struct, frozen=True):
    """The start of the run, and the moment given by `--soc2-as-of`, if any."""

    now: datetime
    given: datetime | None = None


def given_moment(text: str) -> datetime:
    """The moment that an option names; a day stands for all of it, so that what was exported that day counts.

    Raises `ValueError` with what to write instead.
    """
    try:
        moment = parse_time(text)
    except ValueError:
        moment = None
    if moment is None:
        raise ValueError(f"{text!r} is no time; write 2026-11-20 or 2026-11-20T12:00:00Z")
    return moment + timedelta(days=1, seconds=-1) if _DAY.fullmatch(text.strip()) else moment


def resolve(clock: Clock, evidence: Iterable[Evidence]) -> AsOf:
    """The moment to evaluate for: as given, else the newest evidence that is not from the future, else now."""
    if clock.given is not None:
        return AsOf(clock.given, "option")
    dates = [each.collected_at for each in evidence if each.collected_at and each.collected_at <= clock.now + _SKEW]
    return AsOf(max(dates), "evidence") if dates else AsOf(clock.now, "clock")


def unusable(clock: Clock, max_age: Mapping[str, timedelta]) -> Callable[[Evidence], tuple[str, str] | None]:
    """A judge of single evidence: None where it may be used, else a gap's code and text.

    Age is measured against the moment given, else against the run's clock: frozen exports must not stay green in a
    nightly job. Undated evidence stands for the moment given, and for nothing where none is.
    """
    moment = clock.given or clock.now

    def judge(evidence: Evidence) -> tuple[str, str] | None:
        when, latest = evidence.collected_at, evidence.dated_up_to
        if when is None:
            if clock.given is not None:
                return None
            return "undated", (
                "is undated: put collected_at into exports/manifest.yaml (the one nearest to it, where there are "
                "several), or name the moment with --soc2-as-of"
            )
        latest = max(when, latest) if latest is not None else when
        if latest > moment + _SKEW:
            tested = "the moment given" if clock.given else "this run"
            return "future", (
                f"is dated {latest:%Y-%m-%d %H:%M}, after {tested} ({moment:%Y-%m-%d %H:%M}): correct its collected_at"
            )
        most = max_age.get(evidence.source)
        if most is not None and moment - when > most:
            days, limit = ((span.total_seconds() / 86400) for span in (moment - when, most))
            way_out = "export it again" if clock.given else "export it again, or name its moment with --soc2-as-of"
            return "stale", f"is {days:.0f} days old where {evidence.source} allows {limit:g}: {way_out}"
        return None

    return judge
