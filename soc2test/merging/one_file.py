"""Registers are one file each: two files of one register that do not say the same contradict each other.

Of what a vendor exports the newest counts, since the system was asked again. A register that lies there twice was not
asked again: somebody edits one file and an automatic run copies the other, and the newer date says nothing of which.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from soc2test.evidence.record import Evidence
from soc2test.merging.known import Known
from soc2test.merging.ledger import Ledger
from soc2test.resources.unknown import Unknown
from soc2test.sources.operation import Operation
from soc2test.telling.body_reading import Given
from soc2test.telling.call_reading import read_call

__all__ = ["OneFile"]

Told = Mapping[tuple[type, str], Mapping[str, list[Any]]]
"""By kind and id: what was told of each fact."""
_OLDEST = datetime.min.replace(tzinfo=UTC)


class OneFile:
    """The calls of sources that answer each with one file, where several are there.

    What files say is compared as facts, so that a CSV and a YAML file of the same entries are equal.
    """

    def __init__(self, given: Given) -> None:
        self._given = given
        self.wrong: dict[str, tuple[str, str]] = {}
        """evidence id -> code and text of why it does not count"""

    def of(self, group: list[Evidence]) -> list[Evidence] | None:
        """What counts of one call's files, all where they contradict each other; None where it is no such call."""
        source = self._given.sources[group[0].source]
        if not source.one_file or len(group) == 1:
            return None
        operation = source.operations[group[0].operation]
        why = None if _same_bytes(group) else self._difference(operation, group)
        if why is None:
            return _newest_alone(group)
        self.wrong |= {evidence.id: ("conflict", _text(group, why)) for evidence in group}
        return group

    def _difference(self, operation: Operation, group: Sequence[Evidence]) -> str | None:
        told = [_told(self._given, operation, evidence) for evidence in group]
        read = zip(group, told, strict=True)
        lost = [f"{each.id} can't be read ({words})" for each, words in read if isinstance(words, str)]
        if lost:
            return f"nobody knows whether they say the same, since {' and '.join(lost)}"
        return None if all(words == told[0] for words in told[1:]) else "the files say different things"


def _text(group: Sequence[Evidence], why: str) -> str:
    names = " and ".join(sorted(evidence.id for evidence in group))
    return f"is one of several files of one register ({names}), and {why}: keep one, and take the others away"


def _newest_alone(group: Sequence[Evidence]) -> list[Evidence]:
    """Of files that say the same the one that is dated last; the others are not in force."""
    newest = max(group, key=lambda evidence: (evidence.collected_at or _OLDEST, evidence.id))
    for evidence in group:
        evidence.in_force = evidence is newest
    return [newest]


def _same_bytes(group: Sequence[Evidence]) -> bool:
    first = group[0]
    return bool(first.sha256) and all(
        (evidence.sha256, evidence.subject, evidence.problem, evidence.code)
        == (first.sha256, first.subject, None, None)
        and "#" not in evidence.id  # records of one file share its digest
        for evidence in group
    )


def _told(given: Given, operation: Operation, evidence: Evidence) -> Told | str:
    """What one file says by itself; where it can't be read as a whole, why."""
    known = Known(Ledger())
    copy = msgspec.structs.replace(evidence, skipped={}, unread=(), unknown_types=frozenset())
    known.take(read_call(given, operation, [copy]))
    if not copy.complete or copy.unread:
        return copy.problem or next(iter(copy.unread), "not all of it is there")
    return {key: {fact: _values(words) for fact, words in told.values.items()} for key, told in known.told.items()}


def _values(words: Sequence[tuple[Any, str, Any]]) -> list[Any]:
    """Values without their dates; of what is unknown only that it is."""
    return [("unknown",) if type(value) is Unknown else ("known", value) for _, _, value in words]
