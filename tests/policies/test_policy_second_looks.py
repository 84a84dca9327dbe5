"""What an auditor tried: orders that can't be, one person under two addresses, and lists that are empty for no reason."""

from datetime import timedelta
from typing import Any

import pytest
from policy_case import before

from soc2test import (
    AccessDecision,
    AccessReview,
    Device,
    Identity,
    Incident,
    Person,
    PolicyDocument,
    Risk,
    Spell,
    TrainingRecord,
)
from soc2test.testing import AS_OF, check, resource
from soc2test.verdicts import Verdict
from soc2test_policies.cc1.conduct import test_people_acknowledge_the_code_of_conduct as conduct
from soc2test_policies.cc1.training import test_people_are_trained_on_hire as on_hire
from soc2test_policies.cc3.fraud import test_fraud_is_considered as fraud
from soc2test_policies.cc5.documents import test_policies_are_approved as approved
from soc2test_policies.cc6.access_reviews import test_nobody_reviews_their_own_access as own_access
from soc2test_policies.cc6.access_reviews import test_revocations_are_carried_out as carried_out
from soc2test_policies.cc6.accounts import test_accounts_belong_to_an_active_person as belong
from soc2test_policies.cc6.devices import test_devices_out_of_use_are_wiped as wiped
from soc2test_policies.cc7.incidents import test_incidents_are_acknowledged_in_time as acknowledged


def person(id: str, name: str, **more: Any) -> Person:
    told: dict[str, Any] = {
        "started_at": before(days=900),
        "ended_at": None,
        "active": True,
        "accounts": (),
        "stays_listed": True,
        **more,
    }
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
    [
        ("ben@acme.example", Verdict.PASS),
        ("ann@acme.example", Verdict.FAIL),
        ("a.hill@acme.example", Verdict.NOT_EVALUATED),
    ],
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
    ("ended", "verdict"),
    [(12, Verdict.PASS), (25, Verdict.FAIL)],
)
def test_an_account_of_who_left_today_may_be_on_in_a_state(ended: int, verdict: Verdict) -> None:
    leo = person("leo@acme.example", "Leo Left", active=False, ended_at=before(hours=ended))
    result = check(belong, account("leo@acme.example", active=True), leo)
    assert (result.verdict, result.pending) == (verdict, 0)


def test_no_device_that_came_back_says_nothing_where_somebody_left() -> None:
    never: dict[str, Any] = {"returned_at": None, "lost_at": None, "disposed_at": None}
    in_use = resource(Device, "d", status="in_use", owner_email="ann@acme.example", **never)
    leo = person("leo@acme.example", "Leo Left", active=False, ended_at=before(days=40))
    assert check(wiped, in_use, ANN).verdict is Verdict.NO_OCCURRENCES
    result = check(wiped, in_use, ANN, leo)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert result.reason is not None
    assert "leo@acme.example" in result.reason.text
    not_back = resource(Device, "e", status="stock", owner_email="leo@acme.example", **never)
    assert check(wiped, in_use, not_back, ANN, leo).verdict is Verdict.NOT_EVALUATED


@pytest.mark.parametrize(
    ("email", "name", "verdict"),
    [
        ("hill@acme.example", "Hill, Ann", Verdict.NOT_EVALUATED),
        ("a.hill@acme.example", "A. Hill", Verdict.NOT_EVALUATED),
        ("hill@acme.example", "\u00c4nn M. Hill", Verdict.NOT_EVALUATED),
        ("ann+b@acme.example", "Board", Verdict.NOT_EVALUATED),
        ("a.nn@acme.example", "Somebody Else", Verdict.NOT_EVALUATED),
        ("a.hill@acme.example", "Adam Hill", Verdict.PASS),
        ("ann.lake@acme.example", "Ann Lake", Verdict.PASS),
    ],
)
def test_who_looks_like_the_owner_may_be_the_owner(email: str, name: str, verdict: Verdict) -> None:
    policy = resource(
        PolicyDocument, "P-1", version="2", owner_email="ann@acme.example", approved_by=email, approved_at=before(days=9),
    )  # fmt: skip
    result = check(approved, policy, ANN, person(email, name))
    assert result.verdict is verdict
    if verdict is Verdict.NOT_EVALUATED:
        assert f"{email} and ann@acme.example" in result.findings[0].message


def test_an_owner_whom_the_register_lacks_is_known_by_the_address() -> None:
    for owner, verdict in (("ahill@acme.example", Verdict.NOT_EVALUATED), ("cal.moor@acme.example", Verdict.PASS)):
        policy = resource(
            PolicyDocument, "P-1", version="2", owner_email=owner, approved_by="ann@acme.example",
            approved_at=before(days=9),
        )  # fmt: skip
        assert check(approved, policy, ANN).verdict is verdict


def test_an_account_that_is_gone_may_be_the_deciders_too() -> None:
    gone = decision("a.hill@acme.example", "revoke", 28)
    other = account("ben@acme.example", active=True)
    assert check(own_access, REVIEW, gone, other, ANN, ANN_AGAIN, BEN).verdict is Verdict.NOT_EVALUATED
    adam = person("a.hill@acme.example", "Adam Hill")
    assert check(own_access, REVIEW, gone, other, ANN, adam, BEN).verdict is Verdict.PASS


CODE = resource(PolicyDocument, "P-9", topic="code-of-conduct", version="2", approved_at=before(days=500))


def joined(started: int, *spells: tuple[int, int]) -> Person:
    past = tuple(Spell(started_at=before(days=first), ended_at=before(days=last)) for first, last in spells)
    now = Spell(started_at=before(days=started), ended_at=None)
    return resource(
        Person, "ann@acme.example", email="ann@acme.example", name="Ann", active=True, ended_at=None,
        started_at=before(days=started), spells=(*past, now), code_of_conduct_at=before(days=200),
        code_of_conduct_version="2",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "verdict"),
    [
        (joined(180), Verdict.PASS),
        (joined(150), Verdict.FAIL),
        (joined(20), Verdict.NO_OCCURRENCES),  # not asked yet: the days of grace go on
        (joined(150, (400, 149)), Verdict.PASS),  # a contractor who was employed
        (joined(150, (400, 190)), Verdict.FAIL),  # came back after forty days
        (joined(900), Verdict.PASS),
    ],
)
def test_what_was_acknowledged_long_before_the_first_day_does_not_count(who: Person, verdict: Verdict) -> None:
    assert check(conduct, CODE, who).verdict is verdict


@pytest.mark.parametrize(("who", "verdict"), [(joined(150), Verdict.FAIL), (joined(150, (210, 149)), Verdict.PASS)])
def test_nor_what_was_passed(who: Person, verdict: Verdict) -> None:
    record = resource(
        TrainingRecord, "t", person_email="ann@acme.example", course="security-awareness", first_completed_at=None,
        completed_at=before(days=200), score=9, pass_mark=8, certificate=None,
    )  # fmt: skip
    assert check(on_hire, record, who).verdict is verdict


DAY = AS_OF.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=9)


@pytest.mark.parametrize(
    ("detected", "done", "severity", "verdict"),
    [
        (9.2, 9.0, "low", Verdict.FAIL),  # twelve minutes before
        (9.2, 9.15, "low", Verdict.PASS),  # clocks differ
        (9.2, 9.5, "critical", Verdict.PASS),
        (9.2, 0.0, "critical", Verdict.NOT_EVALUATED),  # some time that day
        (9.2, 0.0, "medium", Verdict.PASS),
        (0.0, 0.0, "high", Verdict.NOT_EVALUATED),
        (0.0, 24.0, "low", Verdict.PASS),
        (0.0, 48.0, "high", Verdict.FAIL),
        (24.0, 0.0, "low", Verdict.FAIL),
        (48.0, 5.0, "low", Verdict.FAIL),
    ],
)
def test_a_day_without_a_time_shows_no_hours(detected: float, done: float, severity: str, verdict: Verdict) -> None:
    incident = resource(
        Incident, "i", severity=severity, detected_at=DAY + timedelta(hours=detected),
        acknowledged_at=DAY + timedelta(hours=done),
    )  # fmt: skip
    assert check(acknowledged, incident).verdict is verdict


@pytest.mark.parametrize(
    ("title", "verdict"),
    [("Payroll is diverted!", Verdict.FAIL), ("payroll-is diverted (2)", Verdict.FAIL), ("A bribe", Verdict.PASS)],
)
def test_a_title_that_looks_the_same_is_no_further_scenario(title: str, verdict: Verdict) -> None:
    risks = [
        resource(Risk, name, category="fraud", title=text, reviewed_at=before(days=9), treatment="mitigate")
        for name, text in (("R-1", "Payroll is diverted"), ("R-2", title))
    ]
    assert check(fraud, *risks).verdict is verdict
