"""IAM's patterns of actions and of resources: `*` for any text, `?` for one letter, variables in `${...}`."""

import re
from collections.abc import Mapping
from functools import lru_cache

from soc2test import Unknown
from soc2test_plugins.aws.answers import Answer

__all__ = ["matches", "names_action"]

_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_LITERALS = {"*": "*", "?": "?", "$": "$"}
_ANY_VALUE = "\0"
"""stands for the value of a variable that the export does not tell"""


@lru_cache(maxsize=65536)
def _compiled(pattern: str) -> re.Pattern[str]:
    wild = {"*": ".*", "?": ".", _ANY_VALUE: ".*"}
    return re.compile("".join(wild.get(letter) or re.escape(letter) for letter in pattern), re.DOTALL)


def names_action(pattern: str, action: str) -> bool:
    """Whether a pattern of a statement takes in an action, in lower case; IAM compares them without case."""
    return _compiled(pattern.casefold()).fullmatch(action) is not None


def matches(pattern: str, resource: str, variables: Mapping[str, str]) -> Answer:
    """Whether a pattern takes in a resource, for the one whose `variables` are given; unknown where another decides."""
    literals: list[str] = []

    def value(variable: re.Match[str]) -> str:
        name, _, default = variable[1].partition(",")
        name = name.strip()
        if name in _LITERALS:
            literals.append(_LITERALS[name])
            return "\1"
        if default or name.casefold() not in variables:
            return _ANY_VALUE
        literals.append(variables[name.casefold()])
        return "\1"

    written = _VARIABLE.sub(value, pattern)
    parts = written.split("\1")
    expression = "".join(
        _compiled(part).pattern + (re.escape(literals[place]) if place < len(literals) else "")
        for place, part in enumerate(parts)
    )
    if re.fullmatch(expression, resource, re.DOTALL) is None:
        return False
    return (
        Unknown("a policy names resources by a variable whose value no export tells") if _ANY_VALUE in written else True
    )
