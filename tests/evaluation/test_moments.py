"""Until when a function of the moment says the same: it says it at each moment before, and nothing unseen is told of."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from soc2test.evaluation.moments import Moment, Trial, Untold

BEGIN = datetime(2026, 3, 27, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)
EAST = timezone(timedelta(hours=5, minutes=30))
spans = st.integers(-60, 60).map(lambda quarters: timedelta(hours=quarters / 4))
moments = st.integers(-300, 300).map(lambda hours: BEGIN + timedelta(hours=hours))

FOLLOWED: dict[str, Callable[[Any, datetime, timedelta], Any]] = {
    "older than a span": lambda as_of, when, span: when >= as_of - span,
    "strictly": lambda as_of, when, span: when < as_of + span,
    "from the left": lambda as_of, when, span: span + as_of <= when,
    "at the very moment": lambda as_of, when, span: (as_of == when, as_of != when + span),
    "an age": lambda as_of, when, span: as_of - when > span,
    "an age from the other side": lambda as_of, when, span: (when - as_of <= span, (when - as_of) == span),
    "whole days": lambda as_of, when, span: (as_of - when).days,
    "whole days to come": lambda as_of, when, span: (when - as_of).days,
    "whole weeks": lambda as_of, when, span: (as_of - span - when) // (7 * DAY),
    "no age at all": lambda as_of, when, span: bool(as_of - when),
    "days": lambda as_of, when, span: ((as_of - span).date(), as_of.year, as_of.month, (as_of + span).day),
    "days of people": lambda as_of, when, span: as_of.astimezone(BERLIN).date(),
    "the later of two": lambda as_of, when, span: max(as_of, when) < BEGIN + span,
    "between two": lambda as_of, when, span: when - span <= as_of < when + span,
    "itself": lambda as_of, when, span: (as_of - span < as_of, as_of is None, as_of == None, bool(as_of)),  # noqa: E711
    "elsewhere": lambda as_of, when, span: as_of - when.astimezone(EAST) < span,
    "its zone": lambda as_of, when, span: as_of.tzinfo,
    "nothing": lambda as_of, when, span: when < BEGIN,
}
NOT_FOLLOWED: dict[str, Callable[[Any, datetime], Any]] = {
    "a text": lambda as_of, when: f"{as_of:%Y}",
    "its words": lambda as_of, when: str(as_of),
    "seconds": lambda as_of, when: (as_of - when).total_seconds(),
    "a share": lambda as_of, when: (as_of - when) / DAY,
    "a key": lambda as_of, when: {as_of: 1},
    "its type": lambda as_of, when: isinstance(as_of, datetime),
    "the hour": lambda as_of, when: as_of.hour,
    "another moment": lambda as_of, when: as_of.replace(day=1),
    "the local hour": lambda as_of, when: as_of.astimezone(BERLIN).hour,
    "local time": lambda as_of, when: when.astimezone(BERLIN) < as_of,
    "a moment without a zone": lambda as_of, when: as_of == when.replace(tzinfo=None),
    "a span added to a moment": lambda as_of, when: when + (as_of - when),
    "the size of an age": lambda as_of, when: abs(as_of - when) < DAY,
    "two ages": lambda as_of, when: (as_of - when) < (as_of - BEGIN),
    "a number": lambda as_of, when: as_of == 3,
    "an age beside a number": lambda as_of, when: (as_of - when) > 3,
    "units of no length": lambda as_of, when: (as_of - when) // timedelta(),
}


@pytest.mark.each(5)
@settings(max_examples=examples(150), deadline=None)
@given(as_of=moments, when=moments, span=spans, later=st.lists(st.integers(0, 700 * 4), max_size=8))
@pytest.mark.parametrize("name", FOLLOWED)
def test_it_says_the_same_up_to_the_moment_that_is_told(
    name: str, as_of: datetime, when: datetime, span: timedelta, later: list[int]
) -> None:
    function = FOLLOWED[name]
    trial = Trial(as_of)
    assert function(Moment(trial), when, span) == function(as_of, when, span)
    assert trial.told
    last = timedelta(microseconds=1)
    then = [as_of, *(as_of + timedelta(minutes=15 * quarters) for quarters in later)]
    then += [] if trial.until is None else [trial.until - last]
    for moment in then:
        if as_of <= moment and (trial.until is None or moment < trial.until):
            assert function(moment, when, span) == function(as_of, when, span), moment


@pytest.mark.parametrize("name", NOT_FOLLOWED)
def test_of_what_is_not_followed_nothing_is_told(name: str) -> None:
    trial = Trial(BEGIN)
    with pytest.raises(Untold):
        NOT_FOLLOWED[name](Moment(trial), BEGIN - DAY)
    assert not trial.told
    trial.begin()
    assert trial.told
    assert trial.until is None


def test_a_moment_in_local_time_is_not_followed() -> None:
    assert not Trial(BEGIN.astimezone(BERLIN)).told


def test_an_age_is_told_to_change_when_it_does() -> None:
    trial = Trial(BEGIN)
    assert not Moment(trial) - timedelta(days=90) > BEGIN - timedelta(days=80)
    assert trial.until == BEGIN + timedelta(days=10)
