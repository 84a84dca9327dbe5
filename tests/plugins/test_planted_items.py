"""Nothing vanishes: whatever stands in a list of an export becomes a resource, a fact, a named skip, or a gap.

One more entry is planted into every list of every export that each shipped source reads: entries that are no objects,
and objects of a shape that nobody expects. No planted entry blames the plugin, and none of the items goes unnoticed;
nor does an entry that is no object within an item, but in a list that no reader looks at, or where one entry is enough.
`make planted` prints the counts.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from figures import Figures
from test_wrong_values import AS_OF, EXPORTS, PLUGINS, Steps

from soc2test import UnknownFact
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test.sources.source import Source

NO_OBJECTS: tuple[Any, ...] = (None, True, 7, "surprise", [])
ENOUGH: dict[tuple[str, str], str] = {
    ("securityhub get-enabled-standards", "StandardsSubscriptions"): "a standard that is ready is there",
    ("repos get-all-environments", "environments[].protection_rules[].reviewers"): "a reviewer is there",
    ("list-employees", "data[]._restrictedFields"): "names of fields that nobody reads may stand there",
    ("get jobs", "items[].metadata.ownerReferences"): "the cron job that it is of is there",
    ("get pods", "items[].metadata.ownerReferences"): "the owner that controls it is there",
    ("get replicasets", "items[].metadata.ownerReferences"): "the owner that controls it is there",
}
"""Lists within an item of which one good entry is enough, whatever stands beside it."""
TITLE = "planted into lists of all exports that the shipped sources read"
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


def is_unread(folder: Path, file: str, body: Any, steps: Steps, plugin: Any, source: Source, was: Any) -> bool:
    """True where no reader looks at a list: a text in its place changes nothing."""
    around, entries = at(body, steps[:-1]), at(body, steps)
    around[steps[-1]] = "no list"
    write(folder, {file: body})
    around[steps[-1]] = entries
    return bool(account_of(load(folder, plugin), source) == was)


@pytest.mark.each(75)
@pytest.mark.parametrize("name", EXPORTS)
def test_no_planted_entry_vanishes_or_blames_the_plugin(tmp_path: Path, name: str, figures: Figures) -> None:
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
    figures.count(TITLE, exports=1, lists=0, items=0, entries_within_items=0, vanished=0, blamed=0)
    for steps in lists_in(body):
        figures.count(TITLE, lists=1)
        entries = at(body, steps)
        nobody_reads = steps != () and is_unread(tmp_path, file, body, steps, plugin, source, was)
        for planted in (*NO_OBJECTS, *ODD_OBJECTS):
            if planted == [] and steps == () and not entries:
                continue  # a list of one empty list: a page without items, as `gh --slurp` prints it
            entries.append(planted)
            write(tmp_path, {file: body})
            loaded = load(tmp_path, plugin)
            entries.pop()
            is_odd = any(planted is odd for odd in NO_OBJECTS)
            is_item = is_items(source, operation, steps)
            figures.count(TITLE, **{"items" if is_item else "entries_within_items": 1})
            if loaded.faults:
                figures.count(TITLE, blamed=1)
                wrong.append((place_of(steps), planted, "blames the plugin", loaded.faults[0][:200]))
            elif account_of(loaded, source) == was:
                if is_item:
                    figures.count(TITLE, vanished=1)
                    wrong.append((place_of(steps), planted, "vanishes", ""))
                elif is_odd and not nobody_reads and (operation, place_of(steps)) not in ENOUGH:
                    figures.count(TITLE, vanished=1)
                    wrong.append((place_of(steps), planted, "vanishes within its item", ""))
    write(tmp_path, {file: body})
    assert wrong == []
