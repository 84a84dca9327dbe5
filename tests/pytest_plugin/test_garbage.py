"""Garbage is looked for where there may be some, and not in what stays to the end."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from soc2test.pytest_plugin.garbage import keeping


class Holder:
    """Something that a circle keeps alive, as an exception does its frame."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    assert gc.get_threshold() == thresholds


def test_circles_are_let_go_while_exports_are_read() -> None:
    with keeping():
        first = weakref.ref(Holder())
        kept: list[list[int]] = []
        while first() is not None and len(kept) < 1_000_000:
            kept.append([])
    assert first() is None
    assert len(kept) < 100_000


def test_what_was_read_is_not_looked_through_again() -> None:
    with keeping():
        told = [[number] for number in range(200_000)]
    assert gc.get_freeze_count() > len(told)


def test_it_is_looked_for_as_before_also_where_the_reading_broke() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), keeping():
        raise KeyError
    assert gc.get_threshold() == before
