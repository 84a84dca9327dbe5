"""Nothing vanishes: whatever stands in a list of an export becomes a resource, a fact, a named skip, or a gap.

One more entry is planted into every list of every export that each shipped source reads: entries that are no objects,
and objects of a shape that nobody expects. No planted entry blames the plugin, and none of the items goes unnoticed.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_wrong_values import AS_OF, EXPORTS, PLUGINS, Steps

from soc2test import UnknownFact
from soc2test.evidence.limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test.sources.source import Source

NO_OBJECTS: tuple[Any, ...] = (None, True, 7, "surprise", [])
ODD_OBJECTS: tuple[Any, ...] = ({}, {"surprise": 1}, {"surprise": {"name": "x", "id": "y"}})


def lists_in(value: Any, at: Steps = ()) -> Iterator[Steps]:
    """The way to each list of objects, or of nothing."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from lists_in(inner, (*at, key))
    elif isinstance(value, list):
        if all(isinstance(entry, dict) for entry in value):
            yield at
        for place, entry in enumerate(value[:1]):
            yield from lists_in(entry, (*at, place))


def at(body: Any, steps: Steps) -> Any:
    for step in steps:
        body = body[step]
    return body


def load(folder: Path, plugin: Any) -> Loaded:
    def ask(export: Any) -> list[Any]:
        claim = getattr(plugin, "soc2_claim", lambda export: None)(export=export)
        return [] if claim is None else [claim]

    sources = {source.name: source for source in plugin.soc2_sources()}
    return load_inventory(Request(folder, sources, ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF)))


def shown(value: Any) -> str:
    try:
        return repr(value)
    except UnknownFact as unknown:
        return f"unknown: {unknown.reason}"


def account_of(loaded: Loaded, source: Source) -> Any:
    """All that an export came to: its skips and gaps, and every resource with what is known of it."""
    exports = loaded.inventory.exports()
    kinds = sorted({kind for operation in source.operations.values() for kind in operation.kinds}, key=repr)
    return (
        [(each.skipped, each.unread, each.gap, each.problem) for each in exports],
        [(each.kind, each.id, {fact: [shown(word) for _, _, word in words] for fact, words in each.values.items()})
         for each in loaded.inventory._told.values()],
        [(kind, gap.code, gap.text) for kind in kinds for gap in loaded.inventory.gaps(kind)],
    )  # fmt: skip


def write(folder: Path, files: dict[str, Any]) -> None:
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(json.dumps(body))


def place_of(steps: Steps) -> str:
    return ".".join(f"{step}" if isinstance(step, str) else "[]" for step in steps).replace(".[]", "[]")


def is_items(source: Source, operation: str, steps: Steps) -> bool:
    """True where the list is the one whose entries the framework hands to the reading function."""
    path = source.operations[operation].items if operation else None
    return path is not None and place_of(steps).replace("[]", "") == path.replace("[]", "")


@pytest.mark.parametrize("name", EXPORTS)
def test_no_planted_entry_vanishes_or_blames_the_plugin(tmp_path: Path, name: str) -> None:
    source_name, files = EXPORTS[name]
    plugin = PLUGINS[source_name]
    (source,) = (each for each in plugin.soc2_sources() if each.name == source_name)
    write(tmp_path, files)
    file, body = list(files.items())[-1]
    before = load(tmp_path, plugin)
    assert before.faults == ()
    operation = next(each.operation for each in before.inventory.exports() if each.path == file)
    was = account_of(before, source)
    wrong = []
    for steps in lists_in(body):
        entries = at(body, steps)
        for planted in (*NO_OBJECTS, *ODD_OBJECTS):
            if planted == [] and steps == () and not entries:
                continue  # a list of one empty list: a page without items, as `gh --slurp` prints it
            entries.append(planted)
            write(tmp_path, {file: body})
            loaded = load(tmp_path, plugin)
            entries.pop()
            if loaded.faults:
                wrong.append((place_of(steps), planted, "blames the plugin", loaded.faults[0][:200]))
            elif is_items(source, operation, steps) and account_of(loaded, source) == was:
                wrong.append((place_of(steps), planted, "vanishes", ""))
    write(tmp_path, {file: body})
    assert wrong == []
