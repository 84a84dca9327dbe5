"""The start of a `pytest --soc2` run: artifacts that say so before a conftest is loaded, and no green early end."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from soc2test.errors import Soc2Error
from soc2test.pytest_plugin.early import is_worker, never_green, report_folder_of, shows_only, state_of
from soc2test.pytest_plugin.sudden_end import ends_with, no_sudden_end

__all__ = ["LOST", "count", "counted", "guarded", "start_artifacts", "start_early"]

LOST = 3
"""the exit code where verdicts are missing"""


def start_early(config: pytest.Config, options: Any) -> None:
    """Replace the artifacts before pytest loads a conftest. Raises `pytest.UsageError`."""
    if not is_worker() and not shows_only(options):
        start_artifacts(config, report_folder_of(config, options.soc2_config, options.soc2_report))


def start_artifacts(config: pytest.Config, folder: Path) -> None:
    """Let the artifacts in `folder` say that a run has started, and keep other runs out. Raises `pytest.UsageError`."""
    from soc2test.reports import WRITERS, prepare, start  # noqa: PLC0415  # workers don't need it

    state = state_of(config)
    if state.busy:
        raise pytest.UsageError(state.busy)
    if state.started:
        return
    try:
        prepare(folder, WRITERS)
        state.lock(folder)
        start(folder, WRITERS)
    except Soc2Error as error:
        raise pytest.UsageError(str(error)) from None
    except OSError as error:
        raise pytest.UsageError(f"report folder: {folder.name} can't be opened: {error.strerror}") from None
    state.started = True


@contextmanager
def guarded(config: pytest.Config) -> Iterator[None]:
    """Within, no code of others ends the process green. Raises `pytest.UsageError` in the place of its exception.

    Behind it the process ends with an error, until `counted` knows better.
    """
    try:
        with no_sudden_end():
            yield
    except (SystemExit, pytest.exit.Exception) as error:
        said = _after_counting(error) if state_of(config).counted else never_green(error)
        raise pytest.UsageError(f"{said}{_place(error)}") from None
    finally:
        if not is_worker():
            ends_with(pytest.ExitCode.USAGE_ERROR)


def _after_counting(error: BaseException) -> str:
    who = type(error).__name__
    return f"{who} ended the run while pytest closed it: the artifacts hold what was tested, the exit code does not"


def _place(error: BaseException) -> str:
    """The line of a conftest that it comes from."""
    place, trace = "", error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.name == "conftest.py":
            place = f" ({file.name}, line {trace.tb_lineno})"
        trace = trace.tb_next
    return place


def count(config: pytest.Config, code: int) -> None:
    """Note that the controls were counted: from here on the exit code is what the verdicts make it."""
    state = state_of(config)
    state.counted, state.code = True, code


def counted(config: pytest.Config, code: Any) -> Any:
    """The exit code of a run; never 0 where its controls were not counted, or where the verdicts say otherwise."""
    if hasattr(config, "workerinput"):
        return code
    state = state_of(config)
    if code == 0 and not shows_only(config.option):
        if not state.counted:
            sys.stderr.write("ERROR: the run ended before its controls were counted: no control was tested\n")
            code = LOST
        elif state.code:
            sys.stderr.write(f"ERROR: a plugin or conftest.py ended the run with 0; its exit code is {state.code}\n")
            code = state.code
    ends_with(code if isinstance(code, int) else LOST)
    return code
