"""Joins that let nothing unknown hide a deviation that is known."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from soc2test import Pending, UnknownFact

__all__ = ["allowed", "known", "problems", "told", "worded"]

K = TypeVar("K")
V = TypeVar("V")


def problems(check: Callable[[K], str], *groups: Iterable[K]) -> str:
    """All that `check` says of the resources in `groups`, each text once; empty where nothing is wrong with any.

    What is unknown, of a resource or because a population may not be all, raises `UnknownFact` only where
    nothing else is wrong: a deviation stays one, whatever else there may be. What is `Pending` raises last.
    """
    found: dict[str, None] = {}
    unknown: UnknownFact | None = None
    waiting: Pending | None = None
    for group in groups:
        try:
            for resource in group:
                try:
                    found[check(resource)] = None
                except UnknownFact as caught:
                    unknown = unknown or caught
                except Pending as caught:
                    waiting = waiting or caught
        except UnknownFact as caught:  # raised by the population itself, once it gave out what is known
            unknown = unknown or caught
    wrong = [text for text in found if text]
    if unknown is not None and not wrong:
        raise unknown
    if waiting is not None and not wrong:
        raise waiting
    return "; ".join(wrong)


def allowed(fact: str, level: str, by_level: dict[str, V]) -> V:
    """The entry of `level`; a word that is none of the known levels is unknown, never a level without a limit."""
    if level not in by_level:
        raise UnknownFact(fact, f"it is none of {', '.join(by_level)}")
    return by_level[level]


def known(resources: Iterable[K], test: Callable[[K], bool]) -> tuple[list[K], UnknownFact | None]:
    """Those of `resources` for which `test` holds for certain, and what is unknown of the others, if anything."""
    found: list[K] = []
    unknown: UnknownFact | None = None
    try:
        for resource in resources:
            try:
                if test(resource):
                    found.append(resource)
            except UnknownFact as caught:
                unknown = unknown or caught
    except UnknownFact as caught:
        unknown = unknown or caught
    return found, unknown


def worded(make: Callable[[], str], plain: str) -> str:
    """What `make` says of a deviation, or the `plain` words where it reads what is unknown: the deviation stands."""
    try:
        return make()
    except UnknownFact:
        return plain


def told(ask: Callable[[], V], otherwise: V) -> V:
    """What `ask` answers, or `otherwise` where it reads what is unknown: for answers that only make a test milder."""
    try:
        return ask()
    except UnknownFact:
        return otherwise
