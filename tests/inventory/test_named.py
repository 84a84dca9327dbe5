"""Things that one export names and that another one must list."""

from pathlib import Path
from typing import Any

from exporting import Key, Store, User, codes, load, texts

from soc2test import Item, Resource, Said, Source, Subject, facts, missed, named, unpaged


class Thing(Resource, frozen=True, gc=False, kw_only=True):
    """Whatever the vendor lists, of any type."""


class Grant(Resource, frozen=True, gc=False, kw_only=True):
    """Who may do what with a thing."""


def _gaps(folder: Path, things: Any, grants: list[str], kinds: tuple[type[Resource], ...]) -> dict[str, list[str]]:
    cloud = Source("cloud", scope=("account",), command="cloud {operation} --account {account}", paging=unpaged)

    @cloud.reads("things", kind=(Thing, Store, User, Key), items="", lists=True)
    def thing(item: Item, at: Subject) -> list[Said]:
        return [facts(item["id"], Thing), *([facts(item["id"], Store, name="a")] if item["store"] else [])]

    @cloud.reads("grants", kind=Grant, items="", lists=True)
    def grant(item: Item, at: Subject) -> list[Said]:
        return [facts(item["on"], Grant), named(item["on"], Thing, *kinds)]

    files = {"cloud/1/grants.json": [{"on": name} for name in grants]}
    if things is not None:
        files["cloud/1/things.json"] = things
    loaded = load(folder, files, cloud)
    assert loaded.faults == ()
    said = texts(loaded.inventory, Store)
    return {"store": codes(loaded.inventory, Store), "user": codes(loaded.inventory, User), "text": [said]}


ONE = [{"id": "a", "store": True}, {"id": "b", "store": False}]


def test_what_a_grant_names_and_no_list_holds_is_a_gap_of_what_it_may_be(tmp_path: Path) -> None:
    gaps = _gaps(tmp_path, ONE, ["a", "c", "d"], (Store,))
    assert (gaps["store"], gaps["user"]) == (["unnamed"], [])
    assert gaps["text"] == [
        "cloud/1/grants.json names c and 1 more, which no list holds: export `cloud things --account 1` again"
    ]


def test_a_thing_that_the_list_holds_is_none_whatever_its_type(tmp_path: Path) -> None:
    assert _gaps(tmp_path, ONE, ["a", "b"], (Store,)) == {"store": [], "user": [], "text": [""]}


def test_one_that_may_be_anything_is_a_gap_of_every_kind(tmp_path: Path) -> None:
    gaps = _gaps(tmp_path, ONE, ["c"], ())
    assert (gaps["store"], gaps["user"]) == (["unnamed"], ["unnamed"])


def test_where_the_list_is_a_gap_itself_that_is_said_alone(tmp_path: Path) -> None:
    assert _gaps(tmp_path, None, ["c"], (Store,))["store"] == ["missing"]


def test_something_known_and_not_read_is_a_gap_of_its_kind_where_the_source_lists_none(tmp_path: Path) -> None:
    cloud = Source("cloud", scope=("account",), command="cloud {operation}", paging=unpaged)

    @cloud.reads("things", kind=Thing, items="", lists=True)
    def thing(item: Item, at: Subject) -> Said:
        return missed("a queue, which is not read", Store) if item["id"] == "q" else missed("whatever")

    loaded = load(tmp_path, {"cloud/1/things.json": [{"id": "q"}]}, cloud)
    assert codes(loaded.inventory, Store) == ["missing", "unread"]
    assert codes(loaded.inventory, User) == ["missing"]
    other = load(tmp_path, {"cloud/1/things.json": [{"id": "x"}]}, cloud)
    assert codes(other.inventory, Store) == ["missing"]
