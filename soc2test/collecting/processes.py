"""Programs of a pipe, run one into the other: no shell, nothing on stdin, and each exit status counts."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Final

import msgspec

__all__ = ["Ended", "Runner"]

_SECONDS: Final = 600.0
"""after which a call that says nothing is ended"""
_NOBODY_READS = -signal.SIGPIPE
"""of a program whose output the next one did not read to the end: then that one failed, or needed no more"""
_LONGEST = 4000
"""signs of what was said on stderr that are kept"""


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """How a pipe ended. `status` is that of the first program that failed, 0 where none did; `text` its stderr."""

    status: int
    text: str
    missing: str = ""
    """the program that is not there"""
    timed_out: bool = False


def _closed(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        pipe.close()


class Runner:
    """Runs pipes with one environment, and ends those that run when it is told to."""

    def __init__(self, environment: Mapping[str, str], seconds: float = _SECONDS) -> None:
        self._environment, self._seconds = dict(environment), seconds
        self._running: set[subprocess.Popen[bytes]] = set()
        self.stopped = False

    def stop(self) -> None:
        """End what runs; what is begun afterwards ends at once."""
        self.stopped = True
        for process in tuple(self._running):
            process.kill()

    def run(self, programs: Sequence[Sequence[str]], into: Path, given: Path | None = None) -> Ended:
        """Run a pipe into a file, the first program over what was `given`. It is whole only where the status is 0."""
        errors = [into.with_name(f"{into.name}.err{number}") for number in range(len(programs))]
        started: list[subprocess.Popen[bytes]] = []
        timed_out = False
        try:
            with into.open("wb") as out, (given or Path(os.devnull)).open("rb") as nothing:
                for number, program in enumerate(programs):
                    before = started[-1].stdout if started else nothing
                    after = out if number == len(programs) - 1 else subprocess.PIPE
                    try:
                        started.append(self._start(program, before, after, errors[number]))
                    except FileNotFoundError:
                        return Ended(status=127, text=f"{program[0]}: not found", missing=program[0])
                    except OSError as error:
                        return Ended(status=126, text=f"{program[0]}: {error.strerror}", missing=program[0])
                    if started[:-1]:
                        _closed(before)  # else the first program never hears of its end
                for process in reversed(started):
                    try:
                        process.wait(self._seconds)
                    except subprocess.TimeoutExpired:
                        timed_out = True
                        process.kill()
                        process.wait()
            statuses = [process.returncode for process in started]
            failed = next((number for number, status in enumerate(statuses) if status not in (0, _NOBODY_READS)), None)
            if failed is None:
                return Ended(status=0, text="")
            text = errors[failed].read_text("utf-8", "replace")[:_LONGEST]
            return Ended(status=statuses[failed], text=text, timed_out=timed_out)
        finally:
            for process in started:
                if process.poll() is None:
                    process.kill()
                    process.wait()
                self._running.discard(process)
            for path in errors:
                path.unlink(missing_ok=True)

    def _start(
        self, program: Sequence[str], stdin: IO[bytes] | None, stdout: IO[bytes] | int, errors: Path
    ) -> "subprocess.Popen[bytes]":
        with errors.open("wb") as stderr:
            process = subprocess.Popen(  # noqa: S603  # a list of words; which programs is asked before (`read_only`)
                list(program),
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                env=self._environment,
                start_new_session=True,  # an interrupt at the terminal is ours to handle, call by call
            )
        self._running.add(process)
        if self.stopped:
            process.kill()
        return process
