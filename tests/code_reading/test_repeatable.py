"""Which functions are seen to rest on their arguments alone: what is not seen is taken to be otherwise."""

import os
import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import pytest

from soc2test import Item, Resource, any_of, facts
from soc2test.code_reading.repeatable import Repeatable
from soc2test.sources.item import OF_ITEMS

LIMIT = timedelta(days=3)
NAMES = frozenset({"a", "b"})
PATTERN = re.compile("x")
TABLE = {"a": 1}
LISTED = ["a"]
COUNT = 0


class Thing(Resource, frozen=True, gc=False, kw_only=True):
    """A thing."""

    name: str
    at: datetime

    @property
    def loud(self) -> str:
        return self.name.upper()

    @property
    def age(self) -> timedelta:
        return datetime.now(UTC) - self.at


def helper(thing: Any) -> bool:
    return bool(PATTERN.match(thing.name)) and thing.name in NAMES


def even(number: int) -> bool:
    return number == 0 or odd(number - 1)


def odd(number: int) -> bool:
    return number != 0 and even(number - 1) and bool(LISTED)


def keeps(thing: Any, seen: list[Any] = []) -> bool:  # noqa: B006  # that is what is refused
    return thing in seen


def counts(thing: Any) -> int:
    global COUNT  # noqa: PLW0603  # that is what is refused
    COUNT += 1
    return COUNT


def writes(thing: Any) -> None:
    thing.name = "other"


def imports(thing: Any) -> Any:
    import random

    return random


@lru_cache
def cached(thing: Any) -> bool:
    return bool(thing.name)


def closing(held: Any) -> Callable[..., Any]:
    return lambda thing: thing.name == held


def remembering() -> Callable[..., Any]:
    before = ""

    def function(thing: Any) -> bool:
        nonlocal before
        before, same = thing.name, bool(before == thing.name)
        return same

    return function


def catches(thing: Any) -> bool:
    try:
        return bool(thing.name)
    except ValueError:
        return False


GOOD: dict[str, Callable[..., Any]] = {
    "facts": lambda thing: thing.name == "x" and thing.at,
    "constants": lambda thing: thing.name in NAMES or thing.at > datetime(2026, 1, 1, tzinfo=UTC) - LIMIT,
    "a helper": helper,
    "a helper in a list": lambda things: [helper(thing) for thing in things if any(each.id for each in things)],
    "a property of a kind": lambda thing: thing.loud,
    "what is declared harmless": lambda things: any_of(things, lambda thing: thing.name),
    "an item": lambda item: item["name"].strip().lower(),
    "what lies around it": closing("x"),
    "what it catches": catches,
    "spans": lambda thing, as_of: (as_of - thing.at).days > LIMIT.days and as_of.date() > date.min,
}
BAD: dict[str, Callable[..., Any]] = {
    "the clock": lambda thing: thing.at > datetime.now(UTC),
    "another clock": lambda thing: time.time(),
    "the environment": lambda thing: os.environ["X"],
    "a file": lambda thing: open(thing.name),  # noqa: SIM115  # that is what is refused
    "a table that may change": lambda thing: TABLE[thing.name],
    "a list that may change": lambda thing: thing.name in LISTED,
    "a property that reads the clock": lambda thing: thing.age,
    "an attribute of nobody": lambda thing: thing.whatever,
    "identity": lambda thing: id(thing),
    "a name of the module to come": lambda thing: not_there_yet(thing),  # type: ignore[name-defined]  # noqa: F821
    "a default that keeps": keeps,
    "a global that it counts": counts,
    "what it writes": writes,
    "what it imports": imports,
    "a cache": cached,
    "a list around it": closing([]),
    "what it keeps for the next call": remembering(),
    "one that leads to another that does": even,
    "the other": odd,
    "no function": len,
    "a named attribute": lambda thing, name: getattr(thing, name),
}


@pytest.mark.each(3)
@pytest.mark.parametrize("name", GOOD)
def test_seen_to_be_repeatable(name: str) -> None:
    assert Repeatable((any_of,))(GOOD[name])


@pytest.mark.each(5)
@pytest.mark.parametrize("name", BAD)
def test_not_seen_to_be_repeatable(name: str) -> None:
    assert not Repeatable((any_of,))(BAD[name])


def test_no_function_at_all_changes_nothing() -> None:
    assert Repeatable()(None)


def test_attributes_that_its_arguments_have_are_named() -> None:
    function = lambda thing, limits: limits.hours > 3  # noqa: E731
    assert not Repeatable()(function)
    assert Repeatable()(function, ["hours"])


def test_what_catches_is_told_apart() -> None:
    repeatable = Repeatable()
    assert repeatable(catches)
    assert not repeatable(catches, catching=False)
    assert repeatable(GOOD["facts"], catching=False)


def test_what_a_reading_function_asks_an_item_for_is_repeatable_where_it_is_given_items() -> None:
    def reads(item: Item) -> Any:
        return facts(item["id"], at=item.time("at"), name=item.or_else("name", item.first("title", "id")))

    def asks_a_clock(item: Item) -> Any:
        return facts(item["id"], at=time.time(), name=item.time("at"))

    look = Repeatable(trusted=("soc2test",))
    assert look(reads, OF_ITEMS)
    assert not look(reads)
    assert not look(asks_a_clock, OF_ITEMS)
