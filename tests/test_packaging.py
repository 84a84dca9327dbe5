"""What is packaged is what lies on disk: packages, their data, entry points and the facade."""

import importlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

import soc2test
from soc2test import contract

ROOT = Path(__file__).parents[1]
FOLDERS = {"soc2test": "soc2test", "soc2test_policies": "policies", "soc2test_plugins": "plugins"}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


SETUPTOOLS = project()["tool"]["setuptools"]


def on_disk(name: str) -> set[str]:
    folder = ROOT / FOLDERS[name]
    inits = (each.parent.relative_to(folder) for each in folder.rglob("__init__.py") if "templates" not in each.parts)
    return {".".join((name, *path.parts)) for path in inits}


@pytest.mark.parametrize("name", FOLDERS)
def test_the_list_of_packages_is_what_lies_on_disk(name: str) -> None:
    listed = [each for each in SETUPTOOLS["packages"] if each.split(".")[0] == name]
    assert sorted(listed) == sorted(on_disk(name))


def test_nothing_else_is_listed_and_nothing_twice() -> None:
    listed = SETUPTOOLS["packages"]
    assert len(set(listed)) == len(listed)
    assert {each.split(".")[0] for each in listed} == set(FOLDERS)
    assert SETUPTOOLS["package-dir"] == FOLDERS


def _folder(package: str) -> Path:
    top, *rest = package.split(".")
    return ROOT.joinpath(FOLDERS[top], *rest)


@pytest.mark.parametrize("package", SETUPTOOLS["packages"])
def test_every_python_file_lies_in_a_package(package: str) -> None:
    for folder in _folder(package).iterdir():
        if folder.is_dir() and any(folder.glob("*.py")):
            assert (folder / "__init__.py").is_file(), folder


@pytest.mark.parametrize("package", SETUPTOOLS["package-data"])
def test_package_data_is_there_and_whole(package: str) -> None:
    matched: set[Path] = set()
    for pattern in SETUPTOOLS["package-data"][package]:
        found = {each for each in _folder(package).glob(pattern) if each.is_file()} | {
            each for each in _folder(package).glob(f"{pattern}/*") if pattern.endswith("**") and each.is_file()
        }
        assert found, f"{package}: nothing matches {pattern}"
        matched |= found


def test_every_data_file_of_a_package_is_packaged() -> None:
    """A schema or template that is not named in pyproject.toml works in the checkout and is missing in the wheel."""
    packaged: set[Path] = set()
    for package, patterns in SETUPTOOLS["package-data"].items():
        for pattern in patterns:
            packaged |= set(_folder(package).glob(f"{pattern}/*" if pattern.endswith("**") else pattern))
    data = {
        each
        for folder in FOLDERS.values()
        for each in (ROOT / folder).rglob("*")
        if each.is_file() and each.suffix not in (".py", ".pyc") and "__pycache__" not in each.parts
    }
    assert sorted(str(each.relative_to(ROOT)) for each in data - packaged if each.name != "README.md") == []


@pytest.mark.parametrize("group", ["pytest11", "soc2test", "soc2test.policies"])
def test_entry_points_lead_somewhere(group: str) -> None:
    for target in project()["project"]["entry-points"][group].values():
        assert importlib.import_module(target)


def test_every_shipped_plugin_enters_by_an_entry_point() -> None:
    entered = set(project()["project"]["entry-points"]["soc2test"].values())
    shipped = {each for each in on_disk("soc2test_plugins") if each.count(".") == 1}
    hooks = {each for each in shipped if "hookimpl" in (_folder(each) / "__init__.py").read_text("utf-8") or
             any("hookimpl" in file.read_text("utf-8") for file in _folder(each).glob("*.py"))}  # fmt: skip
    assert hooks <= entered
    assert entered <= shipped


def test_the_facade_is_the_contract() -> None:
    assert contract.__all__ == sorted(contract.__all__, key=lambda name: (not name.isupper(), name))
    for name in contract.__all__:
        assert getattr(soc2test, name) is getattr(contract, name)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = soc2test.nothing
