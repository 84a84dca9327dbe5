"""Packs: folders of policy files, shipped, installed or the programme's own; each file is loaded on its own.

Files are compiled here rather than imported: pytest would rewrite the asserts of an installed pack (introspection
costs 85 % at 3 % deviations, and evaluation needs none), and what runs must be the very bytes that were digested.
"""

import importlib
import importlib.util
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

import msgspec

from soc2test.controls.body import refused_bodies
from soc2test.controls.control import Control
from soc2test.controls.lost import check_all_collected, controls_in, in_words, lost_elsewhere, unseen_places
from soc2test.controls.marked import check_marks_collected, check_whole_file, control_in, has_mark
from soc2test.controls.noting import Decorated, decorations
from soc2test.errors import ControlDefinitionError
from soc2test.imports import PROGRAMME_POLICIES, own_package
from soc2test.installed import entry_points, version_of
from soc2test.regular import read_regular

__all__ = ["GROUP", "INSTEAD", "BrokenFile", "Pack", "PolicyFile", "load_pack", "pack_folders"]

INSTEAD = (
    "a control that others replace, that somebody else performs or that applies to nothing is taken out under "
    "not_applicable in soc2.yaml, and single resources in exemptions.yaml"
)
"""what there is for whoever wants to leave something out"""

GROUP = "soc2test.policies"
LOCAL = PROGRAMME_POLICIES
_NO_FOLDER = "is no folder, so that none of its controls would run; put policy files in a folder of that name"
_MOVE = "move it to a policy file (a .py file of the pack without a leading underscore)"


class PolicyFile(msgspec.Struct, frozen=True):
    """A loaded policy file: its controls in the order of the file."""

    path: Path
    name: str
    """relative to its pack, with forward slashes"""
    module: ModuleType
    controls: tuple[Control, ...]
    refused: Mapping[str, str] = msgspec.field(default_factory=dict)
    """id -> why a control of it can't do its work; the others of the file can"""


class BrokenFile(msgspec.Struct, frozen=True):
    """A policy file that did not load, and why."""

    path: Path
    name: str
    error: BaseException


class Pack(msgspec.Struct):
    """A folder of policy files."""

    name: str
    folder: Path
    version: str | None = None
    files: list[PolicyFile] = msgspec.field(default_factory=list)
    broken: list[BrokenFile] = msgspec.field(default_factory=list)
    contents: dict[str, bytes] = msgspec.field(default_factory=dict)

    @property
    def label(self) -> str:
        """How its files' names begin for people: "policies" for the programme's own, else the pack's import name."""
        return "policies" if self.version is None else self.name


def pack_folders(programme: Path | None) -> Iterator[tuple[str, Path, str | None]]:
    """Name, folder and version of each pack: installed ones, then the programme's `policies`; each real folder once."""
    seen: set[Path] = set()
    for entry in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        spec = importlib.util.find_spec(entry.value)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            folder = Path(place).resolve()
            if folder not in seen:
                seen.add(folder)
                yield entry.value, folder, version_of(entry)
    own = programme / "policies" if programme is not None else None
    if own is not None and os.path.lexists(own) and (folder := Path(os.path.realpath(own))) not in seen:
        yield LOCAL, folder, None


def load_pack(name: str, folder: Path, version: str | None = None) -> Pack:
    """All policy files of a folder: every .py file but __init__, conftest and those with a leading underscore.

    Whatever has a control that would never run is among the broken ones: a name that is lost, a place not looked at.
    """
    pack = Pack(name, folder, version)
    if not folder.is_dir():
        pack.broken.append(BrokenFile(folder, folder.name, ControlDefinitionError(_NO_FOLDER)))
        return pack
    _ensure_package(name, folder)
    with decorations() as noted:
        _load_all(pack, folder, noted)
    _lost(pack, noted)
    return pack


def _load_all(pack: Pack, folder: Path, noted: list[Decorated]) -> None:
    for path in sorted(folder.rglob("*.py")):
        relative = path.relative_to(folder).as_posix()
        if any(part.startswith((".", "__pycache__")) for part in path.relative_to(folder).parts):
            continue
        try:
            pack.contents[relative] = read_regular(path)
        except IsADirectoryError:
            continue
        except OSError as error:
            pack.broken.append(BrokenFile(path, relative, error))
            continue
        if _is_policy_file(path):
            _load(pack, path, relative, noted)


def _is_policy_file(path: Path) -> bool:
    return not path.name.startswith("_") and path.name != "conftest.py"


def _load(pack: Pack, path: Path, relative: str, noted: list[Decorated]) -> None:
    before = len(noted)
    try:
        module = _execute(pack, path, relative)
        controls = tuple(_controls(module, pack.folder))
        check_all_collected(noted[before:], controls, path)
        check_marks_collected(pack.contents[relative], controls)
        refused = refused_bodies(pack.contents[relative], controls)
        pack.files.append(PolicyFile(path, relative, module, controls, refused))
    except (Exception, SystemExit) as error:  # noqa: BLE001  # one broken file is one error item and hides no other
        pack.broken.append(BrokenFile(path, relative, error))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # pytest.skip and importorskip are no exceptions to Python
        text = f"{type(error).__name__}: a policy file can't leave itself out; {INSTEAD}"
        pack.broken.append(BrokenFile(path, relative, ControlDefinitionError(text)))


def _lost(pack: Pack, noted: list[Decorated]) -> None:
    """Name the controls in places that are no policy files."""
    for path, text in unseen_places(pack.folder):
        _break(pack, path, text)
    for relative, source in pack.contents.items():
        path = pack.folder / relative
        if not _is_policy_file(path) and (found := controls_in(source)):
            _break(pack, path, f"is no policy file, so that {in_words(found)} would never run; {_MOVE}")
    known = {os.path.realpath(pack.folder / each) for each in pack.contents}
    for each in lost_elsewhere(noted, known, _all_folders(pack)):
        path, name = Path(each.file), each.control.function.__name__
        _break(pack, path, f"is no policy file, so that {name} (line {each.line}) would never run; {_MOVE}")


def _break(pack: Pack, path: Path, text: str) -> None:
    name = path.relative_to(pack.folder).as_posix() if path.is_relative_to(pack.folder) else path.name
    if name not in (each.name for each in pack.broken):
        pack.broken.append(BrokenFile(path, name, ControlDefinitionError(text)))


def _all_folders(pack: Pack) -> list[Path]:
    return [folder for _, folder, _ in pack_folders(None) if folder != pack.folder]


def _execute(pack: Pack, path: Path, relative: str) -> ModuleType:
    name = ".".join((pack.name, *Path(relative).with_suffix("").parts))
    parent = name.rpartition(".")[0]
    if parent not in sys.modules:
        importlib.import_module(parent)
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None  # noqa: S101  # a name with .py always has a loader
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("error", SyntaxWarning)  # `assert (x, "m")` is always true
        warnings.filterwarnings("default", ".*invalid escape sequence", SyntaxWarning)  # from Python 3.12 on
        code = compile(pack.contents[relative], str(path), "exec", dont_inherit=True)
    sys.modules[name] = module
    try:
        exec(code, module.__dict__)  # noqa: S102  # the pack's own code, as an import would run it
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _controls(module: ModuleType, folder: Path) -> Iterator[Control]:
    check_whole_file(module)
    seen: set[int] = set()
    for name, value in list(vars(module).items()):
        is_own = getattr(value, "__module__", None) == module.__name__
        if has_mark(value) and not is_own:
            _check_imported(name, value, folder)
            continue
        control = control_in(value)
        if control is not None and is_own:
            if id(control) not in seen:  # a second name for it makes no second control
                seen.add(id(control))
                yield control

        elif isinstance(value, type) and name.startswith("Test") and is_own:
            raise ControlDefinitionError(f"{name} is a class: controls are functions, its tests would never run")
        elif control is None and name.startswith("test_") and callable(value):
            raise ControlDefinitionError(f"{name} has no @control: a test in a policy file would never run")


def _check_imported(name: str, value: object, folder: Path) -> None:
    """Raise where a marked function comes from a file that is no policy file: it would never run."""
    file = Path(os.path.realpath(getattr(getattr(value, "__code__", None), "co_filename", "")))
    if not (file.is_relative_to(os.path.realpath(folder)) and _is_policy_file(file)):
        raise ControlDefinitionError(
            f"{name} has the mark soc2 and stands in {file.name}, which is no policy file: it would never run; {_MOVE}"
        )


def _ensure_package(name: str, folder: Path) -> None:
    """Make the programme's own policies a package, as a pack's are: files may import helpers from one another."""
    if name == LOCAL:
        own_package(name, folder, fresh=True)
