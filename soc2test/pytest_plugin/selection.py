"""Which controls run: pytest's arguments are split into ordinary tests and policy files, options narrow further."""

from pathlib import Path

import msgspec
import pytest

from soc2test.controls.control import Control
from soc2test.controls.packs import BrokenFile, Pack, PolicyFile

__all__ = ["Selection", "select"]


class Selection(msgspec.Struct):
    """What was asked for. `reasons` says why the run is a partial one, empty where all controls run."""

    ordinary: list[str] = msgspec.field(default_factory=list)
    files: list[tuple[Path, str]] = msgspec.field(default_factory=list)
    """policy file or folder, and the name after `::` ("" for all)"""
    criteria: frozenset[str] = frozenset()
    controls: frozenset[str] = frozenset()

    def names(self, path: Path) -> tuple[str, ...]:
        """What is asked for of the policy file `path`: functions by name, "" for all; empty where it is not meant."""
        if not self.files:
            return ("",)
        forms = _forms(path)
        return tuple(name for place, name in self.files if _is_one(forms, place))

    def wants(self, names: tuple[str, ...], control: Control) -> bool:
        """True where a control is asked for, of a file of which `names` are."""
        if control.function.__name__ not in names and "" not in names:
            return False
        if self.criteria and not self.criteria & set(control.criteria):
            return False
        return not self.controls or control.id in self.controls

    @property
    def reasons(self) -> list[str]:
        """The narrowing options, in words."""
        given = {"--soc2-criterion": self.criteria, "--soc2-control": self.controls}
        words = [f"{option} {' '.join(sorted(values))}" for option, values in given.items() if values]
        return [*words, *(["policy files given"] if self.files else [])]


def select(config: pytest.Config, packs: list[Pack]) -> Selection:
    """Split pytest's arguments; without any, controls alone run. Raises `pytest.UsageError` as pytest does."""
    selection = Selection(
        criteria=frozenset(config.getoption("soc2_criterion")), controls=frozenset(config.getoption("soc2_control"))
    )
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        return selection
    for arg in config.args:
        path, _, name = arg.partition("::")
        given = config.invocation_params.dir / path
        place = next((form for form in _forms(given) if any(_within(form, pack.folder) for pack in packs)), None)
        if place is not None:
            _check(arg, place, name, packs)
            selection.files.append((place, name))
        else:
            selection.ordinary.append(arg)
    return selection


def _check(arg: str, place: Path, name: str, packs: list[Pack]) -> None:
    """What is not there must not be left out without a word beside what is."""
    if not place.exists():
        raise pytest.UsageError(f"file or directory not found: {arg}")
    everything: list[PolicyFile | BrokenFile] = []
    for pack in packs:
        everything += [*pack.files]
        everything += [*pack.broken]
    files = [each for each in everything if _within(each.path, place)]
    if place.is_file() and not files:
        raise pytest.UsageError(f"{arg} is no policy file: it holds no control that could run")
    names = {control.function.__name__ for each in files if isinstance(each, PolicyFile) for control in each.controls}
    if name and name not in names and not any(isinstance(each, BrokenFile) for each in files):
        raise pytest.UsageError(f"not found: {arg} (there is no control {name})")


def _within(path: Path, place: Path) -> bool:
    return _is_one(_forms(path), place)


def _is_one(forms: tuple[Path, Path], place: Path) -> bool:
    return any(form == place or place in form.parents for form in forms)


def _forms(path: Path) -> tuple[Path, Path]:
    """A path as it is named, in its real folder, and what a link there leads to: a policy file may be a link."""
    return path.parent.resolve() / path.name, path.resolve()
