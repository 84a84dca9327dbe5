"""Counts and digests of what was collected, for the manifest: a file that is cut later is seen by them.

First when, by whom and with what, and the digest; then, read as a run reads it, how many records each file holds. What
contradicts the journal, or does not tie out, is refused and named.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from soc2test.cli.here import Here
from soc2test.evidence.journal import NAME, SCRIPT, Line, lines, sealed, written_from
from soc2test.evidence.manifest_text import manifest_of, read_manifest, write_manifest
from soc2test.evidence.record import Evidence
from soc2test.finding.file_names import by_path
from soc2test.reports.secret_values import redact

__all__ = ["Sealed", "seal", "seal_rest"]

_NOT_REPEATED = "its name holds what looks like a secret, which a manifest does not repeat"
Note = dict[str, Any]
Read = Callable[[], Iterable[Evidence]]
"""Reads the exports, as they and their manifest are now."""


@dataclass
class Sealed:
    """The files that the manifest now holds to, and what was refused, each with the reason."""

    files: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def seal(
    exports: Path,
    here: Here,
    read: Read,
    tool: str = SCRIPT,
    first: int | None = None,
    chosen: Mapping[str, str] = MappingProxyType({}),
) -> Sealed:
    """Take over what a tool of ours wrote since the last time, or from a line of the journal on.

    Raises `EvidenceError`, `OSError`.

    `chosen` is what somebody else chose before any of it was collected (nonce, witness): each file bears it.
    """
    journal = lines(exports)
    written = journal[sealed(journal) :] if first is None else written_from(journal, first)
    last = {line.file: line for line in written}
    done = Sealed()
    notes: dict[str, Note | None] = {}
    for file, line in last.items():
        if line.how == "gone":
            notes[file] = None
        elif (wrong := _contradiction(exports, line)) is not None:
            done.refused.append((file, wrong))
        else:
            notes[file] = _note(exports, line, here, {"tool": tool, **chosen})
    _enter(exports, notes, read, done)
    if last:
        _close(exports, journal[-1])
    return done


def seal_rest(exports: Path, collector: str, read: Read) -> Sealed:
    """Hold the manifest to all files that it names no digest of. Raises `EvidenceError`, `OSError`."""
    value = read_manifest(manifest_of(exports))
    known = {name for name, note in (value.get("files") or {}).items() if note and "sha256" in note}
    done = Sealed()
    notes: dict[str, Note | None] = {}
    for each in read():
        if not each.ties_out:
            done.refused.append((each.path, each.problem or "does not tie out"))
        elif redact(each.path) != each.path:
            done.refused.append((each.path, _NOT_REPEATED))
        elif "!" not in each.path and each.path not in known and (exports / each.path).is_file():
            notes[each.path] = {"collector": {"identity": collector}} if collector else {}
            notes[each.path]["sha256"] = _digest(exports / each.path)  # type: ignore[index]  # made a line above
    _enter(exports, notes, read, done)
    return done


def _contradiction(exports: Path, line: Line) -> str | None:
    path = exports / line.file
    if redact(line.file) != line.file:
        return _NOT_REPEATED
    if not path.is_file():
        return "was collected and is gone"
    if line.sha256 not in ("-", _digest(path)):
        return "was changed after it was collected: collect it again"
    return None


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _note(exports: Path, line: Line, here: Here, collector: Mapping[str, str]) -> Note:
    note: Note = {
        "collected_at": line.time,
        "collector": {**collector, **({"identity": redact(line.who)} if line.who else {})},
        "command": redact(line.command),
        "sha256": _digest(exports / line.file),
    }
    if line.how == "ok" and _followed(line, here):
        note["complete"] = True
    return note


def _followed(line: Line, here: Here) -> bool:
    """Whether all pages of a list were followed, by the script or by the tool itself."""
    path = PurePosixPath(line.file)
    source = here.plugins.sources.get(path.parts[0])
    claim = by_path(str(path), source) if source is not None else None
    if source is None or claim is None:
        return False
    collecting = source.collecting
    by_script = bool(collecting.follow) and line.command.startswith(f"follow_{collecting.follow} ")
    return by_script or (bool(collecting.follows) and f" {collecting.follows} " in f" {line.command} ")


def _enter(exports: Path, notes: Mapping[str, Note | None], read: Read, done: Sealed) -> None:
    """Write the notes, read by them, and add what was counted."""
    if not notes:
        return
    _merge(exports, notes)
    counted: dict[str, int] = {}
    for each in read():
        note = notes.get(each.path)
        if note is None:
            continue
        if not each.ties_out:
            done.refused.append((each.path, each.problem or "does not tie out"))
        elif each.claimed_by == "record":
            counted[each.path] = counted.get(each.path, 0) + 1
        elif _is_counted(each):
            counted[each.path] = each.records
    for file, records in counted.items():
        notes[file]["records"] = records  # type: ignore[index]  # it has a note, or would not be counted
    _merge(exports, notes)
    refused = {file for file, _ in done.refused}
    done.files += [file for file, note in notes.items() if note is not None and file not in refused]


def _is_counted(each: Evidence) -> bool:
    return each.in_force and each.code is None and each.records >= 0 and each.problem is None and each.gap is None


def _merge(exports: Path, notes: Mapping[str, Note | None]) -> None:
    path = manifest_of(exports)
    value = read_manifest(path)
    files = {str(PurePosixPath(name)): note for name, note in (value.get("files") or {}).items()}
    for file, note in notes.items():
        files.pop(file, None)
        if note is not None:
            files[file] = note
    write_manifest(path, {**value, "files": files})


def _close(exports: Path, last: Line) -> None:
    with (exports / NAME).open("a", encoding="utf-8") as journal:
        journal.write("\t".join((last.time, "sealed", "-", "", "", "")) + "\n")
