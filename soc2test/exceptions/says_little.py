"""Whether a text that people write as a reason says anything."""

import re

from soc2test.evidence.placeholders import is_filler, is_placeholder

__all__ = ["says_little"]

_WORD = re.compile(r"[^\W_]+")
_NO_BLANKS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts without blanks between words (Thai, Chinese, Japanese ...): each counts as a word."""
_LEAST_LETTERS = 2
_PARTS = re.compile(r"[,;:!?()\u2013\u2014\u3001\u3002\uff0c\uff1b]|\.\s|\s-\s")


def says_little(text: str, least: int) -> bool:
    """True for placeholders, and for a text of fewer than `least` different words that are none."""
    if is_placeholder(text):
        return True
    said = " ".join(part for part in _PARTS.split(text) if not is_placeholder(part))
    signs = _NO_BLANKS.findall(said)
    words = {word.casefold() for word in _WORD.findall(_NO_BLANKS.sub(" ", said))}
    saying = {word for word in words if not is_filler(word) and (len(word) >= _LEAST_LETTERS or word.isdigit())}
    return len(saying) + len(signs) < least
