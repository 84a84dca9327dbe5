"""Files that nobody reads since they are named a little otherwise than an export: named, and a gap of its kinds."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import pytest
from exporting import HERE, Store, User, codes, ids, load, texts, told, user, vendor

from soc2test.finding.nearly import nearly_named

CLOUD = vendor()
USERS = {"Users": [user("ann")]}
GOOD: Mapping[str, object] = {f"{HERE}/users.list.json": USERS, f"{HERE}/stores.list.json": {"Stores": []}}
OTHER = {"Users": [user("bob")]}

NEAR = [
    "Users.list.json", "users.LIST.json", "USERS.LIST.JSON", " users.list.json", "users.list.json ", "users.list .json",
    "users.list.\n.json", "users.list\n.json", "users.list\u200b.json", "users.list\u00a0.json", "users. list.json",
    "users.list.2.json", "users.list-2.json", "users.list_2.json", "users.list 2.json", "users.list.page-2.json",
    "users.list.Page2.json", "users.list.page.2.json", "users.list.p2.json", "users.list.part2.json", "users.list-002.json",
    "users.list.2-of-3.json", "users.list.json.1", "users.list.2.json.gz",
    "users.list(1).json", "users.list (1).json", "users.list.json (1)", "users.list - Copy.json", "users.list-copy.json",
    "users.list copy 2.json", "users.list - Copy (2).json", "Copy of users.list.json", "users.list – Kopie.json",
    "users.list (Ann's conflicted copy 2026-11-19).json", "users.list.json.json", "users.list.json.txt",
    "Users.List (1).page2.json",
]  # fmt: skip
OTHERS = [
    "README.md", "users.list.md", "users.list.sh", "users.list.json.bak", "users.list.json~", "users.list.json.tmp",
    "users.list.old.json", "users.list.log", "users.list.err", "users.list.json.sha256", "manifest.json", "notes.txt",
    "users.list.2026-11-19.json", "users.list-2026-11-19.json", "users.list.2025.json", "users.list.20261119.json",
    "users.listing.json", "users.json", "list.json", "2.json", "(1).json", "users.list.web.json", "superusers.list.json",
]  # fmt: skip


@pytest.mark.parametrize("name", NEAR)
def test_what_is_nearly_an_export_is_named_and_a_gap_of_its_kinds(name: str, tmp_path: Path) -> None:
    loaded = load(tmp_path, {**GOOD, f"{HERE}/{name}": OTHER if not name.endswith("gz") else b"\x1f\x8b"})
    (unclaimed,) = loaded.unclaimed
    assert unclaimed.path == f"{HERE}/{name}"
    assert "is called nearly as users.list" in unclaimed.reason
    assert codes(loaded.inventory, User) == ["unreadable"]
    assert "is called nearly as users.list" in texts(loaded.inventory, User)
    assert codes(loaded.inventory, Store) == []
    assert ids(loaded.inventory, User) == ["ann"], "what is named right is read all the same"


@pytest.mark.parametrize("name", OTHERS)
def test_other_names_cost_nothing(name: str, tmp_path: Path) -> None:
    loaded = load(tmp_path, {**GOOD, f"{HERE}/{name}": OTHER})
    assert codes(loaded.inventory, User) == []


def test_the_same_bytes_twice_are_no_gap(tmp_path: Path) -> None:
    loaded = load(tmp_path, {**GOOD, f"{HERE}/users.list (1).json": USERS})
    assert "is called nearly as" in loaded.unclaimed[0].reason
    assert codes(loaded.inventory, User) == []


def test_of_a_call_about_something_the_case_of_its_name_alone_does_not_count(tmp_path: Path) -> None:
    stores = {f"{HERE}/stores.list.json": {"Stores": [{"id": "Logs-2", "name": "Logs-2"}]}}
    loaded = load(tmp_path, {**stores, f"{HERE}/Stores.Get-Policy.Logs-2.json": {"open": True}})
    assert "is called nearly as stores.get-policy.Logs-2.json" in loaded.unclaimed[0].reason
    assert told(loaded.inventory, Store)["Logs-2"]["public"] == "?unreadable"


def test_a_source_s_folder_in_another_case_is_its_folder(tmp_path: Path) -> None:
    loaded = load(tmp_path, {**GOOD, "Cloud/012345678901/eu-west-1/users.list.json": OTHER})
    assert "is called nearly as users.list.json" in loaded.unclaimed[0].reason
    assert codes(loaded.inventory, User) == ["unreadable"]


def test_an_export_that_is_there_under_another_name_alone_is_a_gap(tmp_path: Path) -> None:
    loaded = load(tmp_path, {f"{HERE}/stores.list.json": {"Stores": []}, f"{HERE}/Users.list.json": USERS},
                  declared={"cloud": {"account": ("012345678901",), "region": ("eu-west-1",)}})  # fmt: skip
    assert codes(loaded.inventory, User) == ["unreadable"]


def test_names_as_long_as_any_are_looked_at_fast() -> None:
    for name in ("users.list" + "." * 240, "." * 255, "users.list " + "(1)" * 80, "-" * 5000, "a." * 5000):
        nearly_named(PurePosixPath(HERE) / name, CLOUD)
    assert nearly_named(PurePosixPath(HERE) / ("users.list" + " " * 300), CLOUD) is None
