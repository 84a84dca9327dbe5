"""What is weak is found, each in its own way with the smallest input that shows it; what is not weak is proven."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from weak_controls import STRONG, WEAK, Account, Keeper, test_kept, test_not_too_many, test_second_factor, test_young

from soc2test import Population, control
from soc2test.controls.control import control_of
from soc2test.errors import ControlDefinitionError
from soc2test.evaluation.limits import limits_of
from soc2test.proving.prove import FAULTS
from soc2test.proving.proving_all import MADE_UP, ToProve, prove_all, prove_one
from soc2test.proving.records import Proof
from soc2test.testing import AS_OF, resource

Function = Callable[..., Any]


def to_prove(function: Function, told: Any = None, **limits: Any) -> ToProve:
    control = control_of(function)
    assert control is not None
    return ToProve(control=control, limits=limits_of(control, limits), as_of=AS_OF, told=told)


def proof_of(function: Function) -> Proof:
    return prove_one(to_prove(function))


def id_of(function: Function) -> str:
    return function.__name__.removeprefix("test_")


@pytest.mark.parametrize("function", STRONG, ids=id_of)
def test_what_tests_something_is_proven(function: Function) -> None:
    proof = proof_of(function)
    assert proof.proven
    assert proof.basis == MADE_UP
    assert not proof.faults
    assert proof.deviates_with == STRONG[function]


@pytest.mark.parametrize("function", WEAK, ids=id_of)
def test_what_is_weak_is_found(function: Function) -> None:
    code, smallest = WEAK[function]
    proof = proof_of(function)
    found = [weakness for weakness in (*proof.faults, *proof.blind_spots) if weakness.code == code]
    assert found
    assert found[0].smallest == smallest
    assert proof.proven is (code not in (*FAULTS, "no_basis", "fixtures", "broke"))


def test_where_a_limit_turns_is_told_to_the_smallest_step() -> None:
    proof = proof_of(test_young)
    (made,) = [fact for fact in proof.facts if fact.decides]
    assert made.edge == "2026-08-22T11:59:59.999999Z deviates, 2026-08-22T12:00:00Z holds"
    assert [(limit.name, limit.text) for limit in proof.limits] == [("days", "0 deviates, 1 holds")]


def test_the_limit_in_force_is_the_one_that_is_proven() -> None:
    (made,) = [fact for fact in prove_one(to_prove(test_young, days=30)).facts if fact.decides]
    assert made.edge == "2026-10-21T11:59:59.999999Z deviates, 2026-10-21T12:00:00Z holds"


def test_the_same_input_gives_the_same_proof_by_any_number_of_processes() -> None:
    given = [to_prove(function) for function in (*STRONG, *WEAK)]
    alone, again, together = (list(prove_all(given, processes)) for processes in (1, 1, 2))
    assert alone == again == together
    assert [proof.control for proof in together] == [each.control.id for each in given]


def test_what_it_does_not_notice_may_be_stated_with_the_reason() -> None:

    @control(
        "WEAK-21",
        criteria=["CC6.1"],
        nature="state",
        limits={"tries": 10},
        blind_spots={"limits.tries": "the number is the vendor's own and stays"},
    )
    def test_stated(account: Account, limits: Any) -> None:
        """The number stands in the code."""
        assert account.tries <= 10

    proof = proof_of(test_stated)
    assert proof.proven
    (spot,) = proof.blind_spots
    assert (spot.code, spot.stated) == ("limit_unbound", "the number is the vendor's own and stays")


@pytest.mark.parametrize(
    ("name", "reason", "says"),
    [
        ("Account.mfaa", "nobody needs that one here", "none of its inputs"),
        ("limits.days", "nobody needs that one here", "none of its inputs"),
        ("keepers", "nobody needs that one here", "none of its inputs"),
        ("limits", "nobody needs that one here", "none of its inputs"),
        ("Account.mfa", "fine", "says too little"),
    ],
)
def test_a_statement_about_nothing_is_refused(name: str, reason: str, says: str) -> None:

    with pytest.raises(ControlDefinitionError, match=says):

        @control("WEAK-22", criteria=["CC6.1"], nature="state", blind_spots={name: reason})
        def test_stated(account: Account) -> None:
            """Every account has a second factor."""
            assert account.mfa


class Told:
    """An inventory of some accounts."""

    def __init__(self, *accounts: Account) -> None:
        self._accounts = accounts

    def members(self, kind: type[Any]) -> list[Any]:
        return [account for account in self._accounts if isinstance(account, kind)]

    def population(self, kind: type[Any]) -> Any:
        raise AssertionError("it joins nothing")

    def sources(self, kind: type[Any]) -> tuple[str, ...]:
        return ("test",)

    def constants(self, kind: type[Any]) -> dict[str, Any]:
        return {}

    def nature(self, source: str) -> str:
        return "system"


def test_a_control_over_populations_begins_with_all_of_them() -> None:
    class Keepers(Told):
        def population(self, kind: type[Any]) -> Any:
            return Population(kind, [resource(Keeper, name, email=name, active=True) for name in ("ann", "ben")])

    proof = prove_one(to_prove(test_not_too_many, Keepers()))
    assert proof.basis == "the exports (1 to begin with)"
    assert [(limit.name, limit.text) for limit in proof.limits] == [("most", "1 deviates, 2 holds")]


def test_exports_come_first_and_what_deviates_there_is_no_beginning() -> None:
    bad = resource(Account, "bad", active=True, mfa=False)
    good = resource(Account, "good", active=True, mfa=True)
    assert prove_one(to_prove(test_second_factor, Told(bad, good))).basis == "the exports (1 to begin with)"
    assert prove_one(to_prove(test_second_factor, Told(bad))).basis == MADE_UP


def test_what_differs_in_what_its_facts_tell_is_another_beginning() -> None:
    alike = [resource(Account, name, active=True, mfa=True, owner=name) for name in ("ann", "ben", "cem")]
    dormant = resource(Account, "old", active=True, mfa=True, owner="dan", made_at=AS_OF - timedelta(days=500))
    nobody_s = resource(Account, "bot", active=True, mfa=True)
    proof = prove_one(to_prove(test_second_factor, Told(*alike, dormant, nobody_s)))
    assert proof.basis == "the exports (3 to begin with)"


def test_what_was_tried_and_noticed_is_counted() -> None:
    proof = proof_of(test_second_factor)
    facts = {fact.name: fact.decides for fact in proof.facts}
    assert facts == {"Account.mfa": True, "Account.active": True}
    assert (proof.changes, proof.noticed) == (5, 5)  # each of two facts turned and unknown; the deviation without one


def test_a_join_that_must_be_there_has_no_blind_spot_of_absence() -> None:
    assert [weakness.code for weakness in proof_of(test_kept).blind_spots] == ["one_is_enough"]
