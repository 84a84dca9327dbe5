"""What plainly fits a schema is what the validator allows: no more, and all of the sample company's own files."""

import copy
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from examples import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st
from referencing import Registry
from referencing.exceptions import Unresolvable

from soc2test.evidence.plainly import plainly_fits
from soc2test.evidence.redacted import REDACTED
from soc2test.evidence.schema_violations import violations
from soc2test.evidence.yaml_text import parse_yaml
from soc2test.programme.programme import programme_schema

ACME = Path(__file__).parents[2] / "fixtures" / "acme"
REGISTERS = list(files("soc2test_plugins.registers").joinpath("schemas").iterdir())
SCHEMAS = [programme_schema(), *(json.loads(each.read_text("utf-8")) for each in REGISTERS)]
VALUES = [
    parse_yaml(ACME.joinpath("soc2.yaml").read_bytes(), "soc2.yaml")[0],
    *(parse_yaml(each.read_bytes(), each.name)[0] for each in sorted(ACME.glob("exports/registers/*.yaml"))),
]

NAMES = st.sampled_from(["a", "b", "c", ""])
TEXTS = ["a", "b", "ab", "", "2026-01-31", "2026-02-31", "2026-W01-1", "a@b"]
SCALARS = st.none() | st.booleans() | st.integers(-2, 3) | st.sampled_from([*TEXTS, 1.0, 0.5])
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
SIZES = st.integers(0, 3)
SIZED = ["minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "minProperties", "maxProperties"]
TYPES = st.sampled_from(["object", "array", "string", "boolean", "integer", "number", "null"])
SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(SIZED, SIZES),
    "multipleOf": st.integers(1, 3),
    "type": TYPES | st.lists(TYPES, min_size=1, max_size=2, unique=True),
    "enum": st.lists(SCALARS, min_size=1, max_size=3),
    "const": SCALARS,
    "pattern": st.sampled_from(["^a", "b$", "^$"]),
    "format": st.sampled_from(["date", "email", "ipv4", "date-time"]),
    "required": st.lists(NAMES, max_size=2, unique=True),
    "uniqueItems": st.booleans(),
    "title": st.just("a"),
    "$ref": st.sampled_from(["#/$defs/a", "#/$defs/b", "#/$defs/none", "a"]),
}
WITH_SCHEMA = ["additionalProperties", "propertyNames", "items", "not", "if", "then", "else"]
WITH_SCHEMAS = ["prefixItems", "anyOf", "allOf", "oneOf"]


def _keywords(schema: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(schema, min_size=1, max_size=2)
    named = {
        "properties": st.dictionaries(NAMES, schema, max_size=3),
        "patternProperties": st.dictionaries(st.sampled_from(["^a", "b"]), schema, max_size=1),
    }
    optional = {**SIMPLE, **named, **dict.fromkeys(WITH_SCHEMA, schema), **dict.fromkeys(WITH_SCHEMAS, several)}
    # a few keywords at a time, else next to nothing would fit
    chosen = st.lists(st.sampled_from(sorted(optional)), max_size=4, unique=True)
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: optional[name] for name in names}))


ANY_SCHEMA: st.SearchStrategy[Any] = st.recursive(st.booleans() | st.just({}), _keywords, max_leaves=6)


def with_definitions(schema: Any) -> Any:
    """The schema with what its parts may refer to."""
    return (
        {**schema, "$defs": {"a": {"type": "string"}, "b": {"required": ["a"]}}} if isinstance(schema, dict) else schema
    )


def allowed(schema: Any, value: Any) -> bool:
    """False also for a schema that refers to nothing."""
    validator = jsonschema.Draft202012Validator
    try:
        return validator(schema, registry=Registry(), format_checker=validator.FORMAT_CHECKER).is_valid(value)
    except Unresolvable:
        return False


@given(schema=ANY_SCHEMA, value=JSON)
@example(schema={"if": {"additionalProperties": {}, "$ref": "#/$defs/none", "allOf": [False]}}, value=None)
@settings(deadline=None, max_examples=examples(1500))
def test_nothing_plainly_fits_that_the_validator_refuses(schema: Any, value: Any) -> None:
    whole = with_definitions(schema)
    assert not plainly_fits(whole, value) or allowed(whole, value)


@pytest.mark.each(2)
@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.get("register", "soc2.yaml"))
def test_the_sample_company_plainly_fits(value: Any) -> None:
    assert any(plainly_fits(schema, value) for schema in SCHEMAS)


@given(data=st.data())
@settings(deadline=None, max_examples=examples(400))
def test_a_changed_file_plainly_fits_only_where_the_validator_allows_it(data: st.DataObject) -> None:
    value = copy.deepcopy(data.draw(st.sampled_from(VALUES)))
    _change(value, data)
    for schema in SCHEMAS:
        assert not plainly_fits(schema, value) or allowed(schema, value)


def _change(value: Any, data: st.DataObject) -> None:
    """Put another value, or none, in one place."""
    places = list(_places(value))
    holder, key = data.draw(st.sampled_from(places))
    if data.draw(st.booleans()):
        holder[key] = data.draw(JSON)
    elif isinstance(holder, dict):
        del holder[key]


def _places(value: Any) -> Any:
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


UNKNOWN = {"not": True}
REFUSED: list[tuple[Any, Any]] = [
    ({"const": False}, 0),
    ({"const": 1}, True),
    ({"enum": [None]}, False),
    ({"type": "integer"}, True),
    ({"format": "email"}, "a"),
    ({"format": "date"}, "2026-02-31"),
    ({"format": "date"}, "20260131"),
    ({"format": "ipv4"}, "a"),
    ({"uniqueItems": True}, [1, 1]),
    ({"uniqueItems": True}, ["a", "a"]),
    ({"if": {"anyOf": [UNKNOWN, {"type": "integer"}]}, "then": False}, 1),
    ({"if": {"not": {"type": "string"}}, "then": False}, 1),
    ({"if": {"additionalProperties": False, "patternProperties": {"a": True}}, "then": False}, {"a": 1}),
    ({"if": {"prefixItems": [True], "items": False}, "then": False}, [1]),
    ({"$defs": {"a": {"type": "string"}}, "items": {"$ref": "#/$defs/a"}}, [1]),
    ({"$defs": {"a": {"type": "string"}}, "items": {"$ref": "#/$defs/b"}}, [1]),
    ({"$defs": {"a": True}, "$ref": "a"}, 1),
    ({"$defs": {"a": True}, "items": {"$id": "urn:b", "$defs": {"a": False}, "$ref": "#/$defs/a"}}, [1]),
    ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"a": 1}),
    ({"if": {"required": ["a"]}, "else": {"required": ["b"]}}, {}),
]


@pytest.mark.parametrize(("schema", "value"), REFUSED, ids=str)
def test_what_the_validator_refuses_does_not_plainly_fit(schema: Any, value: Any) -> None:
    assert not allowed(schema, value)
    assert not plainly_fits(schema, value)


@pytest.mark.parametrize("schema", [{"type": "string"}, {"minLength": 1}, {}], ids=str)
def test_what_stands_for_a_secret_is_left_to_the_validator(schema: Any) -> None:
    assert not plainly_fits(schema, REDACTED)


def test_nothing_plainly_fits_a_definition_that_leads_to_itself() -> None:
    assert not plainly_fits({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}, "x")


def test_what_does_not_fit_is_worded_as_before() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["b"]}
    assert violations(schema, {"a": 1}) == [((), "needs the key b"), (("a",), "must be string")]


@pytest.mark.parametrize(
    ("schema", "value", "text"),
    [
        ({"type": "string"}, None, "is not filled in: must be string"),
        ({"type": "string", "enum": ["keep", "revoke"]}, None, "is not filled in: must be one of keep, revoke"),
        ({"type": "string", "enum": ["keep", "revoke"]}, "drop", "must be one of keep, revoke"),
        ({"pattern": "^[a-z]+:.", "examples": ["hub:ann"]}, "Hub:A", "must be written like hub:ann (by the pattern ^[a-z]+:.)"),
        ({"pattern": "^[a-z]+:."}, "Hub:A", "must match ^[a-z]+:."),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_filled_in_or_has_an_example_says_so(schema: Any, value: Any, text: str) -> None:
    assert violations(schema, value)[0] == ((), text)


ANSWERED: dict[str, tuple[dict[str, Any], Any, Any]] = {
    "$ref": ({"$ref": "#/$defs/a"}, "a", 1),
    "anyOf": ({"anyOf": [{"type": "string"}, {"type": "null"}]}, None, 1),
    "allOf": ({"allOf": [{"type": "string"}, {"minLength": 2}]}, "ab", "a"),
    "items": ({"items": {"type": "string"}}, ["a"], ["a", 1]),
    "properties": ({"properties": {"a": {"type": "string"}}}, {"a": "a"}, {"a": 1}),
    "additionalProperties": ({"properties": {"a": True}, "additionalProperties": False}, {"a": 1}, {"b": 1}),
    "propertyNames": ({"propertyNames": {"maxLength": 1}}, {"a": 1}, {"ab": 1}),
    "if": ({"if": {"type": "string"}, "then": {"minLength": 1}, "else": {"type": "null"}}, "a", ""),
    "else": ({"if": {"type": "string"}, "then": {"minLength": 1}, "else": {"type": "null"}}, None, 1),
    "type": ({"type": ["integer", "null"]}, 1, True),
    "enum": ({"enum": ["a", True]}, "a", "b"),
    "const": ({"const": "a"}, "a", "b"),
    "pattern": ({"pattern": "^a"}, "ab", "ba"),
    "format date": ({"format": "date"}, "2026-01-31", "2026-02-31"),
    "format email": ({"format": "email"}, "a@b", "ab"),
    "minLength": ({"minLength": 2}, "ab", "a"),
    "maxLength": ({"maxLength": 2}, "ab", "abc"),
    "minimum": ({"minimum": 2}, 2, 1),
    "maximum": ({"maximum": 2}, 2, 3),
    "uniqueItems": ({"uniqueItems": True}, ["a", "b"], ["a", "a"]),
    "uniqueItems that are not asked for": ({"uniqueItems": False, "maxItems": 2}, ["a", "a"], ["a", "a", "b"]),
    "minItems": ({"minItems": 1}, [1], []),
    "maxItems": ({"maxItems": 1}, [1], [1, 2]),
    "required": ({"required": ["a"]}, {"a": 1}, {"b": 1}),
    "minProperties": ({"minProperties": 1}, {"a": 1}, {}),
    "maxProperties": ({"maxProperties": 1}, {"a": 1}, {"a": 1, "b": 1}),
    "notes": (
        {
            "$comment": "a",
            "title": "a",
            "description": "a",
            "default": 1,
            "examples": [],
            "deprecated": True,
            "maximum": 1,
        },
        1,
        2,
    ),
}


@pytest.mark.parametrize(("schema", "good", "bad"), ANSWERED.values(), ids=ANSWERED)
def test_each_keyword_that_schemas_use_is_answered_without_the_validator(
    schema: dict[str, Any], good: Any, bad: Any
) -> None:
    whole = {**schema, "$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {"a": {"type": "string"}}}
    assert plainly_fits(whole, good)
    assert not plainly_fits(whole, bad)
