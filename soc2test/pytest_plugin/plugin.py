"""The entry point that pytest loads in every run: options, and no more unless `--soc2` is given."""

import gc
import os
import shlex
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

__all__ = ["pytest_addoption", "pytest_configure", "pytest_load_initial_conftests"]


_MARKER = (
    "soc2(*criteria, id, nature='state', severity='medium', limits=None, where=None, ...): a test below policies/ that "
    "takes resources is a control, as by @control: what else it says is that of soc2test.control"
)


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the options of `pytest --soc2`, and take away what an earlier run left before a plugin or conftest loads."""
    _add_options(parser)
    config = pluginmanager.get_plugin("pytestconfig")
    if config is not None and _ours(config):
        from soc2test.pytest_plugin.early import begin  # noqa: PLC0415  # ordinary runs don't pay for it

        begin(config)


def _ours(config: pytest.Config) -> bool:
    """True where an option of ours is given; what it means, if anything, is read later."""
    given = [os.environ.get("PYTEST_ADDOPTS", ""), *config.getini("addopts"), *map(str, config.invocation_params.args)]
    return any("--soc2" in each for each in given)


def _add_options(parser: pytest.Parser) -> None:
    group = parser.getgroup("soc2", "SOC 2 controls (soc2test)")
    add = group.addoption
    add("--soc2", action="store_true", help="test the SOC 2 controls over the exports that soc2.yaml declares")
    add("--soc2-config", metavar="FILE", help="the programme (default: soc2.yaml here)")
    add(
        "--soc2-exports",
        metavar="DIR",
        help="folder of the exports, or its URL in an object store: s3://, gs://, az:// "
        "(default: as soc2.yaml says, else exports/)",
    )
    add("--soc2-report", metavar="DIR", help="where the artifacts go (default: soc2-report/ beside soc2.yaml)")
    add(
        "--soc2-strict",
        action="store_true",
        help="every gap fails, also of sources that soc2.yaml doesn't declare, and so does an unused waiver",
    )
    add(
        "--soc2-pseudonymise",
        action="store_true",
        help="tokens in the place of people's names, logins and e-mail addresses (key: SOC2TEST_PSEUDONYM_KEY)",
    )
    add(
        "--soc2-as-of",
        metavar="TIME",
        help="the moment to evaluate for, ISO 8601; a day stands for its end (default: the newest evidence)",
    )
    add(
        "--soc2-period",
        metavar="FIRST..LAST",
        help="test over the evidence store's snapshots of these days: 2026-01-01..2026-06-30",
    )
    add(
        "--soc2-report-date",
        metavar="DAY",
        help="with --soc2-period: the last day of which evidence counts for what was pending (default: today)",
    )
    add(
        "--soc2-workers",
        metavar="COUNT",
        help="with --soc2-period: processes that open snapshots beside each other, to the same results (default: 1)",
    )
    add("--soc2-record", action="store_true", help="keep exports and verdicts as one more record of the evidence store")
    add("--soc2-store", metavar="DIR_OR_URL", help="the evidence store (default: `store: at:` of soc2.yaml)")
    add("--soc2-redact", action="store_true", help="with --soc2-record: keep the exports with their secrets replaced")
    add("--soc2-witness", metavar="TEXT", help="with --soc2-record: who was present, such as FIRM, NAME")
    add("--soc2-nonce", metavar="TEXT", help="with --soc2-record: a text that somebody else chose just now")
    add(
        "--soc2-no-populations",
        action="store_true",
        help="list no populations: with millions of resources that takes nearly as long as to test them",
    )
    add(
        "--soc2-baseline",
        metavar="FILE",
        help="known deviations, which do not make the exit code 1; `soc2test baseline FILE` writes them",
    )
    add("--soc2-criterion", action="append", default=[], metavar="ID", help="only controls that test this criterion")
    add("--soc2-control", action="append", default=[], metavar="ID", help="only this control")
    add(
        "--soc2-crosswalk",
        action="append",
        default=[],
        metavar="NAME_OR_FILE",
        help="tell also which requirements of another framework the criteria touch: iso27001, hipaa, nist-csf, "
        "nist-800-53, or a CSV file of your own pairs",
    )
    add(
        "--soc2-format",
        action="append",
        default=[],
        metavar="NAME",
        help="write the results also as another tool reads them, into the report folder: ocsf, oscal, sarif",
    )
    add(
        "--soc2-fail-on",
        choices=("critical", "high", "medium", "low"),
        default="low",
        help="least severity of a deviation that makes the exit code 1; shown is everything",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Any:
    """Before the first conftest: the artifacts say that a run has started, and the programme can be imported."""
    options = early_config.known_args_namespace
    _open_programme(early_config, getattr(options, "soc2_config", None))
    if not _ours(early_config):
        return (yield)
    _refuse_moved_root(early_config)
    if not options.soc2:
        return (yield)
    from soc2test.pytest_plugin.starting import guarded, start_early  # noqa: PLC0415

    start_early(early_config, options)
    with guarded(early_config):
        loaded = yield
    early_config.pluginmanager.register(_Outermost(), "soc2-outermost")  # around the wrappers of what was loaded
    return loaded


def _refuse_moved_root(config: pytest.Config) -> None:
    """Raises `pytest.UsageError` where a value of ours may have led pytest to other settings."""
    from soc2test.pytest_plugin.roots import moved_root  # noqa: PLC0415

    environment: Sequence[str] = shlex.split(os.environ.get("PYTEST_ADDOPTS", ""))
    args = [*environment, *map(str, config.invocation_params.args)]
    if (wrong := moved_root(args, config.invocation_params.dir)) is not None:
        raise pytest.UsageError(wrong)


def _open_programme(config: pytest.Config, given: str | None) -> None:
    """Let the tests of a programme import its own plugins and policies."""
    here = config.invocation_params.dir
    for file in (here / given,) if given else (here / "soc2.yaml", config.rootpath / "soc2.yaml"):
        if file.is_file():
            finder = _Programme(Path(os.path.abspath(file)).parent)
            sys.meta_path.insert(0, finder)
            config.add_cleanup(partial(sys.meta_path.remove, finder))
            return


class _Programme:
    """Finds `plugins.x` and `policies.x` of a programme; what that takes is loaded when one is asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        """As an import finder does it."""
        if fullname.partition(".")[0] not in ("plugins", "policies"):
            return None
        from soc2test.imports import open_programme  # noqa: PLC0415

        return open_programme(self.root).find_spec(fullname, path, target)


class _Outermost:
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_cmdline_main(self, config: pytest.Config) -> Any:
        """No run of controls ends green before they were counted, whatever a conftest or plugin does."""
        if not config.getoption("soc2"):
            return (yield)
        from soc2test.pytest_plugin.starting import counted, guarded  # noqa: PLC0415

        with guarded(config):
            code = yield
        return counted(config, code)


def pytest_configure(config: pytest.Config) -> None:
    """Switch to controls where `--soc2` is given."""
    config.addinivalue_line("markers", _MARKER)
    handed = getattr(config, "workerinput", {})  # a worker may have lost the settings that hold --soc2
    if config.getoption("soc2") or "soc2_tested" in handed:
        gc.disable()  # what loading makes stays to the end: looking for garbage in it took a sixth of a short run
        config.add_cleanup(gc.enable)
        from soc2test.pytest_plugin.activation import activate  # noqa: PLC0415  # ordinary runs don't pay for it

        activate(config)
