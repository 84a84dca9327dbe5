"""Whether a plain value plainly fits a JSON Schema, told without a validator: to import one takes 30 ms of each run.

It never says more than is certain: keywords, types and values that it does not know are left to the validator, and so
is the wording of whatever does not fit. A rule answers True, False, or None where that is not plain.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

__all__ = ["plainly_fits"]

_NOTES = frozenset(("$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated"))
"""keywords that allow everything"""
_TYPES: dict[type, tuple[str, ...]] = {
    dict: ("object",),
    list: ("array",),
    str: ("string",),
    bool: ("boolean",),
    int: ("integer", "number"),
    type(None): ("null",),
}
"""What a value is to a schema, by its very type: a stand-in for a secret is nothing of this."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_Rule = Callable[[Any, Any], bool | None]


def plainly_fits(schema: Any, value: Any) -> bool:
    """True where `schema` (draft 2020-12) allows `value`; False where it does not, or where that is not plain."""
    return _fits(schema, value) is True


def _fits(schema: Any, value: Any) -> bool | None:
    if type(schema) is bool:
        return schema
    if type(schema) is not dict or type(value) not in _TYPES:
        return None
    if not all(keyword in _NOTES or keyword in _RULES or keyword in _WITH_OTHERS for keyword in schema):
        return None  # a keyword may take others' effect away, as prefixItems does that of items
    return _all(_rule_holds(keyword, schema, value) for keyword in schema)


def _rule_holds(keyword: str, schema: dict[str, Any], value: Any) -> bool | None:
    if keyword in _NOTES:
        return True
    if keyword in _RULES:
        kind, rule = _RULES[keyword]
        return rule(schema[keyword], value) if kind is None or type(value) is kind else True
    return _WITH_OTHERS[keyword](schema, value)


def _all(answers: Iterable[bool | None]) -> bool | None:
    told = True
    for answer in answers:
        if answer is False:
            return False
        told = told and answer is not None
    return told or None


def _any(answers: Iterable[bool | None]) -> bool | None:
    given = list(answers)
    return True if True in given else None if None in given else False


def _members(schema: dict[str, Any], value: Any) -> bool | None:
    """`properties` and `additionalProperties`, which need each other."""
    if type(value) is not dict:
        return True
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    if not all(type(key) is str for key in value):
        return None
    return _all(_fits(properties.get(key, others), member) for key, member in value.items())


def _if(schema: dict[str, Any], value: Any) -> bool | None:
    condition = _fits(schema.get("if", True), value)
    if condition is None or "if" not in schema:
        return None
    return _fits(schema.get("then" if condition else "else", True), value)


def _type(allowed: str | list[str], value: Any) -> bool:
    names = [allowed] if isinstance(allowed, str) else allowed
    return any(name in names for name in _TYPES[type(value)])


def _constant(constant: Any, value: Any) -> bool | None:
    if type(value) is bool or value is None:
        return value is constant
    return value == constant if type(value) is str else None


def _unique(wanted: bool, value: list[Any]) -> bool | None:
    if not wanted:
        return True
    return len(set(value)) == len(value) if all(type(member) is str for member in value) else None


def _format(name: str, value: str) -> bool | None:
    if name == "email":
        return "@" in value
    if name != "date":
        return None
    try:
        return _DATE.fullmatch(value) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False


_RULES: dict[str, tuple[type | None, _Rule]] = {
    "type": (None, _type),
    "enum": (None, lambda allowed, value: _any(_constant(constant, value) for constant in allowed)),
    "const": (None, _constant),
    "anyOf": (None, lambda schemas, value: _any(_fits(schema, value) for schema in schemas)),
    "allOf": (None, lambda schemas, value: _all(_fits(schema, value) for schema in schemas)),
    "pattern": (str, lambda pattern, text: re.search(pattern, text) is not None),
    "format": (str, _format),
    "minLength": (str, lambda least, text: len(text) >= least),
    "maxLength": (str, lambda most, text: len(text) <= most),
    "minimum": (int, lambda least, number: number >= least),
    "maximum": (int, lambda most, number: number <= most),
    "items": (list, lambda schema, members: _all(_fits(schema, member) for member in members)),
    "uniqueItems": (list, _unique),
    "minItems": (list, lambda least, members: len(members) >= least),
    "maxItems": (list, lambda most, members: len(members) <= most),
    "required": (dict, lambda keys, members: all(key in members for key in keys)),
    "propertyNames": (dict, lambda schema, members: _all(_fits(schema, key) for key in members)),
    "minProperties": (dict, lambda least, members: len(members) >= least),
    "maxProperties": (dict, lambda most, members: len(members) <= most),
}
"""Keyword -> values of which type it is about (None: all), and what it asks of them."""
_WITH_OTHERS: dict[str, _Rule] = {
    "properties": _members, "additionalProperties": _members, "if": _if, "then": _if, "else": _if,
}  # fmt: skip
"""Keywords that are read together with others of their schema."""
