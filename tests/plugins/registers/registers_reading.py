"""How these tests read a register: parse, prepare, validate, read, with the framework's own parts."""

from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Facts, Item, Resource, Subject, Unknown
from soc2test.evidence import csv_text, schema, yaml_text
from soc2test.resources.resource import build
from soc2test_plugins.registers.entries import registers

AS_OF = "2026-11-20"


def parse_yaml(text: str) -> Any:
    value, _ = yaml_text.parse_yaml(text.encode(), "test.yaml")
    return value


def parse_csv(text: str) -> Any:
    return csv_text.parse_csv(text.encode(), "test.csv")


def head(register: str, *entries: Mapping[str, Any], as_of: str | None = AS_OF) -> dict[str, Any]:
    return {"register": register, "as_of": as_of, "entries": list(entries)}


def prepared(register: str, body: Any) -> Any:
    make = registers.operations[register].prepare
    assert make is not None
    return make(body)


def violations(register: str, body: Any) -> set[str]:
    """Key paths of what the schema refuses in a prepared body: "entries.0.email", or "entries.0" for a missing key."""
    load = registers.operations[register].schema
    assert load is not None
    return {".".join(map(str, path)) for path, _ in schema.violations(load(), body)}


def read(register: str, body: Any) -> Iterator[Facts]:
    """What the entries of a parsed body tell; asserts that the schema allows it."""
    body = prepared(register, body)
    assert violations(register, body) == set()
    for entry in body["entries"]:
        said = registers.operations[register].read(Item(entry), Subject({}))
        assert isinstance(said, Facts)
        yield said


def resource(register: str, told: Facts) -> Resource:
    """The resource that an entry makes, as the framework builds it: raises where a value isn't of its fact's type."""
    unknown = {name: (value.code, value.reason) for name, value in told.told.items() if type(value) is Unknown}
    known = {name: value for name, value in told.told.items() if name not in unknown}
    assert isinstance(told.id, str)
    return build(registers.operations[register].kind, told.id, known, unknown)


def entry(register: str, **keys: Any) -> Any:
    """The resource that one entry of a register makes."""
    (told,) = read(register, head(register, keys))
    return resource(register, told)
