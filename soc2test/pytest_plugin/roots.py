"""An option and its value as two arguments: pytest takes the value for a path of tests, and its settings from there.

pytest looks for its settings (rootdir, pytest.ini, addopts) before it knows the options of plugins. `--soc2-report DIR`
then moves them once DIR exists: the second of two equal commands would lose `addopts = --soc2-strict`.
"""

import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from soc2test.remote.urls import is_url

__all__ = ["moved_root"]

_PATHS = ("--soc2-config", "--soc2-exports", "--soc2-report", "--soc2-store", "--soc2-baseline")
_VALUES = (
    "--soc2-as-of", "--soc2-control", "--soc2-criterion", "--soc2-crosswalk", "--soc2-fail-on", "--soc2-format",
    "--soc2-workers",
)  # fmt: skip
_SETTINGS = (
    "pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg", "setup.py",
)  # fmt: skip


def moved_root(args: Sequence[str], here: Path) -> str | None:
    """What is wrong with `args`, which were given in the folder `here`; None where they can't move pytest's settings.

    Values that lie below `here`, with no settings on the way there, lead to the same settings as no value at all.
    """
    taken = list(_taken_for_paths(args, here))
    if not taken:
        return None
    others = [here / arg.partition("::")[0] for arg in args if not arg.startswith("-")]
    places = [path for _, path in taken] + [path for path in others if path.exists()]
    if all(_harmless(path, here) for path in places):
        return None
    option, path = taken[0]
    value = os.path.relpath(path, here)
    return (
        f"{option} and its value are two arguments: pytest takes {value} for a path of tests, and would read its "
        f"settings from there once it exists; write {option}={value}"
    )


def _taken_for_paths(args: Sequence[str], here: Path) -> Iterator[tuple[str, Path]]:
    """Our options whose value stands alone and is, or may become, a path."""
    for option, value in pairwise(args):
        path = here / value
        if is_url(value) and not path.exists():  # a URL of exports, which pytest takes for nothing
            continue
        if not value.startswith("-") and (option in _PATHS or (option in _VALUES and path.exists())):
            yield option, path


def _harmless(path: Path, here: Path) -> bool:
    folder = Path(os.path.abspath(path if path.is_dir() or not path.exists() else path.parent))
    if not folder.is_relative_to(here):
        return False
    between = [each for each in (folder, *folder.parents) if each != here and each.is_relative_to(here)]
    return not any((each / name).is_file() for each in between for name in _SETTINGS)
