"""A folder that shows one snapshot after the other: what does not change between two of them is not written again."""

import os
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from soc2test.evidence.files import Held
from soc2test.store.blobs import Piece
from soc2test.store.chain import Store
from soc2test.store.listing import EXPORTS, PROGRAMME, Kept
from soc2test.store.objects import StoreError
from soc2test.store.records import Record
from soc2test.store.restoring import place_in

__all__ = ["WorkingCopy"]

_NOT_ASKED = (f"{PROGRAMME}/policies/", f"{PROGRAMME}/plugins/")
"""How something is tested is today's to say; what was promised then, and the evidence, are the snapshot's."""


_JSON = (".json", ".ndjson", ".jsonl")


class WorkingCopy:
    """The files of one snapshot at a time, as a programme with its exports."""

    def __init__(self, folder: Path, *, holds: bool = False) -> None:
        """Where it `holds` large files, these lie in memory, and in their place one of their size that nobody reads."""
        self.folder, self._holds = folder, holds
        self._shown: dict[str, str] = {}
        self._held: dict[str, Held] = {}
        """the files of several pieces, by their places: nobody need read them again"""
        self._pieces: dict[str, dict[str, slice]] = {}
        """of the same files, where each piece lies: what the next version shares with this one is not read again"""

    def show(self, store: Store, record: Record) -> None:
        """Make it the files of `record`. Raises `StoreError` where a piece is missing or is not what it was."""
        files = [file for file in store.files(record) if not file.path.startswith(_NOT_ASKED)]
        wanted = {place_in(file): file for file in files}
        for place in self._shown.keys() - wanted.keys():
            (self.folder / place).unlink()
            self._pieces.pop(place, None)
            self._held.pop(place, None)
            self._clear(self.folder / place)
        for place, file in wanted.items():
            if self._shown.get(place) != file.stored.sha256:
                self._write(place, store, file)
        self._shown = {place: file.stored.sha256 for place, file in wanted.items()}

    def held(self) -> dict[str, Held]:
        """The bytes of the large files that are shown, by their paths."""
        return {str(self.folder / place): held for place, held in self._held.items()}

    def _clear(self, gone: Path) -> None:
        """Remove folders that are left empty: another snapshot may have a file of that name."""
        for parent in gone.parents:
            if parent == self.folder or any(parent.iterdir()):
                return
            parent.rmdir()

    def _write(self, place: str, store: Store, file: Kept) -> None:
        target = self.folder / place
        whole = store.put_together(file.stored, self._at_hand(place))
        try:
            os.makedirs(target.parent, exist_ok=True)
            if self._holds and _may_be_held(file):
                with target.open("ab") as place_holder:  # to write a large file once more costs as much as to read it
                    place_holder.truncate(len(whole.content))
            else:
                target.write_bytes(whole.content)
        except OSError as error:
            raise StoreError(f"{file.path} can't be written to a temporary folder: {error.strerror}") from None
        parts = file.stored.pieces
        self._pieces[place] = _places(parts, whole.lengths) if len(parts) > 1 else {}
        if _may_be_held(file):
            self._held[place] = Held(whole.content, file.stored.sha256)
        else:
            self._held.pop(place, None)

    def _at_hand(self, place: str) -> dict[str, Piece]:
        """The pieces of the version that is shown, by their digests."""
        if place not in self._held:
            return {}
        content = memoryview(self._held[place].data)
        return {digest: content[where] for digest, where in self._pieces[place].items()}


def _may_be_held(file: Kept) -> bool:
    """A large export of JSON alone: archives, documents and the programme's files are opened where they lie."""
    return len(file.stored.pieces) > 1 and file.path.startswith(f"{EXPORTS}/") and file.path.lower().endswith(_JSON)


def _places(digests: Sequence[str], lengths: Sequence[int]) -> dict[str, slice]:
    """Where each piece lies in the whole."""
    ends = accumulate(lengths)
    return {digest: slice(end - length, end) for digest, length, end in zip(digests, lengths, ends, strict=True)}
