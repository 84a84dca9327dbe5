"""A company in a folder whose exports are recorded in a store beside it, and a disk that notes what a crash would take."""

import errno
import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test.evidence.read_limits import ReadLimits
from soc2test.run import AsOf, Tool
from soc2test.store import folder as folder_module
from soc2test.store.blobs import Blobs
from soc2test.store.chain import Store
from soc2test.store.checking import check
from soc2test.store.folder import FolderObjects
from soc2test.store.listing import encode
from soc2test.store.objects import Objects
from soc2test.store.origin import ci_run
from soc2test.store.recording import Given, Results, record
from soc2test.store.records import Head, Kept, Origin, Record
from soc2test.verdicts import Verdict

__all__ = [
    "NOON",
    "Company",
    "Disk",
    "acting",
    "acts_of",
    "append",
    "origin",
    "refusing",
    "whole",
]

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Company:
    """A programme with exports below `root`, and the store beside it."""

    def __init__(self, root: Path, objects: Objects | None = None) -> None:
        self.root, self.place = root / "company", root / "store"
        self.objects = objects
        self.write("soc2.yaml", "system: Test\n")
        self.write("exports/things.json", '{"things": [{"id": "a"}]}')

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file below the root."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    @property
    def store(self) -> Store:
        """The store, opened anew."""
        return Store(self.objects or FolderObjects(self.place))

    def given(self, **more: Any) -> Given:
        """What is recorded of it."""
        usual: dict[str, Any] = {
            "root": self.root, "file": self.root / "soc2.yaml", "system": "Test", "exports": self.root / "exports",
            "reading": ReadLimits(),
        }  # fmt: skip
        return Given(**{**usual, **more})

    def record(self, now: datetime = NOON, store: Store | None = None, **more: Any) -> Head:
        """Record it."""
        return record(store or self.store, self.given(**more), now)

    def results(self, **more: Any) -> Results:
        """What a run found that read the exports as they lie there now."""
        exports, files = self.root / "exports", {}
        for path in sorted(exports.rglob("*")):
            if path.is_file() and not path.is_symlink():
                files[path.relative_to(exports).as_posix()] = Blobs.digest(path.read_bytes())
        usual: dict[str, Any] = {
            "as_of": AsOf(NOON, "--soc2-as-of"), "complete": True, "incomplete_because": None,
            "verdicts": {"OWN-01": Verdict.PASS}, "tool": Tool("1", (), ()), "controls": b'{"id": "OWN-01"}\n',
            "findings": b"", "read": files, "unclaimed": frozenset(files), "documents": {},
            "programme": {"soc2.yaml": Blobs.digest((self.root / "soc2.yaml").read_bytes())}, "dates": (NOON,),
        }  # fmt: skip
        return Results(**{**usual, **more})

    def contents(self, number: int) -> dict[str, bytes]:
        """Path -> content of all files of a snapshot."""
        store = self.store
        return {file.path: store.content(file.stored) for file in store.files(store.link(number).record)}


def whole(store: Store, *heads: Head) -> int:
    """How many records there are; fails where the store is not whole, or one of the heads is not in it."""
    checked = check(store, heads)
    assert checked.wrong == ()
    return checked.records


def origin(recorded_at: str = "2026-11-20T12:00:00Z", **environment: str) -> Origin:
    """Where a record comes from that was made then, in an environment of these variables."""
    return Origin(
        recorded_at=recorded_at, commit=None, clean=None, ci=ci_run(environment), evidence_from=None, evidence_to=None,
        collections=(), witness=None, nonce=None,
    )  # fmt: skip


def append(store: Store, id: str, made: Origin | None = None) -> Head:
    """Append a snapshot without files."""
    store.begin()
    blobs = Blobs(store.objects)
    listing = blobs.put(encode(()))
    blobs.flush()
    kept = Kept(listing=listing, files=0, bytes=0, redacted=False, secrets=0, missed=())
    return store.append(
        lambda number, previous: Record(
            number=number, id=id, previous=previous, system="Test", origin=made or origin(), kept=kept
        )
    )


# what is done to the disk

opened = open
Act = Callable[[str, str], None]
"""called before each act on a place: its name, and the path"""


@contextmanager
def acting(place: Path, before: Act, after: Act = lambda name, path: None) -> Iterator[None]:
    """Call `before` and `after` around each act on the files of a store. Half of what is written is, before `after`."""
    below = str(place.parent)

    def around(name: str, act: Callable[..., Any], which: int = 0) -> Callable[..., Any]:
        def acted(*given: Any, **more: Any) -> Any:
            path = _path(given[which])
            if not path.startswith(below) or "/company" in path:
                return act(*given, **more)
            before(name, path)
            done = act(*given, **more)
            after(name, path)
            return done

        return acted

    class HalfWritten:
        """A file that calls `before` when half of it is written."""

        def __init__(self, file: Any) -> None:
            self._file = file

        def __enter__(self) -> "HalfWritten":
            return self

        def __exit__(self, *_: object) -> None:
            self._file.close()

        def write(self, content: bytes) -> None:
            self._file.write(content[: len(content) // 2])
            self._file.flush()
            before("write", str(place))
            self._file.write(content[len(content) // 2 :])

        def __getattr__(self, name: str) -> Any:
            return getattr(self._file, name)

    with pytest.MonkeyPatch.context() as patch:
        for name, which in (("link", 1), ("unlink", 0), ("mkdir", 0), ("fsync", 0), ("chmod", 0), ("open", 0)):
            patch.setattr(os, name, around(name, getattr(os, name), which))
        patch.setattr(folder_module, "open", lambda file, mode: HalfWritten(opened(file, mode)), raising=False)
        yield


def _path(given: Any) -> str:
    return os.readlink(f"/proc/self/fd/{given}") if isinstance(given, int) else os.fspath(given)


def acts_of(place: Path, run: Callable[[], object]) -> list[str]:
    """The names of all acts on a store that `run` takes."""
    names: list[str] = []
    with acting(place, lambda name, path: names.append(name)):
        run()
    return names


def refusing(step: int, code: int = errno.ENOSPC, *, for_good: bool = False) -> Act:
    """From the act `step` on the disk is full, or in that act alone."""
    counted, lock = [0], threading.Lock()

    def refuse(name: str, path: str) -> None:
        with lock:
            counted[0] += 1
            here = counted[0]
        if name in ("unlink", "open"):
            return  # a full disk gives back and reads; what can't be opened is refused by mkdir and write alike
        if here == step or (for_good and here > step):
            raise OSError(code, os.strerror(code))

    return refuse


class Disk:
    """Notes what was written and not synced: a crash of the machine may take any of it away."""

    def __init__(self, place: Path) -> None:
        self._place, self._lock = place, threading.Lock()
        self._loose: dict[str, set[str]] = {}
        """folder -> names in it that were made since it was synced"""
        self._synced: set[int] = set()
        self._writing: dict[int, tuple[str, set[str]]] = {}
        self.torn: list[str] = []
        """what got its name before its content was synced"""

    def before(self, name: str, path: str) -> None:
        """What is made while a folder is being synced is not synced with it."""
        if name == "link":
            return
        if name == "fsync" and os.path.isdir(path):
            with self._lock:
                self._writing[threading.get_ident()] = path, set(self._loose.get(path, ()))

    def after(self, name: str, path: str) -> None:
        """What an act changed."""
        with self._lock:
            if name in ("link", "mkdir"):
                self._loose.setdefault(os.path.dirname(path), set()).add(os.path.basename(path))
            if name == "link" and os.stat(path).st_ino not in self._synced:
                self.torn.append(path)
            if name == "fsync" and (info := os.stat(path)) and stat.S_ISREG(info.st_mode):
                self._synced.add(info.st_ino)
            elif name == "fsync":
                folder, names = self._writing.pop(threading.get_ident())
                self._loose.get(folder, set()).difference_update(names)

    def lost(self) -> set[str]:
        """The objects that a crash could take away now, by their path in the store."""
        found = set()
        for path in self._place.rglob("*"):
            if path.is_file() and "unfinished" not in path.parts:
                above = [path, *path.parents]
                if any(each.name in self._loose.get(str(each.parent), ()) for each in above):
                    found.add(path.relative_to(self._place).as_posix())
        return found
