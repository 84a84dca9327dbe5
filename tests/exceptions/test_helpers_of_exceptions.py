"""What stands in for a control, or watches who does its work, was evaluated and saw something in this run."""

from datetime import date

import msgspec
import pytest

from soc2test import Identity, control
from soc2test.exceptions.records import Approval, CarvedOut, Place, ScopeOut
from soc2test.exceptions.scope_outs import refused_by_results
from soc2test.testing import check, resource
from soc2test.verdicts import ControlResult, Finding, Reason, Verdict


@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_with_mfa(identity: Identity) -> None:
    """Every account has a second factor."""
    assert identity.mfa


APPROVAL = Approval(
    reason="the other one tests it",
    owner="ann@acme.example",
    approver="ben@acme.example",
    since=date(2026, 2, 2),
    review_by=date(2027, 1, 31),
    place=Place("soc2.yaml", ("not_applicable", "OWN-01")),
)
REPLACED = ScopeOut(control="OWN-01", approval=APPROVAL, replaced_by=("OWN-02",))
CARVED = ScopeOut(
    control="OWN-01",
    approval=APPROVAL,
    carved_out=CarvedOut(organisation="aws", assumes="doors are locked", monitoring="OWN-02"),
)
SAID_NOTHING = [Verdict.NO_OCCURRENCES, Verdict.NOT_EVALUATED, Verdict.ERROR, Verdict.NOT_APPLICABLE]


def seen(*sources: str) -> ControlResult:
    """The result over an account of each source."""
    return check(test_with_mfa, *(resource(Identity, each, mfa=True, source=each) for each in sources or ("okta",)))


def refused(entry: ScopeOut, verdict: Verdict) -> str:
    result: ControlResult = msgspec.structs.replace(
        seen(), verdict=verdict, reason=Reason("x", "so it is"), held_for=("aws",)
    )
    error = refused_by_results(entry, {"OWN-02": result}.get, system=False)
    return "" if error is None else str(error)


@pytest.mark.parametrize("verdict", SAID_NOTHING)
@pytest.mark.parametrize("entry", [REPLACED, CARVED], ids=["replaced", "carved_out"])
def test_one_that_said_nothing_helps_nothing(entry: ScopeOut, verdict: Verdict) -> None:
    assert f"OWN-02 is {verdict.replace('_', ' ')} in this run" in refused(entry, verdict)


def test_a_stand_in_that_deviates_is_one_and_its_own_deviation_stands() -> None:
    assert refused(REPLACED, Verdict.FAIL) == refused(REPLACED, Verdict.PASS) == ""


def test_who_watches_must_not_deviate() -> None:
    assert "OWN-02 deviates in this run" in refused(CARVED, Verdict.FAIL)
    assert refused(CARVED, Verdict.PASS) == ""


def test_who_watches_looked_at_the_organisation_and_found_nothing_wrong() -> None:
    """A test may be right about all others, and the organisation exempt from it, or none of its population."""
    others = seen()
    error = refused_by_results(CARVED, {"OWN-02": others}.get, system=False)
    assert "OWN-02 says nothing good of it: aws is not among what it looks at" in str(error)
    finding = Finding("0", "aws", "Vendor", "registers", "exempt", None, "exempt by EX-9", None, found="deviation")
    exempt = msgspec.structs.replace(others, findings=(finding,), exempt=1)
    error = refused_by_results(CARVED, {"OWN-02": exempt}.get, system=False)
    assert "aws is exempt from it, or not in order by it" in str(error)


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.FAIL])
@pytest.mark.parametrize("entry", [REPLACED, CARVED], ids=["replaced", "carved_out"])
def test_one_that_looked_at_no_resource_helps_nothing(entry: ScopeOut, verdict: Verdict) -> None:
    """Such as one that fails because there is nothing to look at (`on_empty="fail"`)."""
    nothing = msgspec.structs.replace(seen(), verdict=verdict, population=0, passed=0, reason=None)
    error = refused_by_results(entry, {"OWN-02": nothing}.get, system=False)
    assert "OWN-02" in str(error)
    assert (verdict is Verdict.FAIL and entry is CARVED) or "looked at no resource" in str(error)


def replaced(own: ControlResult, other: ControlResult) -> str:
    error = refused_by_results(REPLACED, {"OWN-01": own, "OWN-02": other}.get, system=False)
    return "" if error is None else str(error)


def natures(result: ControlResult, *rests_on: str) -> ControlResult:
    return msgspec.structs.replace(result, id="OWN-01", rests_on=rests_on)


@pytest.mark.parametrize("weaker", [("record",), ("document",), ("document", "record")])
def test_rows_kept_by_hand_stand_in_for_no_system_evidence(weaker: tuple[str, ...]) -> None:
    own, other = natures(seen(), "system", "record"), natures(seen(), *weaker)
    assert f"rests on {' and '.join(weaker)} alone, where OWN-01 rests on system evidence" in replaced(own, other)
    assert replaced(natures(seen(), "record"), other) == ""
    assert replaced(own, natures(seen(), "system", "record")) == ""


def test_what_stands_in_looked_at_some_of_the_same_sources() -> None:
    two, one = natures(seen("okta", "aws"), "system"), natures(seen("github"), "system")
    assert "OWN-02 looked at nothing of aws, okta, which OWN-01 looks at" in replaced(two, one)
    assert replaced(natures(seen("okta"), "system"), two) == replaced(two, two) == ""
