"""The schemas, the reading functions, the kinds and acme's registers agree with each other."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from registers_reading import parse_csv, parse_yaml, prepared, read, resource, violations

from soc2test import Item, Subject
from soc2test.resources.resource import fact_names
from soc2test_plugins.registers import REGISTERS, load_schema, schema_path
from soc2test_plugins.registers.entries import registers
from soc2test_plugins.registers.spells import EARLIER, SPELLS

ACME = Path(__file__).parents[3] / "fixtures" / "acme" / "exports" / "registers"
FILES = [path for path in sorted(ACME.iterdir()) if path.suffix in (".yaml", ".csv") and path.stem != "manifest"]

FOR_PEOPLE = {"commitments": {"text"}, "customer_notices": {"system"}}
"""keys that say to a reader what an entry is, of which no fact is made"""

by_register = pytest.mark.parametrize("register", REGISTERS)
by_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def entry_schema(register: str) -> dict[str, Any]:
    schema: dict[str, Any] = load_schema(register)["properties"]["entries"]["items"]
    return schema


def parsed(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return parse_csv(text) if path.suffix == ".csv" else parse_yaml(text)


class Recording(Mapping[str, Any]):
    """An entry that remembers which of its keys were asked for."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data, self.asked = data, set[str]()

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return self.data[key]

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return key in self.data

    def __iter__(self) -> Iterator[str]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)


def test_there_is_a_schema_for_each_register_and_no_other() -> None:
    assert set(registers.operations) == set(REGISTERS)
    files = {path.name for path in schema_path("people").parent.iterdir()}
    assert files == {f"{each}.schema.json" for each in REGISTERS}


def test_an_unknown_register_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no register 'pets'; there are access_decisions, "):
        schema_path("pets")


@by_register
def test_a_schema_is_valid_closed_and_explains_itself(register: str) -> None:
    schema = load_schema(register)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:soc2test:register:{register}:1"
    entry = entry_schema(register)
    assert schema["additionalProperties"] is False
    assert entry["additionalProperties"] is False
    assert set(entry["required"]) <= set(entry["properties"])
    for name, each in {**schema["properties"], **entry["properties"]}.items():
        assert each["title"], name
        assert name == "entries" or each["description"].endswith("."), name


@by_register
def test_keys_of_one_format_have_one_pattern_and_every_date_has_a_format(register: str) -> None:
    people = entry_schema("people")["properties"]
    examples = {"date": people["started_at"], "email": people["email"], None: people["ended_at"]}
    for name, each in entry_schema(register)["properties"].items():
        dated = name.endswith("_at") or name in ("report_period_end", "bridge_letter_until")
        assert (each.get("format") == "email") == (name == "email" or name.endswith("_email")), name
        if dated or "format" in each:
            assert each["pattern"] == examples[each.get("format")]["pattern"], name


@by_register
def test_every_key_of_the_schema_is_read_and_no_other(register: str) -> None:
    entry = Recording(
        {"email": "ann@acme.example", "person_email": "ann@acme.example", "course": "aware"}
        | {"review": "2026-Q4-aws", "account": "ann", "policy": "POL-01", "version": "4.0"}
        | {"store": "aws:db", "table_schema": "public", "table_name": "a", "column_name": "b", "field": "public.a.b"}
        | {"body": "Contact: https://acme.example/report"}
    )
    registers.operations[register].read(Item(entry), Subject({}))
    told = entry.asked - {SPELLS, EARLIER} | FOR_PEOPLE.get(register, set())
    assert told == set(entry_schema(register)["properties"])
    assert not entry.asked & FOR_PEOPLE.get(register, set())


@by_register
def test_every_fact_of_the_kind_is_told(register: str) -> None:
    operation = registers.operations[register]
    assert set(operation.tells) == set(fact_names(operation.kind))
    assert operation.lists


@by_register
def test_schemas_share_what_a_document_is(register: str) -> None:
    assert load_schema(register)["$defs"] == load_schema("people")["$defs"]


@by_register
def test_acme_keeps_each_register_once(register: str) -> None:
    assert [path.stem for path in FILES].count(register) == 1


@by_file
def test_acmes_registers_are_valid_and_make_whole_resources(path: Path) -> None:
    body = prepared(path.stem, parsed(path))
    assert violations(path.stem, body) == set()
    resources = [resource(path.stem, told) for told in read(path.stem, parsed(path))]
    assert len({each.id for each in resources}) == len(resources) > 0
    for each in resources:
        for name in fact_names(registers.operations[path.stem].kind):
            getattr(each, name)  # raises where acme's register leaves it unknown


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".yaml"], ids=lambda path: path.name)
def test_acmes_registers_point_editors_at_their_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.partition("=")[2]).resolve() == schema_path(path.stem).resolve()
