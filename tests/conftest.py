"""Shared by all tests: pytester, and a programme built in a few lines."""

import pytest
from hypothesis import HealthCheck, settings
from programmes import Programme

pytest_plugins = ["pytester", "figures"]

# no test is timed: on a machine that is busy with other work an example may take long
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture
def programme(pytester: pytest.Pytester) -> Programme:
    """An empty programme in pytester's folder."""
    return Programme(pytester)
