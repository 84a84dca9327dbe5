"""What shows that somebody worked here before the register says so, each alone, and what shows nothing."""

from datetime import datetime
from typing import Any

import pytest
from policy_case import before

from soc2test import (
    AccessDecision,
    AccessReview,
    AccountEvent,
    Change,
    Identity,
    Person,
    Repository,
    Resource,
    Spell,
    Writer,
)
from soc2test.testing import check, resource
from soc2test_policies.cc1.agreements import test_people_sign_a_confidentiality_agreement as agreements
from soc2test_policies.cc1.training import test_people_are_trained_each_year as yearly

ANN = "ann@acme.example"


def person(*spells: tuple[float, float | None], days: float = 100) -> Person:
    work = tuple(Spell(started_at=before(days=first), ended_at=_ago(last)) for first, last in spells)
    known: dict[str, Any] = {"spells": work} if work else {}
    return resource(
        Person, ANN, email=ANN, active=True, ended_at=None, started_at=before(days=days), nda_signed_at=before(days=days),
        accounts=("github:ann-acme", "github:bot"), **known,
    )  # fmt: skip


def _ago(days: float | None) -> datetime | None:
    return None if days is None else before(days=days)


def account(days: float, **facts: Any) -> Identity:
    told: dict[str, Any] = {"name": ANN, "email": ANN, "created_at": before(days=days), **facts}
    return resource(Identity, "okta/a", source="okta", **told)


def event(days: float, action: str = "enabled") -> AccountEvent:
    return resource(
        AccountEvent, "e", source="okta", account=ANN, identity=None, action=action, happened_at=before(days=days)
    )


def review(days: float, decision: str = "keep", system: str = "okta") -> list[Resource]:
    return [
        resource(Identity, "okta/a", source="okta", name=ANN, email=ANN),
        resource(AccessReview, "q", source="registers", system=system, completed_at=before(days=days)),
        resource(AccessDecision, "d", source="registers", review="q", account=ANN.upper(), decision=decision),
    ]


def change(days: float, *, address: str = ANN, human: bool = True, public: bool = False) -> list[Resource]:
    return [
        resource(
            Change, "c", source="github", repository="web", number=7, merged=True, merged_at=before(days=days),
            author="ann-acme", commit_authors=("ann-acme",),
            writers=(Writer(login="ann-acme", address=address, human=human),),
        ),
        resource(Repository, "r", source="github", name="web", public=public),
    ]  # fmt: skip


def verdict(*resources: Resource) -> str:
    return str(check(agreements, *resources).verdict.value)


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        ([account(131)], "okta made an account on"),
        ([event(131)], "okta tells of account ann@acme.example on"),
        ([event(131, "disabled")], "okta tells of account"),
        (review(131), "review q decided on okta account"),
        (change(102), "github change web#7 with commits of that address was merged on"),
    ],
)
def test_what_was_there_long_before_contradicts(shown: list[Resource], says: str) -> None:
    result = check(agreements, person(), *shown)
    assert result.verdict.value == "not_evaluated"
    assert says in result.findings[0].message
    assert "correct the day (started_at)" in result.findings[0].message


@pytest.mark.parametrize(
    "shown",
    [
        [],
        [account(130)],
        [event(130)],
        review(130),
        review(131, "revoke"),
        review(131, system="aws"),
        change(101),
        change(200, address="bot@acme.example"),
        change(200, human=False),
        change(200, public=True),
        [account(200, email="bob@acme.example", name="bob")],
    ],
)
def test_what_is_made_ready_or_is_anothers_does_not(shown: list[Resource]) -> None:
    assert verdict(person(), *shown) == "pass"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ([account(900)], "pass"),
        ([account(1031)], "not_evaluated"),
        ([account(500)], "not_evaluated"),
        ([account(120)], "pass"),
        ([event(600)], "pass"),
        ([event(500, "removed")], "pass"),
        ([event(500)], "not_evaluated"),
        (review(500), "pass"),
        (change(600), "pass"),
        (change(500), "not_evaluated"),
    ],
)
def test_of_who_came_back_what_was_of_the_work_before_does_not(shown: list[Resource], expected: str) -> None:
    assert verdict(person((1000, 620), (100, None)), *shown) == expected


def test_what_the_lists_lack_holds_nothing_up() -> None:
    kinds: list[type[Resource]] = [Identity, AccountEvent, AccessReview, AccessDecision, Change, Repository]
    assert check(agreements, person(), partial=kinds).verdict.value == "pass"
    assert check(agreements, person(), account(131), partial=kinds).verdict.value == "not_evaluated"


def test_a_known_deviation_stands_and_a_limit_that_is_open_does_not() -> None:
    unsigned: dict[str, Any] = {"email": ANN, "active": True, "ended_at": None, "nda_signed_at": None}
    late = resource(Person, ANN, started_at=before(days=8), **unsigned)
    waiting = resource(Person, ANN, started_at=before(days=5), **unsigned)
    assert verdict(late, account(131)) == "fail"
    assert verdict(waiting, account(131)) == "not_evaluated"
    assert verdict(waiting, account(20)) == "no_occurrences"


def test_nobody_is_new_whose_account_is_old() -> None:
    assert check(yearly, person(days=20), account(51)).verdict.value == "not_evaluated"
    assert check(yearly, person(days=20), account(50)).verdict.value == "pass"
