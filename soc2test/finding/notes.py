"""What manifests say of files: the notes of all that lie above one, the nearest first."""

from datetime import datetime
from pathlib import PurePosixPath

import msgspec

from soc2test.errors import EvidenceError
from soc2test.evidence.files import Found
from soc2test.evidence.manifest import FileNote, Manifest
from soc2test.evidence.record import Evidence

__all__ = ["Noted", "Notes", "mismatch", "tie_out"]

Noted = tuple[FileNote, datetime | None]
"""What manifests say of a file, and the default date."""
_SILENT = FileNote()


class Notes(msgspec.Struct):
    """The manifests of an exports folder."""

    manifests: dict[tuple[PurePosixPath | None, PurePosixPath], Manifest] = msgspec.field(default_factory=dict)
    """archive (None: beside the files) and folder -> what is said there"""
    above: dict[tuple[PurePosixPath | None, str], list[tuple[PurePosixPath | None, Manifest]]] = msgspec.field(
        default_factory=dict
    )
    """archive and folder -> the manifests above it, each with the archive that it is of; known once all are read"""

    def keep(self, found: Found, manifest: Manifest) -> bool:
        """Keep what the manifest in a file says; False where another one of the same folder says something else."""
        return self.manifests.setdefault((found.archive, manifest.folder), manifest) == manifest

    def of(self, found: Found) -> Noted:
        """What the manifests above a file say of it, the nearest first, and the nearest one's default date.

        One in the file's own archive goes before one beside the archive.
        """
        above = self._above(found.archive, found.folder)
        if not above:
            return _SILENT, None
        note = _SILENT
        for _, manifest in above:
            said = _note(manifest, found.place) if manifest.files else _SILENT
            note = note.beside(said.beside(FileNote(collector=manifest.collector)))
        return note, _default(above[0][1], found, above[0][0])

    def _above(self, archive: PurePosixPath | None, folder: str) -> list[tuple[PurePosixPath | None, Manifest]]:
        """The manifests that speak of files in a folder: there are many files in one, and few manifests."""
        if (archive, folder) not in self.above:
            inner = PurePosixPath(folder)
            self.above[archive, folder] = [
                (of, manifest)
                for of in dict.fromkeys((archive, None))
                for each in (inner, *inner.parents)
                if (manifest := self.manifests.get((of, each))) is not None
            ]
        return self.above[archive, folder]


def _note(manifest: Manifest, place: str) -> FileNote:
    """What is said of a file below the manifest's folder."""
    folder = str(manifest.folder)
    return manifest.files.get(place if folder == "." else place.removeprefix(f"{folder}/"), _SILENT)


def _default(manifest: Manifest, found: Found, archive: PurePosixPath | None) -> datetime | None:
    """The date of a file that is not named: that of the archive it is in, where the manifest beside that has one."""
    if found.archive is None or archive is not None or manifest.folder not in found.archive.parents:
        return manifest.collected_at
    return _note(manifest, str(found.archive)).collected_at or manifest.collected_at


def mismatch(note: FileNote, sha256: str, records: int | None = None) -> str | None:
    """What does not tie out with the manifest."""
    if note.sha256 and note.sha256.lower() != sha256:
        return "is not the file that the manifest names: another SHA-256"
    if note.records is not None and records is not None and note.records != records:
        return f"holds {records} records where its manifest says {note.records}"
    return None


def tie_out(evidence: Evidence, note: FileNote) -> None:
    if (wrong := mismatch(note, evidence.sha256)) is not None:
        evidence.ties_out = False
        raise EvidenceError(evidence.path, wrong)
    evidence.expected = note.records
