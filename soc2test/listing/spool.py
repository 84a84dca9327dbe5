"""Rows as they come, kept until it is known what was found: few in memory, many in a file.

What stands in them passed no veil yet: the folder is a private one, and none that anybody publishes.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from itertools import chain
from pathlib import Path

from soc2test.controls.control import Control
from soc2test.errors import Soc2Error
from soc2test.listing.rows import Row, Rows
from soc2test.resources.resource import Resource

__all__ = ["Spool"]

_IN_MEMORY = 256
"""rows of a control: most populations are smaller, and a run has hundreds of them"""


class Spool:
    """The rows of the controls that this process, or a worker of it, evaluates."""

    def __init__(self, folder: Path, *, shared: bool = False) -> None:
        """`shared`: another process finishes the lists, and finds in files what this one kept."""
        self._folder, self._shared = folder, shared
        self._few: dict[str, list[Row]] = {}
        self._broken: dict[str, str] = {}

    def sink(
        self, control: Control, nature: Callable[[str], str], zone: tzinfo
    ) -> Callable[[Sequence[Resource]], None]:
        """What is told the members of a control's population; what was kept of it before is forgotten.

        It never raises `OSError`: what the disk refuses is told when the list is made, and no verdict is lost for it.
        """
        rows, kept, id = Rows(control, nature, zone), list[Row](), control.id
        self._few[id] = kept
        self._broken.pop(id, None)
        try:
            self._file(id).unlink(missing_ok=True)
        except OSError as error:
            self._broken[id] = error.strerror or type(error).__name__

        def take(resources: Sequence[Resource]) -> None:
            kept.extend(rows.of(resources))
            if len(kept) > _IN_MEMORY:
                self._spill(id)

        return take

    def hand_on(self) -> None:
        """In a worker: everything into files, an empty one for what was tested over nothing."""
        for id in self._few if self._shared else ():
            self._spill(id)

    def rows(self, id: str, expected: int) -> Iterator[Row]:
        """The rows of a control, `expected` of them: several workers may have evaluated it, and one may have crashed.

        Raises `Soc2Error` where they are not all there.
        """
        if id in self._broken:
            raise Soc2Error(f"{id}: its population can't be listed: {self._broken[id]}")
        if id in self._few:
            file = self._file(id)
            spilled = _read(file) if file.is_file() else ()
            return chain(spilled, self._few[id])
        for file in sorted(self._folder.glob(f"*/{id}.csv")):
            if sum(1 for _ in _read(file)) == expected:
                return _read(file)
        raise Soc2Error(f"{id}: its population can't be listed: it was evaluated where this process can't read it")

    def _spill(self, id: str) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with open(self._file(id), "a", encoding="utf-8", errors="surrogatepass", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(self._few[id])
        except OSError as error:
            self._broken[id] = error.strerror or type(error).__name__
        self._few[id].clear()

    def _file(self, id: str) -> Path:
        return self._folder / f"{id}.csv"


def _read(file: Path) -> Iterator[Row]:
    with open(file, encoding="utf-8", errors="surrogatepass", newline="") as spilled:
        yield from map(tuple, csv.reader(spilled))
