"""How many items to draw where nobody says: by the number in the population.

No standard prescribes sizes. These are common practice of audit firms, and rest on attribute sampling without expected
deviations: of 25 items without a deviation, a rate of 10 % or more would have shown none in 7 of 100 draws. The
auditor decides.
"""

__all__ = ["default_size"]

_OCCURRENCES = ((1, 1, 1), (2, 1, 2), (4, 2, 4), (12, 2, 5), (52, 5, 15), (184, 15, 25), (366, 20, 40))
"""Up to so many performances: the usual size, and where more is relied on it."""
_EVENTS = ((4, 2, 4), (12, 3, 5), (52, 5, 10), (250, 20, 25))
_MORE = (25, 60)
"""of a larger population"""


def default_size(nature: str, members: int, *, higher: bool = False) -> int:
    """The size for a population of so many members; never more than there are."""
    table = _OCCURRENCES if nature == "occurrence" else _EVENTS
    usual, relied = next(((usual, relied) for most, usual, relied in table if members <= most), _MORE)
    return min(members, relied if higher else usual)
