"""The report folder: artifacts are replaced when a run starts, and written whole when it ends."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from soc2test.artifact_sets import LISTS, OWN, exchange, foreign, remember, stage, sweep, withdraw_lists
from soc2test.errors import Soc2Error
from soc2test.reports.control_list import ControlList
from soc2test.reports.evidence_list import EvidenceList
from soc2test.reports.findings import Findings
from soc2test.reports.last_scan import scanned
from soc2test.reports.text import json_dump
from soc2test.reports.view import in_order, started_run
from soc2test.run import Run, Writer
from soc2test.verdicts import ControlResult

__all__ = ["Journal", "WriterBroke", "prepare", "publish", "start", "unusable", "with_leaks"]

_JOURNAL = "journal.ndjson"


class WriterBroke(Soc2Error):
    """A report writer raised, or gave something else than bytes."""

    def __init__(self, writer: Writer, text: str) -> None:
        self.writer = writer
        super().__init__(f"the report writer of {writer.filename} {text}")


def prepare(folder: Path, writers: Sequence[Writer]) -> None:
    """Make the report folder. Raises `Soc2Error` where it can't be used, with what is still there."""
    try:
        _check_folder(folder)
    except Soc2Error as error:
        raise Soc2Error(f"{error}{_withdraw(folder, writers)}") from error


def start(folder: Path, writers: Sequence[Writer]) -> None:
    """Replace every artifact by one that says that the run has started: a crash must not leave yesterday's green.

    The lists of populations of an earlier run go.

    The first act of a run. Raises `Soc2Error` where the folder or a name in it can't be written safely; then no
    artifact of an earlier run is left, but those that can be neither removed nor emptied, which the error names.
    """
    try:
        publish(folder, writers, started_run())
    except Soc2Error as error:
        raise Soc2Error(f"{error}{_withdraw(folder, writers)}") from error
    try:
        withdraw_lists(folder)
    except OSError as error:
        raise Soc2Error(f"report folder: {LISTS}/ of an earlier run can't be removed: {error.strerror}") from error


def _withdraw(folder: Path, writers: Sequence[Writer]) -> str:
    """Take an earlier run's artifacts away; in words, what became of them."""
    if not folder.is_dir():
        return ""
    if folder.is_symlink():
        behind = [each.filename for each in writers if os.path.lexists(folder / each.filename)]
        return f"; of an earlier run is still there, behind the link: {', '.join(behind)}" if behind else ""
    left = [each.filename for each in writers if not _withdrawn(folder / each.filename)]
    return (
        f"; of an earlier run is still there: {', '.join(left)}" if left else "; no artifact of an earlier run is left"
    )


def _withdrawn(target: Path) -> bool:
    """Remove an artifact of an earlier run, or empty it where its folder keeps it; False where neither can be done."""
    if foreign(target.parent, target.name):
        return False
    try:
        target.unlink(missing_ok=True)
    except OSError:
        try:
            os.close(os.open(target, os.O_WRONLY | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)))
        except OSError:
            return False
    return True


def unusable(writer: Writer, others: Iterable[Writer]) -> str | None:
    """Why a writer's artifact can't have its name beside those of `others`, None where it can."""
    name = writer.filename
    if name.startswith(OWN):
        return f"{name} is a name of the report folder itself"
    if name in ("", ".", "..") or any(char in "/\\:" or not char.isprintable() for char in name):
        return f"{name!r} is no plain file name for an artifact"
    if name.casefold() in (_JOURNAL, *(each.filename.casefold() for each in others)):
        return f"another one writes {name}; give it a name of its own"
    return None


def publish(folder: Path, writers: Sequence[Writer], run: Run) -> tuple[str, ...]:
    """Write every artifact of `run`: all are rendered first, then the whole set takes the place of the one before.

    A last look at each takes out what is a secret by its shape; the run then says so, and is not complete. Gives what
    was found, in words. Removes the journal. Raises `WriterBroke` where a writer does, `Soc2Error` where the folder or
    a name in it can't be written safely; either way no artifact is replaced.
    """
    targets, run = _targets(folder, writers), in_order(run)
    names = [target.name for target in targets]
    with _staged(folder) as staging:
        temporary: dict[Path, Path] = {}
        leaks = _all_written(staging, targets, writers, run, temporary)
        if leaks:
            _all_written(staging, targets, writers, with_leaks(run, leaks), temporary)
        try:
            remember(folder, names)
            exchange(folder, {target.name: new for target, new in temporary.items()})
        except OSError as error:
            raise Soc2Error(f"report folder: the artifacts can't be written: {error.strerror}") from error
    (folder / _JOURNAL).unlink(missing_ok=True)
    sweep(folder, names)
    return leaks


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """A folder for the artifacts while they are written; it is gone afterwards. Raises `Soc2Error`."""
    try:
        staging = stage(folder)
    except OSError as error:
        raise Soc2Error(f"report folder: nothing can be written into {folder.name}: {error.strerror}") from error
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def with_leaks(run: Run, leaks: tuple[str, ...]) -> Run:
    """The run with what the last look at its artifacts found."""
    because = "; ".join([*filter(None, [run.incomplete_because]), *leaks[:1]])
    return msgspec.structs.replace(run, complete=False, incomplete_because=because, problems=(*run.problems, *leaks))


def _all_written(
    staging: Path, targets: Sequence[Path], writers: Sequence[Writer], run: Run, temporary: dict[Path, Path]
) -> tuple[str, ...]:
    """Render each into its temporary file; what had to be taken out, in words."""
    leaks: list[str] = []
    for target, writer in zip(targets, writers, strict=True):
        if target in temporary:
            temporary.pop(target).unlink(missing_ok=True)
        found: set[str] = set()
        temporary[target] = _written(staging, target, writer, run, found)
        leaks += [f"{target.name}: its writer let a {kind} through; it was taken out" for kind in sorted(found)]
    return tuple(leaks)


class Journal:
    """The verdicts as they come, one JSON line each: what a run that crashed had found; `publish` removes it."""

    def __init__(self, folder: Path) -> None:
        _check_folder(folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        self._file = _open(folder / _JOURNAL, flags)

    def append(self, result: ControlResult) -> None:
        """Add the verdict of one control; it is in the file when this returns."""
        line = {
            "control": result.id,
            "verdict": result.verdict.value,
            "reason": result.reason.text if result.reason else None,
            "population": result.population,
            "passed": result.passed,
            "deviations": result.deviations,
            "waived": result.waived,
            "unknown": result.unknown,
            "errors": result.errors,
        }
        os.write(self._file, f"{json_dump(line)}\n".encode())

    def close(self) -> None:
        """Close the file; the journal stays until `publish`."""
        os.close(self._file)


def _targets(folder: Path, writers: Iterable[Writer]) -> list[Path]:
    """Where each writer's artifact goes, once all of it was found safe to write."""
    _check_folder(folder)
    names, before = [], list[Writer]()
    for writer in writers:
        if (why := unusable(writer, before)) is not None:
            raise Soc2Error(f"report folder: {why}")
        before.append(writer)
        names.append(name := writer.filename)
        if foreign(folder, name):
            raise Soc2Error(f"report folder: {name} is there and is no regular file; remove it")
    return [folder / name for name in names]


def _check_folder(folder: Path) -> None:
    if folder.is_symlink():
        raise Soc2Error(f"report folder: {folder.name} is a symbolic link; name the folder itself")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Soc2Error(f"report folder: {folder.name} can't be made: {error.strerror}") from error


def _open(path: Path, flags: int) -> int:
    try:
        return os.open(path, flags, 0o644)
    except OSError as error:
        raise Soc2Error(f"report folder: {path.name} can't be opened: {error.strerror}") from error


def _written(staging: Path, target: Path, writer: Writer, run: Run, found: set[str]) -> Path:
    """The artifact under a name of its own in the folder `staging`: rendered, whole and on disk."""
    new: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=staging, prefix=f".{target.name}.", delete=False) as file:
            new = Path(file.name)
            file.writelines(scanned(_parts(writer, run), found))
            file.flush()
            os.fsync(file.fileno())
        new.chmod(0o644)  # temporary files are private; artifacts are for others to read
    except BaseException as error:
        if new is not None:
            new.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise Soc2Error(f"report folder: {target.name} can't be written: {error.strerror}") from error
        raise
    return new


def _parts(writer: Writer, run: Run) -> Iterable[bytes]:
    """The artifact piece by piece where the writer can, so that a million findings need no second place in memory."""
    if isinstance(writer, Findings | ControlList | EvidenceList):
        return writer.parts(run)
    try:
        data = writer.render(run)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit would end the run green
        raise WriterBroke(writer, f"raised {type(error).__name__}") from error
    if not isinstance(data, bytes | bytearray):
        raise WriterBroke(writer, f"must give bytes, and gave a {type(data).__name__}")
    return (data,)
