"""What stands in for a control, or watches who does its work, was evaluated and saw something in this run."""

from datetime import date

import msgspec
import pytest

from soc2test import Identity, control
from soc2test.exceptions.records import Approval, CarvedOut, Place, ScopeOut
from soc2test.exceptions.scope_outs import refused_by_results
from soc2test.testing import check
from soc2test.verdicts import ControlResult, Reason, Verdict


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


def refused(entry: ScopeOut, verdict: Verdict) -> str:
    result: ControlResult = msgspec.structs.replace(
        check(test_with_mfa), verdict=verdict, reason=Reason("x", "so it is")
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
