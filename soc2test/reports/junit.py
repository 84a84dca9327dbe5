"""`junit.xml`: the verdicts for CI systems, in the dialect that all of them read.

A suite a category, a case a control under its first criterion; the tests of the evidence itself have a suite of their
own, and come first. Beside them a suite "run" for what went wrong with the run itself, so that a run which saw nothing,
or broke, shows as such. What a control rests on stands in its notes and in the suite's properties, since the dialect
knows properties of suites alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree import ElementTree

import junit_xml

from soc2test.coverage.statuses import natures_seen
from soc2test.criteria import CRITERIA
from soc2test.reports.company_view import COMPANY_STATUSES, controls_of, tests_text
from soc2test.reports.frameworks_view import framework_text, untouched_lines
from soc2test.reports.left_out import left_out, of_these, statement_text, taken_out_text, waiver_text
from soc2test.reports.natures import natures_text, rests_text, row_rests, sources_text
from soc2test.reports.period_view import late_lines, missing_lines, period_lines
from soc2test.reports.privacy import privacy_text
from soc2test.reports.text import visible
from soc2test.reports.view import (
    CATEGORY_WORDS,
    STATUS_WORDS,
    VERDICT_WORDS,
    as_of_label,
    as_of_text,
    evidence_paths,
    headline,
    is_started,
    limit_text,
    numbers,
    ordered,
    outcome_text,
    recorded_text,
    reliance_of,
    told_in,
)
from soc2test.run import DISCLAIMER, CompanyControlRow, CriterionRow, FrameworkRows, Run
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["Junit"]

_SHOWN = 20  # findings in the text of a case
_SKIPPED = (Verdict.ACCEPTED, Verdict.NO_OCCURRENCES, Verdict.NOT_APPLICABLE)
_EVIDENCE = "evidence"
_CONTROLS = 1000  # of the company's own
_FRAMEWORKS = 20
_LINES = 200  # of a suite's notes that people's own files may fill


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
        if run.held_back is not None:  # in the first line, behind the declaration
            first = f"<!-- {_comment(run.held_back.text)} -->".encode()
            body = body.replace(b"?>\n", b"?>" + first + b"\n", 1)
        return body + f"\n<!-- {DISCLAIMER} -->\n".encode()


def _comment(text: str) -> str:
    """A text within a comment of XML, where two hyphens end it."""
    return re.sub("-(?=-)", "- ", visible(text))


def _suites(run: Run) -> Iterator[junit_xml.TestSuite]:
    note = "\n".join(_about(run))
    problems = list(_problems(run))
    if problems:
        yield junit_xml.TestSuite("run", problems, stdout=note)
    paths = evidence_paths(run)
    about, named = _criteria(run) | _company(run) | _frameworks(run), controls_of(run)
    for name, results in _grouped(run):
        cases = [_case(result, paths, named.get(result.id, ())) for result in results]
        properties = about | _natures(results) | _named(run, results, named)
        about = {}  # the statuses stand once, in the first suite
        yield junit_xml.TestSuite(name, cases, properties=properties, stdout=note)


def _grouped(run: Run) -> Iterator[tuple[str, list[ControlResult]]]:
    """A suite's name with its controls by id; none without a control."""
    of_evidence = reliance_of(run)
    if of_evidence:
        yield _EVIDENCE.capitalize(), of_evidence
    others = sorted((result for result in run.controls if not result.reliance), key=lambda result: result.id)
    for category, words in CATEGORY_WORDS.items():
        results = [result for result in others if CRITERIA[_first(result)].category == category]
        if results:
            yield words, results


def _criteria(run: Run) -> dict[str, str]:
    """The status of each criterion, with the tests that were taken out and what the others rest on."""
    return {f"criterion.{row.id}": visible(_status(row), 2000) for row in run.criteria} if run.controls else {}


def _company(run: Run) -> dict[str, str]:
    """The status of each control of the company's own, with its tests and why it is no better; the first of many."""
    rows = run.company_controls.controls if run.company_controls is not None else ()
    return {f"control.{visible(row.id)}": visible(_company_status(row), 2000) for row in rows[:_CONTROLS]}


def _company_status(row: CompanyControlRow) -> str:
    tests = tests_text(row, _SHOWN)
    return "; ".join([COMPANY_STATUSES[row.status], *([f"tests: {tests}"] if tests else []), *row.notes])


def _frameworks(run: Run) -> dict[str, str]:
    """How many requirements of each framework are touched, and which are not; the first of many."""
    return {f"framework.{visible(each.name)}": visible(_framework(each), 4000) for each in run.frameworks[:_FRAMEWORKS]}


def _framework(framework: FrameworkRows) -> str:
    lists = [f"{words}: {', '.join(ids)}" for words, ids in untouched_lines(framework)]
    return "; ".join([f"{len(framework.requirements)} requirements: {framework_text(framework)}", *lists])


def _named(run: Run, results: list[ControlResult], named: Mapping[str, list[str]]) -> dict[str, str]:
    """The controls of the company's own that each test looks at; nothing where none is described."""
    if run.company_controls is None:
        return {}
    return {f"{visible(each.id)}.controls": visible(", ".join(named.get(each.id, ())) or "none") for each in results}


def _status(row: CriterionRow) -> str:
    parts = [STATUS_WORDS[row.status]]
    if row_rests(row):
        parts.append(row_rests(row))
    if row.partial:
        parts.append(f"taken out: {', '.join(row.partial)}")
    if row.loosened:
        parts.append(f"exempt or loosened: {', '.join(row.loosened)}")
    if row.reason:
        parts.append(row.reason)
    return "; ".join(parts)


def _natures(results: list[ControlResult]) -> dict[str, str]:
    properties = {}
    for result in results:
        id = visible(result.id)
        properties[f"{id}.nature"] = result.nature
        properties[f"{id}.rests_on"] = rests_text(natures_seen(result)) or "nothing"
    return properties


def _about(run: Run) -> Iterator[str]:
    yield f"system: {visible(run.programme.system)}"
    yield f"{as_of_label(run)}: {visible(as_of_text(run), 400)}"
    yield "complete: yes" if run.complete else f"complete: no, {visible(run.incomplete_because or 'no reason given')}"
    if not is_started(run):
        yield natures_text(run)
        if sources := sources_text(run):
            yield visible(sources)
        if privacy := privacy_text(run):
            yield f"privacy: {privacy}"
        if recorded := recorded_text(run):
            yield f"evidence: {visible(recorded)}"
        if run.period is not None:
            yield from _first_of([f"missing: {line}" for line in missing_lines(run.period)], "matrix.json")
            yield from _first_of([f"recorded late: {line}" for line in late_lines(run.period)], "matrix.json")
        yield from _ours(run)
    yield DISCLAIMER


def _ours(run: Run) -> Iterator[str]:
    """What the company left out, loosened or states; the first of many."""
    lines = [f"{entry.control}: {entry.what}; {entry.why}; {entry.who}" for entry in left_out(run)]
    lines += [f"statement {each.id}: {each.text}; {statement_text(each)}" for each in run.statements]
    yield from _first_of(lines, "controls.ndjson")


def _first_of(lines: Sequence[str], file: str) -> Iterator[str]:
    """The first of them, and where the others stand."""
    yield from (visible(line, 1000) for line in lines[:_LINES])
    if len(lines) > _LINES:
        yield f"and {len(lines) - _LINES} more, see {file}"


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


def _case(result: ControlResult, paths: dict[str, str], named: Iterable[str]) -> junit_xml.TestCase:
    name = visible(f"{result.id} {result.title}")
    case = junit_xml.TestCase(name, _class(result), stdout="\n".join(_notes(result, named)))
    message = visible(f"{result.title} {_why(result)}", 1000)  # never empty: junit-xml would drop the outcome
    text = "\n".join(_findings(result, paths)) or message
    if result.verdict is Verdict.FAIL or (result.verdict is Verdict.NOT_EVALUATED and result.declared):
        case.add_failure_info(message, text, "deviation" if result.verdict is Verdict.FAIL else "not_evaluated")
    elif result.verdict is Verdict.ERROR:
        case.add_error_info(message, text, "error")
    elif result.verdict is Verdict.NOT_EVALUATED or result.verdict in _SKIPPED:
        case.add_skipped_info(message, text)
    return case


def _class(result: ControlResult) -> str:
    if result.reliance:
        return f"{_EVIDENCE}.{visible(result.id.partition('-')[0])}"
    criterion = _first(result)
    return f"{criterion.partition('.')[0]}.{criterion.replace('.', '_')}"


def _why(result: ControlResult) -> str:
    """The headline; of what is skipped who answers for that."""
    if result.taken_out is not None:
        return taken_out_text(result.taken_out, result)
    if result.verdict is Verdict.ACCEPTED:
        waivers = sorted({finding.waiver for finding in result.findings if finding.waiver})
        return f"{headline(result)} (waivers: {', '.join(waivers[:_SHOWN]) or 'none is named'})"
    return headline(result)


def _findings(result: ControlResult, paths: dict[str, str]) -> Iterator[str]:
    if result.period is not None and result.period.as_a_whole:
        yield f"deviation: the control as a whole: {visible(result.period.as_a_whole, 2000)}"
    findings = ordered(result.findings)
    for finding in findings[:_SHOWN]:
        path = told_in(finding, paths)
        where = f" [{visible(path)}]" if path else ""
        resource = f"{visible(finding.kind)} {visible(finding.resource)}"
        yield f"{outcome_text(finding)}: {resource}: {visible(finding.message)}{where}"
    if len(findings) > _SHOWN:
        yield f"and {len(findings) - _SHOWN} more, see findings.ndjson"
    for gap in result.gaps[:_SHOWN]:
        yield f"gap: {visible(gap.text)}"


def _notes(result: ControlResult, named: Iterable[str]) -> Iterator[str]:
    if result.criteria:
        yield f"criteria: {', '.join(result.criteria)}"
    if result.supports:
        yield f"supports: {', '.join(result.supports)}"
    if ids := ", ".join(named):
        yield f"controls: {visible(ids, 1000)}"
    natures = rests_text(natures_seen(result))
    yield f"verdict: {VERDICT_WORDS[result.verdict]}{f' ({natures})' if natures else ''}"
    if result.verdict is Verdict.ACCEPTED:
        yield "note: deviations stand, each under an accepted waiver; this is no pass"
    yield f"nature: {result.nature}"
    yield f"severity: {visible(result.severity)}, operates {visible(result.operates)}"
    yield f"population: {numbers(result)}"
    yield from _over_period(result)
    limits = limit_text(result)
    if limits:
        yield f"limits: {visible('; '.join(limits), 2000)}"
    for exemption in result.exemptions:
        approved = f"{exemption.reason}; owner {exemption.owner}, approved by {exemption.approver}"
        yield visible(f"exempt by {exemption.id}: {exemption.matched}{of_these(exemption)}; {approved}", 1000)
    for waiver in result.waivers:
        days = f"opened {waiver.opened}, expires {waiver.expires}"
        approved = f"{waiver.reason}; owner {waiver.owner}, approved by {waiver.approver}, {days}"
        yield visible(f"{waiver_text(result, waiver)}; {approved}", 1000)
    if result.reason:
        yield f"reason: {visible(result.reason.code)}: {visible(result.reason.text)}"


def _over_period(result: ControlResult) -> Iterator[str]:
    """What may be said of a test over a period, and what else is told of it; of one that passes too."""
    if result.period is None:
        return
    yield f"over the period: {visible(headline(result), 1000)}"
    lines = list(period_lines(result.period))
    yield from (f"period: {visible(line, 1000)}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"period: and {len(lines) - _SHOWN} more, see controls.ndjson"


def _first(result: ControlResult) -> str:
    """The criterion under which a control stands: the first that it tests, else the first that it supports."""
    return next(iter((*result.criteria, *result.supports)))
