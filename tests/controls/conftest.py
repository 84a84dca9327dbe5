"""What the tests of controls have in common."""

import sys
from collections.abc import Iterator

import pytest

from soc2test.controls.packs import LOCAL


@pytest.fixture(autouse=True)
def _clean_modules() -> Iterator[None]:
    """What a pack loads is gone after the test: the next one's file may have the same name."""
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith(LOCAL):
            del sys.modules[name]
