"""Laws of a period over snapshots that nobody recorded: less evidence never makes it better."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from examples import examples
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
from soc2test.verdicts import ControlResult, Exemption, Finding, Reason, TakenOut, Verdict

from .half_year import BERLIN, at

FIRST = date(2026, 3, 1)
PERIOD = Period(first=FIRST, last=FIRST + timedelta(days=19), zone=BERLIN)
REPORTED = at("2026-03-26 00:00")


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
    folded = Folded(spec, PERIOD, max_gap_days, date(2026, 12, 1), reported=REPORTED)
    for day, found in sequence:
        one = observed(spec, day, found)
        folded.take(one, lambda *_: one.result)  # noqa: B023  # asked at once
    return folded.result(Revisions())


@pytest.mark.parametrize("spec", [STATE, EVENT], ids=["state", "event"])
@settings(max_examples=examples(150), deadline=None)
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
@settings(max_examples=examples(150), deadline=None)
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
@settings(max_examples=examples(100), deadline=None)
@given(data=st.data())
def test_a_deviation_that_a_snapshot_of_the_period_shows_is_noted(spec: Control, data: st.DataObject) -> None:
    result = fold(spec, sequence := data.draw(sequences))
    assert result is not None
    inside = {id for day, found in sequence if 0 <= day < 20 for id, outcome in found.items() if outcome == "deviation"}
    deviating = {each.resource for each in result.findings if each.outcome == "deviation"}
    assert inside <= deviating


@settings(max_examples=examples(200), deadline=None)
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
        lambda applying: Folded(spec, PERIOD, 3, date(2026, 12, 1), reported=REPORTED, applying=applying),
        PERIOD,
        max_gap_days=3,
    )
    for (day, found), out in sequence:
        one = observed(spec, day, found)
        things = {key: Thing(id=key[1], happened_at=one.snapshot.as_of, good=True) for key in one.members}
        one = msgspec.structs.replace(one, out=ENTRY if out else None, resources=things)
        own.take(one, lambda *_: one.result)  # noqa: B023  # asked at once
    result = own.result(Revisions())
    assert result is not None
    return result, own


@settings(max_examples=examples(300), deadline=None)
@given(sequence=partly_out)
def test_what_passes_bridges_no_own_day_to_a_deviation(sequence: list[tuple[Seen, bool]]) -> None:
    result, own = fold_out(STATE, sequence)
    if result.verdict is not Verdict.PASS or not own.partly_out:
        return
    for ((first, before), was_out), ((second, after), is_out) in pairwise(sequence):
        between = [day for day in range(first + 1, second) if 0 <= day < PERIOD.days]
        if between and not (was_out and is_out):
            assert "deviation" not in (*before.values(), *after.values())


@settings(max_examples=examples(300), deadline=None)
@given(sequence=partly_out)
def test_a_row_without_a_finding_is_as_a_snapshot_shows_it_to_hold(sequence: list[tuple[Seen, bool]]) -> None:
    result, own = fold_out(STATE, sequence)
    found = {each.resource for each in result.findings}
    shown = {day + 10: seen for (day, seen), _ in sequence}
    for member in own.members:
        if member.key[1] not in found:
            assert member.last is not None
            assert shown[member.last.number][member.key[1]] == "holds"


looks = st.sampled_from(["pending", "pending", "holds", "deviation", "unknown", "exempt", "absent", "denied"])
followed = st.lists(st.tuples(st.integers(5, 24), looks), min_size=1, max_size=10, unique_by=lambda each: each[0]).map(
    sorted
)
"""What each snapshot tells of one event of the fifth day, whose limit ends at the beginning of the eleventh."""
ENDS = at("2026-03-12 00:00")
EXEMPTION = Exemption(
    id="EX-1",
    resources=("b",),
    matched=1,
    reason="x",
    owner="a",
    approver="b",
    since="2026-03-01",
    review_by="2026-12-31",
)


def look(day: int, told: str) -> Observed:
    """A snapshot at noon; what is asked of it is as a test would find it: past its limit nothing is pending."""
    moment = at("2026-03-01 12:00") + timedelta(days=day)
    over = moment > ENDS
    outcome = "deviation" if told == "pending" and over else "holds" if told == "deviation" and not over else told
    one = observed(EVENT, day, {"a": "holds"} if told in ("absent", "denied") else {"a": "holds", "b": outcome})
    key = ("Thing", "b")
    if told == "denied":
        result = msgspec.structs.replace(one.result, verdict=Verdict.NOT_EVALUATED, reason=Reason("gap", "denied"))
        return msgspec.structs.replace(one, result=result, members={})
    if outcome == "pending":
        return msgspec.structs.replace(one, findings={key: finding_of("pending", until=ENDS.isoformat())})
    if outcome == "exempt":
        found = "deviation" if over else "pending"
        finding = finding_of("exempt", found=found, until=None if over else ENDS.isoformat())
        result = msgspec.structs.replace(one.result, exemptions=(EXEMPTION,))
        members = {other: source for other, source in one.members.items() if other != key}
        return msgspec.structs.replace(
            one, result=result, members=members, findings={key: finding}, exempt_days={key: one.days[key]}
        )
    return one


def finding_of(outcome: str, **more: Any) -> Finding:
    words = {"deviation": "it deviates: x", "pending": "pending: x", None: "x"}
    message = f"exempt by EX-1; {words[more.get('found')]}" if outcome == "exempt" else "x"
    return Finding("b", "b", "Thing", "test", outcome, None, message, None, **more)  # type: ignore[arg-type]


def follow(sequence: list[tuple[int, str]], reported: datetime) -> ControlResult:
    folded = Folded(EVENT, PERIOD, 30, date(2026, 12, 1), reported=reported)
    for one in [look(day, told) for day, told in sequence]:
        folded.take(one, lambda *_: one.result)  # noqa: B023  # asked at once
    result = folded.result(Revisions())
    assert result is not None
    return result


def outcome_of(result: ControlResult) -> str | None:
    return next((each.outcome for each in result.findings if each.resource == "b"), None)


@settings(max_examples=examples(300), deadline=None)
@given(sequence=followed)
def test_nothing_is_pending_past_its_limit(sequence: list[tuple[int, str]]) -> None:
    """What was promised and never seen to hold is a deviation, exempt by name, or not known: it does not pass."""
    result = follow(sequence, REPORTED)
    assert outcome_of(result) != "pending"
    told = [each for _, each in sequence if each not in ("absent", "denied")]
    if "holds" not in told and "deviation" not in told and told:
        assert outcome_of(result) in ("deviation", "exempt", "unknown")
        assert result.verdict is not Verdict.PASS or outcome_of(result) == "exempt"


@settings(max_examples=examples(300), deadline=None)
@given(sequence=followed)
def test_what_was_open_past_its_limit_before_its_exemption_is_no_less_by_it(sequence: list[tuple[int, str]]) -> None:
    promised = [day for day, told in sequence if told == "pending"]
    exempt = [day for day, told in sequence if told == "exempt"]
    result = follow(sequence, REPORTED)
    first_seen = next((day for day, told in sequence if told == "exempt"), None)
    began = first_seen is not None and sequence[0][1] != "exempt"
    if promised and exempt and began and min(exempt) > 10:
        assert outcome_of(result) == "deviation"


@settings(max_examples=examples(300), deadline=None)
@given(data=st.data())
def test_a_look_less_at_an_event_takes_no_deviation_of_others_and_makes_none_pending(data: st.DataObject) -> None:
    sequence = data.draw(followed.filter(lambda each: len(each) > 1))
    gone = data.draw(st.integers(0, len(sequence) - 1))
    whole = follow(sequence, REPORTED)
    less = follow([each for place, each in enumerate(sequence) if place != gone], REPORTED)
    if outcome_of(whole) == "unknown" and outcome_of(less) is None:
        assert sequence[gone][1] in ("unknown", "pending", "exempt")
    if outcome_of(whole) == "deviation" and outcome_of(less) in (None, "exempt"):
        # what the first snapshot of all shows exempt was so before, as far as is known: days before it nobody saw,
        # unless it is of the last day, which tells of all events
        tells_all = gone == 0 and sequence[1][0] == PERIOD.days - 1
        unseen = gone == 0 and less.verdict is Verdict.NOT_EVALUATED
        assert sequence[gone][1] not in ("absent", "denied") or unseen or tells_all
    assert outcome_of(less) != "pending"
