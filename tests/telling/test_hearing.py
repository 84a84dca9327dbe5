"""What an export says of itself, where asking it breaks."""

from typing import Any

import pytest
from exporting import vendor

from soc2test.errors import PluginError
from soc2test.evidence.record import Evidence
from soc2test.sources.identity import Owner, ScopeIdentity
from soc2test.telling import hearing
from soc2test.telling.hearing import Heard, hear

EXPORT = Evidence(
    id="e", path="e", source="cloud", operation="stores list", subject={"account": "a", "region": "r"}, sha256="",
    body={"Stores": [{"id": "s"}]},
)  # fmt: skip


def heard(monkeypatch: pytest.MonkeyPatch, error: Exception) -> Heard:
    def breaks(*_: Any) -> str:
        raise error

    monkeypatch.setattr(hearing, "other_subject", breaks)
    return hear(vendor(), EXPORT, once=False)


def test_a_plugin_that_breaks_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert heard(monkeypatch, PluginError("cloud", "it broke")).broke == (str(PluginError("cloud", "it broke")),)


def test_who_ends_the_run_while_a_plugin_is_asked_ends_it() -> None:
    def ended(*_: Any) -> list[Owner]:
        raise KeyboardInterrupt

    cloud = vendor()
    cloud.identity = ScopeIdentity(of=ended)
    with pytest.raises(KeyboardInterrupt):
        hear(cloud, EXPORT, once=False)


def test_what_breaks_in_soc2test_is_no_plugin_s_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        heard(monkeypatch, ZeroDivisionError())
