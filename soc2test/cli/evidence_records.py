"""What `soc2test evidence` tells, as plain records: `--format json` prints them, the tables show them."""

from collections.abc import Mapping
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from soc2test.cli.evidence_wanted import for_resources, joined, waiting
from soc2test.cli.here import Here
from soc2test.errors import UnknownFact
from soc2test.evidence.record import Evidence
from soc2test.finding.unexported import unexported
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Loaded
from soc2test.populations.population import Gap
from soc2test.reports.view import utc
from soc2test.resources.kinds import DeclaredScope, ExportedScope

__all__ = ["narrowed", "records"]

Record = dict[str, Any]
_BY_SOURCE = ("scopes_without_exports", "scopes_not_declared", "missing", "missing_for_resources", "not_tied_out")


def records(loaded: Loaded, here: Here, clock: Clock, reasons: dict[str, list[str]]) -> Record:
    """All of it: the evidence, scopes without any or not declared, missing calls and kinds, what nobody reads.

    `reasons` are those that the controls met (`evidence_wanted.met`).
    """
    exports = loaded.inventory.exports()  # first: what a stream lacks is known once it was read
    gaps = _gaps(loaded.inventory, here, reasons)
    return {
        "evidence_read": len(exports),
        "evidence": [_evidence(each, clock) for each in exports],
        "scopes_without_exports": _unexported(loaded.inventory),
        "scopes_not_declared": _undeclared(loaded.inventory, here),
        "missing": [_missing(gap, ids, here) for gap, ids in gaps.items() if gap.source is not None],
        "missing_for_resources": for_resources(loaded, here, reasons),
        "sources_to_declare": [
            {"text": gap.text, "controls": ids} for gap, ids in gaps.items() if gap.source is None
        ],
        "not_tied_out": [
            {"id": each.id, "source": each.source, "text": _problem(each)["text"]}  # type: ignore[index]  # it has one
            for each in exports
            if not each.ties_out
        ],
        "unclaimed": [{"path": each.path, "reason": each.reason} for each in loaded.unclaimed],
        "problems": list(loaded.problems),
    }  # fmt: skip


def narrowed(found: Record, source: str | None, problems: bool) -> Record:
    """Only what belongs to a source, and only what is wrong, where that is asked for."""
    kept = dict(found)
    if source is not None:
        for section in ("evidence", *_BY_SOURCE):
            kept[section] = [each for each in kept[section] if each["source"] == source]
        kept["sources_to_declare"] = []
        kept["unclaimed"] = [each for each in kept["unclaimed"] if _below(each["path"], source)]
    kept["evidence_read"] = len(kept["evidence"])
    if problems:
        kept["evidence"] = [each for each in kept["evidence"] if each["problem"] is not None]
    return kept


def _below(path: str, source: str) -> bool:
    """True in the folder of a source, also in an archive that lies above it ("all.zip!aws/x.json")."""
    return any(PurePosixPath(part).parts[:1] == (source,) for part in (path, path.partition("!")[2]))


def _evidence(each: Evidence, clock: Clock) -> Record:
    when = each.collected_at
    moment = clock.given or clock.now
    return {
        "id": each.id,
        "path": each.path,
        "source": each.source,
        "operation": each.operation,
        "subject": dict(each.subject),
        "page": each.page,
        "collected_at": utc(when) if when else None,
        "age_hours": round((moment - when).total_seconds() / 3600, 1) if when else None,
        "records": each.records if each.in_force and each.records >= 0 else None,
        "skipped": dict(sorted(each.skipped.items())),
        "unread": list(each.unread),
        "unknown_types": sorted(each.unknown_types),
        "complete": each.complete and each.in_force,
        "problem": _problem(each),
        "superseded": not each.in_force,
        "sha256": each.sha256 or None,
        "ties_out": each.ties_out,
        "claimed_by": each.claimed_by or None,  # of what is lost nothing says which call it was
    }


def _problem(each: Evidence) -> Record | None:
    if each.gap is not None:
        code, text = each.gap
        also = f"; and {each.problem}" if each.problem not in (None, text) else ""  # stale, and unreadable as well
        return {"code": code, "text": text + also}
    return {"code": "unreadable", "text": each.problem} if each.problem is not None else None


def _unexported(inventory: Inventory) -> list[Record]:
    scopes = [each for each in inventory.members(DeclaredScope) if isinstance(each, DeclaredScope)]
    return [{"source": each.origin.source, "scope": each.scope} for each in scopes if not _exported(each)]


def _exported(scope: DeclaredScope) -> bool:
    """True also where its plugin did not load: then that is what is wrong."""
    try:
        return scope.exported
    except UnknownFact:
        return True


def _undeclared(inventory: Inventory, here: Here) -> list[Record]:
    """Scopes that exports are about and soc2.yaml does not declare: a folder misnamed, or one that nobody watches.

    The scope is None where an export does not say which it is about, "" of a source that has no levels.
    """
    scopes = [each for each in inventory.members(ExportedScope) if isinstance(each, ExportedScope)]
    return [
        {
            "source": each.origin.source,
            "scope": each.scope or (None if here.plugins.sources[each.origin.source].scope else ""),
            "declared": sorted(chain.from_iterable(here.declared.get(each.origin.source, {}).values())),
            "evidence": each.origin.evidence[0],
        }
        for each in scopes
        if not each.declared
    ]


def _gaps(inventory: Inventory, here: Here, reasons: dict[str, list[str]]) -> dict[Gap, list[str]]:
    """What the populations lack that a control needs, each gap once, with the ids of the controls that wait for it."""
    direct = waiting(here)
    found: dict[Gap, list[str]] = {}
    for kind, ids in direct.items():
        for gap in inventory.gaps(kind):
            found[gap] = sorted({*found.get(gap, ()), *ids})
    for kind in joined(direct, here):  # no control asks for all of it
        for gap in inventory.gaps(kind):
            if wait := {id for text, ids in reasons.items() if gap.text in text for id in ids}:
                found[gap] = sorted({*found.get(gap, ()), *wait})
    return dict(sorted(found.items(), key=lambda each: (each[0].source or "", each[0].operation or "", each[0].text)))


def _missing(gap: Gap, ids: list[str], here: Here) -> Record:
    """A call that is missing, denied, stale or partial; command and file where it is known which call."""
    record = {
        "code": gap.code,
        "source": gap.source,
        "operation": gap.operation,
        "subject": dict(gap.at),
        "text": gap.text,
        "command": None,
        "file": None,
        "evidence": gap.evidence,
        "controls": ids,
    }
    source = here.plugins.sources.get(gap.source or "")
    if source is not None and gap.operation is not None:
        operation = source.operations[gap.operation]
        known = {**_any_of(here.declared.get(source.name, {})), **{key: value for key, value in gap.at if value}}
        call = unexported(source, operation, known)
        record |= {"command": call.line, "file": call.file}
    return record


def _any_of(declared: Mapping[str, Any]) -> dict[str, str]:
    """A value of each level: a call that is made once for all regions may lie in the folder of any."""
    return {level: values[0] for level, values in declared.items() if values}
