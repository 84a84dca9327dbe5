"""JSON Schema over a parsed body: what violates it, in words that never quote the value."""

from collections.abc import Iterator, Mapping
from typing import Any

from soc2test.evidence.plainly import plainly_fits
from soc2test.nearest import near
from soc2test.resources.unknown import Unknown

__all__ = ["Violation", "violations"]

Violation = tuple[tuple[str | int, ...], str]
"""Key path, and what is allowed there."""


class _Told(dict[str, Any]):
    """An object without the keys of which nothing is known, for rules to see what it does tell."""

    unknown: frozenset[str] = frozenset()


def violations(schema: Mapping[str, Any], value: Any) -> list[Violation]:
    """Every place in `value` that `schema` (draft 2020-12) doesn't allow, in the order of the document.

    Formats are checked; references outside of the schema are never fetched. An `Unknown` in the place of a value is
    there, and is allowed whatever the schema asks: it makes one fact unknown, and no object wrong.
    """
    if plainly_fits(schema, value):
        return []

    import jsonschema  # noqa: PLC0415  # 30 ms, needed only where something may not fit
    from referencing import Registry  # noqa: PLC0415

    validator = jsonschema.Draft202012Validator(
        schema, registry=Registry(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    # each missing key is an error of its own, and the words name them all
    found = dict.fromkeys(each for error in validator.iter_errors(_told(value)) for each in _words(error))
    return sorted(found, key=lambda each: [(str(type(step)), step) for step in each[0]])


def _told(value: Any) -> Any:
    """The value without what is unknown in its objects."""
    if isinstance(value, list):
        return [_told(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    told = _Told({key: _told(inner) for key, inner in value.items() if type(inner) is not Unknown})
    told.unknown = frozenset(value.keys() - told.keys())
    return told


def _words(error: Any) -> Iterator[Violation]:
    path = tuple(error.absolute_path)
    rule, allowed = error.validator, error.validator_value
    if rule == "additionalProperties" and allowed is False:
        known = sorted(error.schema.get("properties", {}))
        for key in error.instance:
            if key not in known:
                yield (*path, key), f"an unknown key; allowed are {', '.join(known)}{near(key, known)}"
        return
    if rule in ("anyOf", "oneOf") and error.context:
        yield path, " or ".join(dict.fromkeys(text for each in error.context for _, text in _words(each)))
        return
    if rule == "required":
        missing = _missing(allowed, error.instance)
        if missing:
            yield path, f"needs the key{'s' if missing[1:] else ''} {', '.join(missing)}"
        return
    if rule == "type" and error.instance is None:
        yield path, f"is not filled in: {_wanted(error.schema, allowed)}"
        return
    if rule == "pattern" and error.schema.get("examples"):
        yield path, f"must be written like {error.schema['examples'][0]} (by the pattern {allowed})"
        return
    yield path, _rule(rule, allowed) + (_other_word(error.instance, allowed) if rule == "enum" else "")


def _wanted(schema: Mapping[str, Any], type_: Any) -> str:
    """What nothing was written for: its words, where only these are allowed."""
    return _rule("enum", schema["enum"]) if "enum" in schema else _rule("type", type_)


def _other_word(value: Any, allowed: list[Any]) -> str:
    """The allowed word that may be meant; what was written is not repeated."""
    return near(value, (word for word in allowed if type(word) is str)) if type(value) is str else ""


def _missing(required: list[str], instance: Any) -> list[str]:
    unknown = instance.unknown if isinstance(instance, _Told) else ()
    return [key for key in required if key not in instance and key not in unknown]


def _rule(rule: str, allowed: Any) -> str:  # a table in words
    if rule == "type":
        return f"must be {' or '.join(allowed) if isinstance(allowed, list) else allowed}"
    if rule == "enum":
        return f"must be one of {', '.join(map(str, allowed))}"
    if rule == "const":
        return f"must be {allowed}"
    if rule == "format":
        return f"must be a valid {allowed}"
    if rule == "pattern":
        return f"must match {allowed}"
    if rule in ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "minProperties"):
        return f"must have {rule} {allowed}"
    if rule == "uniqueItems":
        return "must not hold one entry twice"
    return f"violates {rule}"
