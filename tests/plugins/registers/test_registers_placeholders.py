"""A placeholder makes its fact unknown, and an entry without an id is refused; nothing else of a register is lost."""

from typing import Any

import pytest
from registers_reading import head, outcome, parse_csv, prepared, read, resource, violations

from soc2test import Unknown, UnknownFact
from soc2test_plugins.registers import REGISTERS
from soc2test_plugins.registers.schemas import IDS, entry_schema

POLICY: dict[str, Any] = {
    "id": "P-1", "title": "Code", "topic": "code-of-conduct", "version": "2.1", "owner_email": "ann@acme.example",
    "approved_by": "ben@acme.example", "approved_at": "2026-02-02",
}  # fmt: skip
WORDS = [
    "TBD", "#REF!", "n/a", "None", " - ", "???", "x", "to be defined", "Err:508", "ann@example.com", "\uff34\uff22\uff24",
    "TBD by legal", "noch offen", "asdf", "see hr",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("key", ["owner_email", "approved_by", "approved_at", "title", "topic", "version"])
def test_a_placeholder_makes_one_fact_unknown(key: str, word: str) -> None:
    (told,) = read("policies", head("policies", {**POLICY, key: word}))
    made = resource("policies", told)
    with pytest.raises(UnknownFact, match="holds a placeholder"):
        getattr(made, key)
    others = {name for name in ("owner_email", "approved_by", "approved_at", "title") if name != key}
    assert all(getattr(made, name) for name in others)


ZERO_DATES = [
    "1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01", "1904-01-01", "1970-01-01", "0001-01-01", "9999-12-31",
    "0000-00-00", "1970-01-01T00:00:00Z", "0",
]  # fmt: skip


@pytest.mark.parametrize("zero", ZERO_DATES)
def test_the_zero_of_a_spreadsheet_or_database_is_no_date(zero: str) -> None:
    rows = "id,title,topic,version,owner_email,approved_at\nP-1,Code,a,0,ann@acme.example,"
    (told,) = read("policies", parse_csv(f"{rows}{zero}\n"))
    assert type(told.told["approved_at"]) is Unknown
    assert "approved_at (row 2) holds a placeholder, which is no date" in told.told["approved_at"].reason
    assert told.told["version"] == "0"


@pytest.mark.parametrize("zero", ["9999-12-31", "1970-01-01", "9999-12-31T23:59:59Z"])
def test_it_is_no_plan_either(zero: str) -> None:
    keys = "name,email,employment,active,role,manager_email,started_at,ended_at"
    rows = f"{keys}\nAnn,ann@acme.example,employee,yes,ceo,,2024-01-08,{zero}\n"
    (told,) = read("people", parse_csv(rows))
    assert type(told.told["ended_at"]) is Unknown


def test_a_day_that_is_near_a_zero_is_a_day() -> None:
    for day in ("1970-01-02", "1999-12-31", "2000-01-01"):
        (told,) = read("policies", head("policies", {**POLICY, "approved_at": day}))
        assert type(told.told["approved_at"]) is not Unknown


def test_a_zero_names_nobody_and_a_number_may_be_zero() -> None:
    (told,) = read("policies", head("policies", {**POLICY, "approved_by": "0"}))
    assert type(told.told["approved_by"]) is Unknown
    rows = "person_email,course,score,pass_mark\nann@acme.example,security,0,16\n"
    (told,) = read("training", parse_csv(rows))
    assert told.told["score"] == 0


def test_an_account_may_be_called_test() -> None:
    (told,) = read("access_decisions", parse_csv("review,account,decision\nR-1,test,revoke\n"))
    assert told.told["account"] == "test"


def test_null_says_none_and_a_placeholder_does_not() -> None:
    (none,) = read("policies", head("policies", {**POLICY, "approved_by": None}))
    assert none.told["approved_by"] is None
    (told,) = read("policies", parse_csv("id,title,topic,version,owner_email,approved_by\nP-1,Code,a,1,,none\n"))
    assert (told.told["owner_email"], type(told.told["approved_by"])) == (None, Unknown)


@pytest.mark.parametrize("word", ["TBD", "#N/A", "-"])
@pytest.mark.parametrize("register", REGISTERS)
def test_an_id_that_is_a_placeholder_refuses_the_entry(register: str, word: str) -> None:
    for key in IDS.get(register, ("id",)):
        refused, _ = outcome(register, parse_csv(f"{key}\n{word}\n"))
        assert f"entries.0.{key}" in refused


def test_an_example_is_nobody_s_address() -> None:
    rows = (
        "name,email,employment,active,role,manager_email,started_at\nAnn,ann@example.com,employee,yes,ceo,,2024-01-08\n"
    )
    refused, told = outcome("people", parse_csv(rows))
    assert (refused, told) == ({"entries.0.email"}, [])


def test_a_vendor_may_be_called_x() -> None:
    vendor = {
        "id": "x", "name": "X Corp", "active": True, "tier": "low", "owner_email": None, "personal_data": False,
        "onboarded_at": "2024-01-08",
    }  # fmt: skip
    assert violations("vendors", prepared("vendors", head("vendors", vendor))) == set()


def test_a_list_with_a_placeholder_is_unknown_as_a_whole() -> None:
    risk = {"id": "R-1", "title": "Fire", "category": "security", "owner_email": None, "likelihood": 1, "impact": 5}
    (told,) = read("risks", head("risks", {**risk, "concerns": ["aws", "TBD"]}))
    assert type(told.told["concerns"]) is Unknown


def test_a_flag_and_a_number_may_be_unknown_too() -> None:
    rows = "serial,name,status,disk_encrypted,protected\nC02,a,in_use,?,yes\n"
    (told,) = read("devices", parse_csv(rows))
    assert type(told.told["disk_encrypted"]) is Unknown
    rows = "id,title,category,owner_email,likelihood,impact\nR-1,Fire,security,,#REF!,5\n"
    (told,) = read("risks", parse_csv(rows))
    assert type(told.told["likelihood"]) is Unknown


def test_the_reason_says_where_it_stands_and_what_is_wanted() -> None:
    rows = "id,title,topic,version,owner_email,approved_by,approved_at\nP-1,Code,a,1,,ben@acme.example,2026-01-02\n"
    (_, told) = read("policies", parse_csv(f"{rows}P-2,Code,b,1,,#REF!,soon to be\n".replace("soon to be", "tbd")))
    assert told.told["approved_by"].reason.startswith("approved_by (row 3) holds a placeholder, which is not a person")
    assert "which is no date" in told.told["approved_at"].reason


@pytest.mark.parametrize("register", REGISTERS)
def test_no_word_of_a_schema_is_a_placeholder_that_is_lost(register: str) -> None:
    for name, key in entry_schema(register)["properties"].items():
        for word in key.get("enum", ()):
            body = prepared(register, head(register, {name: word}))
            assert body["entries"][0][name] == word
