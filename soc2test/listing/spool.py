"""Rows as they come, kept until it is known what was found: few in memory, many in a file.

What stands in them passed no veil yet: the folder is a private one, and none that anybody publishes.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from itertools import chain
from pathlib import Path

from soc2test.controls.control import Control
from soc2test.errors import Soc2Error
from soc2test.listing.blocks import Block, packed, unpacked
from soc2test.listing.rows import Rows
from soc2test.resources.resource import Resource

__all__ = ["Spool"]

_TOGETHER = 500
"""members that become lines at once; most populations are smaller, and their lines stay in memory"""


class _Kept:
    """What is kept of one control."""

    def __init__(self, rows: Rows, broken: str) -> None:
        self.rows, self.broken = rows, broken
        self.waiting: list[Resource] = []
        self.block: Block | None = None

    def pack(self) -> None:
        """Make lines of the members that wait."""
        if self.waiting:
            self.block = self.rows.block(self.waiting)
            self.waiting.clear()


class Spool:
    """The members of the controls that this process, or a worker of it, evaluates."""

    def __init__(self, folder: Path, *, shared: bool = False) -> None:
        """`shared`: another process finishes the lists, and finds in files what this one kept."""
        self._folder, self._shared = folder, shared
        self._kept: dict[str, _Kept] = {}

    def sink(
        self, control: Control, nature: Callable[[str], str], zone: tzinfo
    ) -> Callable[[Sequence[Resource]], None]:
        """What is told the members of a control's population; what was kept of it before is forgotten.

        It never raises `OSError`: what the disk refuses is told when the list is made, and no verdict is lost for it.
        """
        id = control.id
        kept = self._kept[id] = _Kept(Rows(control, nature, zone), self._forget(id))

        def take(resources: Sequence[Resource]) -> None:
            kept.waiting.extend(resources)
            if len(kept.waiting) > _TOGETHER:
                self._spill(id)

        return take

    def hand_on(self) -> None:
        """In a worker: everything into files, an empty one for what was tested over nothing."""
        for id in self._kept if self._shared else ():
            self._spill(id)

    def blocks(self, id: str, expected: int) -> Iterator[Block]:
        """The members of a control, `expected` of them: several workers may have evaluated it, one may have crashed.

        Raises `Soc2Error` where they are not all there.
        """
        if id in self._kept:
            kept = self._kept[id]
            kept.pack()
            if kept.broken:
                raise Soc2Error(f"{id}: its population can't be listed: {kept.broken}")
            file = self._file(id)
            return chain(_read(file) if file.is_file() else (), [kept.block] if kept.block is not None else ())
        for file in sorted(self._folder.glob(f"*/{id}.blocks")):
            if sum(len(block.ids) for block in _read(file)) == expected:
                return _read(file)
        raise Soc2Error(f"{id}: its population can't be listed: it was evaluated where this process can't read it")

    def _forget(self, id: str) -> str:
        """Take away what was kept of a control before; why that can't be done, "" where it is."""
        try:
            self._file(id).unlink(missing_ok=True)
        except OSError as error:
            return error.strerror or type(error).__name__
        return ""

    def _spill(self, id: str) -> None:
        kept = self._kept[id]
        kept.pack()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with open(self._file(id), "a", encoding="ascii") as file:
                file.write(f"{packed(kept.block)}\n" if kept.block is not None else "")
        except OSError as error:
            kept.broken = error.strerror or type(error).__name__
        kept.block = None

    def _file(self, id: str) -> Path:
        return self._folder / f"{id}.blocks"


def _read(file: Path) -> Iterator[Block]:
    with open(file, encoding="ascii") as spilled:
        yield from map(unpacked, spilled)
