"""One `pytest --soc2` run in one process: pytest's hooks from collection to the reports of the items."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from soc2test.controls.control import Control
from soc2test.errors import Soc2Error
from soc2test.populations.population import Population
from soc2test.pytest_plugin.collection import Collecting
from soc2test.pytest_plugin.evaluating import Evaluating
from soc2test.pytest_plugin.garbage import stays
from soc2test.pytest_plugin.hiding import veil_error, veil_report
from soc2test.pytest_plugin.items import BrokenItem, ControlItem, broken_text
from soc2test.pytest_plugin.kind_fixtures import KindFixtures
from soc2test.pytest_plugin.outcome import settle
from soc2test.pytest_plugin.outlets import Outlets
from soc2test.pytest_plugin.problems import Problems
from soc2test.pytest_plugin.progress import shown
from soc2test.pytest_plugin.selection import Selection
from soc2test.pytest_plugin.setup import Setup
from soc2test.pytest_plugin.sudden_end import no_sudden_end
from soc2test.pytest_plugin.whole_values import compared
from soc2test.pytest_plugin.workers import DROPPED, TESTED
from soc2test.reports import WRITERS, start
from soc2test.reports.publish import WriterBroke, unusable
from soc2test.reports.veil import Veil
from soc2test.resources.resource import Resource
from soc2test.run import Writer

__all__ = ["Session"]


class Session:
    """The controls of this process: in a plain run all, in a worker of xdist those it is given."""

    def __init__(self, config: pytest.Config, setup: Setup, selection: Selection, outlets: Outlets) -> None:
        self.config, self.setup, self.selection, self.outlets = config, setup, selection, outlets
        self.controls: dict[str, Control] = {control.id: control for control in setup.controls()}
        self.planned: dict[str, str] = {}
        """node id -> control id ("" for something broken), of what is to run after deselection"""
        self.problems = Problems()
        self._note_broken()
        self.evaluating = Evaluating(config, setup, outlets, self.problems)
        self.collecting = Collecting(setup, selection, self.evaluating)
        self.fixtures = KindFixtures(config, setup.plugins.sources, self._population)
        self.writers: list[Writer] = []
        self.dropped: set[str] = set()
        """node ids that some plugin took out of the collection without telling pytest"""
        self._collected: set[str] = set()
        self._deselected: set[str] = set()

    @property
    def veil(self) -> Veil:
        """What every text passes before it leaves."""
        return self.evaluating.veil

    def _population(self, kind: type[Resource]) -> Population[Any]:
        return self.evaluating.loaded.inventory.population(kind)

    def _note_broken(self) -> None:
        """What did not load; of policy files that were not asked for it makes no run fail."""
        setup, asked = self.setup, not self.selection.files
        self.problems.extend(setup.plugins.problems)
        self.problems.extend((broken_text(broken) for pack in setup.packs for broken in pack.broken), fails=asked)
        self.problems.extend(setup.refused.values(), fails=asked)
        wrong_files = (*setup.config.refused, *setup.company.refused, *setup.subservice.refused)
        self.problems.extend(map(str, wrong_files), fails=asked)

    def start_writers(self, folder: Path) -> None:
        """Replace the artifacts of other formats and of plugins' writers, as the others were."""
        with no_sudden_end():
            for writer in (*self.setup.formats, *self.setup.plugins.writers()):
                if (why := unusable(writer, (*WRITERS, *self.writers))) is not None:
                    self.problems.add(f"a report writer of a plugin is left out: {why}")
                    continue
                self.writers.append(writer)
                try:
                    start(folder, [writer])
                except Soc2Error as error:
                    if not isinstance(error.__cause__, WriterBroke):  # it may need more than a run that has started
                        raise pytest.UsageError(str(error)) from None

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Before anything is shown: learn whom to hide, where people are to be hidden."""
        self.outlets.add_log_file(self.config)
        self.evaluating.line = shown(self.config)
        self.outlets.know(self.veil)

    # collection

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Add the controls; -k, -m, --deselect and --lf then apply to them as to any item."""
        refused = self.collecting.refuse_marked(items)
        ours = list(self.collecting.items(session))
        items.extend(ours)
        self._collected = {item.nodeid for item in (*ours, *refused)}
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None and hasattr(reporter, "_numcollected"):  # else it says "collected 0 items"
            reporter._numcollected += len(ours)

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """What was left out on purpose."""
        # pytest-testmon hands on objects of its own, which are no items
        self._deselected |= {item.nodeid for item in items if hasattr(item, "nodeid")}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """What is left after deselection is what must be reported."""
        self.evaluating.items = [item for item in session.items if isinstance(item, ControlItem)]
        self.dropped = self._collected - self._deselected - {item.nodeid for item in session.items}
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput[DROPPED] = sorted(self.dropped)
        ours = [item for item in session.items if isinstance(item, ControlItem | BrokenItem)]
        self.planned |= {item.nodeid: item.control.id if isinstance(item, ControlItem) else "" for item in ours}
        stays()

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """In a worker: tell what it tested."""
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput[TESTED] = self.evaluating.tested()
            self.evaluating.spool.hand_on()

    # reporting

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self) -> Any:
        """No teardown and no hook of a conftest.py ends the run by `os._exit` either."""
        with no_sudden_end():
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        """Give the report its verdict, as plain text: it may have to leave a worker."""
        report: pytest.TestReport = yield
        if isinstance(item, ControlItem | BrokenItem):
            settle(item, report, self.veil, call.excinfo.value if call.excinfo else None)
        else:
            veil_report(report, self.veil)
        return report

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_make_collect_report(self) -> Any:
        """A test file that does not load."""
        report: pytest.CollectReport = yield
        veil_report(report, self.veil)
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_internalerror(self, excrepr: object) -> None:
        """An error in a hook: pytest prints it, and --junitxml and workers hand it on."""
        self.outlets.take_captured()
        veil_error(excrepr, self.outlets.text)

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self) -> None:
        """The capture ends here."""
        self.outlets.take_captured()

    @pytest.hookimpl(tryfirst=True)
    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> list[str] | None:
        """Two values of an assert that hold what is hidden."""
        return compared(op, left, right, self.outlets.text)
