"""Whether the words for a fix name one: that a risk was accepted, or nothing was done, is none."""

import re

__all__ = ["names_no_fix"]

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


def names_no_fix(text: str) -> bool:
    """True where all words of a text say that a risk was accepted or that nothing was done.

    A text that says anything else beside it, or says it in another language, is taken for a fix: it is read by people.
    """
    words = _WORDS.findall(text.casefold())
    says_so = any(word in _NOTHING_DONE for word in words)
    return says_so and all(word in _NOTHING_DONE or word in _BESIDE for word in words)
