"""One `pytest --soc2` run: collects the controls, evaluates them, keeps every verdict, writes the artifacts."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from soc2test.controls.control import Control
from soc2test.controls.packs import INSTEAD, Pack, PolicyFile
from soc2test.errors import ControlDefinitionError, Soc2Error
from soc2test.evaluation.evaluate import Evaluated, Raises, evaluate
from soc2test.inventory.load import Loaded
from soc2test.inventory.twins import tellers, twin
from soc2test.progress.line import Line
from soc2test.pytest_plugin.early import shows_only
from soc2test.pytest_plugin.ending import DROPPED, Ending
from soc2test.pytest_plugin.exceptions import Exceptions
from soc2test.pytest_plugin.garbage import keeping, stays
from soc2test.pytest_plugin.hiding import hide_in_logs, pseudonym_key, veil_error, veil_for, veil_report
from soc2test.pytest_plugin.items import BrokenItem, ControlItem, PolicyModule, broken_text, describe, forbidden_marks
from soc2test.pytest_plugin.outcome import empty_result, settle
from soc2test.pytest_plugin.outlets import Outlets
from soc2test.pytest_plugin.progress import shown, watch_of
from soc2test.pytest_plugin.selection import Selection, select
from soc2test.pytest_plugin.setup import Setup, load, report_folder
from soc2test.pytest_plugin.starting import start_artifacts
from soc2test.pytest_plugin.sudden_end import no_sudden_end
from soc2test.pytest_plugin.whole_values import compared, hide_before_cutting
from soc2test.pytest_plugin.workers import TESTED, end_with_controller, take_over, tested
from soc2test.regular import read_regular
from soc2test.reports import WRITERS, Journal, start
from soc2test.reports.personal import Pseudonyms
from soc2test.reports.publish import WriterBroke, unusable
from soc2test.reports.veil import Veil
from soc2test.resources.kinds import EvidenceItem
from soc2test.run import Writer
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["activate"]

_NEEDED = ("soc2-session", "soc2-ending", "threadexception", "warnings")
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
        setup = load(config, now)
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
        session.problems += _conftests(config, pack.folder)
    config.pluginmanager.register(session, "soc2-session")
    if writing:
        config.pluginmanager.register(Ending(config, session, folder, Journal(folder)), "soc2-ending")


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


class Session:
    """The controls of this process: in a plain run all, in a worker of xdist those it is given."""

    def __init__(self, config: pytest.Config, setup: Setup, selection: Selection, outlets: Outlets) -> None:
        self.config, self.setup, self.selection, self.outlets = config, setup, selection, outlets
        self.controls: dict[str, Control] = {control.id: control for control in setup.controls()}
        self.planned: dict[str, str] = {}
        """node id -> control id ("" for something broken), of what is to run after deselection"""
        self.problems = [
            *setup.plugins.problems,
            *(broken_text(broken) for pack in setup.packs for broken in pack.broken),
            *setup.refused.values(),
            *map(str, setup.config.refused),
        ]
        self._broken_plugins = tuple(setup.plugins.problems)
        self.told_otherwise = set(self.problems) - set(self._broken_plugins) if selection.files else set[str]()
        """problems that don't make the exit code 1: of policy files that were not asked for, of exports as gaps are"""
        self.writers: list[Writer] = []
        self.dropped: set[str] = set()
        """node ids that some plugin took out of the collection without telling pytest"""
        self._collected: set[str] = set()
        self._deselected: set[str] = set()
        self._told = tellers(setup.plugins.sources.values())
        self._loaded: Loaded | None = None
        self._exceptions: Exceptions | None = None
        self._failed: Exception | SystemExit | None = None
        self._veil = Veil() if setup.pseudonym_key is None else None
        self._batch: dict[str, Evaluated] = {}
        self._items: list[ControlItem] = []
        self._line: Line | None = None

    def start_writers(self, folder: Path) -> None:
        """Replace the artifacts of plugins' writers, as the others were."""
        with no_sudden_end():
            for writer in self.setup.plugins.writers():
                if (why := unusable(writer, (*WRITERS, *self.writers))) is not None:
                    self.problems.append(f"a report writer of a plugin is left out: {why}")
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
        self._line = shown(self.config)
        self.outlets.know(self.veil)

    # collection

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Add the controls; -k, -m, --deselect and --lf then apply to them as to any item."""
        ours = list(self._collect(session))
        items.extend(ours)
        self._collected = {item.nodeid for item in ours}
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None and hasattr(reporter, "_numcollected"):  # else it says "collected 0 items"
            reporter._numcollected += len(ours)

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """What was left out on purpose."""
        # pytest-testmon hands on objects of its own, which are no items
        self._deselected |= {item.nodeid for item in items if hasattr(item, "nodeid")}

    def node_ids(self) -> dict[str, str]:
        """Node id -> control id, of all loaded controls."""
        return {
            f"{_label(pack)}/{file.name}::{control.function.__name__}": control.id
            for pack in self.setup.packs
            for file in pack.files
            for control in file.controls
        }

    def _collect(self, session: pytest.Session) -> Iterable[pytest.Item]:
        for problem in self._broken_plugins:
            if not self.selection.files:
                yield BrokenItem.make(session, f"plugin-{problem.split()[1]}", problem)
        for pack in self.setup.packs:
            label = _label(pack)
            for broken in pack.broken:
                if self.selection.wants(broken.path, "", None):
                    node = _node(session, broken.path, f"{label}/{broken.name}")
                    yield BrokenItem.make(node, "does-not-load", broken.error)
            for file in pack.files:
                yield from self._of_file(session, file, label, f"{pack.name}/{file.name}")

    def _of_file(self, session: pytest.Session, file: PolicyFile, label: str, place: str) -> Iterable[pytest.Item]:
        node: PolicyModule | None = None
        for control in file.controls:
            name = control.function.__name__
            if not self.selection.wants(file.path, name, control):
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
            item.evaluate, item.values = self.evaluate, self.values
            item.strict = self.config.getoption("soc2_strict")
            item.scoped_out = self.setup.scoped_out(control)
            yield item

    def _wrong(self, control: Control, place: str) -> BaseException | None:
        if place in self.setup.refused:
            return ControlDefinitionError(self.setup.refused[place])
        if (wrong := twin(control.kinds, self._told)) is not None:
            return ControlDefinitionError(f"control {control.id}: {wrong}")
        marks = forbidden_marks(control)
        if marks:
            return ControlDefinitionError(
                f"control {control.id}: the mark {', '.join(marks)} would hide a verdict; {INSTEAD}"
            )
        return None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """What is left after deselection is what must be reported."""
        self._items = [item for item in session.items if isinstance(item, ControlItem)]
        self.dropped = self._collected - self._deselected - {item.nodeid for item in session.items}
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput[DROPPED] = sorted(self.dropped)
        ours = [item for item in session.items if isinstance(item, ControlItem | BrokenItem)]
        self.planned |= {item.nodeid: item.control.id if isinstance(item, ControlItem) else "" for item in ours}
        stays()

    # evaluation

    @property
    def loaded(self) -> Loaded:
        """The inventory, read when the first control needs it."""
        if self._failed is not None:  # to read everything again for each control would fail each time
            raise self._failed
        if self._loaded is None:
            try:
                with keeping():
                    self._loaded = self.setup.inventory(watch_of(self._line))
            except (Exception, SystemExit) as error:
                self._failed = error
                raise
            finally:
                self._end_line()
            self.problems += [*self._loaded.problems, *self.exceptions.problems]
            # what is wrong with an export is a gap: it fails the run where its source is declared
            self.told_otherwise |= set(self._loaded.problems) - set(self._loaded.faults)
        return self._loaded

    @property
    def exceptions(self) -> Exceptions:
        """What is left out, loosened and stated, judged by the people that the inventory tells."""
        loaded = self.loaded
        if self._exceptions is None:
            self._exceptions = Exceptions(
                self.setup.config, self.setup.controls(), loaded, all_loaded=self.setup.all_loaded
            )
        return self._exceptions

    def tested(self) -> dict[str, Any]:
        """What this process tested, as digests, for the controller to compare."""
        loaded = self._loaded
        as_of = f"{loaded.as_of.time.isoformat()} ({loaded.as_of.source})" if loaded is not None else ""
        read = loaded.inventory.digests() if loaded is not None else {}
        return tested(self.config, self.setup, as_of, read)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """In a worker: tell what it tested."""
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput[TESTED] = self.tested()

    def evaluate(self, item: ControlItem) -> Evaluated:
        """The result of an item's control; controls without fixtures are evaluated together, in one pass a kind."""
        control = item.control
        if item.scoped_out is not None:
            out = empty_result(control, Verdict.NOT_APPLICABLE, "scope", item.scoped_out)
            return Evaluated(self.veil.result(out), None)
        if EvidenceItem in control.kinds:
            self._stream()
        if control.id not in self._batch:
            values = {name: item.funcargs[name] for name in control.fixtures}
            self._evaluate([control] if control.fixtures else self._together(control), values)
        evaluated = self._batch[control.id]
        result = self.exceptions.result(evaluated.result, self._found, self.veil)
        return evaluated if result is evaluated.result else msgspec.structs.replace(evaluated, result=result)

    def _found(self, id: str) -> ControlResult | None:
        """What a control of this run finds, evaluated now where it was not yet; None of one that has no part in it."""
        if id not in self._batch:
            control = next((each for each in self._alone() if each.id == id), None)
            if control is None:
                return None
            self._evaluate(self._together(control), {})
        return self._batch[id].result

    @property
    def veil(self) -> Veil:
        """What every text passes before it leaves."""
        if self._veil is None:
            key = self.setup.pseudonym_key or b""
            self._veil = Veil(Pseudonyms(key))  # of what happens while the exports are read
            with self.outlets.reading():
                self._veil = veil_for(key, lambda: self.loaded.inventory)
        return self._veil

    def _evaluate(self, group: list[Control], values: dict[str, Any]) -> None:
        loaded = self.loaded
        try:
            found = evaluate(
                group, loaded.inventory, {each.id: self.exceptions.limits(each) for each in group},
                loaded.as_of.time, fixtures=values, raises=_RAISES,
                exempt={id: given for each in group for id, given in self.exceptions.exemptions(each).items()},
                zone=self.setup.config.zone, watch=watch_of(self._line),
            )  # fmt: skip
        finally:
            self._end_line()
        veiled = {id: msgspec.structs.replace(each, result=self.veil.result(each.result)) for id, each in found.items()}
        self._batch |= veiled

    def _end_line(self) -> None:
        if self._line is not None:
            self._line.end()

    def _stream(self) -> None:
        """Evaluate what streams: the evidence is judged once it was read, and one reading serves both."""
        for each in self._alone():
            if each.id not in self._batch and each.kind is not None and self.loaded.inventory.streams(each.kind):
                self._evaluate(self._together(each), {})

    def _alone(self) -> list[Control]:
        """The controls of this run that are in scope and need no fixture."""
        return [each.control for each in self._items if each.scoped_out is None and not each.control.fixtures]

    def _together(self, control: Control) -> list[Control]:
        """The controls of this run on the same kind: a resource is decoded once for all of them."""
        same = [each for each in self._alone() if each.kind is control.kind]
        streams = control.kind is not None and self.loaded.inventory.streams(control.kind)
        return same if streams and control in same else [control]

    def values(self, item: ControlItem) -> dict[str, Any]:
        """What the control takes beside the resource under test."""
        control = item.control
        given = {"limits": self.exceptions.limits(control), "as_of": self.loaded.as_of.time}
        return {
            **{name: given[name] for name in control.injected},
            **{name: self.loaded.inventory.population(kind) for name, kind in control.populations.items()},
            **{name: item.funcargs[name] for name in control.fixtures},
        }

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


_RAISES = Raises(
    deviation=(AssertionError, pytest.fail.Exception),
    error=(Exception, SystemExit, pytest.skip.Exception, pytest.xfail.Exception),
    said=(
        (pytest.skip.Exception, "called pytest.skip, which would hide a verdict: leave what it is not for out with "
         f"where=; {INSTEAD}"),
        (pytest.xfail.Exception, "called pytest.xfail, which would hide a verdict"),
    ),
)


def _label(pack: Pack) -> str:
    """The folder that a pack's node ids begin with; nothing of an install path."""
    return "policies" if pack.version is None else pack.name


def _node(session: pytest.Session, path: Path, nodeid: str) -> PolicyModule:
    node: PolicyModule = PolicyModule.from_parent(session, path=path, nodeid=nodeid)
    return node
