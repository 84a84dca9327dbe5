"""The snapshots of a period, opened one after the other: here, or each by one of several processes.

Snapshots are dealt out in turn. A process opens its next one and looks at it while others are folded, and keeps it open
until it is folded itself: what is asked of it then, it answers. So whatever is folded is folded here, in order, by the
same code; the result does not depend on how many processes there are.
"""

import os
import signal
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, tzinfo
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import Any

import msgspec

from soc2test.controls.control import Control
from soc2test.errors import EvidenceError, ProgrammeError, Soc2Error
from soc2test.evaluation.limits import Limits
from soc2test.exceptions.judge import InForce
from soc2test.period.lines_between import Line
from soc2test.period.looked import Looked
from soc2test.period.noted_then import NotedThen
from soc2test.period.observed import Key, Snapshot
from soc2test.period.observing import Opened
from soc2test.period.replaying import Before, Tests, replay
from soc2test.period.working_copy import WorkingCopy
from soc2test.resources.resource import Resource
from soc2test.store.chain import Link, Store
from soc2test.verdicts import ControlResult

__all__ = ["Processes", "can_share", "opened_in_turn"]

Links = Sequence[tuple[Snapshot, Link]]
Turn = tuple[Snapshot, Link, Opened | Soc2Error]
"""A snapshot, and what it can be asked by; or why it can't be opened, which hides no other one."""

_NEXT = "next"


class Processes(msgspec.Struct, frozen=True, kw_only=True):
    """How many processes open snapshots, and how one of them ends at once."""

    count: int = 1
    end: Callable[[int], Any] = os._exit


def can_share() -> bool:
    """Whether this system can: what the processes read is not copied, they are forked."""
    return hasattr(os, "fork")


def opened_in_turn(
    store: Store, links: Links, tests: Tests, folder: Path, processes: Processes
) -> Generator[Turn, None, None]:
    """Each snapshot is open until the next one is asked for. Raises `StoreError`."""
    if processes.count > 1 and len(links) > 1:
        yield from _shared(store, links, tests, folder, processes)
        return
    copy, before = WorkingCopy(folder, holds=tests.remember), Before() if tests.remember else None
    for snapshot, link in links:
        opened: Opened | Soc2Error
        try:
            opened = replay(store, snapshot, link, copy, tests, before)
        except (ProgrammeError, EvidenceError) as error:
            opened = error
        yield snapshot, link, opened


def _shared(
    store: Store, links: Links, tests: Tests, folder: Path, processes: Processes
) -> Generator[Turn, None, None]:
    workers: list[_Worker] = []
    try:
        for number in range(min(processes.count, len(links))):
            own = links[number :: processes.count]
            workers.append(_Worker(store, own, tests, folder / f"{number + 1}", processes.end))
        for place, (snapshot, link) in enumerate(links):
            worker = workers[place % processes.count]
            opened = worker.opened(snapshot)
            yield snapshot, link, opened
            if not isinstance(opened, Soc2Error):
                worker.tell(_NEXT)
    finally:
        for worker in workers:
            worker.kill()


class _Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a process says of a snapshot that it opened."""

    zone: tzinfo
    in_force: InForce
    then: NotedThen
    wrong_waivers: Sequence[Any]
    looked: Looked


class _Worker:
    """A process that opens snapshots, as this one sees it."""

    def __init__(self, store: Store, links: Links, tests: Tests, folder: Path, end: Callable[[int], Any]) -> None:
        here, there = Pipe()
        folder.mkdir()
        self._by_id = {control.id: control for control in tests.loaded}
        self._line = Line(here)
        self._process = os.fork()
        if self._process == 0:  # nothing of what this process was about is done in the other one
            try:
                here.close()
                signal.signal(signal.SIGINT, signal.SIG_IGN)  # who pressed it meant the run, which ends this one
                _serve(Line(there), store, links, tests, folder)
            finally:
                end(0)
        there.close()

    def opened(self, snapshot: Snapshot) -> Opened | Soc2Error:
        """The next snapshot, or why it can't be opened. Raises what is no fault of the snapshot alone."""
        said = self.hear()
        return said if isinstance(said, Soc2Error) else _Elsewhere(snapshot, said, self)

    def tell(self, *words: Any) -> None:
        """Something to do. One that was ended is told by what it does not answer."""
        with suppress(ConnectionError):
            self._line.say(words)

    def hear(self) -> Any:
        """The next answer. Raises `StoreError`, and whatever broke there."""
        try:
            answer = self._line.hear()
        except (EOFError, ConnectionError):
            text = "a process that evaluated snapshots was ended: leave out --soc2-workers, or give it more memory"
            raise RuntimeError(text) from None
        if isinstance(answer, _Broke):
            raise answer.error
        return answer

    def kill(self) -> None:
        """Whatever it does, it is not needed any more."""
        self._line.close()
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._process, 0)


class _Elsewhere:
    """A snapshot that is open in another process."""

    def __init__(self, snapshot: Snapshot, said: _Said, worker: _Worker) -> None:
        self.snapshot, self.zone, self.in_force, self.then = snapshot, said.zone, said.in_force, said.then
        self.wrong_waivers = said.wrong_waivers
        self._looked, self._worker = said.looked, worker

    def look(self, own: Mapping[str, Limits] | None = None) -> Looked:
        """As it was looked at already, unless by other limits."""
        if own is None:
            return self._looked
        looked: Looked = self._asked("look", own)
        return looked

    def ask(
        self,
        control: Control,
        limits: Limits,
        only: tuple[date, date] | None = None,
        moment: datetime | None = None,
    ) -> ControlResult:
        """The result with other limits."""
        result: ControlResult = self._asked("ask", control.id, limits, only, moment)
        return result

    def ask_as_told(self, control: Control, limits: Limits, before: Mapping[Key, Resource]) -> ControlResult:
        """The result where some resources of its kind were as they were told `before`."""
        result: ControlResult = self._asked("ask_as_told", control.id, limits, before)
        return result

    def _asked(self, *words: Any) -> Any:
        self._worker.tell(*words)
        return self._worker.hear()


class _Broke(msgspec.Struct, frozen=True):
    """What is no fault of one snapshot alone."""

    error: BaseException


def _serve(line: Line, store: Store, links: Links, tests: Tests, folder: Path) -> None:
    """Open one snapshot after the other, and answer what is asked of each until the next one is wanted."""
    copy, before = WorkingCopy(folder, holds=tests.remember), Before() if tests.remember else None
    by_id = {control.id: control for control in tests.loaded}
    try:
        for snapshot, link in links:
            try:
                opened = replay(store, snapshot, link, copy, tests, before)
            except (ProgrammeError, EvidenceError) as error:
                line.say(error)
                continue
            line.say(
                _Said(
                    zone=opened.zone,
                    in_force=opened.in_force,
                    then=opened.then,
                    wrong_waivers=opened.wrong_waivers,
                    looked=opened.look(),
                )
            )
            while (words := line.hear()) != (_NEXT,):
                line.say(_answer(opened, by_id, *words))
    except (EOFError, ConnectionError):  # nobody asks any more
        return
    except BaseException as error:  # noqa: BLE001  # it is raised where the run is
        told = error if isinstance(error, Soc2Error) else RuntimeError(f"{type(error).__name__}: {error}")
        line.say(_Broke(told))


def _answer(opened: Any, by_id: Mapping[str, Control], what: str, *given: Any) -> Any:
    if what == "look":
        return opened.look(*given)
    id, *rest = given
    return getattr(opened, what)(by_id[id], *rest)
