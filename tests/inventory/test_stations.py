"""What the stations between files and populations hand on to each other, each by one small input."""

from pathlib import Path
from typing import Literal

import pytest
from exporting import DAY, HERE, NOW, Store, User, ask_nobody, load, texts, user, vendor, write

from soc2test import Claim, Export, Facts, Item, Resource, Source, Subject, facts, unpaged
from soc2test.evidence.files import Found
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import RECORD
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Request, load_inventory
from soc2test.resources.kinds import EvidenceItem
from soc2test.sources.unloaded import Unloaded

USERS = {"taken": "2026-11-20T08:00:00Z", "Users": [user("ada")]}
STORES = {"taken": "2026-11-20T08:00:00Z", "Stores": [{"id": "s", "name": "s"}]}


@pytest.mark.parametrize(("said", "kept"), [("record", "record"), (None, "system")])
def test_what_a_plugin_says_stands_behind_a_file_is_kept(said: Literal["record"] | None, kept: str, tmp_path: Path) -> None:
    cloud = Source("cloud", scope=("account",), command="cloud {operation}", paging=unpaged, nature="system")

    @cloud.reads("users list", kind=User, items="Users", lists=True)
    def read(item: Item, at: Subject) -> Facts:
        return facts(item["id"], name=item["name"])

    def ask(export: Export) -> list[Claim]:
        return [Claim("cloud", "users list", {"account": "012345678901"}, nature=said)]

    loaded = load(tmp_path, {"drop/people.json": USERS}, cloud, ask=ask)
    assert [(each.source, each.nature) for each in loaded.inventory.natures()] == [("cloud", kept)]


def test_a_file_that_could_not_be_had_is_missed_as_one_that_can_not_be_read(tmp_path: Path) -> None:
    write(tmp_path, {f"{HERE}/users.list.json": USERS})
    source = vendor()
    lost = Found(f"{HERE}/stores.list.json", "", 0, refused="could not be had: the bucket denied it")
    request = Request(
        tmp_path, {"cloud": source}, ask_nobody, {}, {"cloud": 7 * DAY}, ReadLimits(), Clock(NOW, NOW), (), lost=(lost,)
    )
    loaded = load_inventory(request)
    assert "could not be had: the bucket denied it" in texts(loaded.inventory, Store)
    assert [each.path for each in loaded.unclaimed] == [f"{HERE}/stores.list.json"]


def test_each_call_that_is_taken_in_is_counted_from_one(tmp_path: Path) -> None:
    write(tmp_path, {f"{HERE}/users.list.json": USERS, f"{HERE}/stores.list.json": STORES})
    seen: list[tuple[str, int, int]] = []
    request = Request(
        tmp_path, {"cloud": vendor()}, ask_nobody, {}, {"cloud": 7 * DAY}, ReadLimits(), Clock(NOW, NOW),
        watch=lambda stage, number, total: seen.append((stage, number, total)),
    )  # fmt: skip
    load_inventory(request)
    assert [each for each in seen if each[0] == "taking in call"] == [
        ("taking in call", 1, 2),
        ("taking in call", 2, 2),
    ]


def test_a_value_among_records_that_is_none_is_named_with_its_number(tmp_path: Path) -> None:
    record = {
        "soc2test": RECORD,
        "source": "cloud",
        "operation": "users list",
        "subject": {"account": "012345678901"},
        "status": "ok",
        "body": USERS,
    }
    loaded = load(tmp_path, {"records.json": [record, {"other": 1}]})
    problems = [each.problem for each in loaded.inventory.exports() if each.problem]
    assert problems == ["records.json: record 2: no evidence record, though others in the file are"]


def test_a_page_without_a_number_beside_numbered_ones_is_no_part_of_the_list(tmp_path: Path) -> None:
    pages = {f"{HERE}/users.list.page{number}.json": USERS for number in (1, 2)}
    loaded = load(tmp_path, {**pages, f"{HERE}/users.list.json": USERS})
    assert "lies beside numbered pages of the same call: number it, or take the pages away" in texts(
        loaded.inventory, User
    )


def test_an_export_of_which_only_a_part_counts_was_readable_all_the_same(tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{HERE}/stores.list.json": {**STORES, "More": "page 2"}})
    (item,) = loaded.inventory.members(EvidenceItem)
    assert isinstance(item, EvidenceItem)
    assert (item.readable, item.complete) == (True, False)


class Event(Resource, frozen=True, gc=False, kw_only=True):
    """Something that happened."""

    good: bool


def test_the_evidence_is_judged_by_what_streams_show_to_their_end(tmp_path: Path) -> None:
    log = Source("log", paging=unpaged)

    @log.reads("events list", kind=Event, items="", lists=True, stream=True)
    def event(item: Item, at: Subject) -> Facts:
        return facts(item["id"], good=item["good"])

    loaded = load(tmp_path, {"log/events.list.ndjson": '{"id": "1", "good": true}\n{"id": \n'}, log)
    assert loaded.inventory.streams(Event)
    (item,) = loaded.inventory.members(EvidenceItem)
    assert isinstance(item, EvidenceItem)
    assert item.problem is not None


def test_the_calls_that_nobody_exported_or_that_failed_are_named_at_once(tmp_path: Path) -> None:
    """Nothing else has to be asked before."""
    listed = {f"{HERE}/stores.list.json": {"Stores": [{"id": "a", "name": "a"}, {"id": "b", "name": "b"}]}}
    failed = {f"{HERE}/stores.get-policy.a.json": {"fault": "Denied"}}
    calls = [str(call) for call in load(tmp_path / "1", listed | failed).inventory.unexported(Store)]
    assert any("stores get-tags" in call and "a" in call for call in calls)
    assert any("stores get-policy" in call and "b" in call for call in calls)
    (denied,) = load(tmp_path / "2", listed | failed).inventory.failed(Store)
    assert "stores get-policy" in str(denied[0])
    assert "denied" in denied[1]
    assert load(tmp_path / "3", listed | failed).inventory.unexported(User) == []


def test_what_a_plugin_that_did_not_load_may_tell_is_missing_from_its_declared_source(tmp_path: Path) -> None:
    write(tmp_path, {})
    broken = Unloaded("fleet", "plugins/fleet.py:3: SyntaxError", frozenset({"User"}))
    request = Request(
        tmp_path, {"cloud": vendor()}, ask_nobody, {"fleet": {}}, {"cloud": 7 * DAY}, ReadLimits(), Clock(NOW, NOW), (),
        unloaded=[broken],
    )  # fmt: skip
    gaps = {kind: [*load_inventory(request).inventory.gaps(kind)] for kind in (User, Store)}
    (lost,) = (gap for gap in gaps[User] if gap.code == "plugin")
    assert (lost.source, lost.text) == ("fleet", "plugin fleet did not load: plugins/fleet.py:3: SyntaxError")
    assert [gap for gap in gaps[Store] if gap.code == "plugin"] == []
