"""What a kind is said to be always, no export tells otherwise."""

import json
from pathlib import Path

import pytest
from test_planted_items import load, shown, write
from test_wrong_values import EXPORTS, PLUGINS


@pytest.mark.each(3)
@pytest.mark.parametrize("name", EXPORTS)
def test_nothing_that_is_told_contradicts_what_is_always_so(tmp_path: Path, name: str) -> None:
    source_name, files = EXPORTS[name]
    write(tmp_path, files)
    inventory = load(tmp_path, PLUGINS[source_name]).inventory
    for told in inventory._told.values():
        for fact, value in inventory.constants(told.kind).items():
            words = [shown(word) for _, _, word in told.values.get(fact, [])]
            assert set(words) <= {repr(value)}, json.dumps([told.kind.__name__, fact])


def test_the_kinds_that_policies_tell_apart_are_declared() -> None:
    declared = {
        (kind.__name__, fact)
        for plugin in PLUGINS.values()
        for source in plugin.soc2_sources()
        for kind, facts in source.constants.items()
        for fact in facts
    }
    assert {("IamRoot", "root"), ("ServiceAccountToken", "root"), ("GuardDutyDetector", "category")} <= declared
