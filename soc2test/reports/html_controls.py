"""The sections of `matrix.html` about controls: each with its population, evidence, limits, findings and gaps."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from soc2test.coverage.statuses import natures_seen
from soc2test.criteria import CRITERIA
from soc2test.reports.html_bars import source_bars, verdict_bar
from soc2test.reports.html_findings import finding_item, findings_list
from soc2test.reports.html_links import Places, anchor, control_links, criterion_links, evidence_anchor
from soc2test.reports.html_parts import code, prose, table, text, verdict_sign
from soc2test.reports.html_period import over_period
from soc2test.reports.html_room import fitting, needed, shares
from soc2test.reports.left_out import of_these, taken_out_text, waiver_text
from soc2test.reports.natures import rests_text
from soc2test.reports.view import (
    VERDICT_WORDS,
    by_severity,
    headline,
    joined_lines,
    limit_text,
    numbers,
    ordered,
)
from soc2test.run import EvidenceEntry, Run
from soc2test.verdicts import ControlResult, Finding, Verdict

__all__ = ["ControlPart", "attention", "control_parts", "controls", "shared_room", "sources_of"]

_FRAMES = 1_500_000  # bytes of all controls without their findings
_OPEN = (Verdict.FAIL, Verdict.ERROR)
_VERDICTS = list(VERDICT_WORDS)
_NATURES = {"state": "a state", "occurrence": "occurrences", "event": "events"}
_FILES = 8  # of a control, with their digests


class ControlPart(NamedTuple):
    """A control as it will stand in the page, its findings not yet put in."""

    result: ControlResult
    head: str
    before: str
    """what stands above its findings"""
    after: str


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
        criterion_links(result),
        prose(headline(result)),
    )


def control_parts(run: Run, owners: Mapping[str, Sequence[str]], places: Places) -> tuple[list[ControlPart], int]:
    """Every control for which there is room, the worst verdict first, and how many there are beside them.

    Of one that would take too much of the room its numbers stand alone.
    """
    results = sorted(by_severity(run.controls), key=lambda result: _VERDICTS.index(result.verdict))
    entries = {entry.id: entry for entry in run.evidence}
    parts: list[ControlPart] = []
    room = _FRAMES
    for result in results:
        head = _head(result, owners.get(result.id, ()))
        part = ControlPart(result, head, "".join(_before(result, entries, places)), "".join(_after(result)))
        if _size(part) > room // 2:
            rest = '<p class="fine">The rest is in controls.ndjson and findings.ndjson.</p>\n'
            part = ControlPart(result, head, "".join(_numbers(result)) + rest, "")
        room -= _size(part)
        if room < 0:
            break
        parts.append(part)
    return parts, len(results) - len(parts)


def _size(part: ControlPart) -> int:
    return len(part.head.encode()) + len(part.before.encode()) + len(part.after.encode())


def shared_room(parts: Sequence[ControlPart], places: Places, room: int) -> list[int]:
    """How many bytes the findings of each may take, of `room` less what the parts take without them."""
    needs = [needed(ordered(part.result.findings), _rendering(part.result, places)) for part in parts]
    return shares(needs, room - sum(map(_size, parts)))


def controls(parts: Sequence[ControlPart], rooms: Sequence[int], places: Places, more: int) -> Iterator[str]:
    """The parts with as many of their findings as fit."""
    for part, room in zip(parts, rooms, strict=True):
        yield f"{part.head}{part.before}{_findings(part.result, places, room)}{part.after}</div>\n</details>\n"
    if more:
        yield f'<p class="fine">and {more} more, all of them in controls.ndjson</p>'


def _findings(result: ControlResult, places: Places, room: int) -> str:
    findings = ordered(result.findings)
    shown = list(fitting(findings, _rendering(result, places), room))
    return findings_list(shown, len(findings))


def _rendering(result: ControlResult, places: Places) -> "_Rendering":
    return _Rendering(places, len(result.by_source) > 1)


class _Rendering:
    """Renders the findings of one control; no address stands twice."""

    def __init__(self, places: Places, several_sources: bool) -> None:
        self.places, self.several_sources = places, several_sources
        self.seen = set[str]()

    def __call__(self, finding: Finding) -> str:
        first = finding.id not in self.seen
        self.seen.add(finding.id)
        return finding_item(finding, self.places, self.several_sources, named=first)


def _head(result: ControlResult, owners: Sequence[str]) -> str:
    opened = " open" if result.verdict in _OPEN else ""
    natures = rests_text(natures_seen(result))
    rests = f" · rests on {text(natures)}" if natures else ""
    return (
        f'<details class="control {result.verdict.value}"{opened}{_marks(result, owners)}>\n'
        f'<summary><span class="top">{verdict_sign(result.verdict)} <b>{text(result.id)}</b> '
        f'<span class="soft">{_criteria_words(result)} · {text(result.severity)}{rests}</span></span>'
        f'<span class="title">{text(result.title, 400)}</span></summary>\n'
        f'<div class="body" id="{anchor(result.id)}">\n'
    )


def _criteria_words(result: ControlResult) -> str:
    """No links: what stands in a summary opens and closes it."""
    return text(", ".join(result.criteria) or f"supports {', '.join(result.supports)}")


def _marks(result: ControlResult, owners: Sequence[str]) -> str:
    """By what it can be filtered; names stand a line each, since `text` leaves no line feed within one."""
    tested = (*result.criteria, *result.supports)
    categories = dict.fromkeys(CRITERIA[id].category for id in tested if id in CRITERIA)
    marks = {
        "verdict": result.verdict.value,
        "severity": text(result.severity),
        "category": "\n".join(categories),
        "source": "\n".join(map(text, sources_of(result))),
        "owner": "\n".join(map(text, owners)),
    }
    return "".join(f' data-{name}="{value}"' for name, value in marks.items())


def sources_of(result: ControlResult) -> list[str]:
    """The sources of its population and of its findings, by name."""
    return sorted({*result.by_source, *(finding.source for finding in result.findings)})


def _numbers(result: ControlResult) -> Iterator[str]:
    if result.reason:
        reason = result.reason.code.replace("_", " ")
        yield f'<p class="why"><b>{text(reason)}:</b> {prose(result.reason.text)}</p>\n'
    if result.taken_out is not None:
        yield f'<p class="why"><b>taken out:</b> {text(taken_out_text(result.taken_out, result), 1000)}</p>\n'
    operates = f"operates {result.operates}, tested as {_NATURES.get(result.nature, result.nature)}"
    yield f'{verdict_bar(result)}<p class="fine">{text(numbers(result))}; {text(operates)}</p>\n'


def _before(result: ControlResult, entries: Mapping[str, EvidenceEntry], places: Places) -> Iterator[str]:
    yield from _numbers(result)
    yield f'<p class="fine">criteria: {criterion_links(result)}</p>\n'
    yield _relied_on(result)
    yield _population(result)
    if result.period is not None:
        yield from over_period(result.period)
    yield source_bars(result)
    yield _listed("Evidence", _evidence(result, entries, places))
    yield _listed("Joined", [text(line, 1000) for line in joined_lines(result)])
    yield _listed("Limits", [text(limit, 1000) for limit in limit_text(result)])
    yield _listed("Waivers", [text(line, 1000) for line in _waivers(result)])
    yield _listed("Exempt, and evaluated all the same", list(_exemptions(result)))


def _after(result: ControlResult) -> Iterator[str]:
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


def _population(result: ControlResult) -> str:
    """Where its whole population stands, and the digests by which it is known."""
    said = []
    if result.population_digest:
        said.append(f'population digest <code class="digest">{text(result.population_digest)}</code>')
    if result.listed is not None:
        listed = result.listed
        digest = f'sha256 <code class="digest">{text(listed.sha256)}</code>'
        said.append(f"{listed.rows} members listed in {code(listed.file)}, {digest}")
    return f'<p class="fine">{"; ".join(said)}</p>\n' if said else ""


def _evidence(result: ControlResult, entries: Mapping[str, EvidenceEntry], places: Places) -> list[str]:
    """The first of its files, each with its full digest."""
    ids = sorted(result.evidence)
    lines = [_file(id, entries.get(id), places) for id in ids[:_FILES]]
    if len(ids) > _FILES:
        lines.append(f"and {len(ids) - _FILES} more, all of them in controls.ndjson")
    return lines


def _file(id: str, entry: EvidenceEntry | None, places: Places) -> str:
    path = text(entry.path if entry is not None else id)
    shown = f'<a href="#{evidence_anchor(id)}">{path}</a>' if id in places.evidence else f"<code>{path}</code>"
    return f'{shown} <code class="digest">{text(entry.sha256)}</code>' if entry is not None else shown


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


def _listed(heading: str, items: list[str]) -> str:
    if not items:
        return ""
    return f"<h3>{heading}</h3>\n<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>\n"
