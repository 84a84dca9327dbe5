"""How many examples hypothesis tries: all that a test asks for in the long run (`make test-all`), a fifth of them by default."""

import os

ALL = "SOC2TEST_EXAMPLES"
"""the variable that is "all" in the long run"""
_LEAST = 15
"""below it, few examples would be of one kind alone"""


def examples(count: int) -> int:
    """As many as this run is to try of those that a test asks for."""
    if os.environ.get(ALL) == "all":
        return count
    return max(count // 5, min(count, _LEAST))
