"""Registers are one file each: two files of one register that do not say the same contradict each other.

Of what a vendor exports the newest counts, since the system was asked again. A register that lies there twice was not
asked again: somebody edits one file and an automatic run copies the other, and the newer date says nothing of which.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from soc2test.evidence.record import Evidence
from soc2test.inventory.ingest import Ingest
from soc2test.inventory.ledger import Ledger
from soc2test.resources.unknown import Unknown
from soc2test.sources.source import Operation

__all__ = ["contradiction", "newest_alone"]

Told = Mapping[tuple[type, str], Mapping[str, list[Any]]]
"""By kind and id: what was told of each fact."""


def contradiction(
    operation: Operation, group: Sequence[Evidence], scratch: Callable[[Ledger], Ingest]
) -> tuple[str, str] | None:
    """Code and text of why none of several files of one call counts; None where all say the same.

    `scratch` makes an `Ingest` whose words nobody uses: what the files say is compared as facts, so that a CSV and a
    YAML file of the same entries are equal.
    """
    if len(group) == 1 or _same_bytes(group):
        return None
    names = " and ".join(sorted(evidence.id for evidence in group))
    told = [_told(operation, evidence, scratch) for evidence in group]
    if any(words is None for words in told):
        text = f"is there more than once ({names}), and not all can be read: nobody knows whether they say the same"
    elif all(words == told[0] for words in told[1:]):
        return None
    else:
        text = f"is there more than once ({names}), and the files say different things"
    return "conflict", f"{text}: keep one of them, whatever their dates, and take the others away"


def newest_alone(group: Sequence[Evidence]) -> list[Evidence]:
    """Of files that say the same the one that is dated last; the others are not in force."""
    newest = max(group, key=lambda evidence: (evidence.collected_at is not None, evidence.collected_at, evidence.id))
    for evidence in group:
        evidence.in_force = evidence is newest
    return [newest]


def _same_bytes(group: Sequence[Evidence]) -> bool:
    first = group[0]
    return bool(first.sha256) and all(
        (evidence.sha256, evidence.subject, evidence.problem, evidence.code) == (first.sha256, first.subject, None, None)
        and "#" not in evidence.id  # records of one file share its digest
        for evidence in group
    )


def _told(operation: Operation, evidence: Evidence, scratch: Callable[[Ledger], Ingest]) -> Told | None:
    """What one file says by itself; None where it can't be read as a whole."""
    ledger = Ledger()
    ingest = scratch(ledger)
    copy = msgspec.structs.replace(evidence, skipped={}, unread=[], unknown_types=set())
    ingest.call(operation, [copy])
    if not copy.complete or copy.unread:
        return None
    return {key: {fact: _values(words) for fact, words in told.values.items()} for key, told in ingest.told.items()}


def _values(words: Sequence[tuple[Any, str, Any]]) -> list[Any]:
    """Values without their dates; of what is unknown only that it is."""
    return [("unknown",) if type(value) is Unknown else ("known", value) for _, _, value in words]
