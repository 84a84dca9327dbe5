"""Templates exported in place of what they render to: `{{ .Values.name }}`, `{% if x %}`, `${{ secrets.x }}`."""

import re
from typing import Any

from ahocorasick_rs import BytesAhoCorasick

from soc2test.resources.unknown import Unknown

__all__ = ["is_template", "may_hold_templates", "unrendered"]

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_BRACES = BytesAhoCorasick([b"{{"])  # a SIMD search, at twenty times the speed of `in`
_REASON = "a template stands{}: export what it renders to"


def is_template(text: str) -> bool:
    """True where a value is made by a template: an expression, with at most a part of a name beside it.

    A sentence that quotes one ("fix {{ x }} in the chart") is a text like any other.
    """
    if "{{" not in text and "{%" not in text:
        return False
    rest, count = _EXPRESSION.subn("", text)
    return count > 0 and not re.search(r"\S\s+\S", rest)


def may_hold_templates(data: bytes) -> bool:
    """False where no string of a JSON text holds a template; outside of strings two braces never meet."""
    return bool(_BRACES.find_matches_as_indexes(data)) or (b"%" in data and b"{%" in data)


def unrendered(value: Any, place: str = "") -> Any:
    """A JSON value with `Unknown` in place of each template."""
    if isinstance(value, str):
        return Unknown(_REASON.format(f" at {place}" if place else "")) if is_template(value) else value
    if isinstance(value, dict):
        return {key: unrendered(each, f"{place}.{key}") for key, each in value.items()}
    if isinstance(value, list):
        return [unrendered(each, f"{place}[{number}]") for number, each in enumerate(value)]
    return value
