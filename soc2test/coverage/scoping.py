"""Which tests are of the categories in scope."""

from collections.abc import Iterable

from soc2test.controls.control import Control
from soc2test.criteria import CRITERIA

__all__ = ["scoped_out"]


def scoped_out(control: Control, categories: Iterable[str]) -> str | None:
    """Why a control is of no category in scope, None where it is: one that is not is not evaluated.

    Security always is in scope, and a test of the evidence itself is of every scope.
    """
    scope = ("security", *(category for category in categories if category != "security"))
    about = control.criteria or tuple(control.supports)
    if control.reliance or any(CRITERIA[id].category in scope for id in about):
        return None
    return f"tests {', '.join(about)} alone, and soc2.yaml has in scope: {', '.join(scope)}"
