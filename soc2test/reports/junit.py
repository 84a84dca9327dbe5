"""`junit.xml`: the verdicts for CI systems, in the dialect that all of them read.

A suite a category, a case a control under its first criterion; beside them a suite "run" for what went wrong with the
run itself, so that a run which saw nothing, or broke, shows as such.
"""

from collections.abc import Iterator
from xml.etree import ElementTree

import junit_xml

from soc2test.criteria import CRITERIA
from soc2test.reports.text import visible
from soc2test.reports.view import (
    CATEGORY_WORDS,
    VERDICT_WORDS,
    as_of_text,
    evidence_paths,
    headline,
    is_started,
    limit_text,
    numbers,
    ordered,
    told_in,
)
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["Junit"]

_SHOWN = 20  # findings in the text of a case
_SKIPPED = (Verdict.NO_OCCURRENCES, Verdict.NOT_APPLICABLE)


class Junit:
    """The verdicts as JUnit XML."""

    filename = "junit.xml"

    def render(self, run: Run) -> bytes:
        """The document; its last line is the disclaimer, as a comment."""
        suites = list(_suites(run))
        xml = junit_xml.to_xml_report_string(suites, prettyprint=False, encoding="utf-8")
        root = ElementTree.fromstring(xml.encode())  # noqa: S314  (our own output, every text in it cleaned)
        for element in root.iter():
            element.attrib.pop("disabled", None)  # strict schemas refuse it
        ElementTree.indent(root)
        body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
        return body + f"\n<!-- {DISCLAIMER} -->\n".encode()


def _suites(run: Run) -> Iterator[junit_xml.TestSuite]:
    note = "\n".join(_about(run))
    problems = list(_problems(run))
    if problems:
        yield junit_xml.TestSuite("run", problems, stdout=note)
    paths = evidence_paths(run)
    for category, words in CATEGORY_WORDS.items():
        results = sorted(run.controls, key=lambda result: result.id)
        cases = [_case(result, paths) for result in results if CRITERIA[_first(result)].category == category]
        if cases:
            yield junit_xml.TestSuite(words, cases, stdout=note)


def _about(run: Run) -> Iterator[str]:
    yield f"system: {visible(run.programme.system)}"
    yield f"as of: {visible(as_of_text(run))}"
    yield "complete: yes" if run.complete else f"complete: no, {visible(run.incomplete_because or 'no reason given')}"
    yield DISCLAIMER


def _problems(run: Run) -> Iterator[junit_xml.TestCase]:
    if is_started(run):
        yield _broken("the run reached its end", run.incomplete_because or "")
    elif not run.complete:
        case = junit_xml.TestCase("every control was tested", "run")
        case.add_skipped_info(f"not complete: {visible(run.incomplete_because or 'no reason given')}")
        yield case
    if not is_started(run) and not run.controls:
        yield _broken("a control was evaluated", "no control was evaluated")
    for place, problem in enumerate(run.problems, 1):
        yield _broken(f"problem {place}", problem)


def _broken(name: str, text: str) -> junit_xml.TestCase:
    case = junit_xml.TestCase(name, "run")
    message = visible(text) or "no reason given"  # junit-xml drops an error that says nothing
    case.add_error_info(message, visible(text, 2000), "error")
    return case


def _case(result: ControlResult, paths: dict[str, str]) -> junit_xml.TestCase:
    criterion = _first(result)
    group = criterion.partition(".")[0]
    name = visible(f"{result.id} {result.title}")
    case = junit_xml.TestCase(name, f"{group}.{criterion.replace('.', '_')}", stdout="\n".join(_notes(result)))
    message = visible(f"{result.title} {headline(result)}")  # never empty: junit-xml would drop the outcome
    text = "\n".join(_findings(result, paths)) or message
    if result.verdict is Verdict.FAIL or (result.verdict is Verdict.NOT_EVALUATED and result.declared):
        case.add_failure_info(message, text, "deviation" if result.verdict is Verdict.FAIL else "not_evaluated")
    elif result.verdict is Verdict.ERROR:
        case.add_error_info(message, text, "error")
    elif result.verdict is Verdict.NOT_EVALUATED or result.verdict in _SKIPPED:
        case.add_skipped_info(message, text)
    return case


def _findings(result: ControlResult, paths: dict[str, str]) -> Iterator[str]:
    findings = ordered(result.findings)
    for finding in findings[:_SHOWN]:
        path = told_in(finding, paths)
        where = f" [{visible(path)}]" if path else ""
        resource = f"{visible(finding.kind)} {visible(finding.resource)}"
        yield f"{finding.outcome}: {resource}: {visible(finding.message)}{where}"
    if len(findings) > _SHOWN:
        yield f"and {len(findings) - _SHOWN} more, see findings.ndjson"
    for gap in result.gaps[:_SHOWN]:
        yield f"gap: {visible(gap.text)}"


def _notes(result: ControlResult) -> Iterator[str]:
    yield f"criteria: {', '.join(result.criteria)}"
    if result.supports:
        yield f"supports: {', '.join(result.supports)}"
    yield f"verdict: {VERDICT_WORDS[result.verdict]}"
    if result.verdict is Verdict.ACCEPTED:
        yield "note: deviations stand, each under an accepted waiver; this is no pass"
    yield f"severity: {visible(result.severity)}, operates {visible(result.operates)}"
    yield f"population: {numbers(result)}"
    limits = limit_text(result)
    if limits:
        yield f"limits: {visible('; '.join(limits), 2000)}"
    if result.reason:
        yield f"reason: {visible(result.reason.code)}: {visible(result.reason.text)}"


def _first(result: ControlResult) -> str:
    """The criterion under which a control stands: the first that it tests, else the first that it supports."""
    return next(iter((*result.criteria, *result.supports)))
