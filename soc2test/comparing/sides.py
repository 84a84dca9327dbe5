"""One side of a comparison: what a run found, from its report folder or from a record of the evidence store."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from soc2test.errors import EvidenceError
from soc2test.reports.ranges import records_text
from soc2test.store.chain import Store
from soc2test.store.listing import EXPORTS
from soc2test.store.objects import StoreError

__all__ = ["Side", "of_folder", "of_record"]

_DAY = 10
"""letters of a moment that are its day"""
_ARTIFACTS = ("controls.ndjson", "findings.ndjson", "evidence.ndjson", "matrix.json")


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """What a run found."""

    shown: str
    """as messages name it"""
    as_of: str
    """the moment that it is for"""
    complete: bool
    controls: Mapping[str, Mapping[str, Any]]
    """lines of controls.ndjson by id"""
    findings: Mapping[str, Mapping[str, Any]]
    """lines of findings.ndjson by the finding's id"""
    evidence: Mapping[str, str]
    """path of each export -> SHA-256"""
    pruned: frozenset[int] = frozenset()
    """of a period the numbers of records whose evidence was taken away"""
    packs: Mapping[str, str]
    """what tested: "plugin aws", "policies soc2test" -> digest; "soc2test" -> its version"""


def of_folder(folder: Path) -> Side:
    """A report folder. Raises `EvidenceError` where its artifacts are not those of a run that ended."""
    texts = {name: _text(folder / name) for name in _ARTIFACTS}
    matrix = _json(texts["matrix.json"], f"{folder}/matrix.json")
    if not isinstance(matrix, dict) or not str(matrix.get("schema", "")).startswith("matrix/"):
        raise EvidenceError(f"{folder}/matrix.json", "is no matrix of soc2test: name a report folder")
    if matrix.get("state") != "finished":
        raise EvidenceError(f"{folder}/matrix.json", "is of a run that has started and not ended: run it again")
    entries = _by(_lines(texts["evidence.ndjson"], f"{folder}/evidence.ndjson"), "export/", "path")
    return Side(
        shown=str(folder),
        as_of=_moment(matrix),
        complete=bool(matrix["complete"]),
        controls=_by(_lines(texts["controls.ndjson"], f"{folder}/controls.ndjson"), "control/", "id"),
        findings=_by(_lines(texts["findings.ndjson"], f"{folder}/findings.ndjson"), "finding/", "id"),
        evidence={path: entry["sha256"] for path, entry in entries.items()},
        pruned=frozenset((matrix.get("period") or {}).get("pruned", ())),
        packs=_packs(matrix["tool"]),
    )


def _moment(matrix: Mapping[str, Any]) -> str:
    period = matrix.get("period")
    return f"{period['first']}..{period['last']}" if period else str(matrix["as_of"]["time"])


def of_record(store: Store, number: int) -> Side:
    """A record of the store.

    Raises `StoreError` where it keeps no verdicts, or not as they were, or its evidence was pruned.
    """
    record = store.link(number).record
    _refuse_pruned(store, number)
    if record.verdicts is None:
        raise StoreError(f"{store.shown}: record {number} keeps no verdicts: it was recorded without a run")
    shown = f"record {number}"
    try:
        controls = _by(_lines(store.content(record.verdicts.results), shown), "control/", "id")
        findings = _by(_lines(store.content(record.verdicts.findings), shown), "finding/", "id")
    except EvidenceError as error:
        raise StoreError(f"{store.shown}: {error}") from None
    tool: Any = msgspec.to_builtins(record.tool) if record.tool is not None else {}
    return Side(
        shown=shown,
        as_of=record.verdicts.as_of,
        complete=record.verdicts.complete,
        controls=controls,
        findings=findings,
        evidence={
            file.path.partition("/")[2]: file.sha256
            for file in store.files(record)
            if file.path.startswith(f"{EXPORTS}/") and not file.path.endswith(("/manifest.yaml", "/manifest.yml"))
        },
        packs=_packs(tool),
    )


def _refuse_pruned(store: Store, number: int) -> None:
    """What a run found of each resource goes with the evidence, so that nothing is left to compare."""
    links = list(store.links())
    prunings = [link.record for link in links if link.record.pruned is not None]
    gone = {pruned: record for record in prunings if record.pruned is not None for pruned in record.pruned.numbers}
    by = gone.get(number)
    if by is None or by.pruned is None:
        return
    there = [link.head.number for link in links if link.record.verdicts is not None and link.head.number not in gone]
    left = f"{records_text(there)} can be compared" if there else "no record is left that can be compared"
    day = by.origin.recorded_at[:_DAY]
    raise StoreError(
        f"{store.shown}: the evidence of record {number} was pruned on {day} by {by.pruned.by} "
        f"(record {by.number}: {by.pruned.reason}), and what its run found of each resource with it; its verdicts are "
        f"told by `soc2test history CONTROL`; {left}"
    )


def _text(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        text = f"can't be read ({error.strerror}): name a folder that `pytest --soc2` has written, or a record's number"
        raise EvidenceError(str(file), text) from None


def _json(text: bytes, shown: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.MsgspecError:
        raise EvidenceError(shown, "is no JSON: the run that wrote it may have been killed; run it again") from None


def _lines(text: bytes, shown: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(text.splitlines(), 1):
        value = _json(line, f"{shown}: line {number}")
        if isinstance(value, dict):
            yield value


def _by(lines: Iterator[dict[str, Any]], schema: str, key: str) -> dict[str, dict[str, Any]]:
    return {line[key]: line for line in lines if str(line.get("schema", "")).startswith(schema)}


def _packs(tool: Mapping[str, Any]) -> dict[str, str]:
    found = {f"plugin {pack['name']}": pack["digest"] for pack in tool.get("plugins", ())}
    found |= {f"policies {pack['name']}": pack["digest"] for pack in tool.get("packs", ())}
    return found | ({"soc2test": tool["version"]} if tool else {})
