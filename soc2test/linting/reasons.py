"""Whether each mapping has its reason: in the docstring of what it tests directly, in `supports` of the rest.

A reason of a direct mapping is a paragraph or line of the docstring that begins with the criterion's id and a colon,
as that of a supporting one follows its key:

    CC6.1: who knows a password alone does not get in.
"""

import re
from collections.abc import Iterator

from soc2test.controls.control import Control
from soc2test.evidence.placeholders import is_placeholder
from soc2test.exceptions.says_little import says_little
from soc2test.linting.finding import LintFinding
from soc2test.linting.looked_at import LookedAt, Placed

__all__ = ["direct_reasons", "reason_in", "reasons_without_content", "reasons_without_docstring"]

_LEAST_WORDS = 4
_HEAD = r"^ *((?:CC|A|C|PI|P)\d\.\d+): *"
_REASON = re.compile(rf"{_HEAD}(.*?)(?={_HEAD}|^\s*$|\Z)", re.MULTILINE | re.DOTALL)
"""A criterion at the beginning of a line, and what follows it up to the next one or a blank line."""


def direct_reasons(description: str) -> dict[str, str]:
    """Criterion -> the reason that a docstring gives for it; one that stands twice has both texts."""
    found: dict[str, str] = {}
    for criterion, text, _ in _REASON.findall(description):
        found[criterion] = " ".join(f"{found.get(criterion, '')} {text}".split())
    return found


def reason_in(control: Control, criterion: str) -> str | None:
    """The reason of a direct mapping; None where the docstring does not name the criterion."""
    return direct_reasons(control.description).get(criterion)


def reasons_without_docstring(looked_at: LookedAt) -> Iterator[LintFinding]:
    """Direct mappings without their reason, or with one for a criterion that the control does not test."""
    said_before: dict[str, str] = {}
    for placed in looked_at.controls:
        control = placed.control
        for criterion in control.criteria:
            reason = reason_in(control, criterion)
            if (wrong := _wrong(placed, criterion, reason, said_before)) is not None:
                text = f"{wrong}; end its docstring with a line `{criterion}: why this test is evidence of it`"
                yield placed.finding("criterion-reason", f"tests {criterion} directly, and {text}")
        for criterion in direct_reasons(control.description):
            if criterion not in control.criteria:
                text = f"its docstring gives a reason for {criterion}, which is not among the criteria that it tests"
                yield placed.finding("criterion-reason", f"{text}; add it to criteria= or take the line out")


def reasons_without_content(looked_at: LookedAt) -> Iterator[LintFinding]:
    """Entries of `supports` that give no reason of their own."""
    said_before: dict[str, str] = {}
    for placed in looked_at.controls:
        for criterion, reason in placed.control.supports.items():
            if (wrong := _wrong(placed, criterion, reason, said_before)) is not None:
                text = f"supports {criterion}, and {wrong}; write what this control contributes to it"
                yield placed.finding("support-reason", text)


def _wrong(placed: Placed, criterion: str, reason: str | None, said_before: dict[str, str]) -> str | None:
    """What is wrong with a reason, None where it says something that no other one says."""
    if reason is None:
        return "its docstring does not say why"
    if is_placeholder(reason):
        return "gives no reason"
    if says_little(reason, _LEAST_WORDS):
        return f"the reason {reason!r} is too short to say why"
    plain = " ".join(reason.split()).casefold().rstrip(".")
    if plain == " ".join(placed.control.title.split()).casefold().rstrip("."):
        return "the reason only repeats its title"
    own = f"{placed.control.id} {criterion}"
    other = said_before.setdefault(plain, own)
    return f"the reason is word for word that of {other}" if other != own else None
