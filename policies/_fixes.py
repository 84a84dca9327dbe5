"""Whether the words for a fix name one: that a risk was accepted, nothing was done, or it is yet to come, is none."""

import re

from soc2test import is_put_off

__all__ = ["names_no_fix", "says_not_yet"]

_WORDS = re.compile(r"[^\W\d_]+")
_NOTHING_DONE = frozenset(
    (
        "accept", "acceptable", "accepted", "acceptance", "accepting", "tolerate", "tolerated", "defer", "deferred",
        "postponed", "ignored", "waived", "wontfix", "won", "not", "no", "none", "nothing", "never", "without", "na",
        "unchanged", "unfixed", "closed",
    )
)  # fmt: skip
"""Words that say that nothing was done, where no word beside them says what was."""
_BESIDE = frozenset(
    (
        "a", "an", "and", "any", "are", "as", "at", "be", "been", "by", "for", "further", "has", "have", "in", "is",
        "it", "its", "of", "on", "our", "the", "this", "that", "to", "t", "until", "us", "was", "we", "were", "will",
        "with", "n", "action", "actions", "board", "business", "cause", "ceo", "change", "changed", "changes", "ciso",
        "cost", "costs", "cto", "decision", "do", "done", "finding", "fix", "fixed", "formally", "issue", "known",
        "low", "made", "management", "measure", "measures", "needed", "necessary", "next", "notice", "now", "owner",
        "part", "reason", "reasons", "remediation", "required", "residual", "review", "risk", "risks", "taken",
        "year",
    )
)  # fmt: skip
"""Words that may stand beside them and name no work either."""
_YET_TO_COME = frozenset(
    (
        "backlog", "bandwidth", "begun", "busy", "capacity", "deferred", "later", "pending", "planned", "postponed",
        "progress", "resources", "scheduled", "soon", "started", "time", "todo",
    )
)  # fmt: skip
"""Words that say that a weakness stays until somebody gets to it, where no word beside them says anything else."""
_BESIDE_THEM = (_BESIDE - {"low", "residual", "risk", "risks"}) | {
    "enough", "fixing", "moment", "no", "not", "patch", "patching", "right", "team", "update", "upgrade", "work", "yet",
}  # fmt: skip
"""Words that may stand beside those; that a risk is low is another reason."""


def says_not_yet(text: str) -> bool:
    """True where all words of a reason say that a fix has begun, is planned, or that nobody has the time for it.

    A reason that says anything else beside it, or says it in another language, is read by people.
    """
    words = _WORDS.findall(text.casefold())
    says_so = any(word in _YET_TO_COME for word in words)
    return is_put_off(text) or (says_so and all(word in _YET_TO_COME or word in _BESIDE_THEM for word in words))


def names_no_fix(text: str) -> bool:
    """True where all words of a text say that a risk was accepted, that nothing was done, or that it is yet to be.

    A text that says anything else beside it, or says it in another language, is taken for a fix: it is read by people.
    """
    words = _WORDS.findall(text.casefold())
    says_so = any(word in _NOTHING_DONE for word in words)
    if says_so and all(word in _NOTHING_DONE or word in _BESIDE for word in words):
        return True
    return says_not_yet(text)
