"""A CSV register tells the same facts as a YAML one."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registers_reading import head, outcome, parse_csv, parse_yaml, prepared, read, violations

from soc2test import Facts, Unknown
from soc2test_plugins.registers import REGISTERS
from soc2test_plugins.registers.schemas import entry_schema

HEADER = "serial,name,owner_email,status,disk_encrypted,protected,wiped_at\n"
TEXTS = st.text(st.characters(categories=["L", "N", "P", "S"], include_characters=" "), min_size=1, max_size=12).filter(
    lambda text: text == text.strip()
)
SLUGS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,8}", fullmatch=True)
EMAILS = st.from_regex(r"[A-Za-z0-9.+-]{1,8}@[a-z]{1,6}\.example", fullmatch=True)
DAYS = st.dates(date(1990, 1, 1), date(2026, 12, 20)).map(date.isoformat)
PLACEHOLDERS = st.sampled_from(["TBD", "n/a", "-", "#REF!", "none", "x"])
DOCUMENTS = st.fixed_dictionaries(
    {
        "file": st.from_regex(r"documents/[a-z ]{1,8}[a-z]\.pdf", fullmatch=True),
        "sha256": st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    }
)
MOMENTS = st.one_of(DAYS, DAYS.map(lambda day: f"{day}T16:30:05Z"), DAYS.map(lambda day: f"{day}T16:30+02:00"))
SPELLINGS = {True: ("true", "TRUE", "Yes", "1"), False: ("false", "False", "NO", "0")}


def values(name: str, key: dict[str, Any]) -> st.SearchStrategy[Any]:
    """What the schema allows for a key, as a YAML register says it."""
    types = key["type"] if isinstance(key["type"], list) else [key["type"]]
    if "enum" in key:
        return st.sampled_from(key["enum"])
    some = _texts(name, key) if "string" in types else _others(key, types)
    said = some | PLACEHOLDERS
    return st.none() | said if "null" in types else said


def _texts(name: str, key: dict[str, Any]) -> st.SearchStrategy[str]:
    if "format" in key:
        return {"email": EMAILS, "date": DAYS}[key["format"]]
    if name.endswith("_at"):
        return MOMENTS
    return SLUGS if key.get("pattern", "").startswith("^") else TEXTS


def _others(key: dict[str, Any], types: list[str]) -> st.SearchStrategy[Any]:
    if "array" in types:
        return st.lists(st.from_regex(r"[a-z]{1,4}:[a-z.]{1,6}", fullmatch=True), max_size=3)
    if "boolean" in types:
        return st.booleans()
    if "object" in types:
        return DOCUMENTS
    return st.integers(key["minimum"], key.get("maximum", 10**6))


@st.composite
def entries(draw: st.DrawFn, register: str) -> list[dict[str, Any]]:
    schema = entry_schema(register)
    keys = schema["properties"]
    columns = [name for name in keys if name in schema["required"] or draw(st.booleans())]
    drawn = draw(
        st.lists(st.fixed_dictionaries({name: values(name, keys[name]) for name in columns}), min_size=1, max_size=3)
    )
    for entry in drawn:
        if entry.get("active") is False and register == "people":
            entry["ended_at"] = draw(MOMENTS)
    return drawn


def cell(value: Any, draw: st.DataObject) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return draw.draw(st.sampled_from(SPELLINGS[value]))
    if isinstance(value, dict):
        return f"{value['file']} sha256:{value['sha256']}"
    return ";".join(value) if isinstance(value, list) else str(value)


def as_csv(drawn: list[dict[str, Any]], draw: st.DataObject) -> str:
    columns = list(dict.fromkeys(name for entry in drawn for name in entry))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([cell(entry.get(name), draw) for name in columns] for entry in drawn)
    return text.getvalue()


def comparable(told: Facts) -> tuple[str, dict[str, Any]]:
    return str(told.id), {name: "unknown" if type(value) is Unknown else value for name, value in told.told.items()}


@pytest.mark.each(15)
@pytest.mark.parametrize("register", REGISTERS)
@given(data=st.data())
@settings(max_examples=10, deadline=None)  # of each of some eighty registers
def test_csv_and_yaml_tell_equal_facts(register: str, data: st.DataObject) -> None:
    drawn = data.draw(entries(register))
    from_yaml = parse_yaml(json.dumps(head(register, *drawn, as_of=None), ensure_ascii=False))
    from_csv = parse_csv(as_csv(drawn, data))
    refused_by_csv, told_by_csv = outcome(register, from_csv)
    refused_by_yaml, told_by_yaml = outcome(register, from_yaml)
    assert refused_by_csv == refused_by_yaml
    assert list(map(comparable, told_by_csv)) == list(map(comparable, told_by_yaml))


def refused(rows: str) -> set[str]:
    return violations("devices", prepared("devices", parse_csv(HEADER + rows)))


def test_an_empty_cell_says_none() -> None:
    (told,) = read("devices", parse_csv(HEADER + "C02,laptop,,stock,yes,no,\n"))
    assert (told.told["owner_email"], told.told["wiped_at"]) == (None, None)


def test_blanks_round_a_cell_mean_nothing() -> None:
    (told,) = read("devices", parse_csv(HEADER + " C02 ,laptop, ,stock, YES,no ,\n"))
    assert (told.id, told.told["owner_email"], told.told["disk_encrypted"]) == ("C02", None, True)


def test_an_empty_cell_where_none_is_no_answer_is_unknown() -> None:
    (told,) = read("devices", parse_csv(HEADER + "C02,laptop,,stock,,,\n"))
    assert type(told.told["disk_encrypted"]) is Unknown


def test_an_empty_cell_in_a_mandatory_column_is_refused() -> None:
    assert refused("C02,,,stock,yes,no,\n") == {"entries.0.name"}


def test_a_cell_of_another_type_is_refused_and_the_others_stay() -> None:
    assert refused("C02,a,,stock,maybe,no,\nC03,b,,stock,yes,no,\nC04,c,,stock,yes,no,soon\n") == {
        "entries.0.disk_encrypted",
        "entries.2.wiped_at",
    }


def test_an_unknown_column_is_refused_also_where_it_is_empty() -> None:
    body = parse_csv("serial,name,status,wipd_at\nC02,a,stock,\n")
    assert violations("devices", prepared("devices", body)) == {"entries.0.wipd_at"}


def test_a_missing_mandatory_column_is_refused() -> None:
    body = parse_csv("serial,name\nC02,a\n")
    assert violations("devices", prepared("devices", body)) == {"entries.0"}


def test_a_header_alone_is_an_empty_register() -> None:
    assert list(read("devices", parse_csv(HEADER))) == []


@pytest.mark.parametrize(
    "text",
    [
        "An error occurred (Throttling)\n", "<!doctype html>", "null", "serial,name\n", HEADER.replace("wiped_at", "wip"),
        HEADER[:20],
    ],
)  # fmt: skip
def test_a_header_of_other_columns_is_no_empty_register(text: str) -> None:
    with pytest.raises(ValueError, match="has no rows, and") as caught:
        prepared("devices", parse_csv(text))
    assert "Throttling" not in str(caught.value)


def test_a_list_with_an_empty_part_is_refused() -> None:
    rows = "id,title,category,owner_email,likelihood,impact,concerns\nR-1,Fire,security,,1,5,aws;\n"
    assert violations("risks", prepared("risks", parse_csv(rows))) == {"entries.0.concerns.1"}


def test_prepare_changes_nothing_that_it_was_given() -> None:
    body = parse_csv(HEADER + "C02,laptop,,stock,yes,no,\n")
    before = json.dumps(body)
    prepared("devices", body)
    assert json.dumps(body) == before


def test_a_yaml_register_without_a_head_is_refused() -> None:
    assert violations("devices", prepared("devices", {"entries": [{"serial": "C02", "protected": True}]}))
