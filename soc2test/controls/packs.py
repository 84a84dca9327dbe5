"""Packs: folders of policy files, shipped, installed or the programme's own; each file is loaded on its own.

Files are compiled here rather than imported: pytest would rewrite the asserts of an installed pack (introspection
costs 85 % at 3 % deviations, and evaluation needs none), and what runs must be the very bytes that were digested.
"""

import importlib
import importlib.util
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from soc2test.controls.control import Control, control_of
from soc2test.errors import ControlDefinitionError
from soc2test.imports import PROGRAMME_POLICIES, own_package

__all__ = ["GROUP", "BrokenFile", "Pack", "PolicyFile", "load_pack", "pack_folders"]

GROUP = "soc2test.policies"
LOCAL = PROGRAMME_POLICIES


@dataclass(frozen=True)
class PolicyFile:
    """A loaded policy file: its controls in the order of the file."""

    path: Path
    name: str
    """relative to its pack, with forward slashes"""
    module: ModuleType
    controls: tuple[Control, ...]


@dataclass(frozen=True)
class BrokenFile:
    """A policy file that did not load, and why."""

    path: Path
    name: str
    error: BaseException


@dataclass
class Pack:
    """A folder of policy files."""

    name: str
    folder: Path
    version: str | None = None
    files: list[PolicyFile] = field(default_factory=list)
    broken: list[BrokenFile] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)


def pack_folders(programme: Path | None) -> Iterator[tuple[str, Path, str | None]]:
    """Name, folder and version of each pack: installed ones, then the programme's `policies`; each real folder once."""
    seen: set[Path] = set()
    for entry in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        spec = importlib.util.find_spec(entry.value)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            folder = Path(place).resolve()
            if folder not in seen:
                seen.add(folder)
                yield entry.value, folder, entry.dist.version if entry.dist else None
    if programme is not None and (own := (programme / "policies").resolve()).is_dir() and own not in seen:
        yield LOCAL, own, None


def load_pack(name: str, folder: Path, version: str | None = None) -> Pack:
    """All policy files of a folder: every .py file but __init__, conftest and those with a leading underscore."""
    pack = Pack(name, folder, version)
    _ensure_package(name, folder)
    for path in sorted(folder.rglob("*.py")):
        relative = path.relative_to(folder).as_posix()
        if any(part.startswith((".", "__pycache__")) for part in path.relative_to(folder).parts):
            continue
        try:
            pack.contents[relative] = path.read_bytes()
        except IsADirectoryError:
            continue
        except OSError as error:
            pack.broken.append(BrokenFile(path, relative, error))
            continue
        if not path.name.startswith("_") and path.name != "conftest.py":
            _load(pack, path, relative)
    return pack


def _load(pack: Pack, path: Path, relative: str) -> None:
    try:
        module = _execute(pack, path, relative)
        pack.files.append(PolicyFile(path, relative, module, tuple(_controls(module))))
    except (Exception, SystemExit) as error:  # noqa: BLE001  # one broken file is one error item and hides no other
        pack.broken.append(BrokenFile(path, relative, error))


def _execute(pack: Pack, path: Path, relative: str) -> ModuleType:
    name = ".".join((pack.name, *Path(relative).with_suffix("").parts))
    parent = name.rpartition(".")[0]
    if parent not in sys.modules:
        importlib.import_module(parent)
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None:
        raise ControlDefinitionError(f"{relative} is no Python file")
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("error", SyntaxWarning)  # `assert (x, "m")` is always true
        code = compile(pack.contents[relative], str(path), "exec", dont_inherit=True)
    sys.modules[name] = module
    try:
        exec(code, module.__dict__)  # noqa: S102  # the pack's own code, as an import would run it
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _controls(module: ModuleType) -> Iterator[Control]:
    seen: set[int] = set()
    for name, value in list(vars(module).items()):
        control = control_of(value)
        if control is not None and value.__module__ == module.__name__:
            if id(control) not in seen:  # a second name for it makes no second control
                seen.add(id(control))
                yield control

        elif isinstance(value, type) and name.startswith("Test") and value.__module__ == module.__name__:
            raise ControlDefinitionError(f"{name} is a class: controls are functions, its tests would never run")
        elif control is None and name.startswith("test_") and callable(value):
            raise ControlDefinitionError(f"{name} has no @control: a test in a policy file would never run")


def _ensure_package(name: str, folder: Path) -> None:
    """Make `name` importable as a package, so that policy files may import helpers from one another."""
    if name == LOCAL:
        own_package(name, folder, fresh=True)
    elif name not in sys.modules:
        importlib.import_module(name)
