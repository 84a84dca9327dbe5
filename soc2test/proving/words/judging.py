"""What a reading function makes of the words that a vendor documents, and of one that nobody does.

An export is read again with one leaf changed: to each word that the vendor documents for it, to those words by which
it says that it says nothing ("unknownFutureValue"), and to `NOBODYS`. The accounts are then held against each other.

- A documented word that has the very trouble of `NOBODYS` (the same fact unknown for the same reason, the same thing
  missed), where another documented word has none there, falls into *unknown as any other word*. One that is unknown
  for a reason of its own is *unknown by name*: the code says that it knows the word.
- A leaf decides a fact where two documented words give two values of it, or one gives it and another does not. There
  `NOBODYS` must be unknown, missed or refused. Where it gives a known value instead, the reader *takes any word* for
  something; so does one that leaves out, without a word, what another documented word tells.
- A fact that shows the word itself decides nothing by itself: what is *handed on* is named, since whoever reads that
  fact must know the words. Facts that follow from it are worked out, and judged as those of the reader.
- Where no documented word makes a difference, the leaf decides nothing in this export, and nothing is found.
"""

import copy
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from soc2test.evidence.record import Evidence
from soc2test.proving.words.account import Account, Entry, account_of
from soc2test.proving.words.paths import Path, Place, places
from soc2test.sources.operation import Operation
from soc2test.telling.body_reading import Given
from soc2test.telling.call_reading import read_call
from soc2test.telling.call_record import CallRecord

__all__ = ["ANY_OTHER", "NOBODYS", "TAKEN", "Finding", "Judged", "judge_leaf", "says_nothing"]

NOBODYS = "zq-word-of-nobody"
"""A word that no vendor documents."""
ANY_OTHER = "unknown as any other word"
TAKEN = "any word is taken"
_NOTHING = ("unknownfuturevalue", "unknown")
_NOTHING_ENDS = "_unspecified"
_HIDDEN = "…"


Troubles = frozenset[tuple[Entry, str]]


class Finding(NamedTuple):
    """A fault: of which `sort` (`ANY_OTHER` or `TAKEN`), of which word, and about what."""

    sort: str
    word: str
    about: Entry


class Judged(NamedTuple):
    """What came out for one place of an export."""

    findings: tuple[Finding, ...]
    classes: Mapping[str, str]
    """documented word -> "known", "unknown by name", `ANY_OTHER`, or "decides nothing" """
    handed_on: frozenset[tuple[str, str]]
    """kind and name of facts that show the word itself"""


def says_nothing(word: str) -> bool:
    """True for a word by which a vendor says that it says nothing: it must never be read as a known fact."""
    plain = word.casefold()
    return plain in _NOTHING or plain.endswith(_NOTHING_ENDS)


def judge_leaf(
    given: Given, operation: Operation, evidence: Evidence, leaf: Path, documented: Sequence[str]
) -> Iterator[Judged]:
    """What reading makes of the words in each place of the export where the leaf stands, or could stand.

    Raises what reading raises, which is nothing that a plugin or an export is at fault for.
    """
    body = copy.deepcopy(evidence.body)
    for place in list(places(body, leaf)):
        yield _judge_place(given, operation, msgspec.structs.replace(evidence, body=body), place, documented)


def _judge_place(
    given: Given, operation: Operation, evidence: Evidence, place: Place, documented: Sequence[str]
) -> Judged:
    before = _troubles(account_of(given.sources[operation.source], _read(given, operation, evidence)))
    read = {word: _account(given, operation, evidence, place, word) for word in (NOBODYS, *documented)}
    steady = _steady(read.values())
    read = {word: _without_word(account, word, steady) for word, account in read.items()}
    empty = {word: account for word, account in read.items() if word == NOBODYS or says_nothing(word)}
    return _held_against({word: account for word, account in read.items() if word not in empty}, empty, before)


def _account(given: Given, operation: Operation, evidence: Evidence, place: Place, word: str) -> Account:
    holder, step = place
    absent = isinstance(holder, dict) and step not in holder
    before = None if absent else holder[step]
    holder[step] = word
    try:
        return account_of(given.sources[operation.source], _read(given, operation, evidence))
    finally:
        if absent:
            del holder[step]
        else:
            holder[step] = before


def _read(given: Given, operation: Operation, evidence: Evidence) -> CallRecord:
    return read_call(given, operation, [msgspec.structs.replace(evidence)])


def _steady(accounts: Iterable[Account]) -> set[str]:
    """The ids and reasons that stand in several readings: they don't quote the word, though they may hold it."""
    seen: Counter[str] = Counter()
    for account in accounts:
        ids = {entry.id for entry in (*account.known, *account.troubles)}
        seen.update(ids.union(*account.troubles.values()))
    return {text for text, count in seen.items() if count > 1}


def _without_word(account: Account, word: str, steady: set[str]) -> Account:
    """The account with `…` for the word in ids, reasons and values that quote it."""

    def entry_of(entry: Entry) -> Entry:
        return entry._replace(id=entry.id if entry.id in steady else _hidden(entry.id, word))

    quotes = word == NOBODYS or says_nothing(word)
    known = {entry_of(entry): _hidden(value, word) if quotes else value for entry, value in account.known.items()}
    troubles = {
        entry_of(entry): frozenset(reason if reason in steady else _hidden(reason, word) for reason in reasons)
        for entry, reasons in account.troubles.items()
    }
    return Account(known, troubles)


def _hidden(text: str, word: str) -> str:
    """The text without the word, however it is written: ids are often in small letters."""
    return re.sub(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", _HIDDEN, text, flags=re.IGNORECASE)


def _held_against(said: Mapping[str, Account], empty: Mapping[str, Account], before: Troubles) -> Judged:
    nobodys = _troubles(empty[NOBODYS])
    shared = nobodys.intersection(*map(_troubles, said.values()))
    elsewhere = {reason for _, reason in shared}
    own = frozenset((entry, reason) for entry, reason in nobodys - shared - before if reason not in elsewhere)
    decided = set(_decided(said))
    findings = [
        Finding(ANY_OTHER, word, entry)
        for word, account in said.items()
        for entry, _ in sorted(_troubles(account) & own)
    ]
    findings += [
        Finding(TAKEN, word, entry)
        for word, account in empty.items()
        for entry in sorted(decided)
        if _is_taken(entry, account, said, shared)
    ]
    differs = bool(decided) or any(_troubles(account) != nobodys for account in said.values())
    classes = {word: _class(_troubles(account), own, shared, differs) for word, account in said.items()}
    return Judged(tuple(findings), classes, frozenset(_handed_on(empty[NOBODYS])))


def _troubles(account: Account) -> Troubles:
    return frozenset((entry, reason) for entry, reasons in account.troubles.items() for reason in reasons)


def _decided(said: Mapping[str, Account]) -> Iterator[Entry]:
    """The entries that the documented words tell otherwise one from another."""
    for entry in dict.fromkeys(entry for account in said.values() for entry in account.known):
        values = {account.known.get(entry) for account in said.values() if entry not in account.troubles}
        if len(values) > 1:
            yield entry


def _is_taken(entry: Entry, account: Account, said: Mapping[str, Account], shared: Troubles) -> bool:
    """Whether a word that says nothing is known here, or is left out without trouble.

    Where the documented words only decide whether there is such a thing, it may be there if something of it is unknown.
    """
    troubles = _troubles(account) - shared
    if entry not in account.known or entry.sort == "skipped":  # how many are skipped is what is left of all
        return not troubles
    value = account.known[entry]
    if _HIDDEN in value:
        return False
    told = {other.known[entry] for other in said.values() if entry in other.known}
    return told != {value} or not any(of[:3] == (of.sort, entry.kind, entry.id) for of, _ in troubles)


def _class(
    troubles: Troubles, own: Troubles, shared: Troubles,
    differs: bool,
) -> str:  # fmt: skip
    if troubles & own:
        return ANY_OTHER
    if troubles - shared:
        return "unknown by name"
    return "known" if differs else "decides nothing"


def _handed_on(nobodys: Account) -> Iterator[tuple[str, str]]:
    for entry, value in nobodys.known.items():
        if _HIDDEN in value and entry.sort.startswith("fact"):
            yield entry.kind, entry.fact
