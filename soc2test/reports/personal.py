"""Personal data as stable tokens: `person-1f0c...` for e-mail addresses, and for the people whom the exports name.

A token is an HMAC with a key that the company keeps: without the key, nobody finds out whose it is by trying names.
"""

import hmac
import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from soc2test.reports.spellings import SpacedName, spellings
from soc2test.reports.ties import owners_of

__all__ = ["Named", "Pseudonyms", "people"]

_AT = r"(?:@|%40|%2540|&#64;|&#x40;|\\u0040)"
_LOCAL = r"[\w.!#$%&*+/=?^`{|}~'-]"
_EMAIL = re.compile(
    rf"(?<!{_LOCAL}){_LOCAL}{{1,256}}{_AT}(?:[\w-]{{1,63}}\.)+(?:xn--[\w-]+|[^\W\d_]{{2,63}})(?!\w)", re.IGNORECASE
)
_ATS = re.compile(_AT, re.IGNORECASE)
_MAILBOX = re.compile(r"[\w.+'-]{1,256}\Z")
_RUN = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"(person-[0-9a-f]{16})")
_SHORTEST = 2

_Stands = tuple[int, int, str]
"""Where a name begins and ends in a text, and its token."""


class Named(NamedTuple):
    """What one record says of a person: texts that name them, and texts by which other records know them."""

    texts: tuple[str, ...]
    keys: tuple[str, ...]
    """the first is what the token is of: the e-mail address where there is one"""
    person: bool = True
    """False for a record of an account"""


class Pseudonyms:
    """Tokens for the people in `named`; records that share a key are one person, whatever their order."""

    def __init__(self, key: bytes, named: Iterable[Named] = ()) -> None:
        self._key = key
        self._tokens: dict[str, str] = {}
        self._starts: dict[str, list[str]] = {}
        self._spaced: dict[str, list[SpacedName]] = {}
        known = [each for each in named if any(each.keys)]
        named_by: dict[str, set[str]] = {}
        for each, owner in zip(known, owners_of([(each.keys, each.person) for each in known]), strict=True):
            for text in (*each.texts, *each.keys[:1]):
                if len(text.strip()) >= _SHORTEST:
                    named_by.setdefault(text.strip(), set()).add(owner)
        by_fold: dict[str, set[str]] = {}
        for text, of in named_by.items():
            by_fold.setdefault(text.casefold(), set()).update(of)
        for text in named_by:  # a name that two share is neither's
            of = by_fold[text.casefold()]
            token = self.token(next(iter(of)) if len(of) == 1 else text)
            self._tokens |= dict.fromkeys(spellings(text), token)
            for name in SpacedName.of(text, token):
                self._spaced.setdefault(name.words[0], []).append(name)
        self._index()

    def _index(self) -> None:
        for text in sorted(self._tokens, key=len, reverse=True):
            if (first := _RUN.search(text)) is not None:
                self._starts.setdefault(first[0], []).append(text)
        for names in self._spaced.values():
            names.sort(key=lambda name: len(name.words), reverse=True)

    def token(self, text: str) -> str:
        """The token of a name or an address, whatever its case."""
        digest = hmac.digest(self._key, text.casefold().encode("utf-8", "surrogatepass"), "sha256")
        return f"person-{digest.hex()[:16]}"

    def digest(self, digest: str) -> str:
        """A digest over personal data, keyed: the plain one of a single address could be looked up."""
        return hmac.digest(self._key, digest.encode(), "sha256").hex()

    def text(self, text: str) -> str:
        """The text with a token in the place of everybody who is named in it."""
        text = self._beside_tokens(text, lambda part: self.addresses(self._names(part, self._whole_at)))
        return self._beside_tokens(text, lambda part: self._names(part, self._named_at))

    @staticmethod
    def _beside_tokens(text: str, change: Callable[[str], str]) -> str:
        parts = _TOKEN.split(text)
        return "".join(part if place % 2 else change(part) for place, part in enumerate(parts))

    def addresses(self, text: str) -> str:
        """The text with a token in the place of every e-mail address."""
        return _EMAIL.sub(self._address, text) if _ATS.search(text) is not None else text

    def _address(self, match: re.Match[str]) -> str:
        address = _ATS.sub("@", match[0])
        local, _, domain = address.rpartition("@")
        own = _MAILBOX.search(local)  # what stands before it ("a/b=") is no part of a mailbox
        mailbox = own[0].lstrip("'") if own else local
        before = local[: len(local) - len(mailbox)]
        whole = f"{mailbox}@{domain}".casefold()
        return before + self._tokens.get(whole, self.token(whole))

    def _names(self, text: str, named_at: Callable[[str, re.Match[str]], _Stands | None]) -> str:
        """Whole words only; a name begins at the first run of letters and digits in it."""
        done, at = [], 0
        folded = text.casefold()
        same = folded if len(folded) == len(text) else text.lower() if len(text.lower()) == len(text) else text
        for run in _RUN.finditer(same):
            found = named_at(same, run) if run.start() >= at else None
            if found is not None and found[0] >= at:
                done += [text[at : found[0]], found[2]]
                at = found[1]
        return "".join([*done, text[at:]]) if done else text

    def _whole_at(self, text: str, run: re.Match[str]) -> _Stands | None:
        """A name that is no part of an address."""
        found = self._literal_at(text, run)
        return None if found is None or _ATS.match(text, found[1]) is not None else found

    def _named_at(self, text: str, run: re.Match[str]) -> _Stands | None:
        return self._literal_at(text, run) or self._spaced_at(text, run)

    def _literal_at(self, text: str, run: re.Match[str]) -> _Stands | None:
        for name in self._starts.get(run[0].casefold(), ()):
            start = run.start() - _RUN.search(name).start()  # type: ignore[union-attr]  # it is indexed by that
            end = start + len(name)
            if start >= 0 and text[start:end] == name and not _joined(text, end):
                return start, end, self._tokens[name]
        return None

    def _spaced_at(self, text: str, run: re.Match[str]) -> _Stands | None:
        for name in self._spaced.get(run[0].casefold(), ()):
            stands = name.pattern.match(text, run.start())
            if stands is not None and not _joined(text, stands.end()):
                return *stands.span(), name.token
        return None


def _joined(text: str, end: int) -> bool:
    return end < len(text) and text[end].isalnum() and text[end - 1].isalnum()


def people(records: Iterable[Mapping[str, object]]) -> Iterable[Named]:
    """What the known facts of `Person` records say, and then those of human `Identity` records."""
    for each in records:
        texts = [each.get("name"), each.get("email")]
        accounts = each.get("accounts")
        logins = [str(account).rpartition(":")[2] for account in accounts] if isinstance(accounts, tuple) else []
        login = f"{each.get('source')}:{each.get('name')}"
        keys = [each.get("email"), each.get("owner"), *(accounts if isinstance(accounts, tuple) else ())]
        keys += [login] if "accounts" not in each else []
        yield Named(
            tuple(str(text) for text in (*texts, *logins) if text),
            tuple(str(key) for key in keys if key),
            "accounts" in each,
        )
