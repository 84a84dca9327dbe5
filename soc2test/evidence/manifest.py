"""`manifest.yaml` beside exports: when, by whom and with which command they were taken, and what must tie out."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import msgspec

from soc2test.errors import EvidenceError
from soc2test.evidence.times import parse_time
from soc2test.evidence.yaml_text import Lines, parse_yaml

__all__ = ["NAMES", "FileNote", "Manifest", "parse_manifest"]

NAMES = ("manifest.yaml", "manifest.yml")
_HEAD = {"collected_at", "collector", "files", "nonce", "note", "witness"}
_FILE = {"collected_at", "collector", "command", "complete", "records", "sha256", "note"}


class FileNote(msgspec.Struct, frozen=True):
    """What a manifest says of one file."""

    collected_at: datetime | None = None
    records: int | None = None
    sha256: str | None = None
    complete: bool | None = None
    """true where whoever collected it followed the pages of a list to the last one"""
    command: str | None = None
    """with all its parameters, as it was typed; what it filters stands in it"""
    collector: str | None = None
    """the tool and the identity that collected it, in one text"""

    def beside(self, other: "FileNote") -> "FileNote":
        """This note, and where it is silent the other one's word."""
        records = other.records if self.records is None else self.records
        complete = other.complete if self.complete is None else self.complete
        return FileNote(
            self.collected_at or other.collected_at,
            records,
            self.sha256 or other.sha256,
            complete,
            self.command or other.command,
            self.collector or other.collector,
        )


class Manifest(msgspec.Struct, frozen=True):
    """A manifest: the default date of all files below its folder, and notes by path relative to it."""

    folder: PurePosixPath
    collected_at: datetime | None = None
    files: Mapping[str, FileNote] = msgspec.field(default_factory=dict)
    collector: str | None = None
    """of the files that name none"""


def parse_manifest(data: bytes, path: PurePosixPath, shown: str = "") -> Manifest:
    """The manifest in `data`. Raises `EvidenceError` with the line for unknown keys and wrong types."""
    value, lines = parse_yaml(data, shown or str(path))
    reader = _Reader(shown or str(path), lines)
    head = reader.mapping(value, (), _HEAD)
    listed = head.get("files")  # [] or false is no mapping: somebody meant to name files, and none would be checked
    files = reader.mapping({} if listed is None else listed, ("files",), None)
    notes: dict[str, FileNote] = {}
    for name, note in files.items():
        plain = str(PurePosixPath(name))  # "./a.json" is a.json: a note that meets no file would check nothing
        if plain in notes:
            raise reader.error(("files", name), "a file is named twice")
        notes[plain] = reader.note(note, ("files", name))
    return Manifest(path.parent, reader.time(head, ()), notes, _who(head.get("collector")))


class _Reader:
    def __init__(self, file: str, lines: Lines) -> None:
        self._file, self._lines = file, lines

    def error(self, path: tuple[str | int, ...], text: str) -> EvidenceError:
        return EvidenceError(self._file, text, place=f"line {self._lines.get(path, 1)}")

    def mapping(self, value: Any, path: tuple[str | int, ...], allowed: set[str] | None) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.error(path, "a mapping is needed here")
        for key in value:
            if allowed is not None and key not in allowed:
                other = "" if path else "; a manifest of something else needs another name"
                raise self.error((*path, key), f"an unknown key; allowed are {', '.join(sorted(allowed))}{other}")
        return value

    def time(self, value: dict[str, Any], path: tuple[str | int, ...]) -> datetime | None:
        try:
            return parse_time(value.get("collected_at"))
        except ValueError:
            raise self.error((*path, "collected_at"), "collected_at is no time") from None

    def note(self, value: Any, path: tuple[str | int, ...]) -> FileNote:
        note = self.mapping(value, path, _FILE)
        records, digest = note.get("records"), note.get("sha256")
        if records is not None and (not isinstance(records, int) or isinstance(records, bool) or records < 0):
            raise self.error((*path, "records"), "records is a number, 0 or more")
        if digest is not None and not (isinstance(digest, str) and digest):
            raise self.error((*path, "sha256"), "sha256 is a hex digest")
        complete = note.get("complete")
        if complete is not None and not isinstance(complete, bool):
            raise self.error((*path, "complete"), "complete is true or false")
        command, collector = note.get("command"), _who(note.get("collector"))
        return FileNote(
            self.time(note, path), records, digest, complete, command if isinstance(command, str) else None, collector
        )


def _who(value: Any) -> str | None:
    """The tool and the identity that collected, as one text; a mapping's texts in its order."""
    if isinstance(value, dict):
        value = ", ".join(str(each) for each in value.values() if isinstance(each, str | int | float))
    return value if isinstance(value, str) and value.strip() else None
