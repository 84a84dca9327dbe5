"""What functions lead to, and the names that stand there."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any, NamedTuple

import msgspec
import pytest

from soc2test.code_reading.reached import reached


def helper(it: Any) -> Any:
    return it.helped


def given(it: Any, name: str) -> Any:
    return it.given, name


class Telling:
    """A helper with methods."""

    def method(self, it: Any) -> Any:
        return it.of_method

    @property
    def told(self) -> Any:
        return helper(self)

    @cached_property
    def once(self) -> Any:
        return given(self, "cached")

    @staticmethod
    def plain(it: Any) -> Any:
        return it.of_static


class Check(NamedTuple):
    """A step that a table holds."""

    read: Callable[[Any], Any]

    def named(self, it: Any) -> Any:
        return it.of_record


class Held(msgspec.Struct, frozen=True):
    """A record that holds a function."""

    read: Callable[[Any], Any]


class Based:
    """What has a method for those below it."""

    def below(self, it: Any) -> Any:
        return it.in_base


class Called(Based):
    """An object that is called like a function."""

    def __init__(self) -> None:
        self.reads = given

    def __call__(self, it: Any) -> Any:
        return it.when_called


CHECKS, HELD, CALLED = (Check(read=helper),), Held(read=helper), Called()
TABLE = {"key": (helper, "in_table")}
BOUND = partial(given, name="bound_text")


def closed(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def inner(it: Any) -> Any:
        return read(it)

    return inner


def calls(it: Any) -> Any:
    return helper(it)


def nests(it: Any) -> Any:
    return [other.inside for other in it] + sorted(it, key=lambda one: one.in_lambda)


def makes(it: Any) -> Any:
    return Telling().told


def looks_up(it: Any) -> Any:
    return TABLE["key"]


def checks(it: Any) -> Any:
    return [check.read(it) for check in CHECKS]


def asks_a_record(it: Any) -> Any:
    return HELD.read(it)


def makes_a_record(it: Any) -> Any:
    return Held(it)


def calls_an_object(it: Any) -> Any:
    return CALLED(it)


def binds(it: Any) -> Any:
    return BOUND(it)


def defaults(it: Any, read: Callable[[Any], Any] = helper) -> Any:
    return read(it)


def texts(it: Any, colour: str) -> Any:
    return getattr(it, f"log_{colour}"), getattr(it, f"{colour}_days")


def without_getattr(colour: str) -> Any:
    return f"log_{colour}"


@pytest.mark.parametrize(
    ("function", "names"),
    [
        (calls, {"helped"}),
        (nests, {"inside", "in_lambda"}),
        (makes, {"of_method", "helped", "given", "cached", "of_static"}),
        (looks_up, {"key", "helped", "in_table"}),
        (checks, {"helped", "of_record"}),
        (asks_a_record, {"helped"}),
        (calls_an_object, {"when_called", "given", "in_base"}),
        (binds, {"given", "bound_text"}),
        (defaults, {"helped"}),
        (closed(helper), {"helped"}),
        (partial(given, name="x").func, {"given"}),
    ],
)
def test_names_are_found_wherever_the_code_leads(function: Callable[..., Any], names: set[str]) -> None:
    assert names <= reached(function).names
    assert all(reached(function).may_read(name) for name in names)
    assert not reached(function).may_read("nothing_of_this_name")


def test_that_a_record_has_a_field_reads_none() -> None:
    assert not reached(makes_a_record).may_read("read")
    assert reached(asks_a_record).may_read("read")


def test_functions_that_it_leads_to_are_given_and_those_of_others_are_not() -> None:
    assert reached(calls).functions == (calls, helper)
    assert partial not in reached(binds).functions
    assert helper not in reached(given).functions


def test_a_text_that_is_put_together_may_be_any_name_of_its_beginning_or_end() -> None:
    assert [name for name in ("log_red", "few_days", "logs", "log", "days") if reached(texts).may_read(name)] == [
        "log_red", "few_days",
    ]  # fmt: skip
    assert not reached(without_getattr).may_read("log_red")
