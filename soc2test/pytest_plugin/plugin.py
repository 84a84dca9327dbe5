"""The entry point that pytest loads in every run: options, and no more unless `--soc2` is given."""

import gc
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

__all__ = ["pytest_addoption", "pytest_configure"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of `pytest --soc2`."""
    group = parser.getgroup("soc2", "SOC 2 controls (soc2test)")
    add = group.addoption
    add("--soc2", action="store_true", help="test the SOC 2 controls over the exports that soc2.yaml declares")
    add("--soc2-config", metavar="FILE", help="the programme (default: soc2.yaml here)")
    add("--soc2-exports", metavar="DIR", help="folder of the exports (default: as soc2.yaml says, else exports/)")
    add("--soc2-report", metavar="DIR", help="where the artifacts go (default: soc2-report/ beside soc2.yaml)")
    add("--soc2-strict", action="store_true", help="every gap fails, also of sources that soc2.yaml doesn't declare")
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
    add("--soc2-criterion", action="append", default=[], metavar="ID", help="only controls that test this criterion")
    add("--soc2-control", action="append", default=[], metavar="ID", help="only this control")
    add(
        "--soc2-fail-on",
        choices=("critical", "high", "medium", "low"),
        default="low",
        help="least severity of a deviation that makes the exit code 1; shown is everything",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Let the tests of a programme import its own plugins and policies, before the first conftest does."""
    given = getattr(early_config.known_args_namespace, "soc2_config", None)
    here = early_config.invocation_params.dir
    for file in (here / given,) if given else (here / "soc2.yaml", early_config.rootpath / "soc2.yaml"):
        if file.is_file():
            finder = _Programme(Path(os.path.abspath(file)).parent)
            sys.meta_path.insert(0, finder)
            early_config.add_cleanup(partial(sys.meta_path.remove, finder))
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


def pytest_configure(config: pytest.Config) -> None:
    """Switch to controls where `--soc2` is given."""
    if config.getoption("soc2"):
        gc.disable()  # what loading makes stays to the end: looking for garbage in it took a sixth of a short run
        config.add_cleanup(gc.enable)
        from soc2test.pytest_plugin.session import activate  # noqa: PLC0415  # ordinary runs don't pay for it

        activate(config)
