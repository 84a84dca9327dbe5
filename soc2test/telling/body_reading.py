"""The body of one export as its reading function gets it; a failed call, or one that can't be read, has none."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

import msgspec

from soc2test.errors import EvidenceError, PluginError, UnknownFact
from soc2test.evidence.documents import Documents
from soc2test.evidence.record import EMPTY, Evidence
from soc2test.evidence.redacted import shown
from soc2test.evidence.schema_violations import Violation
from soc2test.evidence.tables import faults_of, rows_of, sheet_of
from soc2test.finding.suggested import command
from soc2test.sources.context import Context
from soc2test.sources.source import Source
from soc2test.telling.call_record import CallRecord
from soc2test.telling.pages import NOTHING
from soc2test.telling.violations import told as words_of
from soc2test.telling.violations import without, wrong_in

__all__ = ["Given", "body_of", "broken"]


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What reading a call rests on beside its exports: the same for all calls of a run."""

    sources: Mapping[str, Source]
    as_of: datetime
    undated: datetime | None = None
    """the moment that undated evidence stands for"""
    zone: tzinfo = UTC
    documents: Documents = msgspec.field(default_factory=lambda: Documents(None))

    def moment(self, evidence: Evidence) -> datetime | None:
        """When it was true: undated evidence stands for the moment given."""
        return evidence.collected_at or self.undated


def body_of(given: Given, record: CallRecord, evidence: Evidence) -> Any:
    """What the reading function gets, or `NOTHING` where the call failed."""
    operation, source = record.operation, given.sources[record.operation.source]
    if evidence.problem is not None:
        return _nothing(record, evidence, evidence.gap[0] if evidence.gap else "unreadable", evidence.problem)
    if evidence.code is None and evidence.body is not EMPTY:
        try:
            info = source.failure(evidence.body)
        except (PluginError, UnknownFact) as error:
            return broken(record, evidence, error)
        if info is not None:
            evidence.code, evidence.http = shown(str(info.code)), info.http
    if evidence.code is not None:
        return _error(record, evidence, source)
    body = evidence.body
    if body is EMPTY:
        if operation.empty is None:
            again = command(operation, evidence.subject)
            text = f"is empty: the export broke off before it wrote anything; export `{again}` again"
            return _nothing(record, evidence, "empty", text)
        body = operation.empty
    elif body is None:  # to the reading function None means an error that is an answer
        return _nothing(record, evidence, "unreadable", "holds null where data should be")
    one = operation.documents and not isinstance(body, list)
    return _checked(given, record, evidence, [body] if one else body)


def broken(record: CallRecord, evidence: Evidence, error: PluginError | UnknownFact) -> Any:
    """A function of the plugin broke on an export, or met something unknown in it: that is no data either."""
    if isinstance(error, UnknownFact):
        return _nothing(record, evidence, "unreadable", error.reason)
    record.broke(f"{evidence.id}: {error}")
    return _nothing(record, evidence, "plugin", str(error))


def _nothing(record: CallRecord, evidence: Evidence, code: str, text: str) -> Any:
    record.fail(evidence, code, text)
    return NOTHING


def _error(record: CallRecord, evidence: Evidence, source: Source) -> Any:
    operation = record.operation
    codes = {str(evidence.code), str(evidence.http), str(evidence.message)}
    if codes & set(operation.absent):
        record.note(evidence)
        return None
    if codes & source.denied:
        again = command(operation, evidence.subject)
        text = f"was denied ({evidence.code}): let the exporting identity call it, and export `{again}`"
        return _nothing(record, evidence, "denied", text)
    return _nothing(record, evidence, "failed", f"holds a failed call ({evidence.code}), no data: export it again")


def _checked(given: Given, record: CallRecord, evidence: Evidence, body: Any) -> Any:
    """The body that is read: prepared, without what is wrong in it, and arranged."""
    operation = record.operation
    cells = faults_of(evidence.body)
    if operation.taken_as_it_is and not cells:
        return body
    context = Context(
        as_of=given.as_of,
        collected_at=given.moment(evidence),
        zone=given.zone,
        rows=tuple(rows_of(evidence.body)),
        file=evidence.id,
        sheet=sheet_of(evidence.body),
    )
    try:
        body = operation.prepared(body)
        wrong = wrong_in(operation, body, context, cells)
        right, left = without(operation, body, wrong, context) if wrong else (body, context)
        made = right if right is NOTHING else operation.arranged(right, left)
    except EvidenceError as error:
        return _nothing(record, evidence, "unreadable", error.text)
    except (PluginError, UnknownFact) as error:  # the schema may ask for the content of a secret
        return broken(record, evidence, error)
    if wrong:
        _refuse(record, evidence, wrong)
    return made


def _refuse(record: CallRecord, evidence: Evidence, wrong: list[Violation]) -> None:
    operation = record.operation
    said = words_of(operation, evidence.body, wrong)
    record.problems += [f"{evidence.id}: {text}" for text in said]
    more = "" if operation.schema is None else f"; `soc2test schema {operation.name}` prints what is allowed"
    record.fail(evidence, "unreadable", f"{'; '.join(said)}{more}")
