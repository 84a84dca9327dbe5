"""Microsoft Graph: the models of msgraph-sdk, which are generated from Graph's description. Nothing of it runs."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path as File
from typing import NamedTuple

from documented_words.schema_node import Enumeration, Node

from soc2test.proving.words.paths import Entries, Step

__all__ = ["answer_of"]

_MODELS = "msgraph/generated/models"
_FIELD = re.compile(r'"([^"]+)": lambda n : setattr\(self, \'\w+\', n\.(\w+)\((\w*)\)\)')
_CLASS = re.compile(r"^class (\w+)\(([^)]*)\):", re.MULTILINE)
_WORD = re.compile(r'^    \w+ = "([^"]+)",', re.MULTILINE)


class _Class(NamedTuple):
    file: str
    bases: tuple[str, ...]
    fields: dict[str, tuple[str, str]]
    """key -> how it is read, and as what"""
    words: tuple[str, ...]


class _Model(NamedTuple):
    package: File
    name: str
    listed: bool = False

    def below(self, step: Step) -> Iterator[Node]:
        if isinstance(step, Entries):
            if self.listed:
                yield _Model(self.package, self.name)
            return
        if self.listed:
            return
        for name in _alternatives(self.package, self.name):
            if step in _classes(self.package)[name].fields:
                how, what = _classes(self.package)[name].fields[step]
                yield _Model(self.package, what, how.startswith("get_collection"))

    def enumeration(self) -> Enumeration | None:
        described = _classes(self.package).get(self.name)
        return (
            Enumeration(described.words, described.file) if described and described.words and not self.listed else None
        )


class _Page(NamedTuple):
    entry: _Model

    def below(self, step: Step) -> Iterator[Node]:
        if step == "value":
            yield _Model(self.entry.package, self.entry.name, listed=True)
        elif isinstance(step, Entries):  # some tools print the entries alone
            yield self.entry
        else:
            yield from self.entry.below(step)

    def enumeration(self) -> Enumeration | None:
        return None


def answer_of(package: File, model: str) -> list[Node]:
    """One thing of this model, or a page of such; nothing where the package has no such model."""
    if model not in _classes(package):
        return []
    return [_Page(_Model(package, model))]


@cache
def _alternatives(package: File, name: str) -> tuple[str, ...]:
    """The class, those that it inherits from, and those that inherit from it."""
    classes = _classes(package)
    found = [name] if name in classes else []
    for each in found:
        found += [base for base in classes[each].bases if base in classes and base not in found]
    below = [name]
    for each in below:
        below += [kind for kind, described in classes.items() if each in described.bases and kind not in below]
    return tuple(dict.fromkeys([*found, *(each for each in below if each in classes)]))


@cache
def _classes(package: File) -> dict[str, _Class]:
    found: dict[str, _Class] = {}
    for file in sorted((package / _MODELS).glob("*.py")):
        source = file.read_text("utf-8")
        for match in _CLASS.finditer(source):
            name, bases = match[1], tuple(re.findall(r"\w+", match[2]))
            is_enum = "Enum" in bases
            fields = {key: (how, what) for key, how, what in _FIELD.findall(source)}
            found[name] = _Class(
                file=file.relative_to(package).as_posix(), bases=bases, fields={} if is_enum else fields,
                words=tuple(_WORD.findall(source)) if is_enum else (),
            )  # fmt: skip
    return found
