"""The nearest of known names, for what is misspelt."""

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["near"]


def near(name: str, known: Iterable[str]) -> str:
    """ "; did you mean 'public'?", or nothing where no known name is near."""
    by_fold = {each.casefold(): each for each in known}
    found = get_close_matches(name.casefold(), by_fold, n=1)
    return f"; did you mean {by_fold[found[0]]!r}?" if found else ""
