"""How many examples hypothesis tries: all that a test asks for in the long run (`make damage`), a fifth by default."""

import os

ALL = "SOC2TEST_EXAMPLES"
"""the variable that is "all" in the long run"""
_LEAST = 15
"""below it, few examples would be of one kind alone"""


def all_examples() -> bool:
    """Whether this run is to try all that tests ask for."""
    return os.environ.get(ALL) == "all"


def examples(count: int) -> int:
    """As many as this run is to try of those that a test asks for."""
    if all_examples():
        return count
    return max(count // 5, min(count, _LEAST))
