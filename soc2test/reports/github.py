"""GitHub Actions: the step summary and the annotations of a run, as text; the pytest plugin writes them."""

from collections.abc import Iterator

from soc2test.reports.matrix_markdown import MatrixMarkdown
from soc2test.reports.text import visible
from soc2test.reports.view import by_severity, criteria_text, evidence_paths, headline, ordered, told_in
from soc2test.run import Run
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["annotations", "step_summary"]

_MOST = 10  # GitHub shows ten errors of a step and drops the others silently


def step_summary(run: Run) -> str:
    """What to append to the file that $GITHUB_STEP_SUMMARY names."""
    return MatrixMarkdown().render(run).decode()


def annotations(run: Run, exports: str = "") -> str:
    """At most ten `::error` lines, worst first, to print at the start of a line each.

    `exports` is the exports folder relative to the repository, so that an annotation stands at the evidence's file.
    """
    lines = list(_lines(run, exports))
    if len(lines) > _MOST:
        lines[_MOST - 1 :] = [_command({"title": "SOC 2"}, f"and {len(lines) - _MOST + 1} more, see the step summary")]
    return "".join(f"{line}\n" for line in lines)


def _lines(run: Run, exports: str) -> Iterator[str]:
    if run.held_back is not None:
        yield _command({"title": "SOC 2 baseline"}, visible(run.held_back.text))
    if not run.complete:
        yield _command({"title": "SOC 2 run not complete"}, visible(run.incomplete_because or "no reason given"))
    for problem in run.problems:
        yield _command({"title": "SOC 2 run"}, visible(problem, 400))
    paths = evidence_paths(run)
    failing = [result for result in run.controls if _fails(result)]
    for result in by_severity(failing):
        yield _annotation(result, paths, exports)


def _fails(result: ControlResult) -> bool:
    gap = result.verdict is Verdict.NOT_EVALUATED and result.declared
    return gap or result.verdict in (Verdict.FAIL, Verdict.ERROR)


def _annotation(result: ControlResult, paths: dict[str, str], exports: str) -> str:
    findings = ordered(result.findings)
    message = f"{visible(result.title)} {visible(headline(result))}"
    properties = {"title": f"{visible(result.id)} ({criteria_text(result)})"}
    if findings:
        first = findings[0]
        message += f"\n{first.outcome}: {visible(first.resource)}: {visible(first.message)}"
        path = paths.get(first.evidence or "", "")  # what lies in a record of the evidence store is no file here
        if path:
            message += visible(told_in(first, paths).removeprefix(path))  # of several records in the file, which
            file = visible(path, 1000)
            properties = {"file": f"{exports.rstrip('/')}/{file}" if exports else file} | properties
    return _command(properties, message)


def _command(properties: dict[str, str], message: str) -> str:
    pairs = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::error {pairs}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
