"""Which source and operation a file belongs to: by its path, by its records, or by a plugin's word."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from soc2test.errors import EvidenceError
from soc2test.evidence import csv_text
from soc2test.evidence.content import HEAD, data_suffix, head, unpacked
from soc2test.evidence.expanding import COMPRESSED
from soc2test.evidence.files import Found
from soc2test.evidence.members import is_archive
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import RECORD
from soc2test.finding.file_names import SHEET, by_path, unpacked_path
from soc2test.finding.unclaimed import why_unclaimed
from soc2test.sources.export import Claim, Export
from soc2test.sources.source import Source

__all__ = [
    "RECORDS", "Unclaimable", "begins_as_records", "claim", "claim_by_path", "claim_of_refused", "may_hold_records",
]  # fmt: skip

RECORDS = "records"
"""A file of evidence records: each says itself what it is."""

_NO_LIMITS = ReadLimits()
_RECORD_MARK = RECORD.encode()
_OF_RECORDS = (".json", ".ndjson", ".jsonl", *COMPRESSED)


class Unclaimable(Exception):
    """No source reads the file; the text says why, and what to do."""


def claim(found: Found, sources: Mapping[str, Source], ask: Callable[[Export], Sequence[Claim]]) -> Claim | str:
    """The claim on a file, or `RECORDS`. Raises `Unclaimable`."""
    if found.refused:
        raise Unclaimable(found.refused)
    if may_hold_records(found.name) and _RECORD_MARK in head(found):
        return RECORDS
    if (own := claim_by_path(found.place, sources)) is not None:
        return own
    claims = ask(Export(unpacked_path(found.path), found.size, lambda: head(found), lambda: _headers(found)))
    if len(claims) > 1:
        raise Unclaimable(
            f"claimed by {' and '.join(sorted(each.source for each in claims))}; move it below one's folder"
        )
    if claims:
        return _known(claims[0], sources)
    raise Unclaimable(why_unclaimed(found.path, sources))


def _headers(found: Found) -> list[list[str]]:
    if data_suffix(found.name) in csv_text.TABLES:
        header = csv_text.header_of(head(found))
        return [header] if header else []
    if data_suffix(found.name) != SHEET:
        return []
    from soc2test.evidence.sheets import header_of  # noqa: PLC0415  # most runs read no spreadsheet

    try:
        return header_of(unpacked(found, _NO_LIMITS).data, found.shown)
    except EvidenceError:
        return []


def may_hold_records(name: str) -> bool:
    """True for names of files that are records where they say so at their beginning."""
    return name.lower().endswith(_OF_RECORDS)


def begins_as_records(data: bytes) -> bool:
    """The same of the content of such a file, of which the beginning alone counts."""
    return _RECORD_MARK in data[:HEAD]


def claim_by_path(place: str, sources: Mapping[str, Source]) -> Claim | None:
    """The claim of the source in whose folder a path lies; None where it names no operation of it."""
    first, slash, _ = place.partition("/")
    source = sources.get(first) if slash else None
    return None if source is None else by_path(place, source)


def claim_of_refused(
    found: Found, sources: Mapping[str, Source], ask: Callable[[Export], Sequence[Claim]]
) -> Claim | None:
    """The one call that a refused file is of, where that shows: what is wrong with one touches no other.

    None for what may hold any number of exports: an archive, a member whose name is refused, a file of records.
    """
    if not found.lost:
        return claim_by_path(found.place, sources)
    if (found.archive is not None and found.place == str(found.archive)) or is_archive(found.name):
        return None
    begins = head(replace(found, refused=""))
    if _RECORD_MARK in begins:
        return None
    own = claim_by_path(found.place, sources)
    claims = [own] if own is not None else ask(Export(unpacked_path(found.path), found.size, lambda: begins))
    fitting = [each for each in claims if each.source in sources and each.operation in sources[each.source].operations]
    if len(claims) != 1 or not fitting or sources[fitting[0].source].misshapen(fitting[0].subject):
        return None
    return fitting[0]


def _known(claim: Claim, sources: Mapping[str, Source]) -> Claim:
    source = sources.get(claim.source)
    if source is not None and (reason := source.unread.get(claim.operation)) is not None:
        raise Unclaimable(f"{source.name} reads no such operation: {claim.operation} is known and not read ({reason})")
    if claim.source not in sources or claim.operation not in sources[claim.source].operations:
        raise Unclaimable(f"a plugin claims it for {claim.source} {claim.operation!r}, which no source declares")
    return claim
