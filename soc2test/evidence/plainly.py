"""Whether a plain value plainly fits a JSON Schema, told without a validator: to import one takes 30 ms of each run.

It never says more than is certain: keywords, types and values that it does not know are left to the validator, and so
is the wording of whatever does not fit. A rule answers True, False, or None where that is not plain.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

__all__ = ["plainly_fits"]

_NOTES = frozenset(("$schema", "$comment", "title", "description", "default", "examples", "deprecated", "$defs"))
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
_DEFINED = "#/$defs"
_Rule = Callable[[Any, Any], bool | None]
_Asked = tuple[type | None, _Rule, Any]
"""Values of which type a rule is about (None: all), the rule, and what it asks of them."""


def plainly_fits(schema: Any, value: Any) -> bool:
    """True where `schema` (draft 2020-12) allows `value`; False where it does not, or where that is not plain."""
    if type(schema) is not dict:
        return schema is True
    whole = {keyword: asked for keyword, asked in schema.items() if keyword != "$id"}  # within, one would move `$ref`
    try:
        return _Schema(whole.get("$defs", {})).fits(whole, value) is True
    except RecursionError:  # definitions in a circle
        return False


class _Schema:
    """A whole schema, with the definitions that its parts refer to."""

    def __init__(self, definitions: dict[str, Any]) -> None:
        self._definitions = definitions
        self._known: dict[int, Sequence[_Asked] | None] = {}
        self._applied: dict[str, _Rule] = {
            "$ref": self._ref,
            "anyOf": lambda part, value: _any(self.fits(option, value) for option in part["anyOf"]),
            "allOf": lambda part, value: _all(self.fits(option, value) for option in part["allOf"]),
            "items": self._items, "properties": self._members, "additionalProperties": self._members,
            "propertyNames": self._names, "if": self._if, "then": self._if, "else": self._if,
        }  # fmt: skip

    def fits(self, part: Any, value: Any) -> bool | None:
        """Whether a part of the schema allows a value."""
        if type(part) is bool:
            return part
        if type(part) is not dict or type(value) not in _TYPES:
            return None
        asked = self._asked(part)
        if asked is None:
            return None
        return _all(rule(what, value) for kind, rule, what in asked if kind is None or type(value) is kind)

    def _asked(self, part: dict[str, Any]) -> "Sequence[_Asked] | None":
        """What a part asks, looked up once: it is held against each entry of a list."""
        if id(part) not in self._known:
            self._known[id(part)] = self._looked_up(part)
        return self._known[id(part)]

    def _looked_up(self, part: dict[str, Any]) -> "Sequence[_Asked] | None":
        """None where a keyword is not known: it may take others' effect away, as prefixItems does that of items."""
        applied: dict[_Rule, _Asked] = {}  # once each: `properties` and `additionalProperties` are one rule
        plain: list[_Asked] = []
        for keyword in (each for each in part if each not in _NOTES):
            if keyword in self._applied:
                rule = self._applied[keyword]
                applied[rule] = (None, rule, part)
            elif keyword in _RULES:
                plain.append((*_RULES[keyword], part[keyword]))
            else:
                return None
        return [*plain, *applied.values()]

    def _ref(self, part: dict[str, Any], value: Any) -> bool | None:
        root, _, name = part["$ref"].rpartition("/")
        if root != _DEFINED or name not in self._definitions:
            return None
        return self.fits(self._definitions[name], value)

    def _items(self, part: dict[str, Any], value: Any) -> bool | None:
        return type(value) is not list or _all(self.fits(part["items"], member) for member in value)

    def _names(self, part: dict[str, Any], value: Any) -> bool | None:
        return type(value) is not dict or _all(self.fits(part["propertyNames"], key) for key in value)

    def _members(self, part: dict[str, Any], value: Any) -> bool | None:
        """`properties` and `additionalProperties`, which need each other."""
        if type(value) is not dict:
            return True
        properties, others = part.get("properties", {}), part.get("additionalProperties", True)
        if not all(type(key) is str for key in value):
            return None
        return _all(self.fits(properties.get(key, others), member) for key, member in value.items())

    def _if(self, part: dict[str, Any], value: Any) -> bool | None:
        condition = self.fits(part.get("if", True), value)
        if condition is None or "if" not in part:
            return None
        return self.fits(part.get("then" if condition else "else", True), value)


def _all(answers: Iterable[bool | None]) -> bool | None:
    told = True
    for answer in answers:  # to the end: beside what is refused there may be what the validator says more of
        if answer is None:
            return None
        told = told and answer
    return told


def _any(answers: Iterable[bool | None]) -> bool | None:
    given = list(answers)
    return None if None in given else True in given  # what is not plain may be wrong in itself: the validator says so


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
    "pattern": (str, lambda pattern, text: re.search(pattern, text) is not None),
    "format": (str, _format),
    "minLength": (str, lambda least, text: len(text) >= least),
    "maxLength": (str, lambda most, text: len(text) <= most),
    "minimum": (int, lambda least, number: number >= least),
    "maximum": (int, lambda most, number: number <= most),
    "uniqueItems": (list, _unique),
    "minItems": (list, lambda least, members: len(members) >= least),
    "maxItems": (list, lambda most, members: len(members) <= most),
    "required": (dict, lambda keys, members: all(key in members for key in keys)),
    "minProperties": (dict, lambda least, members: len(members) >= least),
    "maxProperties": (dict, lambda most, members: len(members) <= most),
}
"""Keyword -> values of which type it is about (None: all), and what it asks of them."""
