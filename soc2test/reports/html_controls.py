"""The sections of `matrix.html` about controls: each with its population, limits, findings and gaps."""

from collections.abc import Iterator, Mapping

from soc2test.coverage.statuses import natures_seen
from soc2test.reports.html_parts import anchor, code, control_links, prose, table, text, verdict_sign
from soc2test.reports.html_period import over_period
from soc2test.reports.left_out import of_these, taken_out_text, waiver_text
from soc2test.reports.natures import rests_text
from soc2test.reports.view import (
    VERDICT_WORDS,
    by_severity,
    criteria_text,
    headline,
    joined_lines,
    limit_text,
    numbers,
    ordered,
    outcome_text,
    source_lines,
    told_in,
)
from soc2test.run import Run
from soc2test.verdicts import ControlResult, Finding, Verdict

__all__ = ["attention", "controls"]

_FINDINGS = 100  # of a control
_ROOM = 1_500_000  # bytes of all controls; the page stays below 5 MB
_SHARE = 4  # no control's findings fill more than this part of the room that is left
_OPEN = (Verdict.FAIL, Verdict.ERROR)
_VERDICTS = list(VERDICT_WORDS)
_NATURES = {"state": "a state", "occurrence": "occurrences", "event": "events"}


def attention(run: Run) -> str:
    """The deviations and errors at a glance, worst first."""
    failing = by_severity(result for result in run.controls if result.verdict in _OPEN)
    columns = ("severity", "test", "what must hold", "criteria", "found")
    return table(columns, map(_failing, failing), len(failing))


def _failing(result: ControlResult) -> tuple[str, ...]:
    return (
        text(result.severity),
        control_links([result.id]),
        text(result.title),
        text(criteria_text(result)),
        prose(headline(result)),
    )


def controls(run: Run, paths: Mapping[str, str]) -> str:
    """Every control, the worst verdict first; of those for which there is no room any more the numbers alone."""
    results = sorted(by_severity(run.controls), key=lambda result: _VERDICTS.index(result.verdict))
    return "\n".join(_in_room(results, paths))


def _in_room(results: list[ControlResult], paths: Mapping[str, str]) -> Iterator[str]:
    room = _ROOM
    for place, result in enumerate(results):
        shown = _control(result, list(_body(result, paths, room // _SHARE)))
        if len(shown.encode()) > room // 2:
            rest = '<p class="fine">The rest is in controls.ndjson and findings.ndjson.</p>\n'
            shown = _control(result, [*_numbers(result), rest])
        room -= len(shown.encode())
        if room < 0:
            yield f'<p class="fine">and {len(results) - place} more, all of them in controls.ndjson</p>'
            return
        yield shown


def _control(result: ControlResult, body: list[str]) -> str:
    opened = " open" if result.verdict in _OPEN else ""
    natures = rests_text(natures_seen(result))
    about = " · ".join((criteria_text(result), result.severity, *((f"rests on {natures}",) if natures else ())))
    return (
        f'<details class="control {result.verdict.value}"{opened}>\n'
        f'<summary><span class="top">{verdict_sign(result.verdict)} <b>{text(result.id)}</b> '
        f'<span class="soft">{text(about)}</span></span>'
        f'<span class="title">{text(result.title, 400)}</span></summary>\n'
        f'<div class="body" id="{anchor(result.id)}">\n{"".join(body)}</div>\n</details>'
    )


def _numbers(result: ControlResult) -> Iterator[str]:
    if result.reason:
        reason = result.reason.code.replace("_", " ")
        yield f'<p class="why"><b>{text(reason)}:</b> {prose(result.reason.text)}</p>\n'
    if result.taken_out is not None:
        yield f'<p class="why"><b>taken out:</b> {text(taken_out_text(result.taken_out, result), 1000)}</p>\n'
    operates = f"operates {result.operates}, tested as {_NATURES.get(result.nature, result.nature)}"
    yield f'{_bar(result)}<p class="fine">{text(numbers(result))}; {text(operates)}</p>\n'


def _body(result: ControlResult, paths: Mapping[str, str], room: int) -> Iterator[str]:
    yield from _numbers(result)
    yield _relied_on(result)
    if result.period is not None:
        yield from over_period(result.period)
    yield _listed("By source", [text(line) for line in source_lines(result)])
    yield _listed("Joined", [text(line, 1000) for line in joined_lines(result)])
    yield _listed("Limits", [text(limit, 1000) for limit in limit_text(result)])
    yield _listed("Waivers", [text(line, 1000) for line in _waivers(result)])
    yield _listed("Exempt, and evaluated all the same", list(_exemptions(result)))
    yield _findings(result, paths, room)
    yield _listed("Gaps: what to export", _further_gaps(result))
    supports = [f"{text(criterion)}: {text(why)}" for criterion, why in result.supports.items()]
    yield _listed("Supports, without testing it", supports)
    if result.declared and result.verdict is Verdict.NOT_EVALUATED:
        yield '<p class="fine">Its evidence is declared in soc2.yaml, so this gap counts as a failure.</p>\n'


_PROVEN = {True: "proven: a change of it was noticed", False: "not proven", None: "not proven in this version"}


def _relied_on(result: ControlResult) -> str:
    """The facts that it relies on, and whether it was shown that it can fail."""
    facts = ", ".join(result.relies_on)
    return f'<p class="fine">{text(_PROVEN[result.proven])}; relies on {text(facts, 1000)}</p>\n' if facts else ""


def _exemptions(result: ControlResult) -> Iterator[str]:
    for exemption in result.exemptions:
        approved = f"owner {exemption.owner}, approved by {exemption.approver}, since {exemption.since}"
        yield text(
            f"{exemption.id}, {exemption.matched} resources{of_these(exemption)}: {exemption.reason}; {approved}, "
            f"to be reviewed by {exemption.review_by}",
            1000,
        )


def _waivers(result: ControlResult) -> Iterator[str]:
    for waiver in result.waivers:
        approved = f"owner {waiver.owner}, approved by {waiver.approver}, opened {waiver.opened}"
        yield f"{waiver_text(result, waiver)}: {waiver.reason}; {approved}, expires {waiver.expires}"


def _further_gaps(result: ControlResult) -> list[str]:
    told = result.reason.text if result.reason else ""
    return [prose(gap.text) for gap in result.gaps if gap.text != told]


def _bar(result: ControlResult) -> str:
    """The population as a bar; the line below it says the same in words."""
    parts = (
        ("pass", result.passed),
        ("deviation", result.deviations - result.waived),
        ("accepted", result.waived),
        ("pending", result.pending),
        ("not_evaluated", result.unknown),
        ("error", result.errors),
    )
    inner = "".join(f'<i class="{name}" style="flex:{count}"></i>' for name, count in parts if count)
    return f'<div class="bar" aria-hidden="true">{inner}</div>\n' if inner else ""


def _listed(heading: str, items: list[str]) -> str:
    if not items:
        return ""
    return f"<h4>{heading}</h4>\n<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>\n"


def _findings(result: ControlResult, paths: Mapping[str, str], room: int) -> str:
    findings = ordered(result.findings)
    inline = findings[:_FINDINGS]
    more = len(findings) - len(inline)
    note = f'<p class="fine">and {more} more, all of them in findings.ndjson</p>\n' if more else ""
    rows = (_row(finding, paths) for finding in inline)
    shown = table(("outcome", "resource", "message", "evidence"), rows, len(inline), room)
    return f"<h4>Findings</h4>\n{shown}\n{note}" if inline else ""


def _row(finding: Finding, paths: Mapping[str, str]) -> tuple[str, str, str, str]:
    path = told_in(finding, paths)
    return (
        text(outcome_text(finding)),
        f'{code(finding.resource)} <span class="soft">{text(finding.kind)}</span>',
        prose(finding.message),
        code(path) if path else "",
    )
