"""Shared by the tests of the rules."""

from pathlib import Path

import pytest
from lint_case import Case


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """A programme without controls."""
    return Case(tmp_path)
