"""Words that no test can say: whether a control works, or a criterion is met, is for an auditor to conclude."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["ALLOWED", "Allowed", "Refused", "refused_words"]


class Refused(NamedTuple):
    """A word in a text: where it begins, as it stands there, and what is wrong with it."""

    at: int
    word: str
    why: str


class Allowed(NamedTuple):
    """A phrase in which a refused word says something else."""

    phrase: str
    reason: str


ALLOWED = (
    Allowed("Not a SOC 2® report, opinion or certification", "the line with which every artifact says what it is not"),
    Allowed("NON_COMPLIANT", "AWS Config's own value for a rule that a resource breaks"),
    Allowed("COMPLIANT", "AWS Config's own value, written in capitals"),
)
"""What is allowed in every text; a pack's own phrases stand in its kept.yaml."""

_CONCLUDES = 'is for an auditor to conclude; say what the test found, such as "no deviations noted"'
_PROMISES = "promises what no test shows; say what the test found"
_WORDS = {
    r"(?:non-?|un)?certif(?:ied|y|ies)": _CONCLUDES,
    r"(?:non[-_]?)?compliant": _CONCLUDES,
    r"(?:un)?audited|audit-ready": _CONCLUDES,
    r"attest(?:ed|s)?": _CONCLUDES,
    r"(?:in)?effective(?:ly|ness)?": _CONCLUDES,
    r"opinions?": _CONCLUDES,
    r"clean(?:ly)?": _CONCLUDES,
    r"meets|satisf(?:y|ies|ied)": _CONCLUDES,
    r"assurance": _PROMISES,
    r"ensur(?:e|es|ed|ing)": _PROMISES,
}
_WORD = re.compile("|".join(rf"\b(?P<w{number}>{word})\b" for number, word in enumerate(_WORDS)), re.IGNORECASE)
_WHY = dict(enumerate(_WORDS.values()))
_SHARE = r"(?:\d+(?:[.,]\d+)?|\{\})\s*(?:%|per\s?cent\b)"
_PERCENTAGE = re.compile(
    rf"{_SHARE}[^.;\n]{{0,40}}\b(?:criteria|criterion|SOC 2)\b|\b(?:criteria|criterion|SOC 2)\b[^.;\n]{{0,40}}{_SHARE}",
    re.IGNORECASE,
)
_NO_PERCENTAGE = "a percentage of criteria hides which ones are not tested; name them"


def refused_words(text: str, allowed: Iterable[str] = ()) -> Iterator[Refused]:
    """The refused words of a text, but for those within an allowed phrase, which must stand there exactly.

    What an f-string puts in stands as {}.
    """
    if _WORD.search(text) is None and _PERCENTAGE.search(text) is None:
        return  # nearly all texts
    phrases = sorted((*(each.phrase for each in ALLOWED), *allowed), key=len, reverse=True)
    for phrase in phrases:
        text = text.replace(phrase, "\0" * len(phrase))
    for match in _WORD.finditer(text):
        number = int((match.lastgroup or "w0")[1:])
        yield Refused(at=match.start(), word=match[0], why=_WHY[number])
    for match in _PERCENTAGE.finditer(text):
        yield Refused(at=match.start(), word=match[0], why=_NO_PERCENTAGE)
