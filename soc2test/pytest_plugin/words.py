"""What the console says of one control's result."""

from difflib import get_close_matches

from soc2test.controls.control import Control
from soc2test.coverage.statuses import natures_seen
from soc2test.reports.natures import rests_text
from soc2test.reports.text import terminal_text
from soc2test.reports.view import criteria_text, limit_text, ordered
from soc2test.resources.fixture_names import claims
from soc2test.verdicts import ControlResult, Finding, Verdict

__all__ = ["Phase", "headline", "no_fixture", "report_text", "short_line"]

_MOST = 5  # findings of a control on the console; all are in findings.ndjson
_LONGEST = 2000


class Phase(str):
    """pytest's word for the phase in which a report was made, with our own where pytest prints it."""

    said: str

    def __new__(cls, phase: str, said: str) -> "Phase":
        """`phase` to all who compare it, `said` to all who read it."""
        made = super().__new__(cls, phase)
        made.said = said
        return made

    def __format__(self, spec: str) -> str:
        return self.said


def no_fixture(control: Control, name: str) -> str:
    """What to write where a parameter is neither annotated with a kind nor the name of a fixture."""
    known = claims()
    alike = get_close_matches(name.casefold(), known, n=1)
    kind = known[alike[0]][0].kind.__name__ if alike else "Kind"
    guess = f"did you mean {alike[0]!r}? Else " if alike else ""
    return (
        f"{control.id}: {name} is no fixture, and has no annotation: {guess}write {name}: Population[{kind}] for all "
        f"of them, or {name}: {kind} for each"
    )


def headline(result: ControlResult) -> str:
    """One line: the verdict with its numbers or its reason. pytest prints it in places that hide nothing (`-rs`)."""
    return terminal_text(_headline(result), _LONGEST)


def _headline(result: ControlResult) -> str:
    if result.verdict is Verdict.FAIL and result.deviations:
        verb = "deviates" if result.deviations == 1 else "deviate"
        accepted = f" ({result.waived} accepted by a waiver)" if result.waived else ""
        return f"{result.id}: {result.deviations} of {result.population} {verb}{accepted}: {result.title}"
    if result.verdict is Verdict.FAIL and result.reason is not None and result.reason.code == "assertion":
        unnamed = "as a whole, naming no resource (deviation(resource, message) names one)"
        return f"{result.id}: fails {unnamed}: {result.reason.text}"
    if result.reason is not None:
        return f"{result.id}: {result.verdict.replace('_', ' ')}: {result.reason.text}"
    return f"{result.id}: {result.verdict.replace('_', ' ')}"


def short_line(result: ControlResult) -> str:
    """The id, how many deviate, and the first of them: what a line of the short summary has room for."""
    first = next((finding for finding in ordered(result.findings) if finding.outcome in ("deviation", "error")), None)
    if result.verdict is not Verdict.FAIL or first is None or not result.deviations:
        return headline(result)
    verb = "deviates" if result.deviations == 1 else "deviate"
    text = f"{result.id}: {result.deviations} of {result.population} {verb}: {first.resource}: {first.message}"
    return terminal_text(text, _LONGEST)


def report_text(result: ControlResult) -> str:
    """The headline, then each finding with resource, message and evidence."""
    lines = [headline(result), terminal_text(_head(result), _LONGEST)]
    if result.limits:
        lines.append(terminal_text(f"limits {', '.join(limit_text(result))}", _LONGEST))
    lines += [_line(finding) for finding in result.findings[:_MOST]]
    if len(result.findings) > _MOST:
        lines.append(f"  and {len(result.findings) - _MOST} more, all in findings.ndjson")
    lines += [f"  gap       {terminal_text(gap.text)}" for gap in result.gaps[:_MOST]]
    return "\n".join(lines)


def _head(result: ControlResult) -> str:
    parts = [f"criteria {', '.join(result.criteria)}"] if result.criteria else [criteria_text(result)]
    parts += [f"severity {result.severity}", result.nature]
    natures = rests_text(natures_seen(result))
    return ", ".join([*parts, f"rests on {natures}"] if natures else parts)


def _line(finding: Finding) -> str:
    kind, resource = terminal_text(finding.kind), terminal_text(finding.resource)
    text = f"  {finding.outcome:9} {kind} {resource}: {terminal_text(finding.message)}"
    return f"{text} [{terminal_text(finding.evidence)}]" if finding.evidence else text
