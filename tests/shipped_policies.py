"""The shipped policy files, compiled and looked through once a process: dozens of commands and runs load the same text.

Only what depends on their text alone is spared: `compile`, and the search for controls that can't fail. Each load still
executes the files into modules of its own.
"""

import sys
from collections.abc import Callable, Iterable
from functools import cache, partial
from importlib import metadata
from pathlib import Path
from types import CodeType
from typing import Any

from soc2test import installed
from soc2test.controls import packs
from soc2test.controls.body import refused_bodies
from soc2test.controls.control import Control
from soc2test.listing.columns import facts_listed
from soc2test.sources import loading

__all__ = ["compile_once", "look_through", "look_up_once"]

SHIPPED = Path(__file__).resolve().parents[1] / "policies"


def compile_once() -> None:
    """Have packs take the compiled text of the shipped files from here, from now on; those of others are compiled."""
    vars(packs)["compile"] = _compiled
    vars(packs)["refused_bodies"] = _refused_bodies
    for path in SHIPPED.rglob("*.py"):
        if path.parent != SHIPPED:
            _shipped(path.read_bytes(), str(path))


def look_through() -> None:
    """Load the shipped pack for once, so that processes that are forked from this one need not look through it."""
    for name, folder, version in packs.pack_folders(None):
        pack = packs.load_pack(name, folder, version)
        for control in (each for file in pack.files for each in file.controls):
            facts_listed(control)  # reads its code, whose trees stay: what they are told of is in each load anew


def look_up_once() -> None:
    """Keep what is told of what is installed, which stays as it is: its entry points, and the digests of our plugins."""
    look_through_all, digest = vars(installed)["_every"], vars(loading)["_digest"]
    known = look_through_all(tuple(sys.path))
    vars(installed)["_every"] = partial(_every, frozenset(sys.path), known)
    kept = {entry.load(): digest(entry.load()) for entry in _shipped_plugins()}
    vars(loading)["_digest"] = lambda module: kept[module] if module in kept else digest(module)


def _every(before: frozenset[str], known: Any, path: tuple[str, ...]) -> Any:
    """Those of a longer path, where nothing is installed in the folders that came to it."""
    came = (Path(place) for place in path if place not in before)
    if any(folder.is_dir() and any(folder.glob("*.*-info")) for folder in came):
        return metadata.entry_points()
    return known


def _shipped_plugins() -> list[metadata.EntryPoint]:
    return [entry for entry in installed.entry_points(loading.GROUP) if entry.value.startswith("soc2test_plugins")]


_refused: dict[bytes, dict[str, str]] = {}
"""text of a shipped file -> what is refused of it"""


def _refused_bodies(source: bytes, controls: Iterable[Control]) -> dict[str, str]:
    if source not in _texts():
        return refused_bodies(source, controls)
    if source not in _refused:
        _refused[source] = refused_bodies(source, controls)
    return dict(_refused[source])


@cache
def _texts() -> frozenset[bytes]:
    return frozenset(path.read_bytes() for path in SHIPPED.rglob("*.py"))


def _compiled(source: bytes, name: str, mode: str, **options: Any) -> CodeType:
    if Path(name).is_relative_to(SHIPPED) and (mode, options) == ("exec", {"dont_inherit": True}):
        return _shipped(source, name)
    compiled: Callable[..., CodeType] = compile
    return compiled(source, name, mode, **options)


@cache
def _shipped(source: bytes, name: str) -> CodeType:
    return compile(source, name, "exec", dont_inherit=True)
