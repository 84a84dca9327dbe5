"""Names that people typed in two places: case and blanks make no other name of one."""

import unicodedata

__all__ = ["one_spelling", "plain_name"]


def plain_name(name: str) -> str:
    """A name without what differs between two that people take for one: case, width of letters, number of blanks."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def one_spelling(one: str, other: str) -> bool:
    """True where two names are one but for that."""
    return plain_name(one) == plain_name(other)
