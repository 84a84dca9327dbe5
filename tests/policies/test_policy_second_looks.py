"""What an auditor tried: orders that can't be, one person under two addresses, and lists that are empty for no reason."""

from typing import Any

import pytest
from policy_case import before

from soc2test import AccessDecision, AccessReview, Device, Identity, Person, PolicyDocument, Spell
from soc2test.testing import check, resource
from soc2test.verdicts import Verdict
from soc2test_policies.cc5.documents import test_policies_are_approved as approved
from soc2test_policies.cc6.access_reviews import test_nobody_reviews_their_own_access as own_access
from soc2test_policies.cc6.access_reviews import test_revocations_are_carried_out as carried_out
from soc2test_policies.cc6.accounts import test_accounts_belong_to_an_active_person as belong
from soc2test_policies.cc6.devices import test_devices_out_of_use_are_wiped as wiped


def person(id: str, name: str, **more: Any) -> Person:
    told: dict[str, Any] = {"started_at": before(days=900), "ended_at": None, "active": True, "accounts": (), **more}
    told["spells"] = (Spell(started_at=told["started_at"], ended_at=told["ended_at"]),)
    return resource(Person, id, email=id, name=name, **told)


ANN, BEN = person("ann@acme.example", "Ann Hill"), person("ben@acme.example", "Ben Lake")
ANN_AGAIN = person("a.hill@acme.example", "ann  hill")
REVIEW = resource(
    AccessReview, "Q3", system="okta", reviewer_email="ann@acme.example", started_at=before(days=31),
    completed_at=before(days=30),
)  # fmt: skip


def decision(account: str, word: str, done: int | None) -> AccessDecision:
    return resource(
        AccessDecision, f"Q3/{account}", review="Q3", account=account, decision=word, decider_email=None,
        decided_at=before(days=30), done_at=None if done is None else before(days=done),
    )  # fmt: skip


def account(login: str, *, active: bool) -> Identity:
    return resource(
        Identity, login, source="okta", name=login, email=login, active=active, human=True, root=False, owner=None,
        disabled_at=None if active else before(days=28), created_at=before(days=400), last_used_at=None,
    )  # fmt: skip


@pytest.mark.parametrize(("word", "active"), [("change", True), ("revoke", False)])
@pytest.mark.parametrize(("done", "verdict"), [(28, Verdict.PASS), (200, Verdict.FAIL)])
def test_nothing_is_carried_out_before_it_was_decided(word: str, active: bool, done: int, verdict: Verdict) -> None:
    result = check(
        carried_out, REVIEW, decision("ben@acme.example", word, done), account("ben@acme.example", active=active), BEN
    )
    assert result.verdict is verdict


@pytest.mark.parametrize(
    ("approver", "verdict"),
    [("ben@acme.example", Verdict.PASS), ("ann@acme.example", Verdict.FAIL), ("a.hill@acme.example", Verdict.NOT_EVALUATED)],
)
def test_who_is_in_the_register_twice_does_not_approve_for_herself(approver: str, verdict: Verdict) -> None:
    policy = resource(
        PolicyDocument, "P-1", version="2", owner_email="ann@acme.example", approved_by=approver,
        approved_at=before(days=9), published_at=before(days=8), published_where="handbook",
    )  # fmt: skip
    result = check(approved, policy, ANN, ANN_AGAIN, BEN)
    assert result.verdict is verdict
    if verdict is Verdict.NOT_EVALUATED:
        assert "perhaps one person" in result.findings[0].message


def test_a_namesake_decides_on_nothing_of_hers() -> None:
    hers = decision("a.hill@acme.example", "keep", None)
    result = check(own_access, REVIEW, hers, account("a.hill@acme.example", active=True), ANN, ANN_AGAIN)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert "people of one name" in (result.findings[0].message if result.findings else str(result.reason))
    other = decision("ben@acme.example", "keep", None)
    assert check(own_access, REVIEW, other, account("ben@acme.example", active=True), ANN, BEN).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("ended", "verdict", "pending"),
    [(12, Verdict.NO_OCCURRENCES, 1), (25, Verdict.FAIL, 0)],
)
def test_an_account_of_who_left_today_is_pending_here_too(ended: int, verdict: Verdict, pending: int) -> None:
    leo = person("leo@acme.example", "Leo Left", active=False, ended_at=before(hours=ended))
    result = check(belong, account("leo@acme.example", active=True), leo)
    assert (result.verdict, result.pending) == (verdict, pending)


def test_no_device_that_came_back_says_nothing_where_somebody_left() -> None:
    in_use = resource(Device, "d", status="in_use")
    leo = person("leo@acme.example", "Leo Left", active=False, ended_at=before(days=40))
    assert check(wiped, in_use, ANN).verdict is Verdict.NO_OCCURRENCES
    result = check(wiped, in_use, ANN, leo)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert result.reason is not None
    assert "leo@acme.example" in result.reason.text
