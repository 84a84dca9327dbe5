"""Shared by all tests: pytester, and a programme built in a few lines."""

import pytest
from programmes import Programme

pytest_plugins = ["pytester"]


@pytest.fixture
def programme(pytester: pytest.Pytester) -> Programme:
    """An empty programme in pytester's folder."""
    return Programme(pytester)
