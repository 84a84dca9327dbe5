"""The items of a run: one for each control that is asked for, and one for each file or plugin that did not load."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from soc2test.controls.control import Control
from soc2test.controls.marked import MARK
from soc2test.controls.packs import INSTEAD, Pack, PolicyFile
from soc2test.errors import ControlDefinitionError
from soc2test.inventory.twins import tellers, twin
from soc2test.pytest_plugin.evaluating import Evaluating
from soc2test.pytest_plugin.items import BrokenItem, ControlItem, PolicyModule, forbidden_marks
from soc2test.pytest_plugin.selection import Selection
from soc2test.pytest_plugin.setup import Setup

__all__ = ["Collecting"]

_ELSEWHERE = (
    "it has the mark soc2 and stands outside of policies/, so that it is no control: nothing holds it to what its "
    "evidence lacks. Move it to a file below policies/ with a resource that it takes, or take the mark away"
)


class Collecting:
    """Makes the items of the loaded controls."""

    def __init__(self, setup: Setup, selection: Selection, evaluating: Evaluating) -> None:
        self._setup, self._selection, self._evaluating = setup, selection, evaluating
        self._plugins_broken = tuple(setup.plugins.problems)
        self._told = tellers(setup.plugins.sources.values())

    def node_ids(self) -> dict[str, str]:
        """Node id -> control id, of all loaded controls."""
        return {
            f"{_label(pack)}/{file.name}::{control.function.__name__}": control.id
            for pack in self._setup.packs
            for file in pack.files
            for control in file.controls
        }

    def items(self, session: pytest.Session) -> Iterable[pytest.Item]:
        """Those that are asked for."""
        for problem in self._plugins_broken:
            if not self._selection.files:
                yield BrokenItem.make(session, f"plugin-{problem.split()[1]}", problem)
        for pack in self._setup.packs:
            label = _label(pack)
            for broken in pack.broken:
                if self._selection.names(broken.path):  # it shows up unless other files were asked for
                    node = _node(session, broken.path, f"{label}/{broken.name}")
                    yield BrokenItem.make(node, "does-not-load", broken.error)
            for file in pack.files:
                yield from self._of_file(session, file, label, f"{pack.name}/{file.name}")

    def refuse_marked(self, items: list[pytest.Item]) -> list[BrokenItem]:
        """Put an error in the place of each ordinary test with the mark soc2; gives these errors.

        What pytest found in a policy file by itself (`pytest --soc2 .`) is there as a control already, and taken out.
        """
        policy_files = {file.path.resolve() for pack in self._setup.packs for file in pack.files}
        marked = [item for item in items if item.get_closest_marker(MARK) is not None]
        instead = {
            id(item): BrokenItem.make(item.parent or item.session, item.name, ControlDefinitionError(_ELSEWHERE))
            for item in marked
            if item.path.resolve() not in policy_files
        }
        known = {id(item) for item in marked} - instead.keys()
        items[:] = [instead.get(id(item), item) for item in items if id(item) not in known]
        return list(instead.values())

    def _of_file(self, session: pytest.Session, file: PolicyFile, label: str, place: str) -> Iterable[pytest.Item]:
        node: PolicyModule | None = None
        names = self._selection.names(file.path)
        for control in file.controls:
            name = control.function.__name__
            if not self._selection.wants(names, control):
                continue
            if node is None:
                node = _node(session, file.path, f"{label}/{file.name}")
                node.obj = file.module
                node.collect()
            wrong = self._wrong(control, f"{place}::{control.function.__name__}")
            if wrong is not None:
                yield BrokenItem.make(node, name, wrong)
                continue
            item = ControlItem.make(node, control, file, name)
            item.evaluate, item.values = self._evaluating.evaluate, self._evaluating.values
            item.strict = session.config.getoption("soc2_strict")
            item.scoped_out = self._setup.scoped_out(control)
            yield item

    def _wrong(self, control: Control, place: str) -> BaseException | None:
        if place in self._setup.refused:
            return ControlDefinitionError(self._setup.refused[place])
        if (wrong := twin(control.kinds, self._told)) is not None:
            return ControlDefinitionError(f"control {control.id}: {wrong}")
        marks = forbidden_marks(control)
        if marks:
            return ControlDefinitionError(
                f"control {control.id}: the mark {', '.join(marks)} would hide a verdict; {INSTEAD}"
            )
        return None


def _label(pack: Pack) -> str:
    """The folder that a pack's node ids begin with; nothing of an install path."""
    return "policies" if pack.version is None else pack.name


def _node(session: pytest.Session, path: Path, nodeid: str) -> PolicyModule:
    node: PolicyModule = PolicyModule.from_parent(session, path=path, nodeid=nodeid)
    return node
