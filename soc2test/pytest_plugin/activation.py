"""What `--soc2` does before pytest collects: artifacts of a started run, settings, programme, the plugins of a run."""

from pathlib import Path
from types import ModuleType

import pytest

from soc2test.pytest_plugin.console import Console
from soc2test.pytest_plugin.early import shows_only
from soc2test.pytest_plugin.ending import Ending
from soc2test.pytest_plugin.hiding import hide_in_logs, pseudonym_key
from soc2test.pytest_plugin.items import describe
from soc2test.pytest_plugin.outlets import Outlets
from soc2test.pytest_plugin.selection import select
from soc2test.pytest_plugin.session import Session
from soc2test.pytest_plugin.setup import load, report_folder
from soc2test.pytest_plugin.starting import start_artifacts
from soc2test.pytest_plugin.sudden_end import no_sudden_end
from soc2test.pytest_plugin.whole_values import hide_before_cutting
from soc2test.pytest_plugin.workers import end_with_controller, take_over, told_place
from soc2test.regular import read_regular
from soc2test.reports import Journal

__all__ = ["activate"]

_NEEDED = ("soc2-session", "soc2-ending", "soc2-console", "threadexception", "warnings")
_ERRORS = ("error::pytest.PytestUnhandledThreadExceptionWarning", "error::pytest.PytestReturnNotNoneWarning")


def activate(config: pytest.Config) -> None:
    """Take over the run of `pytest --soc2`. Raises `pytest.UsageError`."""
    worker = hasattr(config, "workerinput")
    now = take_over(config)
    if worker:
        end_with_controller()
    writing = not worker and not shows_only(config.option)
    folder = report_folder(config)
    if writing:  # where this did not happen before the first conftest was loaded
        start_artifacts(config, folder)
    _refuse(config)
    outlets = Outlets(config, pseudonym_key(config))
    try:
        setup = load(config, now, told_place(config))
    except pytest.UsageError as error:  # it is printed after the outlets were closed
        raise pytest.UsageError(outlets.text(str(error))) from None
    selection = select(config, setup.packs)
    config.args[:] = selection.ordinary
    _errors_stay_errors(config)
    session = Session(config, setup, selection, outlets)
    hide_in_logs(config, outlets.text)
    hide_before_cutting(config, outlets.text)
    if writing:
        session.start_writers(folder)
    for pack in setup.packs:
        session.problems.extend(_conftests(config, pack.folder))
    config.pluginmanager.register(session, "soc2-session")
    config.pluginmanager.register(session.fixtures, "soc2-fixtures")
    if writing:
        ending = Ending(config, session, folder, Journal(folder))
        config.pluginmanager.register(ending, "soc2-ending")
        config.pluginmanager.register(Console(config, session, ending), "soc2-console")


def _refuse(config: pytest.Config) -> None:
    """Options that hand on what passes no veil, or lose results. Raises `pytest.UsageError`."""
    if config.getoption("pastebin", None):
        raise pytest.UsageError("--pastebin would send what controls say of the company's systems to a public site")
    if config.getoption("forked", False):
        raise pytest.UsageError("--forked tests each control in a process of its own, whose results would be lost")
    if config.getoption("setuponly", False) or config.getoption("setupplan", False):
        raise pytest.UsageError("--setup-only and --setup-plan run no test: leave them out, or --soc2")
    if config.option.debug:
        raise pytest.UsageError("--debug would write what every hook is called with into a file, secrets included")


def _errors_stay_errors(config: pytest.Config) -> None:
    """An assert that fails in a thread is an error, whatever -W or -p say. Raises `pytest.UsageError`."""
    for name in _NEEDED:
        if config.pluginmanager.is_blocked(name):
            raise pytest.UsageError(f"-p no:{name} would lose verdicts; leave it out")
    given = config.known_args_namespace.pythonwarnings  # what stands on the command line is applied last
    config.known_args_namespace.pythonwarnings = [*(given or ()), *_ERRORS]


def _conftests(config: pytest.Config, folder: Path) -> list[str]:
    """Register the fixtures of a pack's own conftest.py, for controls that take fixtures; gives what went wrong.

    Where pytest has loaded the file itself, it keeps the fixtures back until it collects the folder, which it never
    does: then they are registered once more, without the file's hooks.
    """
    path = folder / "conftest.py"
    if not path.is_file():
        return []
    loaded = config.pluginmanager.get_plugin(str(path))
    module = ModuleType(f"soc2test_conftest_{folder.name}")
    if loaded is not None:
        module.__dict__.update({name: each for name, each in vars(loaded).items() if not name.startswith("pytest_")})
    else:
        module.__file__ = str(path)
        try:
            with no_sudden_end():
                exec(compile(read_regular(path), str(path), "exec", dont_inherit=True), module.__dict__)  # noqa: S102
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # named, and no verdict of a control without fixtures is lost
            return [f"conftest.py of {folder.name} did not load: {describe(error)}"]
    config.pluginmanager.register(module, module.__name__)
    return []
