"""A command as lists of arguments, without a shell: what a shell would compute is refused and never guessed."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from soc2test.errors import Soc2Error

__all__ = ["NeedsShell", "Unset", "pipeline"]

_BARE_SIGNS = frozenset("&;<>()`*?[]{}~#!")
"""They mean something to a shell where they stand outside of quotes."""
_ESCAPED = frozenset('"\\$`')
"""What a backslash takes the meaning of within double quotes."""


class NeedsShell(Soc2Error):
    """A command that is more than words, variables and pipes."""


class Unset(Soc2Error):
    """A command names a variable that is not set."""


class _Rest(NamedTuple):
    text: str
    at: int


def pipeline(command: str, variables: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The programs of a pipe with their arguments, the first one first.

    Quotes mean what they mean to `sh`, and `$NAME` is what `variables` hold. Raises `NeedsShell`, `Unset`.
    """
    programs: list[tuple[str, ...]] = []
    words: list[str] = []
    for word in _words(command, variables):
        if word is not None:
            words.append(word)
            continue
        programs.append(_program(words, command))
        words = []
    return (*programs, _program(words, command))


def _program(words: list[str], command: str) -> tuple[str, ...]:
    if not words:
        raise NeedsShell(f"a part of it is empty: {command}")
    if "=" in words[0]:
        raise NeedsShell(f"it sets a variable: {command}")
    return tuple(words)


def _words(command: str, variables: Mapping[str, str]) -> Iterator[str | None]:
    """Each word; None stands for a pipe."""
    at = 0
    while at < len(command):
        if command[at] == "\n":
            raise NeedsShell(f"it is more than one line: {command}")
        if command[at].isspace():
            at += 1
        elif command[at] == "|":
            if command[at : at + 2] == "||":
                raise NeedsShell(f"it holds ||: {command}")
            yield None
            at += 1
        else:
            word, at = _word(command, at, variables)
            yield word


def _word(command: str, at: int, variables: Mapping[str, str]) -> _Rest:
    said = ""
    while at < len(command) and not command[at].isspace() and command[at] != "|":
        sign = command[at]
        if sign == "'":
            part, at = _single(command, at)
        elif sign == '"':
            part, at = _double(command, at, variables)
        elif sign == "\\":
            part, at = command[at + 1 : at + 2], at + 2
        elif sign == "$":
            part, at = _variable(command, at, variables)
        elif sign in _BARE_SIGNS and not _is_literal(command, at):
            raise NeedsShell(f"{sign} means something to a shell: {command}")
        else:
            part, at = sign, at + 1
        said += part
    return _Rest(said, at)


def _is_literal(command: str, at: int) -> bool:
    """A `#` within a word begins no comment."""
    return command[at] == "#" and not command[at - 1].isspace()


def _single(command: str, at: int) -> _Rest:
    end = command.find("'", at + 1)
    if end < 0:
        raise NeedsShell(f"a quote is not closed: {command}")
    return _Rest(command[at + 1 : end], end + 1)


def _double(command: str, at: int, variables: Mapping[str, str]) -> _Rest:
    said, at = "", at + 1
    while at < len(command) and command[at] != '"':
        sign = command[at]
        if sign == "\\" and command[at + 1 : at + 2] in _ESCAPED:
            part, at = command[at + 1], at + 2
        elif sign == "$":
            part, at = _variable(command, at, variables)
        elif sign == "`":
            raise NeedsShell(f"it runs a command within another: {command}")
        else:
            part, at = sign, at + 1
        said += part
    if at >= len(command):
        raise NeedsShell(f"a quote is not closed: {command}")
    return _Rest(said, at + 1)


def _variable(command: str, at: int, variables: Mapping[str, str]) -> _Rest:
    end = at + 1
    while end < len(command) and (command[end].isalnum() or command[end] == "_") and command[end].isascii():
        end += 1
    name = command[at + 1 : end]
    if not name or name[0].isdigit():
        raise NeedsShell(f"$ names no variable: {command}")
    if name not in variables:
        raise Unset(f"the variable {name} is not set")
    return _Rest(variables[name], end)
