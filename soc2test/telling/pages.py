"""The numbered pages of one call as one body, for rules and functions that ask for all of it."""

from collections.abc import Sequence
from typing import Any, Final

from soc2test.evidence.record import Evidence

__all__ = ["NOTHING", "as_one", "last_pages"]

NOTHING: Final = object()
"""Stands for the body of a call that failed."""

Page = tuple[Evidence, Any]


def last_pages(pages: Sequence[Page], numbers: Sequence[int]) -> list[Page]:
    """What a paging rule is asked about: exports without a number as they are, and the last numbered one.

    The last of several objects holds the lists of all of them, so that a rule may compare them with a total. Of bare
    arrays it is the last one alone, since a rule may ask whether that is full.
    """
    alone = [page for page in pages if page[0].page is None]
    numbered = sorted((page for page in pages if page[0].page is not None), key=lambda page: page[0].page or 0)
    if not numbers or not numbered:
        return alone
    evidence, last = numbered[-1]
    objects = [body for _, body in numbered if isinstance(body, dict)]
    return [*alone, (evidence, _merged(objects) if len(objects) == len(numbered) else last)]


def as_one(pages: Sequence[Page]) -> list[Page]:
    """The pages of a call whose function gets the body once, as one body; others as they are."""
    numbered = sorted((page for page in pages if page[0].page is not None), key=lambda page: page[0].page or 0)
    bodies = [body for _, body in numbered]
    if len(bodies) < 2 or NOTHING in bodies:  # noqa: PLR2004  # one page is a body
        return list(pages)
    alone = [page for page in pages if page[0].page is None]
    first = numbered[0][0]
    first.complete = all(evidence.complete for evidence, _ in numbered)
    if all(isinstance(body, dict) for body in bodies):
        return [*alone, (first, _merged(bodies))]
    if all(isinstance(body, list) for body in bodies):
        return [*alone, (first, [entry for body in bodies for entry in body])]
    return list(pages)


def _merged(bodies: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The last object, with each of its lists being those of all, in order: a token of the first is spent."""
    merged = dict(bodies[-1])
    for key, value in merged.items():
        lists = [body[key] for body in bodies if isinstance(body.get(key), list)]
        if isinstance(value, list):
            merged[key] = [entry for part in lists for entry in part]
    return merged
