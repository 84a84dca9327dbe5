"""Joins: what is unknown of one account, record or risk hides nothing that is known of another."""

from collections.abc import Callable
from typing import Any

import pytest
from policy_case import before

from soc2test import (
    AccountEvent,
    Approval,
    Change,
    Credential,
    Device,
    Identity,
    Person,
    PolicyDocument,
    Risk,
    Spell,
    TrainingRecord,
    Vulnerability,
)
from soc2test.testing import check, resource
from soc2test.verdicts import Verdict
from soc2test_policies.cc1.training import test_people_are_trained_each_year as trained
from soc2test_policies.cc3.fraud import test_fraud_is_considered as fraud
from soc2test_policies.cc5.documents import test_required_policies_exist as exist
from soc2test_policies.cc6.accounts import test_accounts_belong_to_an_active_person as belong
from soc2test_policies.cc6.administrators import test_administrators_are_few as few
from soc2test_policies.cc6.leavers import test_leavers_lose_access_in_time as leavers
from soc2test_policies.cc6.leavers import test_leavers_return_their_devices as devices
from soc2test_policies.cc6.root import test_root_has_no_keys as root_keys
from soc2test_policies.cc6.secrets import test_no_secret_lies_open_in_code as no_secret
from soc2test_policies.cc7.vulnerabilities import test_critical_vulnerabilities_are_not_left_open as not_open
from soc2test_policies.cc7.vulnerabilities import test_dismissals_are_justified as dismissals
from soc2test_policies.cc7.vulnerabilities import test_vulnerabilities_are_fixed_in_time as fixed
from soc2test_policies.cc8.changes import test_changes_are_approved_by_another_person as approved

LEO = resource(
    Person, "leo", email="leo@acme.example", active=False, ended_at=before(days=9), accounts=("b:leo",), spells=()
)


def _account(id: str, source: str, **facts: object) -> Identity:
    told: dict[str, Any] = {"name": "leo", "email": "leo@acme.example", "human": True, **facts}
    return resource(Identity, id, source=source, **told)


def test_an_unknown_account_hides_no_active_one() -> None:
    unknown, active = _account("a/leo", "a"), _account("b/leo", "b", email=None, active=True)
    for order in ((unknown, active), (active, unknown)):
        result = check(leavers, LEO, *order, partial=[Identity])
        assert result.verdict is Verdict.FAIL
        assert result.findings[0].message.startswith("b account leo was not disabled 216 hours")


def test_an_unknown_account_alone_is_not_evaluated() -> None:
    result = check(leavers, LEO, _account("a/leo", "a"))
    assert result.verdict is Verdict.NOT_EVALUATED
    assert result.findings[0].fact == "active"


def test_an_account_that_is_off_since_nobody_knows_when_is_not_evaluated() -> None:
    result = check(leavers, LEO, _account("a/leo", "a", active=False, disabled_at=None))
    assert result.verdict is Verdict.NOT_EVALUATED
    assert "nothing says since when" in result.findings[0].message


def test_an_account_of_the_same_name_elsewhere_is_somebody_elses() -> None:
    theirs, own = _account("c/leo", "c", email="other@acme.example", active=True), _removed("b", "leo")
    assert check(leavers, LEO, theirs, own).verdict is Verdict.PASS


def _removed(source: str, account: str) -> AccountEvent:
    """That a log tells of an account which no list holds."""
    told: dict[str, Any] = {
        "identity": None,
        "action": "disabled",
        "happened_at": before(days=9),
        "complete_after": True,
    }
    return resource(AccountEvent, f"{source}/{account}", source=source, account=account, **told)


def test_an_account_that_is_matched_twice_is_told_once() -> None:
    result = check(leavers, LEO, _account("b/leo", "b", active=True))
    assert result.findings[0].message.count("b account leo") == 1


def test_a_leaver_has_until_the_limit() -> None:
    lately = resource(
        Person, "leo", email="leo@acme.example", active=False, ended_at=before(hours=24), accounts=(), spells=()
    )
    result = check(leavers, lately, _account("a/leo", "a", active=True))
    assert (result.verdict, result.pending, result.passed) == (Verdict.NO_OCCURRENCES, 1, 0)


def test_who_leaves_later_is_no_leaver_yet() -> None:
    later = resource(Person, "leo", email="leo@acme.example", active=True, ended_at=before(hours=-1), spells=())
    assert check(leavers, later, _account("a/leo", "a", active=True)).population == 0


def test_the_limit_is_the_companys() -> None:
    late = _account("a/leo", "a", active=False, disabled_at=before(days=7))
    assert check(leavers, LEO, late, _removed("b", "leo")).verdict is Verdict.FAIL
    result = check(leavers, LEO, late, _removed("b", "leo"), limits={"removal_hours": 48})
    assert result.verdict is Verdict.PASS
    assert not result.limits["removal_hours"].default


def test_an_unknown_device_hides_no_kept_one() -> None:
    unknown = resource(Device, "C1", owner_email="leo@acme.example")
    kept = resource(Device, "C2", owner_email="leo@acme.example", status="in_use")
    long_gone = resource(Person, "leo", email="leo@acme.example", active=False, ended_at=before(days=90))
    assert check(devices, long_gone, unknown, kept).verdict is Verdict.FAIL
    assert check(devices, long_gone, unknown).verdict is Verdict.NOT_EVALUATED


def test_an_unknown_key_hides_no_active_one_of_root() -> None:
    root = resource(Identity, "root", root=True)
    unknown = resource(Credential, "k1", identity="root")
    active = resource(Credential, "k2", identity="root", active=True, category="access_key", created_at=before(days=1))
    assert check(root_keys, root, unknown, active).verdict is Verdict.FAIL
    assert check(root_keys, root, unknown).verdict is Verdict.NOT_EVALUATED


def test_an_unknown_risk_hides_no_neglected_one() -> None:
    unknown = resource(Risk, "R1", category="fraud")
    neglected = resource(Risk, "R2", category="fraud", reviewed_at=None)
    result = check(fraud, unknown, neglected)
    assert result.verdict is Verdict.FAIL
    assert [finding.resource for finding in result.findings] == ["R2"]
    assert check(fraud, unknown).verdict is Verdict.NOT_EVALUATED


def test_an_unknown_account_hides_no_crowd_of_administrators() -> None:
    crowd = [resource(Identity, f"a{place}", active=True, admin=True, root=False) for place in range(5)]
    unknown = resource(Identity, "x", active=True)
    assert check(few, unknown, *crowd).deviations == 5
    assert check(few, unknown, *crowd[1:]).verdict is Verdict.NOT_EVALUATED


def test_an_old_training_is_no_deviation_while_a_newer_one_may_exist() -> None:
    ann = resource(Person, "ann", email="ann@acme.example", active=True, ended_at=None, started_at=before(days=900))
    told = {"person_email": "ann@acme.example", "course": "security-awareness"}
    old = resource(TrainingRecord, "old", **told, completed_at=before(days=500), first_completed_at=None, passed=True)
    unknown = resource(TrainingRecord, "new", **told)
    assert check(trained, ann, old).verdict is Verdict.FAIL
    assert check(trained, ann, old, unknown).verdict is Verdict.NOT_EVALUATED
    assert check(trained, ann, old, partial=[TrainingRecord]).verdict is Verdict.NOT_EVALUATED


def test_a_topic_is_not_missing_while_a_document_may_be_about_it() -> None:
    unknown = resource(PolicyDocument, "P1")
    assert check(exist, unknown).verdict is Verdict.NOT_EVALUATED
    assert check(exist).verdict is Verdict.FAIL


def _policies(**documents: str | None) -> list[PolicyDocument]:
    return [
        resource(PolicyDocument, f"{topic}-{version}", topic=topic, version="1", document=document)
        for version, (topic, document) in enumerate(documents.items())
    ]


def test_a_policy_whose_document_another_may_name_is_not_known_to_have_its_own() -> None:
    topics = {"topics": ["conduct"]}
    (conduct,) = _policies(conduct="documents/conduct.txt")
    assert check(exist, conduct, limits=topics).passed
    assert check(exist, conduct, resource(PolicyDocument, "P2", topic="risk"), limits=topics).verdict is (
        Verdict.NOT_EVALUATED
    )


def test_chapters_of_one_handbook_are_policies_where_the_company_says_so() -> None:
    both = _policies(conduct="handbook.pdf", risk="handbook.pdf")
    topics = {"topics": ["conduct", "risk"]}
    assert check(exist, *both, limits=topics).verdict is Verdict.FAIL
    assert check(exist, *both, limits={**topics, "shared_documents": True}).passed
    nothing = _policies(conduct="handbook.pdf", risk=None)
    assert check(exist, *nothing, limits={**topics, "shared_documents": True}).verdict is Verdict.FAIL


def test_two_rows_of_one_topic_may_name_one_document() -> None:
    again = resource(PolicyDocument, "P2", topic="conduct", version="2", document="documents/conduct.txt")
    assert check(exist, *_policies(conduct="documents/conduct.txt"), again, limits={"topics": ["conduct"]}).passed


def test_an_account_with_a_leavers_address_may_be_another_persons() -> None:
    account = _account("a/leo", "a", active=True, root=False)
    ann = resource(Person, "ann", email="ann@acme.example", active=True, ended_at=None, accounts=("a:leo",))
    assert check(belong, account, LEO, ann).deviations == 0
    assert check(belong, account, LEO).deviations == 1


def _weakness(**facts: Any) -> Vulnerability:
    told: dict[str, Any] = {
        "category": "code",
        "severity": "critical",
        "state": "open",
        "closed_at": None,
        "first_seen_at": before(days=9),
    }
    return resource(Vulnerability, "w", **{**told, **facts})


@pytest.mark.parametrize(
    ("control", "facts"),
    [
        (not_open, {"severity": "urgent"}),
        (not_open, {"state": "reopened"}),
        (fixed, {"severity": "urgent"}),
        (fixed, {"state": "reopened"}),
        (dismissals, {"state": "reopened"}),
        (no_secret, {"state": "reopened", "category": "secret", "asset": "web"}),
    ],
)
def test_a_word_that_no_control_knows_is_not_evaluated(control: Callable[..., object], facts: dict[str, Any]) -> None:
    assert check(control, _weakness(**facts)).verdict is Verdict.NOT_EVALUATED


@pytest.mark.parametrize(
    ("approvers", "verdict"),
    [((), Verdict.FAIL), (("Ann",), Verdict.FAIL), (("bob",), Verdict.NOT_EVALUATED)],
)
def test_unknown_writers_excuse_no_missing_approval(approvers: tuple[str, ...], verdict: Verdict) -> None:
    assert check(approved, _change(approvers=approvers)).verdict is verdict


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ({"author": "renovate[bot]"}, Verdict.PASS),  # nobody has it write anything
        ({"author": "agent[bot]"}, Verdict.NOT_EVALUATED),  # who had it write this is not told
        ({"author": "agent[bot]", "requesters": ("bob",)}, Verdict.FAIL),
        ({"author": "agent[bot]", "requesters": ("cat",)}, Verdict.PASS),
        ({"requesters": (), "entitled_approvers": ()}, Verdict.FAIL),
        ({"author": "agent[bot]", "approvers": ("agent[bot]",)}, Verdict.FAIL),
    ],
)
def test_whoever_had_a_program_write_it_is_its_author(told: dict[str, Any], verdict: Verdict) -> None:
    facts = {"approvers": ("bob",), "commit_authors": (), "entitled_approvers": ("bob",), **told}
    spells = (Spell(started_at=before(days=900), ended_at=None),)
    people = [
        resource(
            Person,
            f"{who}@a.example",
            email=f"{who}@a.example",
            accounts=(f"test:{who}",),
            machine_accounts=(),
            spells=spells,
            active=True,
        )
        for who in ("ann", "bob", "cat")
    ]
    facts["approvals"] = tuple(Approval(login=who, at=before(days=9)) for who in facts["approvers"])
    assert check(approved, _change(**facts), *people).verdict is verdict


def test_a_change_of_unknown_date_stays_in() -> None:
    told: dict[str, Any] = {"repository": "web", "number": 1, "merged": True, "author": "ann", "approvers": ()}
    assert check(approved, resource(Change, "c", **told)).verdict is Verdict.NOT_EVALUATED
    assert check(approved, _change(approvers=(), merged_at=None)).verdict is Verdict.FAIL
    assert check(approved, _change(approvers=(), merged_at=before(days=366))).population == 0


def _change(**facts: Any) -> Change:
    told: dict[str, Any] = {"repository": "web", "number": 1, "merged": True, "merged_at": before(days=9)}
    return resource(Change, "c", **{**told, "author": "ann", **facts})


def test_two_policies_of_which_no_digest_is_told_are_no_copies_of_each_other() -> None:
    told: dict[str, Any] = {"version": "1", "document_digest": None}
    documents = [resource(PolicyDocument, id, topic=id, document=f"{id}.txt", **told) for id in ("a", "b")]
    assert check(exist, *documents, limits={"topics": ("a", "b")}).verdict is Verdict.PASS
