"""Shared by all tests: pytester, and a programme built in a few lines."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from programmes import Programme
from shipped_policies import compile_once

pytest_plugins = ["pytester", "figures"]

# no test is timed: on a machine that is busy with other work an example may take long
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
compile_once()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is collected stays to the end: no garbage is looked for while it grows, nor among it while the tests run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


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
