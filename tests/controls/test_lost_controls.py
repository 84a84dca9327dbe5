"""A control that would never run is an error that names file, line and way out; helpers may still be shared."""

from pathlib import Path

import pytest

from soc2test.controls.lost import controls_in
from soc2test.controls.packs import LOCAL, Pack, load_pack, pack_folders

HEAD = "from soc2test import Identity, control\n"
GOOD = '''
@control("OWN-1", criteria=["CC6.1"], nature="state")
def test_good(identity: Identity):
    """Good."""
    assert identity.mfa
'''
INDENTED = GOOD.replace("\n", "\n    ")


def loaded(folder: Path, files: dict[str, str]) -> Pack:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return load_pack(LOCAL, folder)


def ids(pack: Pack) -> list[str]:
    return [control.id for file in pack.files for control in file.controls]


LOST = {
    "shadowed by a copy": (GOOD + GOOD.replace("OWN-1", "OWN-2"), "control OWN-1 in line 3", "a name of its own"),
    "in a class": ("class Controls:\n    " + INDENTED, "control OWN-1 in line 4", "at the top level"),
    "in a function": ("def make():\n    " + INDENTED + "\nmake()\n", "control OWN-1 in line 4", "at the top level"),
    "deleted": (GOOD + "del test_good\n", "control OWN-1 in line 3", "at the top level"),
}


@pytest.mark.parametrize(("text", "place", "way_out"), LOST.values(), ids=LOST)
def test_what_is_decorated_and_not_collected_is_an_error(text: str, place: str, way_out: str, tmp_path: Path) -> None:
    other = HEAD + GOOD.replace("OWN-1", "OWN-9")
    pack = loaded(tmp_path, {"own.py": HEAD + text, "other.py": other})
    (broken,) = pack.broken
    assert (broken.name, ids(pack)) == ("own.py", ["OWN-9"])
    assert place in str(broken.error)
    assert way_out in str(broken.error)


@pytest.mark.parametrize(
    "imports", ["from soc2test import Identity, control", "from soc2test import *", "import soc2test as s"]
)
@pytest.mark.parametrize("name", ["_shared.py", "conftest.py", "sub/__init__.py"])
def test_a_control_in_a_file_that_is_no_policy_file_is_an_error(name: str, imports: str, tmp_path: Path) -> None:
    text = GOOD.replace("@control", "@s.control").replace(": Identity", ": s.Identity") if "as s" in imports else GOOD
    pack = loaded(tmp_path, {name: f"{imports}\n{text}", "own.py": "VALUE = 1\n"})
    (broken,) = pack.broken
    assert broken.name == name
    assert "test_good (line 3) would never run; move it to a policy file" in str(broken.error)


def test_a_control_of_a_library_that_a_policy_file_imports_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library/controls_of_ours.py").write_text(HEAD + GOOD)
    monkeypatch.syspath_prepend(tmp_path / "library")
    pack = loaded(tmp_path / "policies", {"own.py": "from controls_of_ours import test_good\n"})
    (broken,) = pack.broken
    assert (broken.name, "test_good (line 3) would never run" in str(broken.error)) == ("controls_of_ours.py", True)


def test_a_factory_in_a_helper_loses_no_control(tmp_path: Path) -> None:
    helper = HEAD + "def make():\n    " + INDENTED + "\n    return test_good\n"
    pack = loaded(tmp_path, {"_make.py": helper, "own.py": f"from {LOCAL}._make import make\ntest_it = make()\n"})
    assert sorted(each.name for each in pack.broken) == ["_make.py", "own.py"]


def test_what_policy_files_share_is_no_error(tmp_path: Path) -> None:
    shared = HEAD + "def good(identity): return identity.mfa\ndef control_of(identity): return identity.id\n"
    own = (
        HEAD
        + f"from {LOCAL}._shared import good\nfrom {LOCAL}.zzz import test_good\n"
        + GOOD.replace("test_good", "test_own")
    )
    pack = loaded(tmp_path, {"_shared.py": shared, "own.py": own, "zzz.py": HEAD + GOOD.replace("OWN-1", "OWN-2")})
    assert [(each.name, each.error) for each in pack.broken] == []
    assert ids(pack) == ["OWN-1", "OWN-2"]


def test_places_that_are_not_looked_at_are_named(tmp_path: Path) -> None:
    (tmp_path / "real/deep").mkdir(parents=True)
    (tmp_path / "real/deep/own.py").write_text(HEAD + GOOD)
    (tmp_path / "empty").mkdir()
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "sub").symlink_to(tmp_path / "real")
    (folder / "no_policies").symlink_to(tmp_path / "empty")
    pack = loaded(folder, {"own.PY": HEAD + GOOD, "notes.txt": ""})
    assert {each.name: str(each.error) for each in pack.broken} == {
        "own.PY": "is not read as a policy file; its name must end in .py",
        "sub": "is a link to a folder, and links are not followed; put its policy files here",
    }


@pytest.mark.parametrize("how", ["a file", "a link to nowhere"])
def test_policies_that_are_no_folder_are_named(how: str, tmp_path: Path) -> None:
    if how == "a file":
        (tmp_path / "policies").write_text(HEAD + GOOD)
    else:
        (tmp_path / "policies").symlink_to(tmp_path / "nowhere")
    name, folder, version = list(pack_folders(tmp_path))[-1]
    (broken,) = load_pack(name, folder, version).broken
    assert "is no folder, so that none of its controls would run" in str(broken.error)


@pytest.mark.parametrize(
    ("source", "found"),
    {
        "renamed": (b"from soc2test import control as c\n@c('A')\ndef test_a(): ...\n", [(2, "test_a")]),
        "of the module": (b"import soc2test as s\n@s.control('A')\ndef test_a(): ...\n", [(2, "test_a")]),
        "in letters that Python reads as ASCII's": (
            "from soc2test import \uff43ontrol\n@\uff43ontrol('A')\ndef test_a(): ...\n".encode(), [(2, "test_a")]
        ),
        "in an encoding that writes them otherwise": (
            b"# coding: utf-7\nfrom soc2test import +AGM-ontrol\n@+AGM-ontrol('A')\ndef test_a(): ...\n",
            [(3, "test_a")],
        ),
        "none": (b"import functools\n@functools.cache\ndef helper(): ...\n", []),
    }.values(),
)  # fmt: skip
def test_no_spelling_of_control_escapes_the_quick_look(source: bytes, found: list[tuple[int, str]]) -> None:
    assert controls_in(source) == found
