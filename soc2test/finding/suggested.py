"""The command that is suggested for a call: names out of exports stand in it as words that no shell runs."""

from collections.abc import Mapping
from shlex import quote
from string import Formatter

from soc2test.sources.operation import Operation
from soc2test.sources.template_parts import written

__all__ = ["command", "filled"]


def command(operation: Operation, known: Mapping[str, object]) -> str:
    """The read-only command that exports the call, with what is known of scope and subject filled in.

    What is not known stands in capitals. A name is quoted for the shell where it needs that, also within quotes of the
    template: people copy what is suggested, and `$(...)` in the name of a bucket must stay a name.
    """
    texts = {name: str(value) for name, value in known.items() if isinstance(value, str | int)}
    parts = {part: _following(texts.get(other, ""), values) for part, (other, values) in operation.parts.items()}
    return filled(operation.command or operation.name, {**parts, **texts, "operation": operation.name})


def _following(text: str, values: Mapping[str, str]) -> str:
    return next((value for begin, value in values.items() if text.startswith(begin)), "")


def filled(template: str, known: Mapping[str, str]) -> str:
    """A template of a command with what is known filled in, as words that no shell runs."""
    text, within = "", ""
    for literal, part, form, _ in Formatter().parse(template):
        text += literal
        within = _quotes(literal, within)
        if part is not None:
            text += _word(part, written(known.get(part, ""), form or ""), within)
    return text


def _word(part: str, value: str, within: str) -> str:
    if part == "operation":
        return value
    word = quote(value) if value else part.upper()
    # quotes in quotes would end them: those of the template are closed for the name and opened again
    return word if word in (value, part.upper()) else f"{within}{word}{within}"


def _quotes(text: str, within: str) -> str:
    """The quote that is open behind a part of a template: single, double, or none."""
    escaped = False
    for letter in text:
        if escaped:
            escaped = False
        elif letter == "\\" and within != "'":
            escaped = True
        elif letter in ("'", '"') and within in ("", letter):
            within = "" if within else letter
    return within
