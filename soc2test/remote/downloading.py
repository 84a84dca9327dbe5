"""Many small objects at once, by a bounded number of threads; what fails is named and stops no other."""

import errno
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

import msgspec

from soc2test.progress.watch import Watch, nobody
from soc2test.remote.causes import cause, is_gone
from soc2test.remote.listing import Listed, Store
from soc2test.remote.urls import RemoteError

__all__ = ["Failure", "Job", "download"]

THREADS = 16
_SHOWN = 1.0
"""seconds between two looks of whoever watches"""
_FULL = (errno.ENOSPC, errno.EDQUOT)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """An object, and where it goes."""

    listed: Listed
    target: Path


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why an object could not be had."""

    reason: str
    gone: bool = False
    """the store says that there is none of that name"""
    full: bool = False
    """the disk has no room"""


Done = SimpleQueue[tuple[str, Failure | None]]
"""What ended: its key, and its failure where it has one."""


def download(store: Store, jobs: Sequence[Job], seconds: float, watch: Watch = nobody) -> Mapping[str, Failure]:
    """Download all; gives the failure of each key that has one, of which no file is left.

    `watch` is told how many came, each second also where none does.
    Raises `RemoteError` where it takes longer than `seconds`, or the disk is full.
    """
    waiting: SimpleQueue[Job] = SimpleQueue()
    done: Done = SimpleQueue()
    stop = threading.Event()
    for job in jobs:
        waiting.put(job)
    for _ in range(min(THREADS, len(jobs))):
        threading.Thread(target=_work, args=(store, waiting, done, stop), name="soc2-remote", daemon=True).start()
    try:
        return _gathered(done, len(jobs), time.monotonic() + seconds, watch)
    except Empty:
        raise RemoteError(
            f"the download took over {seconds:.0f} seconds: export into a prefix of its own, or nearer"
        ) from None
    finally:
        stop.set()


def _gathered(done: Done, count: int, deadline: float, watch: Watch) -> Mapping[str, Failure]:
    """The failures of so many downloads. Raises `Empty` where they take too long."""
    failed: dict[str, Failure] = {}
    for number in range(count):
        key, failure = _next(done, deadline, partial(watch, "downloading export", number, count))
        if failure is None:
            continue
        if failure.full:
            raise RemoteError("the disk is full: set TMPDIR to a folder with more room")
        failed[key] = failure
    return failed


def _next(done: Done, deadline: float, show: Callable[[], None]) -> tuple[str, Failure | None]:
    """The next download that ended; shown each second while none does, since large ones take long."""
    while True:
        show()
        left = deadline - time.monotonic()
        try:
            return done.get(timeout=max(0.0, min(_SHOWN, left)))
        except Empty:
            if left <= _SHOWN:
                raise


def _work(store: Store, waiting: "SimpleQueue[Job]", done: Done, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            job = waiting.get_nowait()
        except Empty:
            return
        done.put((job.listed.key, _fetched(store, job)))


def _fetched(store: Store, job: Job) -> Failure | None:
    try:
        store.get_file(job.listed.name, str(job.target))
        size = job.target.stat().st_size
    except BaseException as error:  # noqa: BLE001  # whatever a library raises, the object is lost and named
        _gone(job.target)
        full = isinstance(error, OSError) and error.errno in _FULL
        return Failure(reason=f"can't be downloaded: {cause(error)}", gone=is_gone(error), full=full)
    if size == job.listed.size:
        return None
    _gone(job.target)
    return Failure(reason=f"is not what was listed: {job.listed.size} bytes were listed, and {size} came")


def _gone(target: Path) -> None:
    if os.path.lexists(target):
        target.unlink()
