"""Templates exported in place of what they render to: `{{ .Values.name }}`, `{% if x %}`, `${{ secrets.x }}`."""

import re
from typing import Any

from soc2test.resources.unknown import Unknown

__all__ = ["BEGINS", "is_template", "unrendered"]

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
BEGINS = re.compile(rb"\{[{%]")
"""Found in every JSON text with a template in one of its strings; outside of strings two braces never meet."""
_REASON = "a template stands{}: export what it renders to"


def is_template(text: str) -> bool:
    """True where a value is made by a template: an expression, with at most a part of a name beside it.

    A sentence that quotes one ("fix {{ x }} in the chart") is a text like any other.
    """
    if "{{" not in text and "{%" not in text:
        return False
    rest, count = _EXPRESSION.subn("", text)
    return count > 0 and not re.search(r"\S\s+\S", rest)


def unrendered(value: Any, place: str = "") -> Any:
    """A JSON value with `Unknown` in place of each template."""
    if isinstance(value, str):
        return Unknown(_REASON.format(f" at {place}" if place else "")) if is_template(value) else value
    if isinstance(value, dict):
        return {key: unrendered(each, f"{place}.{key}") for key, each in value.items()}
    if isinstance(value, list):
        return [unrendered(each, f"{place}[{number}]") for number, each in enumerate(value)]
    return value
