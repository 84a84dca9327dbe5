"""Whether a function looks at what it takes; in doubt it does."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest

from soc2test.controls.parameters import looks_at


def reads(people: Any) -> None:
    assert people


def inner(people: Any) -> None:
    assert all(each in people for each in (1, 2))


def idle(people: Any) -> None:
    assert not ()


def sets(people: Any) -> None:
    people = ()  # noqa: F841


def wrapped(function: Callable[..., None]) -> Callable[..., None]:
    @wraps(function)
    def wrapper(*args: Any, **options: Any) -> None:
        function(*args, **options)

    return wrapper


@pytest.mark.parametrize(
    ("function", "looks"), [(reads, True), (inner, True), (idle, False), (sets, False), (wrapped(idle), True)]
)
def test_what_a_function_looks_at(function: Callable[..., None], looks: bool) -> None:
    assert looks_at(function, "people") is looks
