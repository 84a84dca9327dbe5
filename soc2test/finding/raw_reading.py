"""One raw export read from its file: parsed, dated, and held against what the manifests say of it."""

from collections.abc import Mapping
from datetime import UTC, tzinfo

import msgspec

from soc2test.errors import EvidenceError, PluginError, UnknownFact
from soc2test.evidence.content import HEAD, data_suffix, read
from soc2test.evidence.csv_text import TABLES
from soc2test.evidence.files import Found
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import Evidence, bodies
from soc2test.evidence.table_map import TableMap
from soc2test.finding.claims import begins_as_records, may_hold_records
from soc2test.finding.late_records import are_records
from soc2test.finding.not_an_export import is_page, other_text
from soc2test.finding.notes import Noted, tie_out
from soc2test.finding.own_dates import date_by_both
from soc2test.finding.suggested import command
from soc2test.sources.source import Source

__all__ = ["ReadBy", "read_raw"]


class ReadBy(msgspec.Struct, frozen=True, kw_only=True):
    """What soc2.yaml says of reading files."""

    limits: ReadLimits
    zone: tzinfo = UTC
    """where people live who date exports by hand"""
    tables: Mapping[tuple[str, str], TableMap] = msgspec.field(default_factory=dict)
    """source and operation -> which columns of its tables are which keys"""


def read_raw(found: Found, evidence: Evidence, source: Source, noted: Noted, told: ReadBy) -> bool:
    """Fill `evidence` with what the file holds; False where that are evidence records, which are read otherwise.

    What is wrong with the file is written into the evidence.
    """
    try:
        return _read(found, evidence, source, noted, told)
    except EvidenceError as error:
        _failed(evidence, error, source, _raw_text(found, told.limits))
        return True
    except PluginError as error:  # it can't say which columns tell its table
        evidence.body, evidence.problem, evidence.complete = None, str(error), False
        evidence.gap = (error.code, str(error))
        return True


def _read(found: Found, evidence: Evidence, source: Source, noted: Noted, told: ReadBy) -> bool:
    operation, (note, default) = source.operations[evidence.operation], noted
    content = read(found, told.limits)
    if may_hold_records(found.name) and begins_as_records(content.data):
        return False
    evidence.sha256 = content.sha256
    # of JSON the parser says so itself, with the place
    if data_suffix(found.name) in TABLES and is_page(content.data[:HEAD].decode("utf-8", "replace")):
        raise EvidenceError(evidence.path, "is a web page")
    head = operation.head(told.tables.get((source.name, operation.name)))
    evidence.body = bodies(content, found.name, found.shown, told.limits, documents=operation.documents, head=head)
    if are_records(evidence.body):
        return False
    evidence.followed = note.complete is True
    if note.complete is False:
        evidence.declared_complete = False
    # a day without a time begins where people live who write it down
    date_by_both(evidence, operation.dated, note.collected_at, default, told.zone if source.local_days else UTC)
    tie_out(evidence, note)
    return True


def _failed(evidence: Evidence, error: EvidenceError, source: Source, text: str) -> None:
    """An export that is no data may be a vendor's error text: that is evidence of a failed call."""
    evidence.body = None
    try:
        info = source.failure(text)
    except (PluginError, UnknownFact) as broke:
        evidence.problem, evidence.complete = f"{error.text}; and {broke}", False
        evidence.gap = ("plugin", evidence.problem)
        return
    if info is not None:
        evidence.code, evidence.http = info.code, info.http
        return
    again = command(source.operations[evidence.operation], evidence.subject)
    looks = other_text(text, evidence.path, again) if evidence.ties_out else None
    evidence.problem = f"{error.place}: {looks or error.text}" if error.place else looks or error.text
    evidence.complete = False


def _raw_text(found: Found, limits: ReadLimits) -> str:
    try:
        return read(found, limits).data[:HEAD].decode("utf-8", "replace")
    except EvidenceError:
        return ""
