"""What a list says of each member: of one of which nothing was found, what stands beside that it passed."""

import msgspec
from reports.demo import demo_run

from soc2test.listing.outcomes import Outcomes
from soc2test.verdicts import ControlResult, Finding, Outcome, Verdict

A, B, C = (("Box", id) for id in "abc")


def finding(outcome: Outcome, id: str) -> Finding:
    return Finding(
        id=f"f-{id}", resource=id, kind="Box", source="cloud", outcome=outcome, fact=None, message="so", evidence=None
    )


def result(verdict: Verdict, *findings: Finding) -> ControlResult:
    some = next(iter(demo_run().controls))
    return msgspec.structs.replace(some, verdict=verdict, findings=findings, period=None, taken_out=None)


def test_what_stands_beside_it_is_told_of_a_member_that_passed() -> None:
    outcomes = Outcomes(result(Verdict.PASS), over_all=False, marks={A: "unknown to 2026-03-03"})
    assert [outcomes.of(*key) for key in (A, B)] == [("passed (unknown to 2026-03-03)", ""), ("passed", "")]
    assert "a" in outcomes.named


def test_what_was_found_is_told_instead() -> None:
    marks = dict.fromkeys((A, B, C), "first seen late")
    given = result(Verdict.FAIL, finding("deviation", "a"))
    outcomes = Outcomes(given, over_all=False, exempt={B}, untold={C}, marks=marks)
    assert [outcomes.of(*key)[0] for key in (A, B, C)] == ["deviation", "exempt", "unknown"]


def test_of_what_is_not_named_it_is_not_said_to_have_passed() -> None:
    outcomes = Outcomes(result(Verdict.FAIL), over_all=True, marks={A: "unknown on some days"})
    assert outcomes.of(*A)[0] == "not named (unknown on some days)"
