"""The end of a run, in the process that writes: the guard that nothing was lost, artifacts, summary, exit code."""

import sys
from pathlib import Path
from typing import Any

import pytest

from soc2test.errors import Soc2Error
from soc2test.pytest_plugin.exit_code import Happened, exit_code
from soc2test.pytest_plugin.failing import fails_the_run, worst
from soc2test.pytest_plugin.junitxml import scan_junitxml
from soc2test.pytest_plugin.listing_populations import list_populations
from soc2test.pytest_plugin.making_run import MakingRun
from soc2test.pytest_plugin.outcome import is_ours, phase_of, result_of
from soc2test.pytest_plugin.recording import recorded, since, why_not
from soc2test.pytest_plugin.session import Session
from soc2test.pytest_plugin.starting import LOST, count
from soc2test.pytest_plugin.sudden_end import LAST_WORDS, no_sudden_end
from soc2test.pytest_plugin.words import Phase
from soc2test.pytest_plugin.workers import DROPPED, TESTED, handed, same_disk
from soc2test.reports import WRITERS, Journal, publish
from soc2test.reports.publish import WriterBroke, with_leaks
from soc2test.reports.view import in_order
from soc2test.run import Run, Writer
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["Ending"]

_JUDGED = (Verdict.PASS, Verdict.FAIL, Verdict.ACCEPTED, Verdict.NO_OCCURRENCES)


class Ending:
    """Keeps the results as they come in, from this process or from workers, and ends the run."""

    def __init__(self, config: pytest.Config, session: Session, folder: Path, journal: Journal) -> None:
        self.config, self.session, self.folder, self.journal = config, session, folder, journal
        self.results: dict[str, ControlResult] = {}
        self.making = MakingRun(session, self.results)
        self.reported: set[str] = set()
        self.broken: set[str] = set()
        self.ordinary_failed = False
        self.own_failures = 0
        self.run: Run | None = None
        LAST_WORDS.insert(0, self.ended)  # before a copy of the exports is taken away, which it may still read

    def ended(self, by: str) -> None:
        """The last words of a run whose process is about to end: a control hangs, and a time limit ends it all."""
        if self.run is not None:
            return
        stopped = f"the run was ended by {by}, in the middle of a control"
        sys.__stderr__ and sys.__stderr__.write(f"\n{stopped}\n")
        run = in_order(self.making.make(self._lost(), stopped, pytest.ExitCode.OK))
        publish(self.folder, [*WRITERS, *self.session.writers], run)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker what to test."""
        node.workerinput[TESTED] = handed(self.config, self.session.setup, near=same_disk(node))

    @pytest.hookimpl(optionalhook=True)  # where pytest-xdist is not installed, its hooks are unknown
    def pytest_xdist_node_collection_finished(self, node: Any, ids: list[str]) -> None:
        """The controller collects nothing itself: what workers collected is what must be reported."""
        known = self.session.collecting.node_ids()
        for nodeid in ids:
            if nodeid in known or nodeid.endswith("::does-not-load") or nodeid.startswith("plugin-"):
                self.session.planned.setdefault(nodeid, known.get(nodeid, ""))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in one phase's report."""
        if not is_ours(report):
            # a worker that crashed reports its item as failed, without our mark: then it stays unreported
            self.ordinary_failed |= report.failed and report.nodeid not in self.session.planned
            return
        if report.failed:
            self.own_failures += 1
            if (said := phase_of(report)) is not None:
                report.when = Phase(str(report.when), said)  # type: ignore[assignment]  # "ERROR at evaluation of IAM-01"
            self.broken.add(report.nodeid)
        if report.when == "teardown":
            self.reported.add(report.nodeid)
            if (result := result_of(report)) is not None:
                self._keep(result)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """An ordinary test file that did not load."""
        self.ordinary_failed |= report.failed

    def _keep(self, result: ControlResult) -> None:
        result = self.results[result.id] = worst(self.results.get(result.id), result)
        self.journal.append(result)
        with no_sudden_end():
            self.session.setup.plugins.observe(result)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """What a worker's collection lost, and what it tested."""
        output = getattr(node, "workeroutput", {})
        self.session.dropped |= set(output.get(DROPPED, ()))
        self.making.told[node.gateway.id] = (output.get(TESTED), same_disk(node))

    @pytest.hookimpl(wrapper=True, trylast=True)  # within the wrapper of pytest's terminal, which prints the summary
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> Any:
        """Write the artifacts and set the exit code, whatever other plugins do at the end."""
        try:
            with no_sudden_end():
                yield
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # SystemExit or pytest.exit there would end the run green
            self.session.problems.add(f"pytest_sessionfinish of a plugin or conftest.py raised {type(error).__name__}")
        code = int(exitstatus)
        stopped = self._stopped(session, exitstatus)
        if code == pytest.ExitCode.INTERRUPTED and (why := _stopped_by_xdist(self.config)):
            stopped = f"the run was stopped: {why}"
            code = session.exitstatus = pytest.ExitCode.TESTS_FAILED  # as -x ends a run without -n
        self.session.problems.extend(scan_junitxml(self.config, self.session.veil))
        self._publish(session, stopped, code)

    def _lost(self) -> list[str]:
        return sorted(set(self.session.planned) - self.reported)

    def _publish(self, session: pytest.Session, stopped: str, exitstatus: int) -> None:
        """A writer that breaks is named in the artifacts of the others."""
        self.journal.close()
        writers: list[Writer] = [*WRITERS, *self.session.writers]
        self._list(stopped, exitstatus)
        self._record(stopped, exitstatus)
        run, leaks = self._written(writers, stopped, exitstatus)
        code = LOST if leaks is None else exit_code(self._happened(session, exitstatus, stopped))
        self.run = run if not leaks else with_leaks(run, leaks)
        session.exitstatus = (code or 1) if leaks else code
        count(self.config, int(session.exitstatus))

    def _list(self, stopped: str, exitstatus: int) -> None:
        """List the populations, before anything names the lists; where that can't be, the run fails and says so."""
        run = self.making.make(self._lost(), stopped, exitstatus)
        try:
            with no_sudden_end():
                self.making.listed = list_populations(self.folder, self.session, run)
        except Soc2Error as error:
            self.session.problems.add(str(error))
        except (Exception, SystemExit) as error:  # noqa: BLE001  # the matrix must be written, and say so
            self.session.problems.add(f"no population was listed: it broke with {type(error).__name__}")

    def _record(self, stopped: str, exitstatus: int) -> None:
        """Keep what was tested, before the reports name the record; where that can't be, the run fails and says so."""
        if not self.config.getoption("soc2_record"):
            return
        run = in_order(self.making.make(self._lost(), stopped, exitstatus))
        try:
            with no_sudden_end():
                self.making.recorded = recorded(self.config, self.session, run)
                self.making.since = since(self.config, self.session, self.making.recorded)
        except Soc2Error as error:
            self.session.problems.add(why_not(error))
        except (Exception, SystemExit) as error:  # noqa: BLE001  # what broke the reading of the exports breaks it again
            self.session.problems.add(f"nothing was recorded: it broke with {type(error).__name__}")

    def _written(self, writers: list[Writer], stopped: str, exitstatus: int) -> tuple[Run, tuple[str, ...] | None]:
        """The run as it was written, and what had to be taken out of it; None where the disk refused it.

        The artifacts on disk then stay those of a run that has started.
        """
        while True:
            run = in_order(self.making.make(self._lost(), stopped, exitstatus))
            try:
                with no_sudden_end():
                    return run, publish(self.folder, writers, run)
            except WriterBroke as error:
                self.session.problems.add(str(error))
                writers.remove(error.writer)
            except Soc2Error as error:
                self.session.problems.add(str(error))
                return in_order(self.making.make(self._lost(), stopped, exitstatus)), None

    def pytest_unconfigure(self) -> None:
        """Where another plugin broke the end, pytest's own file may be written and not looked at yet."""
        LAST_WORDS.remove(self.ended)
        scan_junitxml(self.config, self.session.veil)

    @staticmethod
    def _stopped(session: pytest.Session, exitstatus: int) -> str:
        if exitstatus == pytest.ExitCode.INTERRUPTED:
            return "the run was interrupted"
        if session.shouldfail or session.shouldstop:
            return f"the run was stopped: {session.shouldfail or session.shouldstop}"
        return ""

    def _happened(self, session: pytest.Session, exitstatus: int, stopped: str) -> Happened:
        lost = bool(self._lost()) and not stopped
        ran = {id for id in self.session.planned.values() if id}
        results = [result for result in self.results.values() if result.id in ran]
        failed = self._failed_otherwise(session) or self._broken_items() or any(map(self._fails, results))
        return Happened(
            exitstatus=exitstatus,
            lost=lost or bool(self.session.dropped or self.making.astray or self.making.interrupted()),
            failed=failed or self.session.problems.fail,
            judged=any(result.verdict in _JUDGED for result in results),
        )

    def _fails(self, result: ControlResult) -> bool:
        strict, fail_on = self.config.getoption("soc2_strict"), self.config.getoption("soc2_fail_on")
        return fails_the_run(result, strict=strict, fail_on=fail_on, baseline=self.session.setup.baseline)

    def _failed_otherwise(self, session: pytest.Session) -> bool:
        """True where pytest or another plugin saw something fail that is no control of ours."""
        foreign = session.exitstatus not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
        unexplained = session.testsfailed > self.own_failures or (foreign and not self.own_failures)
        return self.ordinary_failed or unexplained

    def _broken_items(self) -> bool:
        return any(not id and nodeid in self.broken for nodeid, id in self.session.planned.items())


def _stopped_by_xdist(config: pytest.Config) -> str:
    """Why xdist stopped the run at --maxfail, which it does by an interrupt; empty where it did not."""
    stopped = getattr(config.pluginmanager.get_plugin("dsession"), "shouldstop", "")
    return stopped if isinstance(stopped, str) and stopped.startswith("stopping after") else ""
