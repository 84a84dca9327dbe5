"""What an entry tells: times, ids, what a key that is left out means, and what the schemas refuse."""

from datetime import UTC, datetime
from typing import Any

import pytest
from registers_reading import CONTEXT, entry, head, prepared, violations

from soc2test import UnknownFact
from soc2test.telling.violations import wrong_in
from soc2test_plugins.registers.entries import registers

ANN = {
    "name": "Ann Example",
    "email": "Ann@acme.example",
    "employment": "employee",
    "active": True,
    "role": "engineer",
    "manager_email": None,
    "started_at": "2024-05-02",
}
AWS = {
    "id": "aws",
    "name": "Amazon Web Services",
    "active": True,
    "tier": "critical",
    "owner_email": "ann@acme.example",
    "personal_data": True,
    "onboarded_at": "2024-05-02",
}
RISK = {"id": "R-1", "title": "Fire", "category": "security", "owner_email": None, "likelihood": 1, "impact": 5}
POLICY = {"id": "P-1", "title": "Code", "topic": "code-of-conduct", "version": "2.1", "owner_email": None}
TRAINING = {"person_email": "Ann@acme.example", "course": "secure-coding", "completed_at": None}
REVIEW = {"id": "2026-Q4-aws", "system": "aws", "reviewer_email": "ann@acme.example"}
INCIDENT = {"id": "INC-1", "title": "Down", "severity": "high", "detected_at": "2026-03-04T09:12:00+01:00"}
DECISION = {"review": "2026-Q4-aws", "account": "Ann", "decision": "keep"}
DEVICE = {"serial": "C02", "name": "ann-laptop", "status": "in_use"}


def refused(register: str, entry: dict[str, Any], **changed: Any) -> set[str]:
    return violations(register, prepared(register, head(register, {**entry, **changed})))


def test_a_date_is_its_midnight_utc() -> None:
    assert entry("people", **ANN).started_at == datetime(2024, 5, 2, tzinfo=UTC)


def test_a_time_is_moved_to_utc() -> None:
    assert entry("incidents", **INCIDENT).detected_at == datetime(2026, 3, 4, 8, 12, tzinfo=UTC)


def test_a_person_is_known_by_the_address_in_lower_case() -> None:
    ann = entry("people", **ANN)
    assert (ann.id, ann.email, ann.manager_email, ann.accounts) == ("ann@acme.example", "Ann@acme.example", None, ())


def test_a_training_record_is_known_by_address_and_course() -> None:
    assert entry("training", **TRAINING).id == "ann@acme.example/secure-coding"


def test_a_leaver_has_an_end() -> None:
    left = entry("people", **{**ANN, "active": False, "ended_at": "2026-08-31T17:00Z"})
    assert left.ended_at == datetime(2026, 8, 31, 17, tzinfo=UTC)
    assert refused("people", ANN, active=False) == {"entries.0.ended_at"}
    assert refused("people", ANN, active=False, ended_at=None) == {"entries.0.ended_at"}


@pytest.mark.parametrize(
    ("register", "keys", "fact", "none"),
    [
        ("people", ANN, "ended_at", None),
        ("people", ANN, "accounts", ()),
        ("vendors", AWS, "bridge_letter_until", None),
        ("vendors", {**AWS, "report_type": None}, "report_period_end", None),
        ("vendors", {**AWS, "report_type": None}, "report_opinion", None),
        ("vendors", {**AWS, "report_type": None}, "report_exceptions", None),
        ("risks", RISK, "concerns", ()),
        ("vendors", {**AWS, "report_type": None}, "exceptions_assessed_by", None),
        ("vendors", AWS, "monitored_by", None),
        ("risks", RISK, "accepted_by", None),
        *[("devices", DEVICE, each, None) for each in ("returned_at", "lost_at", "disposed_at", "wiped_at")],
        ("access_reviews", REVIEW, "started_at", None),
        *[("access_decisions", DECISION, each, None) for each in ("decider_email", "decided_at", "done_at")],
        ("risks", RISK, "accepted_at", None),
        ("training", TRAINING, "certificate", None),
    ],
)
def test_left_out_means_none_where_the_schema_says_so(
    register: str, keys: dict[str, Any], fact: str, none: object
) -> None:
    assert getattr(entry(register, **keys), fact) == none


@pytest.mark.parametrize(
    ("register", "keys", "fact"),
    [
        *[
            ("people", ANN, each)
            for each in ("background_check_at", "nda_signed_at", "code_of_conduct_version", "code_of_conduct_at")
        ],
        *[
            ("vendors", AWS, each)
            for each in ("diligence_at", "assessed_at", "report_type", "subservice", "dpa_signed_at")
        ],
        *[("vendors", AWS, each) for each in ("report_period_end", "report_opinion", "report_exceptions")],
        *[
            ("vendors", {**AWS, "report_type": "soc2_type2"}, each)
            for each in (
                "report_exceptions",
                "report_period_start",
                "previous_report_period_end",
                "exceptions_assessed_by",
            )
        ],
        *[("training", TRAINING, each) for each in ("score", "pass_mark")],
        *[("risks", RISK, each) for each in ("treatment", "reviewed_at")],
        ("access_reviews", REVIEW, "completed_at"),
        *[
            ("policies", POLICY, each)
            for each in ("approved_by", "approved_at", "reviewed_at", "published_at", "published_where")
        ],
        *[
            ("incidents", INCIDENT, each)
            for each in (
                "acknowledged_at",
                "root_cause",
                "customers_affected",
                "notified_at",
                "actions",
                "actions_closed_at",
            )
        ],
        *[("devices", DEVICE, each) for each in ("owner_email", "disk_encrypted", "protected")],
    ],
)
def test_left_out_is_unknown_everywhere_else(register: str, keys: dict[str, Any], fact: str) -> None:
    with pytest.raises(UnknownFact):
        getattr(entry(register, **keys), fact)


@pytest.mark.parametrize(
    ("register", "keys", "key", "value"),
    [
        ("people", ANN, "email", "ann"),
        ("people", ANN, "email", None),
        ("people", ANN, "active", "yes"),
        ("people", ANN, "started_at", "02.05.2024"),
        ("people", ANN, "started_at", "2024-02-30"),
        ("people", ANN, "started_at", "0002-01-01"),
        ("people", ANN, "started_at", ""),
        ("people", ANN, "background_check_at", "soon"),
        ("people", ANN, "ended_at", "2024-05-01"),
        ("people", ANN, "ended_at", "2026-08-31T17:00"),
        ("people", ANN, "code_of_conduct_version", 2.1),
        ("people", ANN, "employment", "intern"),
        ("people", ANN, "accounts", "github:ann"),
        ("vendors", AWS, "report_type", "soc2"),
        ("vendors", AWS, "report_exceptions", -1),
        ("vendors", AWS, "personal_data", 1),
        ("risks", RISK, "likelihood", 6),
        ("risks", RISK, "impact", True),
        ("risks", RISK, "owner_email", "the board"),
        ("policies", POLICY, "title", " "),
        ("access_reviews", REVIEW, "system", "GitHub Enterprise"),
        ("access_decisions", DECISION, "decision", "Approve"),
        ("access_decisions", DECISION, "account", " "),
        ("access_decisions", DECISION, "decider_email", "ann"),
        ("policies", POLICY, "published_where", ""),
        ("training", TRAINING, "pass_mark", 0),
        ("incidents", INCIDENT, "detected_at", None),
        ("incidents", INCIDENT, "severity", "sev1"),
        ("devices", DEVICE, "status", "In use"),
        ("devices", DEVICE, "serial", 1234),
    ],
)
def test_the_schema_refuses_and_names_the_key(register: str, keys: dict[str, Any], key: str, value: object) -> None:
    assert refused(register, keys) == set()
    assert refused(register, keys, **{key: value}) == {f"entries.0.{key}"}


def test_a_misspelt_key_is_refused() -> None:
    assert refused("devices", DEVICE, wipd_at=None) == {"entries.0.wipd_at"}


@pytest.mark.parametrize("key", ["register", "as_of", "entries"])
def test_the_head_is_mandatory(key: str) -> None:
    body = head("people", ANN)
    del body[key]
    assert violations("people", prepared("people", body)) == {""}


@pytest.mark.parametrize(
    ("key", "value"), [("register", "vendors"), ("as_of", "today"), ("owner", None), ("entries", None)]
)
def test_the_head_is_checked(key: str, value: object) -> None:
    assert violations("people", prepared("people", head("people", ANN) | {key: value})) == {key}


def test_an_empty_register_is_valid() -> None:
    assert violations("incidents", prepared("incidents", head("incidents"))) == set()


@pytest.mark.parametrize(
    "body", [None, [], "people", {"entries": "none"}, {"entries": [None]}, {"as_of": 7, "entries": {}}]
)
def test_a_body_of_another_shape_is_left_to_the_schema(body: object) -> None:
    assert violations("people", prepared("people", body))


def test_a_decision_is_known_by_review_and_account() -> None:
    assert entry("access_decisions", **DECISION).id == "2026-Q4-aws/Ann"


@pytest.mark.parametrize(
    "key", ["accounts_total", "accounts_reviewed", "self_reviewed", "revocations", "revocations_done"]
)
def test_totals_of_a_review_are_refused_and_the_rows_to_write_are_named(key: str) -> None:
    body = prepared("access_reviews", head("access_reviews", {**REVIEW, key: 0}))
    texts = [text for path, text in wrong_in(registers.operations["access_reviews"], body, CONTEXT) if key in path]
    assert any("exports/registers/access_decisions.csv: review, account, decision" in text for text in texts)
