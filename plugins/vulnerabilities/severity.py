"""Severities in the four words of `Vulnerability`: critical, high, medium, low."""

from decimal import Decimal, InvalidOperation
from typing import Any

from soc2test import Unknown

__all__ = ["highest", "of_score", "of_word", "severity"]

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


def highest(words: list[str | None]) -> str | None:
    """The worst of several; None where none is known."""
    return max((word for word in words if word), key=ORDER.index, default=None)


def severity(word: Any, *scores: Any) -> Any:
    """The scanner's own word where it gives one, else the worst of the CVSS scores, else `Unknown`."""
    told = of_word(word) or highest([of_score(score) for score in scores])
    return told or Unknown("the scanner rates it neither with a known word nor with a CVSS score", what="severity")
