"""Azure: the models of azure-mgmt-* packages, as their docstrings describe them. Nothing of them runs.

The CLI prints the attributes of these models in camel case, and some older ones without the object `properties`.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path as File
from typing import NamedTuple

from documented_words.schema_node import Enumeration, Node

from soc2test.proving.words.paths import Entries, Step

__all__ = ["answer_of"]

_TYPE = re.compile(r":vartype (\w+):\s+(.*?)(?=\n\s*:ivar|\n\s*:vartype|\Z)", re.DOTALL)
_NAME = re.compile(r"~[\w.]+\.(\w+)")


class _Class(NamedTuple):
    file: str
    fields: dict[str, str]
    """key as the CLI prints it -> its type as the docstring says it"""
    words: tuple[str, ...]


class _Model(NamedTuple):
    models: File
    name: str
    listed: bool = False

    def below(self, step: Step) -> Iterator[Node]:
        if isinstance(step, Entries):
            if self.listed:
                yield _Model(self.models, self.name)
            return
        fields = _classes(self.models)[self.name].fields if self.name in _classes(self.models) else {}
        if step in fields and not self.listed:
            yield from _typed(self.models, fields[step])
        elif "properties" in fields and step != "properties":
            for inner in _typed(self.models, fields["properties"]):
                yield from inner.below(step)

    def enumeration(self) -> Enumeration | None:
        described = _classes(self.models).get(self.name)
        return (
            Enumeration(described.words, described.file) if described and described.words and not self.listed else None
        )


class _List(NamedTuple):
    entry: _Model

    def below(self, step: Step) -> Iterator[Node]:
        if isinstance(step, Entries):
            yield self.entry
        elif step == "value":
            yield self
        else:
            yield from self.entry.below(step)

    def enumeration(self) -> Enumeration | None:
        return None


def answer_of(package: File, folder: str, model: str) -> list[Node]:
    """One thing of a model, or a list of such; `folder` is where the package keeps its models.

    Nothing where it has no such model."""
    if model not in _classes(package / folder):
        return []
    return [_List(_Model(package / folder, model))]


def _typed(models: File, said: str) -> Iterator[Node]:
    if match := _NAME.search(said):
        yield _Model(models, match[1], said.lstrip().startswith("list["))


@cache
def _classes(models: File) -> dict[str, _Class]:
    found: dict[str, _Class] = {}
    for file in sorted(models.glob("*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                words = tuple(
                    each.value.value for each in node.body if isinstance(each, ast.Assign)
                    and isinstance(each.value, ast.Constant) and isinstance(each.value.value, str)
                )  # fmt: skip
                is_enum = any("Enum" in ast.unparse(base) for base in node.bases)
                fields = {_camel(name): said for name, said in _TYPE.findall(ast.get_docstring(node) or "")}
                name = "/".join(file.parts[file.parts.index("azure") :])
                found[node.name] = _Class(file=name, fields=fields, words=words if is_enum else ())
    for node_name, parents in _bases(models).items():
        for parent in parents:
            if parent in found:
                found[node_name].fields.update({k: v for k, v in found[parent].fields.items()
                                                if k not in found[node_name].fields})  # fmt: skip
    return found


@cache
def _bases(models: File) -> dict[str, tuple[str, ...]]:
    return {
        node.name: tuple(ast.unparse(base).rpartition(".")[2] for base in node.bases)
        for file in sorted(models.glob("*.py"))
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
    }


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)
