"""Before anything else of a `pytest --soc2` run: no artifact of an earlier run stays, and no early end is green.

pytest imports plugins and conftest.py files before it configures any of them; each may end the process. So this runs
while the options are added, from the command line alone, and imports next to nothing.
"""

import argparse
import os
import shlex
import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest

from soc2test.artifact_sets import withdraw
from soc2test.errors import Soc2Error
from soc2test.folder_lock import FolderBusy, FolderLock

__all__ = ["State", "begin", "is_worker", "never_green", "programme_of", "report_folder_of", "shows_only", "state_of"]

_FILE, _REPORT = "soc2.yaml", "soc2-report"
_SHOWS = ("help", "version", "collectonly", "showfixtures", "show_fixtures_per_test", "markers", "cacheshow")


@dataclass
class State:
    """What is known of a run before it is configured."""

    locks: dict[Path, FolderLock] = field(default_factory=dict)
    busy: str = ""
    """why the report folder can't be had"""
    started: bool = False
    """the artifacts say that this run has started"""
    counted: bool = False
    """the controls were counted: the exit code is the run's own"""
    code: int = 0
    """that exit code"""

    def lock(self, folder: Path) -> None:
        """Keep every other run out of `folder`. Raises `FolderBusy`, `OSError`."""
        real = Path(os.path.realpath(folder))
        if real not in self.locks:
            self.locks[real] = FolderLock(real)

    def release(self) -> None:
        """Let other runs in."""
        for lock in self.locks.values():
            lock.release()


_STATE = pytest.StashKey[State]()


def begin(config: pytest.Config) -> None:
    """Lock the report folder and take the artifacts of an earlier run away, where controls are to be tested.

    What goes wrong is told later, when pytest can print it.
    """
    if is_worker():
        return
    given = _given([*_from_environment(), *config.getini("addopts"), *map(str, config.invocation_params.args)])
    if not given.soc2 or shows_only(config.known_args_namespace):
        return
    state = state_of(config)
    folder = report_folder_of(config, given.soc2_config, given.soc2_report)
    if folder.is_symlink() or not folder.is_dir():
        return
    try:
        state.lock(folder)
        withdraw(folder)
    except FolderBusy as error:
        state.busy = str(error)
    except OSError:  # told by `start`, which has the words for it
        pass


def state_of(config: pytest.Config) -> State:
    """What is known of this run; it ends with pytest's configuration."""
    if _STATE not in config.stash:
        config.stash[_STATE] = State()
        config.add_cleanup(partial(_end, config.stash[_STATE]))
    return config.stash[_STATE]


def _end(state: State) -> None:
    """At the end of pytest's configuration, however it ends: the exception that ends it is known here."""
    state.release()
    error = sys.exc_info()[1]
    if not state.counted and error is not None and _is_green(error):
        raise pytest.UsageError(never_green(error)) from None


def never_green(error: BaseException) -> str:
    """What is said where something ends the run before its controls were counted."""
    return f"the run was ended by {type(error).__name__} before its controls were counted: no control was tested"


def _is_green(error: BaseException) -> bool:
    code = getattr(error, "code", getattr(error, "returncode", 1))
    return isinstance(error, SystemExit | pytest.exit.Exception) and code in (None, 0)


def is_worker() -> bool:
    """True in a worker of pytest-xdist: there the code that execnet was sent stands below everything."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return False  # the common case
    frame: Any = sys._getframe()
    while frame is not None:
        if frame.f_globals.get("__name__") == "__channelexec__":
            return True
        frame = frame.f_back
    return False


def shows_only(options: Any) -> bool:
    """True where pytest is asked to show something and to test nothing."""
    return any(getattr(options, name, False) for name in _SHOWS)


def programme_of(config: pytest.Config, given: str | None) -> Path:
    """Where soc2.yaml is: as given, else in the folder of the call, else in pytest's root folder."""
    here = config.invocation_params.dir
    if given:
        return Path(os.path.abspath(here / given))
    at_root = config.rootpath / _FILE
    return at_root if at_root.exists() and not (here / _FILE).exists() else here / _FILE


def report_folder_of(config: pytest.Config, programme: str | None, report: str | None) -> Path:
    """Where the artifacts go, for these values of --soc2-config and --soc2-report."""
    return config.invocation_params.dir / report if report else programme_of(config, programme).parent / _REPORT


def _from_environment() -> list[str]:
    return shlex.split(os.environ.get("PYTEST_ADDOPTS", ""))  # pytest has refused what can't be split


class _Parser(argparse.ArgumentParser):
    """Reads our options between those of others, whatever these are."""

    def error(self, message: str) -> NoReturn:
        raise Soc2Error(message)


def _given(args: list[str]) -> argparse.Namespace:
    nothing = argparse.Namespace(soc2=False, soc2_config=None, soc2_report=None)
    if not any(arg.startswith("--soc2") for arg in args):
        return nothing
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("--soc2", action="store_true")
    parser.add_argument("--soc2-config")
    parser.add_argument("--soc2-report")
    try:
        return parser.parse_known_args(args)[0]
    except Soc2Error:  # an option without its value, which pytest refuses too
        nothing.soc2 = "--soc2" in args
        return nothing
