"""Plugins: each loads on its own; whatever is wrong with one is named and hides no other."""

import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from soc2test.errors import PluginError
from soc2test.sources import loading
from soc2test.sources.export import Export
from soc2test.sources.loading import Plugins, folder_digest, load_plugins

GOOD = """
from soc2test import Claim, Identity, Source, facts, hookimpl, unpaged

source = Source({name!r}, paging=unpaged)

@source.reads("users", kind=Identity, items="", lists=True)
def user(item, at):
    return facts(item["id"])

@hookimpl
def soc2_sources():
    return [source]

@hookimpl
def soc2_claim(export):
    return Claim({name!r}, "users") if export.path.name == "{name}.txt" else None
"""


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(loading, "entry_points", lambda group: [])
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith("soc2test_programme_plugins"):
            del sys.modules[name]


def loaded(folder: Path, **files: str) -> Plugins:
    for name, text in files.items():
        path = folder / (f"{name}.py" if not name.endswith("__") else f"{name.strip('_')}/__init__.py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return load_plugins(folder)


def test_modules_and_packages_of_a_folder_are_plugins(tmp_path: Path) -> None:
    plugins = loaded(tmp_path, one=GOOD.format(name="one"), two__=GOOD.format(name="two"), _helper="raise ValueError\n")
    assert sorted(plugins.sources) == ["one", "two"]
    assert [pack.name for pack in plugins.packs] == ["one", "two"]
    assert plugins.problems == []
    assert len({pack.digest for pack in plugins.packs}) == 2


def test_plugins_are_asked_what_a_file_is(tmp_path: Path) -> None:
    plugins = loaded(tmp_path, one=GOOD.format(name="one"), two=GOOD.format(name="two"))
    (claim,) = plugins.ask(Export(PurePosixPath("odd/two.txt"), 3))
    assert claim.source == "two"
    assert plugins.ask(Export(PurePosixPath("odd/three.txt"), 3)) == []


BROKEN = {
    "does not compile": ("def (:\n", "SyntaxError"),
    "raises": ("raise ValueError('x')\n", "ValueError"),
    "exits": ("raise SystemExit(0)\n", "SystemExit"),
    "misspelt hook": ("from soc2test import hookimpl\n@hookimpl\ndef soc2_souces():\n    return []\n", "there is no hook soc2_souces; hooks are soc2_claim"),
    "no marker": ("def soc2_sources():\n    return []\n", "soc2_sources has no @hookimpl"),
    "wrong parameter": ("from soc2test import hookimpl\n@hookimpl\ndef soc2_claim(file):\n    return None\n", "file"),
    "hook raises": ("from soc2test import hookimpl\n@hookimpl\ndef soc2_sources():\n    return 1 / 0\n", "ZeroDivisionError"),
    "two of one name": (GOOD.format(name="one"), "a source of this name is loaded already"),
    "contradiction": ("from soc2test import *\nSource('x').reads('a', kind=Identity, tells=['nope'])\n", "Identity has no fact 'nope'"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_plugin_is_named_and_hides_no_other(text: str, says: str, tmp_path: Path) -> None:
    plugins = loaded(tmp_path, a=GOOD.format(name="one"), b=text, c=GOOD.format(name="three"))
    assert sorted(plugins.sources) == ["one", "three"]
    (problem,) = plugins.problems
    assert problem.startswith("plugin b did not load: ")
    assert says in problem
    assert plugins.ask(Export(PurePosixPath("three.txt"), 0))


def test_a_folder_that_is_no_folder_of_plugins_has_none(tmp_path: Path) -> None:
    assert loaded(tmp_path / "none").sources == {}
    (tmp_path / "__init__.py").write_text("")  # a package: it comes by its entry point
    assert loaded(tmp_path, one=GOOD.format(name="one")).sources == {}


def test_the_digest_covers_names_and_contents() -> None:
    digests = [folder_digest(files) for files in ({"a": b"bc"}, {"ab": b"c"}, {"a": b"b", "c": b""}, {"a": b"b"}, {})]
    assert len(set(digests)) == len(digests)
    assert folder_digest({"a": b"1", "b": b"2"}) == folder_digest({"b": b"2", "a": b"1"})


def test_the_error_names_the_plugin() -> None:
    assert str(PluginError("aws", "is odd")) == "plugin aws: is odd"


def test_of_a_plugin_that_did_not_load_no_source_stays(tmp_path: Path) -> None:
    second = GOOD.format(name="new").replace("return [source]", "return [source, Source('one')]")
    plugins = loaded(tmp_path, a=GOOD.format(name="one"), b=second)
    assert sorted(plugins.sources) == ["one"]
    assert len(plugins.problems) == 1
