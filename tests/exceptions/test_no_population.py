"""`no_population` is in force only where the evidence shows a complete and empty population."""

import msgspec
import pytest

from soc2test import Identity, control
from soc2test.exceptions.records import Approval, Place, ScopeOut
from soc2test.exceptions.scope_outs import refused_by_results
from soc2test.testing import AS_OF, check, resource
from soc2test.verdicts import ControlResult, Reason, Verdict


@control("OWN-01", criteria=["CC6.1"], nature="state", on_empty="no_occurrences")
def test_with_mfa(identity: Identity) -> None:
    """Every account has a second factor."""
    assert identity.mfa


PLACE = Place("soc2.yaml", ("not_applicable", "OWN-01"))
ENTRY = ScopeOut(
    control="OWN-01",
    approval=Approval(
        reason="nobody has an account",
        owner="ann@acme.example",
        approver="ben@acme.example",
        since=AS_OF.date(),
        review_by=AS_OF.date(),
        place=PLACE,
    ),
)
EMPTY = msgspec.structs.replace(
    check(test_with_mfa), verdict=Verdict.NOT_EVALUATED, reason=Reason("empty", "there is no account"), gaps=()
)
GAP = Reason("empty", "the list of accounts holds nothing, and there must be one")


def refused(result: ControlResult, *, system: bool = True) -> str:
    error = refused_by_results(ENTRY, {"OWN-01": result}.get, system=system)
    return "" if error is None else str(error)


def test_a_vendors_list_that_is_whole_and_empty_shows_it() -> None:
    assert refused(EMPTY) == ""
    assert refused(msgspec.structs.replace(EMPTY, verdict=Verdict.FAIL)) == ""


def test_a_second_source_that_agrees_shows_it_of_a_register_too() -> None:
    agreed = msgspec.structs.replace(EMPTY, verdict=Verdict.NO_OCCURRENCES, nature="event")
    assert refused(agreed, system=False) == ""


def test_rows_kept_by_hand_do_not_show_a_state_of_nothing() -> None:
    nothing_kept = msgspec.structs.replace(EMPTY, verdict=Verdict.NO_OCCURRENCES, nature="state")
    assert "only rows kept by hand" in refused(nothing_kept, system=False)
    assert refused(nothing_kept, system=True) == ""


@pytest.mark.parametrize(
    ("result", "says"),
    [
        (check(test_with_mfa, resource(Identity, "a", mfa=True)), "it applies to 1 resources"),
        (msgspec.structs.replace(EMPTY, gaps=(GAP,)), "the list of accounts holds nothing"),
        (msgspec.structs.replace(EMPTY, exempt=2), "2 resources are exempt, and there all the same"),
        (msgspec.structs.replace(EMPTY, reason=Reason("contradicted", "an account left")), "an account left"),
        (msgspec.structs.replace(EMPTY, reason=Reason("missing", "export the accounts")), "export the accounts"),
        (msgspec.structs.replace(EMPTY, reason=None), "its population is not known"),
    ],
)
def test_nothing_else_does(result: ControlResult, says: str) -> None:
    assert says in refused(result)
    assert refused(result).startswith("soc2.yaml: not_applicable.OWN-01.no_population: ")


def test_rows_kept_by_hand_do_not() -> None:
    assert "only rows kept by hand" in refused(EMPTY, system=False)
