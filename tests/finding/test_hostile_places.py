"""What lies in the wrong shape at the right place, and what manifests say of files by other spellings."""

import os
import socket
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from exporting import HERE, User, codes, ids, load, texts, user, vendor

from soc2test import Source
from soc2test.resources.kinds import EvidenceItem

USERS = f"{HERE}/users.list.json"
ANN: dict[str, Any] = {"Users": [user("ann")]}


@pytest.mark.parametrize(("shape", "says"), [("folder", "empty folder named like a file"), ("link", "symbolic link")])
def test_what_is_no_file_where_a_list_should_be_is_unreadable(shape: str, says: str, tmp_path: Path) -> None:
    place = tmp_path / USERS
    place.parent.mkdir(parents=True)
    if shape == "folder":
        place.mkdir()
    else:
        place.symlink_to("elsewhere.json")
    loaded = load(tmp_path, {})
    assert [each.path for each in loaded.unclaimed] == [USERS]
    assert codes(loaded.inventory, User) == ["unreadable"]
    assert says in texts(loaded.inventory, User)
    (item,) = loaded.inventory.members(EvidenceItem)
    assert isinstance(item, EvidenceItem)
    assert not item.readable


def test_an_empty_folder_that_is_nobodys_export_is_only_named(tmp_path: Path) -> None:
    (tmp_path / "notes.json").mkdir(parents=True)
    loaded = load(tmp_path, {USERS: ANN})
    assert [(each.path, "empty folder" in each.reason) for each in loaded.unclaimed] == [("notes.json", True)]
    assert (ids(loaded.inventory, User), codes(loaded.inventory, User)) == (["ann"], [])


LINKS = {
    "of nobody, to a folder": ("latest", "cloud"),
    "of nobody, out of the root": ("passwd.json", "/etc/passwd"),
    "to a folder of the source": ("cloud/999999999999", "012345678901"),
    "to a folder above": (f"{HERE}/deeper", "../../.."),
    "to itself": (f"{HERE}/loop", "loop"),
    "to nothing": (f"{HERE}/gone.json", "nowhere"),
    "to an archive": ("cloud/all.zip", "../elsewhere.zip"),
}


@pytest.mark.parametrize(("name", "target"), LINKS.values(), ids=LINKS)
def test_what_a_link_stands_for_is_lost_and_never_skipped(name: str, target: str, tmp_path: Path) -> None:
    (tmp_path / HERE).mkdir(parents=True)
    (tmp_path / name).symlink_to(target)
    loaded = load(tmp_path, {USERS: ANN})
    assert [(each.path, "is a symbolic link" in each.reason) for each in loaded.unclaimed] == [(name, True)]
    assert f"{name}: is a symbolic link; links are not followed, put the file itself here" in texts(
        loaded.inventory, User
    )
    assert ids(loaded.inventory, User) == ["ann"]


def test_a_link_of_one_source_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/latest").symlink_to("nowhere")
    loaded = load(tmp_path, {USERS: ANN}, vendor(), Source("other", scope=("org",)))
    assert codes(loaded.inventory, User) == []
    assert len(loaded.unclaimed) == 1


@pytest.mark.parametrize(
    "name", [f"./{USERS}", USERS.replace("/", "//", 1), f"./{USERS}".replace("/users", "/./users")]
)
@pytest.mark.parametrize("wrong", ["records: 7", f"sha256: {sha256(b'other').hexdigest()}"])
def test_a_manifest_means_a_file_however_it_spells_its_path(name: str, wrong: str, tmp_path: Path) -> None:
    loaded = load(tmp_path, {USERS: ANN, "manifest.yaml": f"files:\n  '{name}': {{{wrong}}}\n"})
    assert codes(loaded.inventory, User) != []


def test_a_manifest_that_names_a_file_twice_is_refused(tmp_path: Path) -> None:
    manifest = f"files:\n  {USERS}: {{records: 1}}\n  ./{USERS}: {{records: 7}}\n"
    loaded = load(tmp_path, {USERS: ANN, "manifest.yaml": manifest})
    assert "named twice" in texts(loaded.inventory, User)


def test_a_nearer_manifest_silences_no_other(tmp_path: Path) -> None:
    outer = f"files:\n  {USERS}: {{records: 7}}\n"
    inner = "collected_at: 2026-11-20T08:00:00Z\n"
    loaded = load(tmp_path, {USERS: ANN, "manifest.yaml": outer, f"{Path(HERE).parts[0]}/manifest.yaml": inner})
    assert "where its manifest says 7" in texts(loaded.inventory, User)


@pytest.mark.parametrize("name", ["odd", "odd.json", "cloud/odd", f"{HERE}/odd.json", f"{HERE}/deeper/odd"])
def test_a_pipe_that_is_nobodys_export_is_lost_as_a_link_is(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(tmp_path / name)
    loaded = load(tmp_path, {USERS: ANN})
    assert [(each.path, "is no regular file" in each.reason) for each in loaded.unclaimed] == [(name, True)]
    assert f"{name}: is no regular file" in texts(loaded.inventory, User)


def test_a_socket_that_is_nobodys_export_is_lost_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("odd")
        loaded = load(tmp_path, {USERS: ANN})
    assert "odd: is no regular file" in texts(loaded.inventory, User)
