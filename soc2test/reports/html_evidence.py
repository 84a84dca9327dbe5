"""The section of `matrix.html` about the evidence: each file with date and digest, and what it told and serves."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from soc2test.reports.html_links import Places, control_links, evidence_anchor, finding_anchor
from soc2test.reports.html_parts import table, text
from soc2test.reports.view import evidence_paths, utc
from soc2test.run import EvidenceEntry, Run
from soc2test.verdicts import ControlResult, Finding

__all__ = ["evidence", "places_of"]

_ROOM = 700_000  # bytes of the list; evidence.ndjson holds all
_ROW = 420  # bytes of a row without its path, which stands in it once
_LINKS = 5  # of findings, and of tests, of a file


class _Uses(NamedTuple):
    """Who refers to a file."""

    findings: Mapping[str, list[Finding]]
    tests: Mapping[str, list[str]]


def places_of(run: Run) -> Places:
    """The evidence that the page will list: first what told a finding, so that each of these leads to its file."""
    telling = {finding.evidence for result in run.controls for finding in result.findings}
    room, listed = _ROOM, set[str]()
    for entry in sorted(run.evidence, key=lambda entry: (entry.id not in telling, entry.path, entry.id)):
        room -= _ROW + len(entry.path.encode("utf-8", "replace")) + len(entry.operation)
        if room < 0:
            break
        listed.add(entry.id)
    return Places(paths=evidence_paths(run), evidence=frozenset(listed))


def evidence(run: Run, places: Places, results: Sequence[ControlResult]) -> str:
    """A row a file; `results` are those whose sections stand in the page."""
    uses = _uses(results)
    listed = [entry for entry in run.evidence if entry.id in places.evidence]
    columns = ("file", "operation", "collected", "records", "complete", "told", "read by")
    shown = table(columns, (_row(entry, uses) for entry in listed), len(listed), 2 * _ROOM)
    left_out = len(run.evidence) - len(listed)
    more = f'<p class="fine">and {left_out} more, all of them in evidence.ndjson</p>' if left_out else ""
    return shown + more


def _uses(results: Iterable[ControlResult]) -> _Uses:
    findings: dict[str, list[Finding]] = {}
    tests: dict[str, list[str]] = {}
    for result in results:
        for id in result.evidence:
            tests.setdefault(id, []).append(result.id)
        for finding in result.findings:
            if finding.evidence:
                findings.setdefault(finding.evidence, []).append(finding)
    return _Uses(findings=findings, tests=tests)


def _row(entry: EvidenceEntry, uses: _Uses) -> tuple[str, ...]:
    tests = sorted(uses.tests.get(entry.id, ()))
    return (
        f'<code id="{evidence_anchor(entry.id)}" data-source="{text(entry.source)}">{text(entry.path)}</code> '
        f'<code class="digest">{text(entry.sha256)}</code>',
        f'{text(entry.operation)} <span class="soft">{text(entry.source)}</span>',
        utc(entry.collected_at) if entry.collected_at else "not dated",
        str(entry.records),
        "yes" if entry.complete else '<b class="sign not_evaluated">no</b>',
        _findings(uses.findings.get(entry.id, ())),
        control_links(tests[:_LINKS]) + _more(len(tests)),
    )


def _findings(found: Sequence[Finding]) -> str:
    """What it told, the first of it; of one for which there was no room the page says so when its link is followed."""
    links = [f'<a href="#{finding_anchor(finding)}">{text(finding.resource, 60)}</a>' for finding in found[:_LINKS]]
    return ", ".join(links) + _more(len(found))


def _more(count: int) -> str:
    return f" and {count - _LINKS} more" if count > _LINKS else ""
