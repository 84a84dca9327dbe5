"""A collection from its beginning to its end: what lay there is set aside, and put back where nothing new came.

Below the exports folder lies `.collecting`, which no run reads: when it began, and what was set aside. It stays where a
collection is interrupted, and the next one goes on from there.
"""

import json
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from soc2test.evidence.journal import COLLECT, SCRIPT, lines, of_all_pages
from soc2test.evidence.manifest_text import manifest_of, read_manifest, write_manifest
from soc2test.evidence.times import parse_time

__all__ = ["Begun"]

_FOLDER = ".collecting"
_AS_ONE = timedelta(hours=24)
"""A collection that was interrupted longer ago is begun anew: one answer would be of another day than the next."""


class Begun:
    """One collection below one exports folder. Raises `EvidenceError`, `OSError`."""

    def __init__(self, exports: Path, now: datetime) -> None:
        self._exports, self._folder = exports, exports / _FOLDER
        self._before, self._state = self._folder / "before", self._folder / "begun.json"
        self._notes = self._folder / "notes.json"
        self.since, self.resumed = now, False
        self.first = len(lines(exports))
        """how many lines of the journal are of before"""

    @property
    def work(self) -> Path:
        """The folder for what is not an export yet."""
        return self._folder / "work"

    def begin(self, sources: Iterable[str], *, afresh: bool) -> None:
        """Go on with what was interrupted, where it was about the same sources, or set aside what they told before."""
        asked = sorted(sources)
        started = self._started(asked)
        shutil.rmtree(self.work, ignore_errors=True)
        if started is not None and not afresh and self.since - started[0] <= _AS_ONE:
            (self.since, self.first), self.resumed = started, True
        else:
            self.put_back(lambda _: True)
            self._set_aside(asked)
        self.work.mkdir(parents=True, exist_ok=True)

    def put_back(self, wanted: Callable[[str], bool]) -> list[str]:
        """Put back what was set aside and has no new answer, where it is wanted; the rest is taken away."""
        if not self._before.is_dir():
            return []
        notes = self._notes_of_before()
        files = sorted(path.relative_to(self._before).as_posix() for path in self._before.rglob("*") if path.is_file())
        # asked of all before one is moved: the first page of a list is no answer that the second one has got
        back = [file for file in files if wanted(file) and not self._has_answer(file)]
        for file in back:
            there = self._exports / file
            there.parent.mkdir(parents=True, exist_ok=True)
            (self._before / file).replace(there)
        self._enter({file: notes[file] for file in back if file in notes})
        shutil.rmtree(self._before)
        return back

    def end(self) -> None:
        """It is over: nothing of it is left beside the exports."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _started(self, asked: list[str]) -> tuple[datetime, int] | None:
        """When it began and after how many lines of the journal, where it was about these sources."""
        try:
            state = json.loads(self._state.read_text("utf-8"))
            since = parse_time(state["begun_at"])
            return (since, int(state["first"])) if since is not None and state["sources"] == asked else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _notes_of_before(self) -> dict[str, Any]:
        """What the manifest said of the files that were set aside."""
        if not self._notes.is_file():
            return {}
        notes: dict[str, Any] = json.loads(self._notes.read_text("utf-8"))
        return notes

    def _set_aside(self, sources: list[str]) -> None:
        """Move what was collected by us, and take it out of the manifest, which would miss it."""
        self._before.mkdir(parents=True, exist_ok=True)
        path = manifest_of(self._exports)
        value = read_manifest(path)
        notes: dict[str, Any] = value.get("files") or {}
        aside = {
            name: note for name, note in notes.items() if _is_ours(note) and PurePosixPath(name).parts[0] in sources
        }
        self._notes.write_text(json.dumps(aside), "utf-8")
        if aside:
            write_manifest(path, {**value, "files": {name: note for name, note in notes.items() if name not in aside}})
        for name in aside:
            here, there = self._exports / name, self._before / name
            if here.is_file():
                there.parent.mkdir(parents=True, exist_ok=True)
                here.replace(there)
        # written last: without it, what was moved is put back before anything is set aside again
        state = {"begun_at": self.since.astimezone(UTC).isoformat(), "sources": sources, "first": self.first}
        self._state.write_text(json.dumps(state), "utf-8")

    def _has_answer(self, file: str) -> bool:
        """True where the same call was answered since, in one file or in pages."""
        whole = of_all_pages(file)
        first = f"{whole.removesuffix('.json')}.page1.json"
        places = (self._exports / file, self._exports / whole, self._exports / first)
        return any(place.exists() for place in places)

    def _enter(self, notes: dict[str, Any]) -> None:
        if not notes:
            return
        path = manifest_of(self._exports)
        value = read_manifest(path)
        write_manifest(path, {**value, "files": {**(value.get("files") or {}), **notes}})


def _is_ours(note: Any) -> bool:
    collector = note.get("collector") if isinstance(note, dict) else None
    return isinstance(collector, dict) and collector.get("tool") in (COLLECT, SCRIPT)
