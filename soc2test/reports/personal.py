"""Personal data as stable tokens: `person-1f0c...` for e-mail addresses, and for the people whom the exports name.

A token is an HMAC with a key that the company keeps: without the key, nobody finds out whose it is by trying names.
"""

import hmac
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

__all__ = ["Named", "Pseudonyms", "people"]

_LOCAL = r"[\w.!#$%&*+/=?^`{|}~'-]"
_EMAIL = re.compile(
    rf"(?<!{_LOCAL}){_LOCAL}{{1,256}}(?:@|%40)(?:[\w-]{{1,63}}\.)+(?:xn--[\w-]+|[^\W\d_]{{2,63}})(?!\w)"
)
_MAILBOX = re.compile(r"[\w.+'-]{1,256}\Z")
_RUN = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"(person-[0-9a-f]{16})")
_SHORTEST = 2


class Named(NamedTuple):
    """What one record says of a person: texts that name them, and texts by which other records know them."""

    texts: tuple[str, ...]
    keys: tuple[str, ...]
    """the first is what the token is of: the e-mail address where there is one"""


class Pseudonyms:
    """Tokens for the people in `named`, the best known first; records that share a key are one person."""

    def __init__(self, key: bytes, named: Iterable[Named] = ()) -> None:
        self._key = key
        self._tokens: dict[str, str] = {}
        self._starts: dict[str, list[str]] = {}
        person: dict[str, str] = {}
        owners: dict[str, set[str]] = {}
        for each in named:
            keys = [text.casefold() for text in each.keys if text]
            if not keys:
                continue
            owner = next((person[text] for text in keys if text in person), keys[0])
            for text in keys:
                person.setdefault(text, owner)
            for text in (*each.texts, *each.keys[:1]):
                if len(text.strip()) >= _SHORTEST:
                    owners.setdefault(text.strip().casefold(), set()).add(owner)
        for text, of in owners.items():  # a name that two share is neither's
            self._tokens[text] = self.token(next(iter(of)) if len(of) == 1 else text)
            self._tokens[text.replace("@", "%40")] = self._tokens[text]
        self._index()

    def _index(self) -> None:
        for text in sorted(self._tokens, key=len, reverse=True):
            if (first := _RUN.search(text)) is not None:
                self._starts.setdefault(first[0], []).append(text)

    def token(self, text: str) -> str:
        """The token of a name or an address, whatever its case."""
        digest = hmac.digest(self._key, text.casefold().encode("utf-8", "surrogatepass"), "sha256")
        return f"person-{digest.hex()[:16]}"

    def digest(self, digest: str) -> str:
        """A digest over personal data, keyed: the plain one of a single address could be looked up."""
        return hmac.digest(self._key, digest.encode(), "sha256").hex()

    def text(self, text: str) -> str:
        """The text with a token in the place of everybody who is named in it."""
        parts = _TOKEN.split(text)
        return "".join(part if place % 2 else self.addresses(self._names(part)) for place, part in enumerate(parts))

    def addresses(self, text: str) -> str:
        """The text with a token in the place of every e-mail address."""
        return _EMAIL.sub(self._address, text) if "@" in text or "%40" in text else text

    def _address(self, match: re.Match[str]) -> str:
        address = match[0].replace("%40", "@")
        local, _, domain = address.rpartition("@")
        own = _MAILBOX.search(local)  # what stands before it ("a/b=") is no part of a mailbox
        before, mailbox = (local[: own.start()], own[0]) if own else ("", local)
        whole = f"{mailbox.lstrip(chr(39))}@{domain}".casefold()
        return before + self._tokens.get(whole, self.token(whole))

    def _names(self, text: str) -> str:
        """Whole words only; a name begins at the first run of letters and digits in it."""
        done, at = [], 0
        folded = text.casefold()
        same = folded if len(folded) == len(text) else text.lower() if len(text.lower()) == len(text) else text
        for run in _RUN.finditer(same):
            for name in self._starts.get(run[0].casefold(), ()) if run.start() >= at else ():
                start = run.start() - _RUN.search(name).start()  # type: ignore[union-attr]  # it is indexed by that
                end = start + len(name)
                if start >= at and same[start:end] == name and not _joined(same, end):
                    done += [text[at:start], self._tokens[name]]
                    at = end
                    break
        return "".join([*done, text[at:]]) if done else text


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
        yield Named(tuple(str(text) for text in (*texts, *logins) if text), tuple(str(key) for key in keys if key))
