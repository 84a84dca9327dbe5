"""Okta: the models of the package `okta`, which are generated from Okta's OpenAPI description. Nothing of it runs."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path as File
from typing import NamedTuple

from documented_words.schema_node import Enumeration, Node

from soc2test.proving.words.paths import Entries, Step

__all__ = ["answer_of"]

_KINDS = re.compile(r'"[^"]+": "(\w+)"')
_VALUES = re.compile(r"value not in set\(\s*\[(.*?)\]", re.DOTALL)


class _Model(NamedTuple):
    """A class of the package, or a list of what `listed` says."""

    package: File
    name: str
    listed: bool = False

    def below(self, step: Step) -> Iterator[Node]:
        if self.listed:
            if isinstance(step, Entries):
                yield _Model(self.package, self.name)
            return
        if step == "_embedded":
            yield _Embedded(self.package)
        if isinstance(step, Entries) or step == "_embedded":
            return
        for model in _alternatives(self.package, self.name):
            described = _class(self.package, model)
            if described is not None and step in described.fields:
                yield from _typed(self.package, described, step)

    def enumeration(self) -> Enumeration | None:
        described = None if self.listed else _class(self.package, self.name)
        if described is None or not described.words:
            return None
        return Enumeration(described.words, described.file)


class _Words(NamedTuple):
    words: tuple[str, ...]
    file: str
    listed: bool

    def below(self, step: Step) -> Iterator[Node]:
        if isinstance(step, Entries) and self.listed:
            yield self._replace(listed=False)

    def enumeration(self) -> Enumeration | None:
        return None if self.listed else Enumeration(self.words, self.file)


class _Embedded(NamedTuple):
    """What `expand=rules` brings along; the models say only that it is an object."""

    package: File

    def below(self, step: Step) -> Iterator[Node]:
        if step == "rules":
            yield _Model(self.package, "PolicyRule", listed=True)

    def enumeration(self) -> Enumeration | None:
        return None


class _Class(NamedTuple):
    file: str
    fields: dict[str, str]
    """key in JSON -> its type as it is written"""
    words: tuple[str, ...]
    kinds: tuple[str, ...]
    """the classes that its type property may mean"""
    checked: dict[str, tuple[str, ...]]
    """key in JSON -> the words that its validator takes"""


def answer_of(package: File, operation: str, model: str = "") -> list[Node]:
    """The answer of `listUsers`; what its name has behind a space is no part of the call. `model` names the type of
    an entry where the package has none."""
    said = model or _answers(package).get(_snake(operation.split(" ")[0]), "")
    listed = said.startswith("List[")
    name = said.removeprefix("List[").removesuffix("]")
    return [_Model(package, name, listed)] if name else []


def _typed(package: File, described: _Class, key: str) -> Iterator[Node]:
    if key in described.checked:
        yield _Words(described.checked[key], described.file, "List[" in described.fields[key])
        return
    said = described.fields[key]
    names = re.findall(r"\w+", said)
    name = next((each for each in reversed(names) if _class(package, each) is not None), "")
    if name:
        yield _Model(package, name, "List" in names)
    elif "StrictStr" in names:
        yield _Model(package, "", "List" in names)  # any text


@cache
def _alternatives(package: File, name: str) -> tuple[str, ...]:
    described = _class(package, name)
    return (name,) if described is None else (name, *described.kinds)


@cache
def _class(package: File, name: str) -> _Class | None:
    file = package / "okta/models" / f"{_snake(name)}.py"
    if not name or not file.is_file():
        return None
    source = file.read_text("utf-8")
    node = next((each for each in ast.parse(source).body if isinstance(each, ast.ClassDef) and each.name == name), None)
    if node is None:
        return None
    declared = {
        each.target.id: each
        for each in node.body
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name) and not each.target.id.startswith("__")
    }
    keys = {name: _alias(field) or name for name, field in declared.items()}
    fields = {keys[name]: ast.unparse(field.annotation) for name, field in declared.items()}
    words = tuple(
        each.value.value
        for each in node.body
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant) and isinstance(each.value.value, str)
    )
    mapped = re.search(r"__discriminator_value_class_map.*?= \{(.*?)\}", source, re.DOTALL)
    kinds = tuple(dict.fromkeys(_KINDS.findall(mapped[1]))) if mapped else ()
    union = re.search(
        r"one_of_schemas: Set\[str\] = \{(.*?)\}|any_of_schemas: Set\[str\] = \{(.*?)\}", source, re.DOTALL
    )
    kinds += tuple(re.findall(r'"(\w+)"', union[1] or union[2])) if union else ()
    is_enum = any(isinstance(base, ast.Name) and base.id == "Enum" for base in node.bases)
    return _Class(
        file=file.relative_to(package).as_posix(), fields=fields, words=words if is_enum else (),
        kinds=tuple(kind for kind in kinds if kind != name), checked=_checked(node, keys),
    )  # fmt: skip


def _checked(node: ast.ClassDef, keys: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """The words that validators take: `if value not in set(["ACTIVE", "INACTIVE"])`."""
    checked: dict[str, tuple[str, ...]] = {}
    for function in (each for each in node.body if isinstance(each, ast.FunctionDef)):
        words = _VALUES.search(ast.unparse(function))
        for decorator in function.decorator_list:
            if words is None or not isinstance(decorator, ast.Call):
                continue
            if getattr(decorator.func, "id", "") == "field_validator":
                names = [argument.value for argument in decorator.args if isinstance(argument, ast.Constant)]
                checked |= {keys[str(name)]: tuple(re.findall(r"'([^']*)'", words[1])) for name in names}
    return checked


def _alias(field: ast.AnnAssign) -> str | None:
    if isinstance(field.value, ast.Call):
        for keyword in field.value.keywords:
            if keyword.arg == "alias" and isinstance(keyword.value, ast.Constant):
                return str(keyword.value.value)
    return None


@cache
def _answers(package: File) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted((package / "okta/api").glob("*_api.py")):
        for part in re.split(r"\n    async def ", file.read_text("utf-8"))[1:]:
            name = part.partition("(")[0]
            if match := re.search(r'_response_types_map[^{]*\{\s*"200": "([^"]+)"', part):
                found.setdefault(name, match[1])
    return found


def _snake(name: str) -> str:
    once = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", once).lower()
