"""Registers of who oversees, answers, is where in the company, and heard what: keys left out, and what documents show."""

from typing import Any

import pytest
from registers_reading import entry, head, prepared, read, violations

from soc2test import UnknownFact

DOCUMENT = {"file": "documents/a.txt", "sha256": "ab" * 32}
MEETING = {
    "id": "board-1", "body": "board", "held_at": "2026-09-15", "attendees": ["joan@x.example"], "topics": ["security"],
}  # fmt: skip
MEMBER = {
    "id": "joan", "body": "board", "name": "Joan", "email": "joan@x.example", "started_at": "2025-12-02", "ties": [],
}  # fmt: skip
EVALUATION = {
    "id": "e1", "person_email": "ann@acme.example", "evaluator_email": "bob@acme.example", "held_at": "2026-01-20",
    "topics": ["security"],
}  # fmt: skip
BREACH = {"id": "B1", "person_email": None, "found_at": "2026-05-11"}
CHART = {"id": "c1", "drawn_at": "2026-09-07", "people": ["ann@acme.example"]}
ROLE = {"id": "r1", "title": "engineer"}
READ = {"person_email": "Ann@acme.example", "policy": "POL-01", "version": "4.0"}
LINE = {"id": "mail", "purpose": "conduct", "address": "a@acme.example", "owner_email": None}
TEST = {"id": "t1", "line": "mail", "sent_at": "2026-05-18T15:10:00Z", "sent_by": "ann@acme.example"}


@pytest.mark.parametrize(
    ("register", "keys", "fact"),
    [
        ("meetings", MEETING, "minutes"),
        ("body_members", MEMBER, "ended_at"),
        ("body_members", MEMBER, "determination"),
        ("evaluations", EVALUATION, "document"),
        ("breaches", BREACH, "document"),
        ("breaches", BREACH, "person_email"),
        ("org_charts", CHART, "document"),
        ("role_descriptions", ROLE, "document"),
        ("reporting_lines", LINE, "received"),
        ("reporting_lines", LINE, "counted_since"),
        ("reporting_lines", LINE, "counted_until"),
        ("reporting_lines", LINE, "count"),
        ("line_tests", TEST, "document"),
    ],
)
def test_left_out_means_none_where_the_schema_says_so(register: str, keys: dict[str, Any], fact: str) -> None:
    assert getattr(entry(register, **keys), fact) is None


@pytest.mark.parametrize(
    ("register", "keys", "fact"),
    [
        *[("meetings", MEETING, each) for each in ("signed_by", "signed_at")],
        *[("body_members", MEMBER, each) for each in ("determined_at", "determined_by")],
        ("evaluations", EVALUATION, "signed_at"),
        *[("breaches", BREACH, each) for each in ("decided_at", "decided_by", "outcome")],
        *[("org_charts", CHART, each) for each in ("reviewed_at", "reviewed_by")],
        *[("role_descriptions", ROLE, each) for each in ("approved_by", "approved_at", "reviewed_at")],
        ("acknowledgements", READ, "acknowledged_at"),
        ("reporting_lines", LINE, "published_where"),
        *[("line_tests", TEST, each) for each in ("arrived_at", "received_by", "answered_at")],
    ],
)
def test_left_out_is_unknown_everywhere_else(register: str, keys: dict[str, Any], fact: str) -> None:
    with pytest.raises(UnknownFact):
        getattr(entry(register, **keys), fact)


@pytest.mark.parametrize(
    ("register", "keys", "key", "names"),
    [
        ("meetings", MEETING, "minutes_document", "minutes"),
        ("body_members", MEMBER, "determination_document", "determination"),
        ("evaluations", EVALUATION, "document", "document"),
        ("breaches", BREACH, "document", "document"),
        ("org_charts", CHART, "document", "document"),
        ("role_descriptions", ROLE, "document", "document"),
        ("acknowledgements", READ, "document", ""),
        ("reporting_lines", LINE, "count_document", "count"),
        ("line_tests", TEST, "document", "document"),
    ],
)
def test_a_document_shows_what_stands_in_it_and_is_named(
    register: str, keys: dict[str, Any], key: str, names: str
) -> None:
    (told,) = read(register, head(register, {**keys, key: DOCUMENT}))
    ((document, shown),) = told.shown
    assert (document.file, document.sha256) == (DOCUMENT["file"], DOCUMENT["sha256"])
    assert set(shown) <= set(told.told)
    assert not names or (told.told[names], names in shown) == (DOCUMENT["file"], True)
    (bare,) = read(register, head(register, {**keys, key: None}))
    assert bare.shown == ()


@pytest.mark.parametrize(
    ("register", "keys", "fact"),
    [
        *[("body_members", MEMBER, each) for each in ("started_at", "ended_at")],
        *[("reporting_lines", LINE, each) for each in ("purpose", "address", "owner_email", "published_where")],
    ],
)
def test_no_document_shows_what_it_does_not_hold(register: str, keys: dict[str, Any], fact: str) -> None:
    documents = dict.fromkeys(("determination_document", "count_document"), DOCUMENT)
    known = {key: value for key, value in documents.items() if not violations(register, _with(register, keys, key))}
    (told,) = read(register, head(register, keys | known))
    assert fact not in {name for _, shown in told.shown for name in shown}
    assert known


def _with(register: str, keys: dict[str, Any], key: str) -> Any:
    return prepared(register, head(register, {**keys, key: DOCUMENT}))


def test_an_acknowledgement_is_known_by_person_policy_and_version() -> None:
    assert entry("acknowledgements", **READ).id == "ann@acme.example/POL-01/4.0"


@pytest.mark.parametrize(
    ("register", "keys", "key", "value"),
    [
        ("breaches", BREACH, "outcome", "punished"),
        ("reporting_lines", LINE, "purpose", "complaints"),
        ("reporting_lines", LINE, "received", -1),
        ("meetings", MEETING, "held_at", "2026-12-08"),
        ("line_tests", TEST, "arrived_at", "2026-12-08T10:00:00Z"),
        ("org_charts", CHART, "people", "ann@acme.example"),
    ],
)
def test_what_is_no_such_value_is_refused(register: str, keys: dict[str, Any], key: str, value: object) -> None:
    assert violations(register, prepared(register, head(register, {**keys, key: value}))) == {f"entries.0.{key}"}


def test_a_term_may_end_in_the_future() -> None:
    assert (
        violations("body_members", prepared("body_members", head("body_members", {**MEMBER, "ended_at": "2027-12-01"})))
        == set()
    )
