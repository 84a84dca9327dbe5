"""What several exports tell about one resource, merged fact by fact: the newest dated wins, equals must agree.

What a system tells no row that somebody keeps by hand tells otherwise: a newer row that does contradicts it.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from soc2test.resources.resource import Resource, Why
from soc2test.resources.unknown import Unknown
from soc2test.telling.call_record import OF_ANOTHER

__all__ = ["Told", "merge"]

_OLDEST = datetime.min.replace(tzinfo=UTC)
Value = tuple[datetime | None, str, Any]
"""When collected, evidence id, value."""
_NONE: Mapping[Any, Any] = MappingProxyType({})


class Told:
    """Everything that was told about one resource so far. There may be millions of them, most told by one export."""

    __slots__ = ("_words", "at", "id", "kind", "listed", "listed_at", "shown", "tenant")

    def __init__(self, kind: type[Resource], id: str) -> None:
        self.kind, self.id = kind, id
        self.at: Mapping[str, str] = _NONE
        self.tenant = ""
        self.listed = False
        self.listed_at: datetime | None = None
        """when the first of the dated lists that name it was collected"""
        self.shown: Mapping[tuple[str, str], str] = _NONE
        """facts that a document shows, each with the evidence that told it -> the digest of the document"""
        self._words: list[tuple[datetime | None, str, Mapping[str, Any]]] = []
        """what each item told, as it was told: when collected, evidence id, and the facts"""

    def put_in_list(self, at: Mapping[str, str], tenant: str, when: datetime | None) -> None:
        """A list of the scope `at` names it. Where several do, what they say of the place stands side by side."""
        self.at = _together(self.at, at) if self.listed and self.at != at else at
        self.tenant = min(filter(None, (self.tenant, tenant)), default="")
        self.listed_at = _first(self.listed_at, when)
        self.listed = True

    def mention(self, at: Mapping[str, str]) -> None:
        """An export that lists none tells of it: the place is where that lies, as long as no list says it."""
        if not self.listed and self.at != at:
            self.at = min(filter(None, (self.at, at)), key=lambda place: sorted(place.items()))

    def tell(self, collected_at: datetime | None, evidence: str, facts: Mapping[str, Any]) -> None:
        """What one more item tells; perhaps nothing but that the resource is there."""
        self._words.append((collected_at, evidence, facts))

    @property
    def evidence(self) -> Sequence[str]:
        """The ids of the evidence that tells of it, in their order."""
        return sorted({evidence for _, evidence, _ in self._words})

    @property
    def values(self) -> dict[str, list[Value]]:
        """Fact -> every word on it."""
        values: dict[str, list[Value]] = {}
        for when, evidence, facts in self._words:
            for fact, value in facts.items():
                values.setdefault(fact, []).append((when, evidence, value))
        return values

    def tells(self, fact: str) -> bool:
        """True where there is any word on a fact, also one that says nothing."""
        return any(fact in facts for _, _, facts in self._words)


def _together(one: Mapping[str, str], other: Mapping[str, str]) -> Mapping[str, str]:
    """Two places as one; of a level in which they differ the lesser value, so that no order decides."""
    return {**one, **other, **{level: min(one[level], other[level]) for level in one if level in other}}


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two moments that may not be known."""
    if one is None or other is None:
        return one or other
    return min(one, other)


def merge(
    told: Mapping[str, list[Value]], kept: Container[str] = ()
) -> tuple[dict[str, Any], dict[str, Why], dict[str, str]]:
    """Known facts, why others are unknown, and which evidence told each known one.

    A word that says nothing (`Unknown`) yields to any that does, but for one of `OF_ANOTHER`; among the newest that say
    something, all must agree. `kept` holds the ids of evidence that people keep by hand.
    """
    known: dict[str, Any] = {}
    unknown: dict[str, Why] = {}
    by: dict[str, str] = {}
    for fact, words in told.items():
        if len(words) == 1 and not isinstance(words[0][2], Unknown):  # as most: nothing is there to contradict it
            _, by[fact], known[fact] = words[0]
            continue
        saying = list(_saying(words))
        if len(saying) < len(words) and (why := _of_another(words)) is not None:
            unknown[fact] = why
            continue
        if not saying:
            unknown[fact] = max(((when or _OLDEST, id), (why.code, why.reason)) for when, id, why in words)[1]
            continue
        latest = _latest(saying, kept)
        if any(_differs(word, latest[0]) for word in latest[1:]):
            files = ", ".join(sorted({evidence for _, evidence, _ in latest}))
            unknown[fact] = ("conflict", f"the evidence contradicts itself: {files}")
            continue
        known[fact], by[fact] = latest[0][2], min(_by_systems(latest, kept) or latest, key=_evidence)[1]

    return known, unknown, by


def _latest(saying: list[Value], kept: Container[str]) -> list[Value]:
    """The words that count: the newest, and the newest of what systems say where rows kept by hand are newer."""
    newest = _newest(saying)
    by_systems = _by_systems(newest, kept)
    if by_systems or not (older := _by_systems(saying, kept)):
        return newest
    return [*_newest(older), *newest]


def _newest(words: list[Value]) -> list[Value]:
    last = max(when or _OLDEST for when, _, _ in words)
    return [word for word in words if (word[0] or _OLDEST) == last]


def _by_systems(words: list[Value], kept: Container[str]) -> list[Value]:
    return [word for word in words if word[1] not in kept]


def _differs(one: Value, other: Value) -> bool:
    return bool(one[2] != other[2]) or type(one[2]) is not type(other[2])


def _evidence(word: Value) -> str:
    return word[1]


def _of_another(words: list[Value]) -> Why | None:
    """Why no word on a fact counts: one was told in the answer about another subject, and may be of either."""
    found = (word for _, _, word in words if isinstance(word, Unknown) and word.code == OF_ANOTHER)
    return next(((word.code, word.reason) for word in found), None)


def _saying(words: list[Value]) -> Iterator[Value]:
    return (word for word in words if not isinstance(word[2], Unknown))
