"""The end of what pytest prints: a short line for each control that fails, the summary, GitHub's annotations."""

import csv
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.compat import running_on_ci

from soc2test.pytest_plugin.ending import Ending
from soc2test.pytest_plugin.outcome import is_ours
from soc2test.pytest_plugin.session import Session
from soc2test.pytest_plugin.words import short_line
from soc2test.reports import summary
from soc2test.reports.github import annotations, step_summary
from soc2test.reports.secret_values import redact
from soc2test.reports.text import terminal_text
from soc2test.reports.view import VERDICT_WORDS, by_severity
from soc2test.run import Run
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["Console"]

_WORDS = {"f": ("failed", "FAILED"), "E": ("error", "ERROR")}
"""how pytest's `-r` asks for them, what its counts call them, and how its lines begin"""
_COUNTED = ("failed", "error", "passed", "skipped", "xfailed", "xpassed")
_SAME = {"failed": {Verdict.FAIL}, "error": {Verdict.ERROR}, "passed": {Verdict.PASS}}
"""where its word says the same as the verdict"""
_ROWS = 10_000
_WHOLE = 2  # -vv: pytest cuts no line


class Console:
    """Has pytest's short summary name controls in place of functions, and the summary come last."""

    def __init__(self, config: pytest.Config, session: Session, ending: Ending) -> None:
        self.config, self.session, self.ending = config, session, ending
        self._taken: dict[str, list[pytest.TestReport]] = {}

    @pytest.hookimpl(wrapper=True, tryfirst=True)  # around the wrapper of pytest's terminal, which prints short lines
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
        """Print last, whatever another plugin's summary does."""
        try:
            return (yield)
        finally:
            for stat, reports in self._taken.items():
                terminalreporter.stats[stat][:] = reports
            if self.ending.run is not None:
                with self.session.outlets.own():
                    self._short_lines(terminalreporter)
                    self._show(self.ending.run, terminalreporter)
                    self._resources(terminalreporter)
                    self._in_words_of_pytest(self.ending.run, terminalreporter)

    @pytest.hookimpl(specname="pytest_terminal_summary", trylast=True)
    def pytest_between_failures_and_short_lines(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Between the failures in full and pytest's short lines, of which those of controls are ours to print.

        pytest's would begin with the name of a function, and be cut before they say what deviates; on CI they would
        repeat all that was said above.
        """
        for stat, _ in _WORDS.values():
            if reports := terminalreporter.stats.get(stat, []):
                self._taken[stat] = list(reports)
                reports[:] = [report for report in reports if self._result(report) is None]

    def _result(self, report: pytest.TestReport) -> ControlResult | None:
        """What a control's report is about; None for other tests, and files that did not load."""
        return self.ending.results.get(self.session.planned.get(report.nodeid, "")) if is_ours(report) else None

    def _short_lines(self, terminalreporter: pytest.TerminalReporter) -> None:
        writer = terminalreporter._tw  # the only way to pytest's width and colours
        whole = running_on_ci() or self.config.get_verbosity() >= _WHOLE
        lines: list[str] = []
        for char in terminalreporter.reportchars:
            stat, word = _WORDS.get(char, ("", ""))
            found = {result.id: result for result in map(self._result, self._taken.get(stat, ())) if result is not None}
            for result in by_severity(found.values()):
                told = f"{result.severity} {short_line(result)}"
                text = told if whole else _cut(told, writer.fullwidth - len(word) - 1)
                lines.append(f"{writer.markup(word, red=True)} {text}")
        if lines:
            terminalreporter.write_sep("=", "short summary of controls", cyan=True, bold=True)
            for line in lines:
                terminalreporter.write_line(redact(line))

    def _show(self, run: Run, terminalreporter: pytest.TerminalReporter) -> None:
        writer = terminalreporter._tw
        terminalreporter.write_line("")
        verbose = self.config.get_verbosity() > 0
        terminalreporter.write_line(redact(summary(run, writer.fullwidth, writer.hasmarkup, verbose=verbose)))
        if os.environ.get("GITHUB_ACTIONS") == "true":
            terminalreporter.write_line("")
            terminalreporter.write(redact(annotations(run, self._exports())))
            if (path := os.environ.get("GITHUB_STEP_SUMMARY")) is not None:
                with open(path, "a", encoding="utf-8") as file:
                    file.write(redact(step_summary(run)))

    def _resources(self, terminalreporter: pytest.TerminalReporter) -> None:
        """With -vv each resource of the controls that --soc2-control names, as their lists have them."""
        if self.config.get_verbosity() < _WHOLE:
            return
        for id in self.config.getoption("soc2_control"):
            listed = self.ending.making.listed.get(id)
            path = self.ending.folder / listed.file if listed is not None else None
            if listed is None or path is None or not path.is_file():
                terminalreporter.write_line(f"{terminal_text(id)}: its population is not listed")
                continue
            terminalreporter.write_line(f"{terminal_text(id)}: each of its population, by {listed.file}")
            for line in _rows(path):
                terminalreporter.write_line(redact(f"  {line}"))

    def _in_words_of_pytest(self, run: Run, terminalreporter: pytest.TerminalReporter) -> None:
        """What pytest's own counts, which come next, say of the same controls: where the words are others."""
        told: list[str] = []
        counted, others, plain = set[str](), 0, True
        for stat in _COUNTED:
            results = [self._result(report) for report in terminalreporter.stats.get(stat, ())]
            found = Counter(result.verdict for result in results if result is not None)
            counted |= {result.id for result in results if result is not None}
            others += sum(result is None for result in results)
            plain &= found.keys() <= _SAME.get(stat, set())
            if found:
                words = ", ".join(f"{count} {VERDICT_WORDS[verdict]}" for verdict, count in found.items())
                told.append(f"{found.total()} {stat} ({words})")
        if others:
            told.append(f"{others} more, which are no controls")
        if left := sum(result.id not in counted for result in run.controls):
            told.append(f"{left} controls are not in them: pytest reported nothing of them")
        if told and not (plain and not others and not left):
            terminalreporter.write_line(f"in pytest's counts: {'; '.join(told)}")

    def _exports(self) -> str:
        place = self.session.setup.place
        return place.url or os.path.relpath(place.folder, os.environ.get("GITHUB_WORKSPACE") or self.config.rootpath)


def _rows(path: Path) -> Iterator[str]:
    """Outcome and id of each member, and whether it is exempt or pending: the columns that all lists have."""
    with path.open(encoding="utf-8-sig", newline="") as file:  # it begins with a mark, for Excel
        for number, row in enumerate(csv.DictReader(file)):
            if number == _ROWS:
                yield f"and more, see {path.name}"
                return
            yield f"{terminal_text(row['outcome']):<16} {terminal_text(row['kind'])} {terminal_text(row['id'])}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: max(width - 3, 0)]}..."
