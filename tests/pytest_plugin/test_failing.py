"""Which verdicts make a run fail, and which of two results of one control stands."""

import msgspec
import pytest

from soc2test.pytest_plugin.failing import fails_the_run, is_failure, worst
from soc2test.verdicts import ControlResult, Verdict


def result(verdict: Verdict, *, declared: bool = False, severity: str = "medium") -> ControlResult:
    return ControlResult(
        id="OWN-01", title="It holds.", criteria=("CC6.1",), supports={}, verdict=verdict, reason=None, severity=severity,
        operates="continuously", limits={}, population=1, population_digest=None, passed=1, deviations=0, waived=0, unknown=0,
        errors=0, findings=(), evidence=(), declared=declared,
    )  # fmt: skip


ALWAYS = (Verdict.FAIL, Verdict.ERROR)


@pytest.mark.parametrize("verdict", Verdict)
def test_what_was_not_evaluated_fails_where_it_was_declared_or_where_that_is_asked_for(verdict: Verdict) -> None:
    unseen = verdict is Verdict.NOT_EVALUATED
    assert is_failure(result(verdict), strict=False) is (verdict in ALWAYS)
    assert is_failure(result(verdict), strict=True) is (verdict in ALWAYS or unseen)
    assert is_failure(result(verdict, declared=True), strict=False) is (verdict in ALWAYS or unseen)


@pytest.mark.parametrize(
    ("severity", "fail_on", "fails"),
    [
        ("critical", "high", True), ("high", "high", True), ("medium", "high", False), ("low", "high", False),
        ("low", "low", True), ("high", "critical", False),
    ],
)  # fmt: skip
def test_a_deviation_fails_from_a_severity_on(severity: str, fail_on: str, fails: bool) -> None:
    assert fails_the_run(result(Verdict.FAIL, severity=severity), strict=False, fail_on=fail_on) is fails
    assert fails_the_run(result(Verdict.ERROR, severity=severity), strict=False, fail_on=fail_on)
    assert fails_the_run(result(Verdict.NOT_EVALUATED, severity=severity), strict=True, fail_on=fail_on)
    assert not fails_the_run(result(Verdict.NOT_EVALUATED, severity=severity), strict=False, fail_on=fail_on)
    assert fails_the_run(result(Verdict.PASS, severity=severity), strict=True, fail_on=fail_on) is False


WORSE = [Verdict.PASS, Verdict.NOT_EVALUATED, Verdict.FAIL, Verdict.ERROR]


@pytest.mark.parametrize("before", WORSE)
@pytest.mark.parametrize("now", WORSE)
def test_a_rerun_takes_nothing_back(before: Verdict, now: Verdict) -> None:
    stands = worst(result(before), result(now))
    assert stands.verdict is max(before, now, key=WORSE.index)


def test_of_two_that_are_alike_the_later_one_stands() -> None:
    first, second = result(Verdict.PASS), msgspec.structs.replace(result(Verdict.PASS), title="again")
    assert worst(first, second) is second
    assert worst(None, first) is first
