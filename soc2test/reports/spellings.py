"""How a name may be spelt where it stands in a text: encoded in JSON, HTML or an address, with other spaces."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize
from urllib.parse import quote, quote_plus

__all__ = ["SpacedName", "spellings"]

_GAP = r"[\s._+,-]{1,3}"
_COMMA = r",\s{0,2}"
_PARTS = 2
_PLAIN = re.compile(r"[\w.@-]+\Z", re.ASCII)


def spellings(text: str) -> set[str]:
    """The name as it is and as formats encode it, in lower case."""
    found = {text, text.replace("@", "%40")}  # other codes of "@" are met where addresses are looked for
    if not _PLAIN.match(text):
        found |= {normalize("NFC", text), normalize("NFD", text), json.dumps(text)[1:-1], html.escape(text)}
        found |= {quote(text, safe=""), quote(text), quote_plus(text)}
        found |= {text.replace("'", mark) for mark in ("\u2019", "&#39;", "\\'")}
    return {each.casefold() for each in found}


@dataclass(frozen=True)
class SpacedName:
    """A name of several words, whatever stands between them: "Ada  Byron", "ada.byron", "Byron, Ada"."""

    words: tuple[str, ...]
    first_gap: str
    token: str

    @staticmethod
    def of(text: str, token: str) -> "Iterator[SpacedName]":
        """None for a login: of one, the hyphens count."""
        words = tuple(re.findall(r"[^\W_]+", text.casefold()))
        if len(words) >= _PARTS and re.search(r"\s", text) is not None and "@" not in text:
            yield SpacedName(words, _GAP, token)
            yield SpacedName((words[-1], *words[:-1]), _COMMA, token)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """To be matched where the first word stands."""
        first, *others = self.words
        return re.compile(first + self.first_gap + _GAP.join(others))
