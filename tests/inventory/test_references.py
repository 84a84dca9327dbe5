"""What the items of one call name and the list of another must hold."""

from pathlib import Path
from typing import Any

import pytest
from exporting import Store, User, codes, load, texts

from soc2test import Facts, Item, PluginError, Reference, Skip, Source, Subject, facts, skip, unpaged

STORE = Reference(at="disks[].name", of=Store, id=lambda at, name: f"{at['account']}/{name}", since="attached")


def _cloud(*references: Reference) -> Source:
    cloud = Source("cloud", scope=("account",), command="cloud {operation} --account {account}", paging=unpaged)

    @cloud.reads("stores", kind=Store, items="", lists=True)
    def store(item: Item, at: Subject) -> Facts | Skip:
        id = f"{at['account']}/{item['name']}"
        return skip("deleted", id) if "deleted" in item else facts(id, name=item["name"])

    @cloud.reads("users", kind=User, items="", lists=True, references=references)
    def user(item: Item, at: Subject) -> Facts:
        return facts(f"{at['account']}/{item['user']}", name=item["user"])

    return cloud


def _gaps(folder: Path, stores: list[Any] | None, *disks: Any, reference: Reference = STORE) -> tuple[list[str], str]:
    files: dict[str, Any] = {
        "manifest.yaml": {"collected_at": "2026-11-19T08:00:00Z"},
        "cloud/1/users.json": [{"user": "u", "disks": list(disks)}],
    }
    if stores is not None:
        files["cloud/1/stores.json"] = stores
    loaded = load(folder, files, _cloud(reference))
    assert codes(loaded.inventory, User) == [], "who names something is listed all the same"
    return codes(loaded.inventory, Store), texts(loaded.inventory, Store)


def test_what_an_item_names_and_the_list_does_not_hold_is_a_gap_of_the_list(tmp_path: Path) -> None:
    found, text = _gaps(tmp_path, [{"name": "a"}], {"name": "a"}, {"name": "b"})
    assert found == ["unnamed"]
    assert text == "cloud/1/users.json names 1/b, which no list holds: export `cloud stores --account 1` again"


@pytest.mark.parametrize(
    "disks",
    [[{"name": "a"}], [], [{"name": None}], [{"name": 7}], [{"name": ""}], [{}], ["b"], [{"name": "gone"}]],
    ids=str,
)
def test_what_the_list_holds_or_nobody_names_is_none(tmp_path: Path, disks: list[Any]) -> None:
    assert _gaps(tmp_path, [{"name": "a"}, {"name": "gone", "deleted": True}], *disks) == ([], "")


@pytest.mark.parametrize(
    ("attached", "missed"),
    [
        ("2026-11-19T08:00:01Z", False),
        ("2026-11-19T08:00:00Z", True),
        ("2026-11-18T08:00:00Z", True),
        ("some day", True),
        (None, True),
    ],
)
def test_an_older_list_does_not_miss_what_came_later(tmp_path: Path, attached: Any, missed: bool) -> None:
    found, _ = _gaps(tmp_path, [], {"name": "b", "attached": attached})
    assert found == (["unnamed"] if missed else [])


def test_a_list_of_unknown_age_misses_it(tmp_path: Path) -> None:
    files = {
        "manifest.yaml": {"files": {"cloud/1/users.json": {"collected_at": "2026-11-19T08:00:00Z"}}},
        "cloud/1/users.json": [{"user": "u", "disks": [{"name": "b", "attached": "2026-11-20T08:00:00Z"}]}],
        "cloud/1/stores.json": [],
    }
    assert codes(load(tmp_path, files, _cloud(STORE)).inventory, Store) == ["unnamed"]


@pytest.mark.parametrize(("attached", "missed"), [("2026-11-19T08:00:01Z", False), ("2026-11-19T08:00:00Z", True)])
def test_of_two_calls_that_list_the_one_that_was_exported_says_what_came_later(
    tmp_path: Path, attached: str, missed: bool
) -> None:
    cloud = _cloud(STORE)

    @cloud.reads("more stores", kind=Store, items="", lists=True)
    def store(item: Item, at: Subject) -> Facts:
        return facts(f"{at['account']}/{item['name']}", name=item["name"])

    files = {
        "manifest.yaml": {"collected_at": "2026-11-19T08:00:00Z"},
        "cloud/1/users.json": [{"user": "u", "disks": [{"name": "b", "attached": attached}]}],
        "cloud/1/stores.json": [],
    }
    assert codes(load(tmp_path, files, cloud).inventory, Store) == (["unnamed"] if missed else [])


def test_where_the_list_is_a_gap_itself_that_is_said_alone(tmp_path: Path) -> None:
    assert _gaps(tmp_path, None, {"name": "b"})[0] == ["missing"]


def test_one_of_another_scope_is_not_missed(tmp_path: Path) -> None:
    of_another = Reference(at="disks[].name", of=Store, id=lambda at, name: None)
    assert _gaps(tmp_path, [], {"name": "b"}, reference=of_another) == ([], "")


def test_the_populations_that_lack_it_may_be_others(tmp_path: Path) -> None:
    users = Reference(at="disks[].name", of=Store, id=lambda at, name: name, kinds=[User])
    files = {
        "manifest.yaml": {"collected_at": "2026-11-19T08:00:00Z"},
        "cloud/1/users.json": [{"user": "u", "disks": [{"name": "b"}]}],
        "cloud/1/stores.json": [],
    }
    inventory = load(tmp_path, files, _cloud(users)).inventory
    assert (codes(inventory, User), codes(inventory, Store)) == (["unnamed"], [])


def test_a_name_at_the_top_of_an_item_and_in_a_list_of_names(tmp_path: Path) -> None:
    both = [
        Reference(at="home", of=Store, id=lambda at, name: f"1/{name}"),
        Reference(at="more[]", of=Store, id=lambda at, name: f"1/{name}"),
    ]
    files = {
        "manifest.yaml": {"collected_at": "2026-11-19T08:00:00Z"},
        "cloud/1/users.json": [{"user": "u", "home": "h", "more": ["m", "n"]}],
        "cloud/1/stores.json": [],
    }
    assert "names 1/h and 2 more" in texts(load(tmp_path, files, _cloud(*both)).inventory, Store)


def test_a_function_that_breaks_costs_its_own_export(tmp_path: Path) -> None:
    broken = Reference(at="disks[].name", of=Store, id=lambda at, name: name[99])
    files = {
        "manifest.yaml": {"collected_at": "2026-11-19T08:00:00Z"},
        "cloud/1/users.json": [{"user": "u", "disks": [{"name": "b"}]}],
        "cloud/1/stores.json": [],
    }
    loaded = load(tmp_path, files, _cloud(broken))
    assert codes(loaded.inventory, User) == ["plugin"]
    assert "id of a reference" in loaded.faults[0]


def test_what_is_no_reference_is_refused_where_it_is_declared() -> None:
    with pytest.raises(PluginError, match="a str is no Reference"):
        _cloud("VpcId")  # type: ignore[arg-type]
    with pytest.raises(PluginError, match="names no key"):
        _cloud(Reference(at="", of=Store, id=lambda at, name: name))


def test_what_names_others_is_read_in_memory(tmp_path: Path) -> None:
    cloud = Source("cloud", scope=("account",), paging=unpaged)

    @cloud.reads("users", kind=User, items="", lists=True, stream=True, references=[STORE])
    def user(item: Any, at: Subject) -> Facts:
        return facts(item["user"], name=item["user"])

    @cloud.reads("stores", kind=Store, items="", lists=True)
    def store(item: Item, at: Subject) -> Facts:
        return facts(f"1/{item['name']}", name=item["name"])

    files = {"cloud/1/users.json": [{"user": "u", "disks": [{"name": "b"}]}], "cloud/1/stores.json": []}
    assert "unnamed" in codes(load(tmp_path, files, cloud).inventory, Store)
