"""The entries of subservice.yaml as frozen records, each with its place. None: a fact that the file does not tell."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from soc2test.exceptions.records import Place

__all__ = [
    "LETTER_MONTHS",
    "BridgeLetter",
    "Inclusive",
    "Months",
    "NamedFile",
    "Noted",
    "OwnUserEntityControl",
    "Report",
    "SubserviceOrganisation",
    "UserEntityControl",
    "documents_named",
]

LETTER_MONTHS = 3
"""months after a report's end for which a letter is shown, by the tool's default"""


class NamedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A document by its path, relative to the programme root, and the SHA-256 of its bytes."""

    file: str
    sha256: str


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """A deviation of a report that touches us, and our answer to it."""

    text: str
    answer: str | None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report on an organisation. Only one of type `soc2_type2` can cover days."""

    type: str
    auditor: str | None
    auditor_opinion: str | None
    auditor_opinion_about: tuple[str, ...] | None
    first: date | None
    last: date | None
    services: tuple[str, ...] | None
    regions: tuple[str, ...] | None
    categories: tuple[str, ...] | None
    document: NamedFile | None
    exceptions: tuple[Noted, ...] | None
    place: Place


class BridgeLetter(msgspec.Struct, frozen=True, kw_only=True):
    """The organisation's own statement for the days after a report."""

    first: date
    last: date
    document: NamedFile | None
    place: Place


class Months(msgspec.Struct, frozen=True, kw_only=True):
    """For how many months after a report a letter is shown, and what allows more than the tool's default."""

    value: int
    clause: str | None
    approved_by: str | None
    place: Place


class Inclusive(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind the inclusive method: its word in writing, its evidence, its people."""

    assertion: NamedFile
    sources: Mapping[str, Mapping[str, tuple[str, ...]]]
    """source -> scope level in the plural -> values that are the organisation's"""
    owners: tuple[str, ...]
    """e-mail addresses"""


class UserEntityControl(msgspec.Struct, frozen=True, kw_only=True):
    """What a report expects of us, and the ids of our tests and controls that do it."""

    id: str
    text: str
    controls: tuple[str, ...]
    place: Place


class SubserviceOrganisation(msgspec.Struct, frozen=True, kw_only=True):
    """A vendor whose controls are needed, with ours, for criteria or commitments."""

    id: str
    """in the register of vendors"""
    method: str
    criteria: tuple[str, ...]
    commitments: tuple[str, ...]
    services: tuple[str, ...]
    regions: tuple[str, ...]
    """those that we use; none where it has none"""
    assumes: tuple[str, ...]
    monitoring: str | None
    inclusive: Inclusive | None
    reports: tuple[Report, ...]
    letters: tuple[BridgeLetter, ...]
    months: Months
    user_entity_controls: tuple[UserEntityControl, ...] | None
    place: Place


class OwnUserEntityControl(msgspec.Struct, frozen=True, kw_only=True):
    """What we expect of our own customers, and where they are told: at a URL or in a document."""

    id: str
    text: str
    criteria: tuple[str, ...]
    told_at: str | None
    document: NamedFile | None
    place: Place


def documents_named(
    organisations: Iterable[SubserviceOrganisation], own: Iterable[OwnUserEntityControl]
) -> Iterator[NamedFile]:
    """All documents that entries of subservice.yaml name."""
    for entry in organisations:
        named = [one.document for one in entry.reports] + [one.document for one in entry.letters]
        if entry.inclusive is not None:
            named.append(entry.inclusive.assertion)
        yield from (document for document in named if document is not None)
    yield from (entry.document for entry in own if entry.document is not None)
