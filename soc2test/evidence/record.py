"""`Evidence`: one export or record with its provenance, parsed; and how it comes out of a file."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

import msgspec

from soc2test.errors import EvidenceError, UnknownFact
from soc2test.evidence import csv_text, json_text
from soc2test.evidence.content import Content, data_suffix
from soc2test.evidence.example_rows import without_examples
from soc2test.evidence.mapped_tables import applied, plan_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.redacted import Redacted, shown
from soc2test.evidence.secret_fields import without_secrets
from soc2test.evidence.sizes import check_depth, check_json, may_be_deep
from soc2test.evidence.tables import Head
from soc2test.evidence.times import parse_time
from soc2test.evidence.yaml_text import parse_documents, parse_yaml

__all__ = ["EMPTY", "RECORD", "Evidence", "bodies", "is_record", "record_of", "shown_subject"]

RECORD = "evidence/1"
_YAML = (".yaml", ".yml")
EMPTY = object()
"""The body of an export without a byte in it: what that means is the operation's to say."""

_NONE: Mapping[str, int] = MappingProxyType({})


class Evidence(msgspec.Struct):
    """One parsed export or evidence record. `code` is the vendor's error code where the call failed, else None."""

    id: str
    path: str
    source: str
    operation: str
    subject: dict[str, str]
    sha256: str
    body: Any
    collected_at: datetime | None = None
    """when its content is of: the older of what it says of itself and what is said of it"""
    dated_up_to: datetime | None = None
    """the newer of both: one that lies ahead is refused, whatever the other says"""
    page: int | None = None
    code: str | None = None
    http: int | None = None
    message: str | None = None
    """of a failed call; compared with what an operation calls an answer, never shown"""
    declared_complete: bool | None = None
    followed: bool = False
    """the manifest says that whoever collected it followed its pages to the last one"""
    expected: int | None = None
    """how many items the manifest says it holds"""
    command: str | None = None
    """with which it was collected, as the manifest says"""
    collector: str | None = None
    """who collected it with which tool, as the manifest says"""
    records: int = 0
    skipped: Mapping[str, int] = _NONE
    """how many of its items the plugin said are no resource of its kind, by the reason"""
    unread: tuple[str, ...] = ()
    """what stands in it and is not read, in words with the place"""
    unknown_types: frozenset[str] = frozenset()
    """the types of things in it that no table of the source knows"""
    complete: bool = True
    problem: str | None = None
    """why it is not complete or could not be read"""
    gone: bool = False
    """named by a manifest, and not there"""
    gap: tuple[str, str] | None = None
    """code and text of why it can't be relied on; the first reason found"""
    ties_out: bool = True
    """False where a manifest says something else of it"""
    claimed_by: str = ""
    """what says which call it is of: "path", "record", "plugin aws" (by its hook), "manifest" (that names it)"""
    nature: str = ""
    """what stands behind it: "system" or "record"; "" until that is looked up, or where its source says it"""
    stated_by: str = ""
    """the plugin that claims it for another plugin's source, or whose reading of it is none of the source's"""
    in_force: bool = True
    """False where a newer export of the same call replaces it"""


def bodies(
    content: Content, name: str, file: str, limits: ReadLimits, *, documents: bool = False, head: Head | None = None
) -> Any:
    """The parsed body of a raw file: of NDJSON a list of its values, of CSV its entries, `EMPTY` of nothing at all.

    Of an .xlsx file it is that of the sheet that `head` tells, whose map holds for a CSV as well (`tables`). With
    `documents` the body of several documents of YAML or JSON is the list of them. Without the secrets in it
    (`secret_fields`). Raises `EvidenceError` with the place.
    """
    if not content.data.strip():
        return EMPTY
    if data_suffix(name) == ".xlsx":
        from soc2test.evidence.sheets import parse_sheet  # noqa: PLC0415  # most runs read no spreadsheet

        body = parse_sheet(content.data, file, limits, head)
    else:
        body = _parsed(content.data, name, file, limits, documents, head)
        if data_suffix(name) in csv_text.TABLES and head is not None and head.map is not None:
            body = applied(body, plan_of(body["columns"], head.map, file, "row 1"))
    if head is not None:  # a table that people keep
        body = without_examples(body, file)
    if isinstance(body, list) and any(map(is_record, body)):
        return [_readable(value) for value in body]
    return _readable(body)


def _readable(value: Any) -> Any:
    """Without secrets; of a record the subject stays, since it may name a call that is about one (`shown_subject`)."""
    clean = without_secrets(value)
    return {**clean, "subject": value["subject"]} if is_record(value) and "subject" in value else clean


def shown_subject(subject: Mapping[str, str], own: Collection[str]) -> dict[str, str]:
    """The subject of a record without secrets; parts that the operation names, its `own`, are ids and stay."""
    other = {key: value for key, value in subject.items() if key not in own}
    hidden = {key: shown(value) for key, value in without_secrets(other).items()}
    return {key: hidden.get(key, value) for key, value in subject.items()}


def _parsed(data: bytes, name: str, file: str, limits: ReadLimits, documents: bool, head: Head | None) -> Any:
    suffix = data_suffix(name)
    if suffix in csv_text.TABLES:
        return csv_text.parse_csv(data, file, limits, head)
    if suffix in (".ndjson", ".jsonl"):
        return _lines(data, file, limits)
    if suffix in _YAML:
        return _of_yaml(data, file, limits, documents)
    values = json_text.parse_many(json_text.without_name(data) if suffix == ".js" else data, file)
    check_json(values, data, file, limits)
    return values if documents and len(values) > 1 else _joined(values, file)


def _of_yaml(data: bytes, file: str, limits: ReadLimits, documents: bool) -> Any:
    values = parse_documents(data, file, limits)
    if len(values) <= 1:
        return values[0] if values else None  # nothing but comments is no empty list
    if documents or all(is_record(value) for value in values):
        return values
    return parse_yaml(data, file, limits)[0]  # names the line of the second one


def _lines(data: bytes, file: str, limits: ReadLimits) -> list[Any]:
    values = []
    for number, line in json_text.lines(data):
        values.append(json_text.parse_line(line, file, number))
        if may_be_deep(line, limits.json_depth):
            check_depth(values[-1], file, limits.json_depth, f"line {number}")
    check_json(values, data, file, limits)
    return values


def _joined(values: list[Any], file: str) -> Any:
    """Concatenated pages of one call as one list; an array of arrays (`--slurp`) likewise."""
    if len(values) == 1:
        only = values[0]
        paged = isinstance(only, list) and only and all(isinstance(each, list) for each in only)
        return [item for page in only for item in page] if paged else only
    if all(isinstance(value, list) for value in values):
        return [item for value in values for item in value]
    if all(is_record(value) for value in values):
        return values
    raise EvidenceError(file, "holds several JSON documents that are no pages of one list", place="document 2")


def is_record(value: Any) -> bool:
    """True for an evidence record (design, "Evidence")."""
    version = value.get("soc2test") if isinstance(value, Mapping) else None
    return type(version) is str and version == RECORD


def _subject(told: Mapping[str, Any], file: str, place: str) -> dict[str, str]:
    """Texts, or whole numbers of those who forgot the quotes: an org of null is no org named "None"."""
    for key, each in told.items():
        if not isinstance(each, str | int) or isinstance(each, bool):
            raise EvidenceError(file, f"{key} in the subject of an evidence record is no text", place=place)
    return {key: str(each) for key, each in told.items()}


def record_of(value: Mapping[str, Any], file: str, place: str, sha256: str, id: str) -> Evidence:
    """The evidence that a record states. Raises `EvidenceError` where a key is missing or of a wrong type."""

    def need(key: str, type_: type, default: Any = msgspec.UNSET) -> Any:
        found = value.get(key, default)
        if found is msgspec.UNSET:
            raise EvidenceError(file, f"an evidence record needs the key {key}", place=place)
        if not isinstance(found, type_) or (isinstance(found, Redacted) and type_ is str):
            raise EvidenceError(file, f"{key} of an evidence record must be a {type_.__name__}", place=place)
        return found

    subject = _subject(need("subject", dict, {}), file, place)
    status = need("status", str)
    if status not in ("ok", "error"):
        raise EvidenceError(file, "status of an evidence record is ok or error", place=place)
    if status == "ok":
        need("body", object)
        if value.get("error") is not None:
            raise EvidenceError(file, "an evidence record says ok and names an error; it can't be both", place=place)
    error = need("error", dict) if status == "error" else {}
    collected_at = _time(value.get("collected_at"), file, place)
    complete = value.get("complete")
    if complete is not None and not isinstance(complete, bool):
        raise EvidenceError(file, "complete of an evidence record is true or false", place=place)
    return Evidence(
        id, file, need("source", str), need("operation", str), subject,
        sha256, value.get("body"), collected_at,
        code=shown(str(error.get("code") or error.get("http") or "error")) if status == "error" else None,
        http=error.get("http") if isinstance(error.get("http"), int) else None,
        message=shown(error["message"]) if isinstance(error.get("message"), str) else None,
        declared_complete=complete,
    )  # fmt: skip


def _time(value: Any, file: str, place: str) -> datetime | None:
    try:
        return parse_time(value)
    except (ValueError, UnknownFact):  # what was replaced by its name is none either
        raise EvidenceError(file, "collected_at is no time", place=place) from None
