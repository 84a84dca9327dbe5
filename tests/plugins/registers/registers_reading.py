"""How these tests read a register: parse, prepare, validate, read, with the framework's own parts."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from soc2test import Context, Facts, Item, Resource, Skip, Subject, Unknown
from soc2test.evidence import csv_text, yaml_text
from soc2test.resources.resource import build
from soc2test.telling.violations import wrong_in
from soc2test_plugins.registers.entries import registers

AS_OF = "2026-11-20"
CONTEXT = Context(as_of=datetime(2026, 11, 20, 12, tzinfo=UTC))


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


def violations(register: str, body: Any, context: Context = CONTEXT) -> set[str]:
    """Key paths of what is refused in a prepared body: "entries.0.email", or "entries.0" for a missing key."""
    return {".".join(map(str, path)) for path, _ in wrong_in(registers.operations[register], body, context)}


def read(register: str, body: Any, context: Context = CONTEXT) -> Iterator[Facts]:
    """What the entries of a parsed body tell; asserts that nothing in it is refused."""
    body = prepared(register, body)
    assert violations(register, body, context) == set()
    yield from _told(register, body, context)


def outcome(register: str, body: Any, context: Context = CONTEXT) -> tuple[set[str], list[Facts]]:
    """The key paths of what is refused in a parsed body, and what its other entries tell."""
    body = prepared(register, body)
    refused = violations(register, body, context)
    bad = {int(path.split(".")[1]) for path in refused}
    right = [entry for number, entry in enumerate(body["entries"]) if number not in bad]
    return refused, list(_told(register, {**body, "entries": right}, context))


def _told(register: str, body: Any, context: Context) -> Iterator[Facts]:
    operation = registers.operations[register]
    for entry in operation.arranged(body, context)["entries"]:
        said = operation.read(Item(entry), Subject({}))
        if not isinstance(said, Skip):
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
