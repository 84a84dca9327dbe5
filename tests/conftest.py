"""Shared by all tests: pytester, and a programme built in a few lines."""

import gc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import all_examples, examples
from hypothesis import HealthCheck, settings
from no_waiting import sync_at_once
from own_controls_alone import ASKED, NO_GROUP
from programmes import Programme
from shipped_policies import compile_once

from soc2test.controls import packs

SHIPPED = packs.GROUP
CASES = pytest.StashKey[Counter[str]]()
"""test -> how many of its cases were collected"""

pytest_plugins = ["pytester", "figures"]
collect_ignore = sorted({f"cases/{case.parent.name}" for case in Path(__file__).parent.glob("cases/*/*/")})
"""folders of cases, none of which holds a test of its own: to look into thousands of them takes seconds of every run"""

# no test is timed: on a machine that is busy with other work an example may take long
settings.register_profile(
    "untimed", max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")
compile_once()
sync_at_once()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is collected stays to the end: no garbage is looked for while it grows, nor among it while the tests run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Of a test's cases that `each(n)` marks the default run tries each n-th, and the long one the others.

    What tries examples is tried by both: by the long one with all of them.
    """
    if all_examples() and getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        item.add_marker("long")
    mark = item.get_closest_marker("each")
    if mark is None:
        return
    counts = item.config.stash.setdefault(CASES, Counter())
    test = item.nodeid.partition("[")[0]
    if counts[test] % mark.args[0]:
        item.add_marker("long")
    counts[test] += 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skip among the tests of services fails their run: there is no other place where they are run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or session.config.option.markexpr != "services":
        return
    skipped = reporter.stats.get("skipped")
    if skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"{len(skipped)} skipped, which fails here", red=True)


@pytest.fixture
def programme(pytester: pytest.Pytester) -> Programme:
    """An empty programme in pytester's folder."""
    return Programme(pytester)


@pytest.fixture
def own_controls_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Load no shipped control, neither in this process nor in those that a test has forked."""
    monkeypatch.setenv(ASKED, "1")
    monkeypatch.setattr(packs, "GROUP", NO_GROUP)


@pytest.fixture
def shipped_controls(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test among such that load own controls alone: load all of them."""
    monkeypatch.delenv(ASKED, raising=False)
    monkeypatch.setattr(packs, "GROUP", SHIPPED)
