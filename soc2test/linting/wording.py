"""Refused words in what controls say: titles, descriptions, reasons, and the messages of their deviations."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from soc2test.code_reading.trees import tree_of
from soc2test.code_reading.walking import walk
from soc2test.faults import place_of_code
from soc2test.linting.controls_code import reached_by
from soc2test.linting.finding import LintFinding
from soc2test.linting.kept import kept_by
from soc2test.linting.looked_at import LookedAt, Placed
from soc2test.linting.words import refused_words

__all__ = ["Said", "words_refused"]

_SAYING = ("deviation", "pending", "UnknownFact")


class Said(NamedTuple):
    """A text that people read, with file and line."""

    text: str
    file: str
    line: int


def words_refused(looked_at: LookedAt) -> Iterator[LintFinding]:
    """Refused words in controls, but for the phrases that their pack keeps; and phrases that no control says."""
    for pack in looked_at.packs:
        kept = kept_by(pack)
        phrases = [entry.name for entry in kept.phrases]
        said = {text: placed for placed in looked_at.controls if placed.pack is pack for text in texts_of(placed)}
        for text, placed in said.items():
            yield from _refused(text, placed, phrases)
        if pack.broken:
            continue  # the phrase may be that of a control which did not load
        for entry in kept.phrases:
            if not any(entry.name in text.text for text in said):
                yield kept.finding(entry, "no control of this pack says this phrase; take the entry out")


def _refused(said: Said, placed: Placed, phrases: list[str]) -> Iterator[LintFinding]:
    for refused in refused_words(said.text, phrases):
        line = said.line + said.text.count("\n", 0, refused.at)
        text = (
            f"says {refused.word!r}, which {refused.why}; where it is something else's word, "
            "kept.yaml beside the policies names the phrase"
        )
        yield LintFinding(file=said.file, line=line, rule="words", subject=placed.control.id, text=text)


def texts_of(placed: Placed) -> Iterator[Said]:
    """What a control says: its docstring, its reasons, and the messages in its code and in that which it leads to."""
    control = placed.control
    for reason in control.supports.values():
        yield Said(text=reason, file=placed.file, line=placed.line)
    for function in reached_by(control).functions:
        file = place_of_code(function.__code__.co_filename, None, function.__module__)
        tree = tree_of(function)
        if not isinstance(tree, ast.FunctionDef):
            continue
        own = function is control.function
        if own and (docstring := _docstring(tree)) is not None:
            yield Said(text=docstring.value, file=placed.file, line=docstring.lineno)  # type: ignore[arg-type]
        for text, line in _messages(tree):
            yield Said(text=text, file=file, line=line)


def _docstring(function: ast.FunctionDef) -> ast.Constant | None:
    first = function.body[0] if function.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first.value
    return None


@lru_cache(maxsize=4096)  # many controls lead to the same helpers
def _messages(function: ast.FunctionDef) -> tuple[tuple[str, int], ...]:
    """Whole messages of asserts and of what says a deviation, and all other texts of more than a word; with lines."""
    spoken = {id(text) for node in walk(function) for text in _spoken(node)}
    docstrings = {id(each) for node in walk(function) if isinstance(node, ast.FunctionDef)
                  if (each := _docstring(node)) is not None}  # fmt: skip
    return tuple(
        (text, node.lineno) for node, text in _texts(function)
        if id(node) not in docstrings and (id(node) in spoken or " " in text.strip())
    )  # fmt: skip


def _spoken(node: ast.AST) -> Iterator[ast.AST]:
    """The texts within the message of an assert, or within a call that says something of a resource."""
    parts: list[ast.expr] = []
    if isinstance(node, ast.Assert) and node.msg is not None:
        parts = [node.msg]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAYING:
        parts = [*node.args, *(keyword.value for keyword in node.keywords)]
    for part in parts:
        yield from walk(part)


def _texts(function: ast.FunctionDef) -> Iterator[tuple[ast.expr, str]]:
    """The texts of a function; of an f-string the whole, with {} where a value is put in."""
    within = {id(part) for node in walk(function) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in walk(function):
        if isinstance(node, ast.JoinedStr):
            parts = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield node, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in within:
            yield node, node.value
