"""`any` and `all` over facts that evidence may leave open: what is known decides before what is not."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from soc2test.errors import UnknownFact

__all__ = ["all_of", "any_of"]

T = TypeVar("T")
Test = Callable[[T], object]


def any_of(iterable: Iterable[T], /, test: Test[T] | None = None) -> bool:
    """True where `test` holds for one of `iterable` for certain, False where it certainly holds for none.

    Else raises the first `UnknownFact` that was met: of a test, or of a population that may not be all. Without a
    `test` the values themselves are asked, an `Unknown` among them too. What else is raised passes through, and so does
    `Pending`. A fact belongs into `test`: a generator that reads one ends at the first that is unknown.
    """
    return _any_is(True, iterable, bool if test is None else test)


def all_of(iterable: Iterable[T], /, test: Test[T] | None = None) -> bool:
    """False where `test` certainly fails for one of `iterable`, True where it certainly holds for each.

    Else raises the first `UnknownFact` that was met; all else is as with `any_of`.
    """
    return not _any_is(False, iterable, bool if test is None else test)


def _any_is(wanted: bool, iterable: Iterable[T], test: Test[T]) -> bool:
    """Whether the test comes out as `wanted` for one; one that does decides, whatever is unknown of the others."""
    unknown: UnknownFact | None = None
    try:
        for thing in iterable:
            try:
                if bool(test(thing)) is wanted:
                    return True
            except UnknownFact as caught:
                unknown = unknown or caught
    except UnknownFact as caught:  # raised by the population itself, once it gave out what is known
        unknown = unknown or caught
    if unknown is not None:
        raise unknown
    return False
