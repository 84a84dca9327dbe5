"""From pytest's report of a phase to a verdict that can't be lost, hidden or turned green on the way."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from soc2test.coverage.statuses import natures_seen
from soc2test.errors import Soc2Error
from soc2test.evaluation.outside import by_signal
from soc2test.pytest_plugin.failing import is_failure
from soc2test.pytest_plugin.hiding import veil_report
from soc2test.pytest_plugin.items import BrokenItem, ControlItem, describe
from soc2test.pytest_plugin.words import report_text
from soc2test.reports.natures import rests_text
from soc2test.reports.text import console_lines, terminal_text
from soc2test.reports.veil import Veil
from soc2test.verdicts import ControlResult, Limit, Reason, Verdict

__all__ = ["INTERRUPTED", "RESULT", "empty_result", "result_of", "settle"]

RESULT = "soc2_result"
INTERRUPTED = "interrupted"
"""the code of a reason: something outside ended the control, such as a time limit"""
_LONGEST = 2000
_OURS = "soc2_item"
_PHASE = "soc2_phase"


def settle(
    item: ControlItem | BrokenItem, report: pytest.TestReport, veil: Veil, raised: BaseException | None = None
) -> None:
    """Hold one phase's report, and what was raised in it, against the verdict; the last one carries the result."""
    setattr(report, _OURS, True)
    if isinstance(item, BrokenItem) or item.evaluated is not None:
        setattr(report, _PHASE, "loading" if isinstance(item, BrokenItem) else "evaluation")
    if isinstance(item, BrokenItem) and report.failed:
        report.longrepr = describe(item.error)  # not the way through pytest to it
    if isinstance(item, ControlItem):
        _control(item, report, veil, raised)
    report.sections = [(_clean(title), _clean(text)) for title, text in report.sections]
    veil_report(report, veil, lambda line: terminal_text(line, _LONGEST))
    report.sections = [(terminal_text(title), console_lines(text)) for title, text in report.sections]


def _control(item: ControlItem, report: pytest.TestReport, veil: Veil, raised: BaseException | None) -> None:
    if item.mistake is not None and report.when == "setup":
        report.longrepr = item.mistake  # not pytest's words on our own code
    if item.result is None:
        item.result = veil.result(_unevaluated(item, report, raised))
    elif report.failed and item.result.verdict not in (Verdict.FAIL, Verdict.ERROR, Verdict.NOT_EVALUATED):
        # pytest saw something fail that the evaluation did not: a teardown, a warning made an error
        item.result = _worse(
            item.result, f"the run around the control failed: {veil.text(_raised(raised, item.file.path))}"
        )
    _no_green(item, report)
    if report.when == "setup" and report.failed and item.evaluated is not None:
        report.longrepr = report_text(item.result)
    if report.when == "call" or (report.when == "setup" and not report.passed):
        item.user_properties[:] = _properties(item.result)
        report.user_properties = list(item.user_properties)
    if report.when == "teardown":
        leaves = hasattr(item.config, "workerinput")  # only text can
        setattr(report, RESULT, msgspec.json.encode(item.result).decode() if leaves else item.result)


def _unevaluated(item: ControlItem, report: pytest.TestReport, raised: BaseException | None) -> ControlResult:
    """The control was never run: a fixture broke, or a plugin skipped it. Neither is a pass."""
    if report.skipped:
        return empty_result(item.control, Verdict.NOT_EVALUATED, "skipped", "pytest skipped the control before it ran")
    if raised is not None and by_signal(raised):
        text = f"the control was ended from outside, by a signal ({type(raised).__name__}), before it was evaluated"
        return empty_result(item.control, Verdict.ERROR, INTERRUPTED, text)
    text = f"the control's set-up failed: {_raised(raised, item.file.path)}"
    return empty_result(item.control, Verdict.ERROR, "setup", text)


def _raised(raised: BaseException | None, file: Path) -> str:
    """What broke and where, without a path of this machine: reasons stand in every artifact."""
    if raised is None:
        return "a plugin or conftest.py took its place"
    if isinstance(raised, Soc2Error):
        return str(raised)
    if isinstance(name := getattr(raised, "argname", None), str):  # pytest's error of a fixture that is not there
        return f"there is no fixture {name}"
    place, trace = "", raised.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == str(file) or Path(code.co_filename).name == "conftest.py":
            place = f" in {code.co_name}, line {trace.tb_lineno} of {Path(code.co_filename).name}"
        trace = trace.tb_next
    return f"{type(raised).__name__}{place}"


def _worse(result: ControlResult, text: str) -> ControlResult:
    return msgspec.structs.replace(result, verdict=Verdict.ERROR, reason=Reason("teardown", text))


def _no_green(item: ControlItem, report: pytest.TestReport) -> None:
    """A skip or xfail mark, wherever it comes from, must not turn a failing verdict into a skipped test."""
    if item.result is None or not report.skipped or not is_failure(item.result, item.strict):
        return
    report.outcome = "failed"
    if hasattr(report, "wasxfail"):
        del report.wasxfail
    report.longrepr = report_text(item.result)


def _properties(result: ControlResult) -> list[tuple[str, object]]:
    return [
        ("soc2_control", result.id),
        ("soc2_criteria", " ".join(result.criteria)),
        ("soc2_verdict", result.verdict.value),
        ("soc2_nature", result.nature),
        ("soc2_rests_on", rests_text(natures_seen(result))),
        ("soc2_severity", result.severity),
        ("soc2_population", str(result.population)),
        ("soc2_deviations", str(result.deviations)),
        ("soc2_pending", str(result.pending)),
        ("soc2_unknown", str(result.unknown)),
        ("soc2_exempt", str(result.exempt)),
    ]


def empty_result(control: Any, verdict: Verdict, code: str, text: str) -> ControlResult:
    """The result of a control over which nothing was evaluated."""
    return ControlResult(
        id=control.id,
        title=control.title,
        criteria=control.criteria,
        supports=dict(control.supports),
        verdict=verdict,
        reason=Reason(code, _clean(text)),
        severity=control.severity,
        operates=control.operates,
        limits={name: Limit(value, True) for name, value in control.limits.items()},
        population=0,
        population_digest=None,
        passed=0,
        deviations=0,
        waived=0,
        unknown=0,
        errors=0,
        findings=(),
        evidence=(),
        declared=code != "deselected",
        nature=control.nature,
        reliance=control.reliance,
    )


def result_of(report: pytest.TestReport) -> ControlResult | None:
    """The result that a report carries, if it is the last of a control's reports."""
    result: ControlResult | str | None = getattr(report, RESULT, None)
    return msgspec.json.decode(result, type=ControlResult) if isinstance(result, str) else result


def is_ours(report: pytest.TestReport) -> bool:
    """True for the report of a control or of something broken."""
    return bool(getattr(report, _OURS, False))


def phase_of(report: pytest.TestReport) -> str | None:
    """What was going on in the set-up of one of our items that failed there; None of any other report."""
    return getattr(report, _PHASE, None) if report.when == "setup" and report.failed else None


def _clean(text: str) -> str:
    """Lone surrogates would kill the worker that sends them."""
    return text.encode("utf-8", "backslashreplace").decode()
