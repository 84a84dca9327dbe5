"""Numbers of records in words: those that follow one on another as a range."""

from collections.abc import Iterable

__all__ = ["numbers_text", "records_text"]

_NAMED = 10
"""ranges that are named"""


def numbers_text(numbers: Iterable[int]) -> str:
    """ "2 to 47, 51", in their order; of many ranges the first, and how many numbers there are beside them."""
    ordered = sorted(set(numbers))
    ranges: list[list[int]] = []
    for number in ordered:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number, number])
    named = [str(first) if first == last else f"{first} to {last}" for first, last in ranges[:_NAMED]]
    more = sum(last - first + 1 for first, last in ranges[_NAMED:])
    return ", ".join(named) + (f" and {more} more" if more else "")


def records_text(numbers: Iterable[int]) -> str:
    """The same of records of the evidence store: "record 51", "records 2 to 47, 51"."""
    of = set(numbers)
    return f"record{'s' * (len(of) != 1)} {numbers_text(of)}"
