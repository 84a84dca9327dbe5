"""Severities in the four words of `Vulnerability`: critical, high, medium, low."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from soc2test import Unknown

__all__ = ["of_score", "of_word", "severity", "worst"]

ORDER = ("low", "medium", "high", "critical")
_WORDS = {
    "critical": "critical",
    "high": "high",
    "important": "high",  # Red Hat's scale
    "medium": "medium",
    "moderate": "medium",  # GitHub's and Red Hat's
    "low": "low",
    # the neutral scale has no word below low: what asks for less than a low weakness is held to the same
    "minor": "low",
    "negligible": "low",
    "info": "low",
    "informational": "low",
    "none": "low",
}
_NOTHING = ("", "unknown", "untriaged", "unassigned")
"""Words that say that nobody has rated it: Trivy's, Grype's and CycloneDX's, Amazon Inspector's, Debian's."""
_RANGES = ((Decimal("9.0"), "critical"), (Decimal("7.0"), "high"), (Decimal("4.0"), "medium"), (Decimal(0), "low"))
_TOP = Decimal("10.0")


def of_word(word: Any) -> str | None:
    """The neutral word for a scanner's; None for "unknown", "untriaged", null or a word that is not known."""
    return _WORDS.get(word.strip().lower()) if isinstance(word, str) else None


def of_score(score: Any) -> str | None:
    """The word for a CVSS base score by the ranges of CVSS 3.1 and 4.0 (0.0, "none", is low); None for no score."""
    try:
        number = Decimal(str(score)) if isinstance(score, int | Decimal | float | str) else None
    except InvalidOperation:
        return None
    if number is None or isinstance(score, bool) or not number.is_finite() or not 0 <= number <= _TOP:
        return None
    return next(word for least, word in _RANGES if number >= least)


def worst(words: Sequence[str | None]) -> Any:
    """The worst of several ratings; `Unknown` where there is none, or where one that can't be read may be worse yet."""
    readable = [word for word in words if word is not None]
    told = max(readable, key=ORDER.index, default=None)
    if told is None or (len(readable) < len(words) and told != ORDER[-1]):
        return Unknown("a rating of it is neither a known word nor a CVSS score", what="severity")
    return told


def severity(word: Any, *scores: Any) -> Any:
    """The scanner's own word where it gives one, else the worst of the CVSS scores, else `Unknown`.

    Absent scores (None) are none; a score that can't be read, and a word that nobody knows, may be worse than the rest.
    """
    if (told := of_word(word)) is not None:
        return told
    rated = [of_score(score) for score in scores if score is not None]
    if not rated and isinstance(word, str) and _says_nothing(word):
        return Unknown("the scanner says that nobody has rated it", what="severity")
    return worst(rated if _says_nothing(word) else [None, *rated])


def _says_nothing(word: Any) -> bool:
    """Whether the scanner gives no word, or one that says that it does not know."""
    return not isinstance(word, str) or word.strip().lower() in _NOTHING
