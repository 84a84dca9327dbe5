"""Packs: every policy file on its own; a broken one is named and hides no other."""

import itertools
import sys
from pathlib import Path

import pytest

from soc2test.controls import packs
from soc2test.controls.packs import LOCAL, Pack, load_pack, pack_folders

CONTROL = '''
from soc2test import Identity, control

@control("{id}", criteria=["CC6.1"], nature="state")
def test_{name}(identity: Identity):
    """Every account is {name}."""
    {body}
'''
NUMBERS = itertools.count()


def policy(id: str, name: str, body: str = "assert identity.mfa") -> str:
    return CONTROL.format(id=id, name=name, body=body)


def loaded(folder: Path, **files: str) -> Pack:
    for name, text in files.items():
        path = folder / f"{name.replace('__in__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return load_pack(LOCAL, folder)


def ids(pack: Pack) -> list[str]:
    return [control.id for file in pack.files for control in file.controls]


BROKEN = {
    "does not compile": ("def test_x(:\n", SyntaxError),
    "assert of a tuple": (policy("A-2", "b", 'assert (identity.mfa, "m")'), SyntaxError),
    "raises": ("raise ValueError('canary')\n", ValueError),
    "exits": ("import sys; sys.exit(0)\n", SystemExit),
    "imports what is not there": ("import nothing_of_that_name\n", ImportError),
    "wrong control": (policy("a-2", "b"), Exception),
    "test without control": (policy("A-2", "b") + "\ndef test_forgotten(identity): ...\n", Exception),
    "asserts on import": ("assert False\n", AssertionError),
    "no text": ("x = '\0'\n", (SyntaxError, ValueError)),
}


@pytest.mark.filterwarnings("ignore:.*invalid escape sequence")
def test_what_python_alone_warns_of_breaks_no_file(tmp_path: Path) -> None:
    """An escape that means nothing is a warning of one kind or another, by the version of Python."""
    pack = loaded(tmp_path, own=policy("A-1", "a", 'assert identity.name != "a\\d"'))
    assert (ids(pack), pack.broken) == (["A-1"], [])


@pytest.mark.parametrize(("text", "error"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_named_and_hides_no_other(text: str, error: type[BaseException], tmp_path: Path) -> None:
    pack = loaded(tmp_path, a=policy("A-1", "a"), b=text, c=policy("A-3", "c"))
    assert ids(pack) == ["A-1", "A-3"]
    (broken,) = pack.broken
    assert (broken.name, isinstance(broken.error, error)) == ("b.py", True)
    assert sorted(pack.contents) == ["a.py", "b.py", "c.py"]  # the digest covers it too


@pytest.mark.parametrize("text", ["raise ValueError\n", "raise SystemExit(0)\n"])
def test_of_a_file_that_broke_no_module_is_left(text: str, tmp_path: Path) -> None:
    loaded(tmp_path, broken_one=text)
    assert f"{LOCAL}.broken_one" not in sys.modules


def test_a_forgotten_decorator_is_named(tmp_path: Path) -> None:
    (broken,) = loaded(tmp_path, a="def test_forgotten(identity): ...\n").broken
    assert "test_forgotten has no @control: a test in a policy file would never run" in str(broken.error)


def test_files_that_cant_be_read_are_broken_files(tmp_path: Path) -> None:
    (tmp_path / "dangling.py").symlink_to(tmp_path / "nowhere.py")
    (tmp_path / "folder.py").mkdir()
    pack = loaded(tmp_path, a=policy("A-1", "a"))
    assert ids(pack) == ["A-1"]
    assert [each.name for each in pack.broken] == ["dangling.py"]  # a folder is no file, whatever it is called


def test_helpers_conftest_and_hidden_files_are_no_policy_files(tmp_path: Path) -> None:
    loaded(tmp_path, _helper="def test_x(): ...\n", conftest="def test_x(): ...\n", sub__in__a=policy("A-1", "a"))
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden/x.py").write_text("raise ValueError\n")
    pack = load_pack(LOCAL, tmp_path)
    assert (ids(pack), pack.broken) == (["A-1"], [])


def test_helpers_and_controls_may_be_imported_and_count_once(tmp_path: Path) -> None:
    pack = loaded(
        tmp_path,
        _helper="GOOD = True\n",
        a="from soc2test_programme_policies._helper import GOOD\n" + policy("A-1", "a", "assert identity.mfa is GOOD"),
        b="from soc2test_programme_policies.a import test_a\n" + policy("A-2", "b"),
        sub__in__c="from .._helper import GOOD\nfrom ..a import test_a\n" + policy("A-3", "c"),
    )
    assert [(each.name, each.error) for each in pack.broken] == []
    assert ids(pack) == ["A-1", "A-2", "A-3"]
    assert [file.name for file in pack.files] == ["a.py", "b.py", "sub/c.py"]


def test_an_alias_is_no_second_control(tmp_path: Path) -> None:
    assert ids(loaded(tmp_path, a=policy("A-1", "a") + "\ntest_again = test_a\n")) == ["A-1"]


def test_asserts_are_not_rewritten(tmp_path: Path) -> None:
    (file,) = loaded(tmp_path, a=policy("A-1", "a")).files
    assert "@pytest_ar" not in vars(file.module)


def test_one_folder_is_one_pack_by_its_real_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "programme").mkdir()
    own = tmp_path / "installed"
    own.mkdir()
    (tmp_path / "programme/policies").symlink_to(own)
    assert [name for name, _, _ in pack_folders(tmp_path / "programme")][-1] == LOCAL
    shipped = next(folder for name, folder, _ in pack_folders(None) if name == "soc2test_policies")
    (tmp_path / "programme/policies").unlink()
    (tmp_path / "programme/policies").symlink_to(shipped)
    assert [name for name, _, _ in pack_folders(tmp_path / "programme")].count(LOCAL) == 0
    monkeypatch.setattr(packs, "entry_points", lambda group: [])
    assert [name for name, _, _ in pack_folders(tmp_path / "programme")] == [LOCAL]
    assert list(pack_folders(tmp_path)) == []
