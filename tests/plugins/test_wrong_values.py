"""null and true at every leaf of exports that each shipped source reads: no fact and no id is made a text of them.

`str(value)` would make "None" of an owner of null, and an owner is what a control asks for. Objects can't become texts:
`Item` refuses (tests/sources/test_items.py).
"""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from source_exports import CASES

import soc2test_plugins
from soc2test import Resource, UnknownFact
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test.resources.resource import fact_names
from soc2test.sources.source import Source

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
ACME = Path(__file__).parents[2] / "fixtures/acme/exports"
PLANTED = (None, True)
MADE_OF_THEM = ("None", "True")
Steps = tuple[str | int, ...]


def plugins() -> dict[str, Any]:
    """The shipped plugins by the source that they read."""
    modules = [importlib.import_module(f"soc2test_plugins.{each.name}") for each in _packages()]
    return {source.name: module for module in modules for source in module.soc2_sources()}


def _packages() -> Iterator[Any]:
    return (each for each in pkgutil.iter_modules(soc2test_plugins.__path__) if each.ispkg)


PLUGINS = plugins()


def exports() -> dict[str, tuple[str, dict[str, Any]]]:
    """Exports by a name: the source, and the files with their bodies, the one to be spoilt last."""
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    for path in sorted(ACME.rglob("*.json")):
        below, operation = path.relative_to(ACME), ".".join(path.name.split(".")[:2])
        if path.read_bytes().startswith((b"{", b"[")):  # else what a command printed instead of data
            files = {str(below): json.loads(path.read_bytes())}
            found.setdefault(f"{below.parts[0]} {operation}", (below.parts[0], files))
    enrollments = json.loads((Path(__file__).parent / "knowbe4/samples/enrollments.json").read_bytes())
    found["knowbe4 enrollments"] = ("knowbe4", {"knowbe4/acme/training.enrollments.json": enrollments})
    for case in CASES:
        for files in (case.clean or {}, case.bad):
            for name in files:
                rest = {other: body for other, body in files.items() if other != name}
                found[f"{case.source} {len(found)} {name}"] = (case.source, {**rest, name: files[name]})
    return found


EXPORTS = exports()


def leaves(value: Any, at: Steps = ()) -> Iterator[Steps]:
    """The way to each value that holds no others; of a list's elements the first is taken for all that are like it."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, (*at, key))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from leaves(each, (*at, place))
    elif at:
        yield at


def one_of_each(body: Any) -> Iterator[Steps]:
    seen = set()
    for steps in leaves(body):
        like = tuple(each for each in steps if isinstance(each, str))
        if like not in seen:
            seen.add(like)
            yield steps


def load(folder: Path, plugin: Any) -> Inventory:
    def ask(export: Any) -> list[Any]:
        claim = getattr(plugin, "soc2_claim", lambda export: None)(export=export)
        return [] if claim is None else [claim]

    sources = {source.name: source for source in plugin.soc2_sources()}
    return load_inventory(Request(folder, sources, ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF))).inventory


def told(inventory: Inventory, source: Source) -> Iterator[tuple[str, str]]:
    """Each text that is told, with its fact."""
    for kind in {kind for operation in source.operations.values() for kind in operation.kinds}:
        for each in inventory.members(kind):
            yield "id", each.id
            yield from ((name, text) for name in fact_names(kind) for text in _texts(_fact(each, name)))


def _fact(resource: Resource, name: str) -> Any:
    try:
        return getattr(resource, name)
    except UnknownFact:
        return None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _texts(each)


def made_of_them(text: str) -> bool:
    return any(part in MADE_OF_THEM for part in text.replace(":", "/").replace(" ", "/").split("/"))


@pytest.mark.each(20)
@pytest.mark.parametrize("name", EXPORTS)
def test_null_and_true_become_no_text(tmp_path: Path, name: str) -> None:
    source, files = EXPORTS[name]
    plugin = PLUGINS[source]
    for path, body in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(json.dumps(body))
    file, body = list(files.items())[-1]
    (read,) = (each for each in plugin.soc2_sources() if each.name == source)
    wrong = []
    for steps in one_of_each(body):
        holder = body
        for step in steps[:-1]:
            holder = holder[step]
        before = holder[steps[-1]]
        for value in PLANTED:
            holder[steps[-1]] = value
            (tmp_path / file).write_text(json.dumps(body))
            found = [(fact, text) for fact, text in told(load(tmp_path, plugin), read) if made_of_them(text)]
            wrong += [(steps, value, *each) for each in found]
        holder[steps[-1]] = before
    assert wrong == []


def test_no_source_is_left_out() -> None:
    assert {source for source, _ in EXPORTS.values()} == set(PLUGINS) - {"registers"}  # their schemas know the types
