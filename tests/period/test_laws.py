"""Laws of a period over snapshots that nobody recorded: less evidence never makes it better."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soc2test import Resource, control
from soc2test.controls.control import Control, control_of
from soc2test.exceptions.revising import Revisions
from soc2test.period.calendar import Period
from soc2test.period.coverage import coverage
from soc2test.period.folding import Folded
from soc2test.period.observed import Key, Observed, Snapshot, findings_of
from soc2test.period.own_days import OwnDays
from soc2test.pytest_plugin.outcome import empty_result
from soc2test.verdicts import ControlResult, Finding, Reason, TakenOut, Verdict

from .half_year import BERLIN, at

FIRST = date(2026, 3, 1)
PERIOD = Period(first=FIRST, last=FIRST + timedelta(days=19), zone=BERLIN)


class Thing(Resource, frozen=True, gc=False, kw_only=True):
    """A thing."""

    happened_at: datetime
    good: bool


@control("LAW-01", criteria=["CC6.1"], nature="state")
def test_state(thing: Thing) -> None:
    """Good."""
    assert thing.good


@control("LAW-02", criteria=["CC6.1"], nature="event", operates="per event", dated="happened_at")
def test_event(thing: Thing) -> None:
    """Good."""
    assert thing.good


def spec(function: Any) -> Control:
    found = control_of(function)
    assert found is not None
    return found


STATE, EVENT = spec(test_state), spec(test_event)
Seen = tuple[int, dict[str, str]]
"""Day of the period (before it below 0), and what is found of each resource: holds, deviation, unknown."""
outcomes = st.sampled_from(["holds", "holds", "deviation", "unknown"])
seen = st.tuples(st.integers(-3, 24), st.dictionaries(st.sampled_from("abcd"), outcomes))
sequences = st.lists(seen, min_size=1, max_size=12, unique_by=lambda each: each[0]).map(sorted)


def observed(spec: Control, day: int, found: dict[str, str]) -> Observed:
    """What a snapshot at noon of a day shows."""
    moment = at("2026-03-01 12:00") + timedelta(days=day)
    findings = tuple(
        Finding(id, id, "Thing", "test", outcome, None, "x", None)  # type: ignore[arg-type]
        for id, outcome in found.items()
        if outcome != "holds"
    )
    bad = [each.outcome for each in findings]
    verdict = Verdict.FAIL if "deviation" in bad else Verdict.NOT_EVALUATED if "unknown" in bad else Verdict.PASS
    if not found:
        verdict = Verdict.NOT_EVALUATED
    result: ControlResult = (
        empty_result(spec, verdict, "empty", "nothing") if not found else _with(spec, verdict, findings, len(found))
    )
    keys: dict[Key, str] = {("Thing", id): "test" for id in found}
    return Observed(
        snapshot=Snapshot(number=day + 10, digest="0" * 64, as_of=moment, recorded_at=moment),
        result=result,
        members=keys,
        days={key: PERIOD.first + timedelta(days="abcd".index(key[1]) * 5) for key in keys} if spec is EVENT else {},
        findings=findings_of(result),
        seen_on=PERIOD.day(moment),
        seen_at=moment,
        seen_to=moment,
        all_seen_on=PERIOD.day(moment),
    )


def _with(spec: Control, verdict: Verdict, findings: tuple[Finding, ...], population: int) -> ControlResult:
    count = [each.outcome for each in findings].count
    return msgspec.structs.replace(
        empty_result(spec, verdict, "x", "x"),
        reason=None if verdict is not Verdict.NOT_EVALUATED else Reason("unknown_fact", "x"),
        population=population,
        findings=findings,
        deviations=count("deviation"),
        unknown=count("unknown"),
        passed=population - len(findings),
    )


def fold(spec: Control, sequence: list[Seen], max_gap_days: int = 3) -> ControlResult | None:
    folded = Folded(spec, PERIOD, max_gap_days, date(2026, 12, 1))
    for day, found in sequence:
        one = observed(spec, day, found)
        folded.take(one, lambda *_: one.result)  # noqa: B023  # asked at once
    return folded.result(Revisions())


@pytest.mark.parametrize("spec", [STATE, EVENT], ids=["state", "event"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_counts_add_up_and_good_means_that_each_day_was_seen(spec: Control, data: st.DataObject) -> None:
    sequence = data.draw(sequences)
    result = fold(spec, sequence)
    assert result is not None
    assert result.population == result.passed + result.deviations + result.pending + result.unknown + result.errors
    assert result.passed >= 0
    told = result.period
    assert told is not None
    assert (
        told.observed + sum(each.days for each in (*told.bridged, *told.by_register, *told.not_evidenced)) >= told.days
    )
    if result.verdict is Verdict.PASS:
        assert result.population == result.passed
        assert not told.not_evidenced
        assert told.observed
        inside = [found for day, found in sequence if 0 <= day < told.days]
        if spec is STATE:
            assert not any("deviation" in found.values() for found in inside)


@pytest.mark.parametrize("spec", [STATE, EVENT], ids=["state", "event"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_snapshot_less_makes_nothing_better(spec: Control, data: st.DataObject) -> None:
    sequence = data.draw(sequences.filter(lambda each: len(each) > 1))
    whole = fold(spec, sequence)
    gone = data.draw(st.integers(0, len(sequence) - 1))
    less = fold(spec, [each for place, each in enumerate(sequence) if place != gone])
    assert whole is not None
    assert less is not None
    assert whole.period is not None
    assert less.period is not None
    assert less.period.observed <= whole.period.observed
    if whole.verdict is not Verdict.PASS and less.verdict is Verdict.PASS:
        taken = sequence[gone][1]
        assert set(taken.values()) & {"deviation", "unknown"} or not taken


@pytest.mark.parametrize("spec", [STATE, EVENT], ids=["state", "event"])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_deviation_that_a_snapshot_of_the_period_shows_is_noted(spec: Control, data: st.DataObject) -> None:
    result = fold(spec, sequence := data.draw(sequences))
    assert result is not None
    inside = {id for day, found in sequence if 0 <= day < 20 for id, outcome in found.items() if outcome == "deviation"}
    deviating = {each.resource for each in result.findings if each.outcome == "deviation"}
    assert inside <= deviating


@settings(max_examples=200, deadline=None)
@given(days=st.sets(st.integers(-10, 30)), most=st.integers(0, 10))
def test_each_day_is_observed_bridged_or_not_evidenced(days: set[int], most: int) -> None:
    told = coverage(PERIOD, [FIRST + timedelta(days=day) for day in days], most)
    bridged, missing = (sum(each.days for each in given) for given in (told.bridged, told.not_evidenced))
    assert told.observed + bridged + missing == PERIOD.days
    assert told.observed == len([day for day in days if 0 <= day < 20])
    assert not told.bridged or days


ENTRY = TakenOut(
    form="replaced_by", detail="LAW-09", reason="x", owner="a", approver="b", since="2026-01-01", review_by="2026-12-31",
    found=Verdict.PASS,
)  # fmt: skip
partly_out = st.lists(st.tuples(seen, st.booleans()), min_size=2, max_size=12, unique_by=lambda each: each[0][0]).map(
    lambda each: sorted(each, key=lambda pair: pair[0][0])
)
"""Snapshots, each with whether soc2.yaml takes the control out in it."""


def fold_out(spec: Control, sequence: list[tuple[Seen, bool]]) -> tuple[ControlResult, OwnDays]:
    own = OwnDays(
        lambda applying: Folded(spec, PERIOD, 3, date(2026, 12, 1), applying=applying), PERIOD, max_gap_days=3
    )
    for (day, found), out in sequence:
        one = observed(spec, day, found)
        things = {key: Thing(id=key[1], happened_at=one.snapshot.as_of, good=True) for key in one.members}
        one = msgspec.structs.replace(one, out=ENTRY if out else None, resources=things)
        own.take(one, lambda *_: one.result)  # noqa: B023  # asked at once
    result = own.result(Revisions())
    assert result is not None
    return result, own


@settings(max_examples=300, deadline=None)
@given(sequence=partly_out)
def test_what_passes_bridges_no_own_day_to_a_deviation(sequence: list[tuple[Seen, bool]]) -> None:
    result, own = fold_out(STATE, sequence)
    if result.verdict is not Verdict.PASS or not own.partly_out:
        return
    for ((first, before), was_out), ((second, after), is_out) in pairwise(sequence):
        between = [day for day in range(first + 1, second) if 0 <= day < PERIOD.days]
        if between and not (was_out and is_out):
            assert "deviation" not in (*before.values(), *after.values())


@settings(max_examples=300, deadline=None)
@given(sequence=partly_out)
def test_a_row_without_a_finding_is_as_a_snapshot_shows_it_to_hold(sequence: list[tuple[Seen, bool]]) -> None:
    result, own = fold_out(STATE, sequence)
    found = {each.resource for each in result.findings}
    shown = {day + 10: seen for (day, seen), _ in sequence}
    for member in own.members:
        if member.key[1] not in found:
            assert member.last is not None
            assert shown[member.last.number][member.key[1]] == "holds"
