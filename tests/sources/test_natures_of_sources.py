"""Whose word a source's nature is: soc2test's own plugins keep what they declare, all others say it or are records."""

from importlib.metadata import EntryPoint
from types import ModuleType
from typing import Any

import pytest

from soc2test import hookimpl
from soc2test.sources import loading
from soc2test.sources.loading import load_plugins
from soc2test.sources.source import Source


def test_shipped_sources_read_with_their_own_code_and_keep_their_nature() -> None:
    sources = load_plugins(None).sources
    assert {name for name, source in sources.items() if source.nature == "record"} == {"registers"}
    for source in sources.values():
        assert source.belongs.shipped
        others = [name for name, operation in source.operations.items() if not source.is_own(operation.modules)]
        assert not others, source.name
        assert not list(source.told_by_others())


@pytest.mark.each(3)
@pytest.mark.parametrize(("stated", "nature"), [(None, "record"), ("system", "system"), ("record", "record")])
def test_an_installed_plugin_of_somebody_else_says_its_nature(
    monkeypatch: pytest.MonkeyPatch, stated: Any, nature: str
) -> None:
    source = Source("pager", nature=stated)
    module = ModuleType("acme_soc2")
    module.soc2_sources = hookimpl(lambda: [source])  # type: ignore[attr-defined]
    entry = EntryPoint("pager", "acme_soc2", loading.GROUP)
    monkeypatch.setattr(loading, "entry_points", lambda group: [entry])
    monkeypatch.setattr(loading, "_installed", lambda entry: (module, None))
    loaded = load_plugins(None).sources["pager"]
    assert (loaded.nature, loaded.belongs.place) == (nature, "the installed plugin pager")


def test_a_nature_is_not_set_from_outside() -> None:
    with pytest.raises(AttributeError):
        Source("pager").nature = "system"  # type: ignore[misc]
