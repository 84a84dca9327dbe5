"""What a register says has happened lies before its moment; only what is a plan by its meaning may lie ahead."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from registers_reading import CONTEXT, head, outcome, parse_csv, prepared, read, violations

from soc2test import Context
from soc2test_plugins.registers import REGISTERS
from soc2test_plugins.registers.schemas import entry_schema, is_date

ANN: dict[str, Any] = {
    "name": "Ann", "email": "ann@acme.example", "employment": "employee", "active": True, "role": "engineer",
    "manager_email": None, "started_at": "2024-05-02",
}  # fmt: skip
AWS: dict[str, Any] = {
    "id": "aws", "name": "Amazon", "active": True, "tier": "high", "owner_email": "ann@acme.example",
    "personal_data": True, "onboarded_at": "2024-05-02",
}  # fmt: skip
FAR = "2062-01-08"
PLANS = (
    "bridge_letter_until", "correct_by", "due_at", "ended_at", "ends_at", "planned_for", "until", "valid_from", "valid_until",
)  # fmt: skip
ANNOUNCED = {("privacy_notices", "published_at"), ("privacy_notices", "replaced_at"), ("sites", "closed_at")}
BEGINNINGS = ("started_at", "onboarded_at")
DUBLIN, AUCKLAND = ZoneInfo("Europe/Dublin"), ZoneInfo("Pacific/Auckland")


def refused(register: str, entry: dict[str, Any], *, as_of: str | None = "2026-11-20", **changed: Any) -> set[str]:
    return violations(register, prepared(register, head(register, {**entry, **changed}, as_of=as_of)))


def dated_keys() -> list[tuple[str, str]]:
    return [
        (register, name)
        for register in REGISTERS
        for name, key in entry_schema(register)["properties"].items()
        if is_date(key)
    ]


def _may_lie_ahead(register: str, key: str) -> bool:
    return key in PLANS or (register, key) in ANNOUNCED


@pytest.mark.parametrize("as_of", ["2026-11-20", "2026-11-20T08:00:00Z", None])
@pytest.mark.parametrize("register", dict(dated_keys()))
def test_no_date_lies_ahead_but_plans(register: str, as_of: str | None) -> None:
    for key in (key for name, key in dated_keys() if name == register):
        body = head(register, {key: FAR, "active": True}, as_of=as_of)
        refused = f"entries.0.{key}" in violations(register, prepared(register, body))
        assert refused != _may_lie_ahead(register, key), key


@pytest.mark.parametrize("register", dict(dated_keys()))
def test_a_csv_is_held_to_the_same(register: str) -> None:
    for key in (key for name, key in dated_keys() if name == register):
        refused, _ = outcome(register, parse_csv(f"{key},active\n{FAR},yes\n"))
        assert (f"entries.0.{key}" in refused) != _may_lie_ahead(register, key), key


@pytest.mark.parametrize(
    ("register", "entry", "key"), [("people", ANN, "started_at"), ("vendors", AWS, "onboarded_at")]
)
def test_who_is_not_active_yet_may_begin_later(register: str, entry: dict[str, Any], key: str) -> None:
    later = {**entry, key: FAR}
    assert refused(register, later) == {f"entries.0.{key}"}
    assert refused(register, later, active=False) == set()
    assert refused(register, later, active="TBD") == {f"entries.0.{key}"}


def test_who_begins_later_is_no_person_yet() -> None:
    assert list(read("people", head("people", {**ANN, "active": False, "started_at": FAR}))) == []


@pytest.mark.parametrize(
    ("as_of", "written", "fine"),
    [
        ("2026-11-20", "2026-11-20", True),
        ("2026-11-20", "2026-11-21", False),
        ("2026-11-20T08:00:00Z", "2026-11-21", True),  # somebody east of UTC wrote it
        ("2026-11-20T08:00:00Z", "2026-11-22", False),
        (None, "2026-11-21", True),
        (None, "2026-11-22", False),
    ],
)
def test_a_day_may_begin_earlier_in_the_east(as_of: str | None, written: str, fine: bool) -> None:
    assert (refused("people", ANN, as_of=as_of, nda_signed_at=written) == set()) is fine


@pytest.mark.parametrize(("clock", "fine"), [("12:04", True), ("12:06", False)])
def test_clocks_differ_by_five_minutes(clock: str, fine: bool) -> None:
    incident = {"id": "I-1", "title": "Down", "severity": "high", "detected_at": f"2026-11-20T{clock}:00Z"}
    assert (refused("incidents", incident, as_of=None) == set()) is fine


def test_a_csv_is_of_the_moment_that_its_manifest_says() -> None:
    dated = Context(as_of=CONTEXT.as_of, collected_at=datetime(2026, 11, 1, tzinfo=UTC))
    body = prepared("people", head("people", {**ANN, "nda_signed_at": "2026-11-10"}, as_of=None))
    assert violations("people", body, dated) == {"entries.0.nda_signed_at"}
    assert violations("people", body) == set()


def moments(zone: Any, **changed: Any) -> dict[str, Any]:
    (told,) = read("people", head("people", {**ANN, **changed}), Context(as_of=CONTEXT.as_of, zone=zone))
    return told.told


def test_a_day_begins_in_the_company_s_zone() -> None:
    assert moments(DUBLIN, started_at="2024-07-01")["started_at"] == datetime(2024, 6, 30, 23, tzinfo=UTC)
    assert moments(DUBLIN, started_at="2024-01-08")["started_at"] == datetime(2024, 1, 8, tzinfo=UTC)
    assert moments(AUCKLAND, started_at="2024-01-08")["started_at"] == datetime(2024, 1, 7, 11, tzinfo=UTC)


def test_work_ends_at_the_end_of_the_day_in_that_zone() -> None:
    assert moments(UTC, ended_at="2026-08-31")["ended_at"] == datetime(2026, 8, 31, 23, 59, 59, tzinfo=UTC)
    assert moments(DUBLIN, ended_at="2026-08-31")["ended_at"] == datetime(2026, 8, 31, 22, 59, 59, tzinfo=UTC)
    assert moments(DUBLIN, ended_at="2026-08-31")["spells"][0].ended_at == datetime(2026, 8, 31, 22, 59, 59, tzinfo=UTC)


def test_a_time_with_its_zone_is_that_moment_anywhere() -> None:
    assert moments(AUCKLAND, ended_at="2026-08-31T17:00Z")["ended_at"] == datetime(2026, 8, 31, 17, tzinfo=UTC)


def test_the_register_s_own_day_is_one_of_that_zone() -> None:
    context = Context(as_of=datetime(2026, 11, 20, 12, tzinfo=UTC), zone=AUCKLAND)
    body = prepared("people", head("people", {**ANN, "nda_signed_at": "2026-11-21"}, as_of="2026-11-21"))
    assert violations("people", body, context) == set()
