"""What the console says of one control's result."""

from soc2test.reports.text import terminal_text
from soc2test.verdicts import ControlResult, Finding, Verdict

__all__ = ["headline", "report_text"]

_MOST = 20
_LONGEST = 2000


def headline(result: ControlResult) -> str:
    """One line: the verdict with its numbers or its reason. pytest prints it in places that clean nothing (`-rs`)."""
    return terminal_text(_headline(result), _LONGEST)


def _headline(result: ControlResult) -> str:
    if result.verdict is Verdict.FAIL and result.deviations:
        verb = "deviates" if result.deviations == 1 else "deviate"
        return f"{result.id}: {result.deviations} of {result.population} {verb}: {result.title}"
    if result.reason is not None:
        return f"{result.id}: {result.verdict.replace('_', ' ')}: {result.reason.text}"
    return f"{result.id}: {result.verdict.replace('_', ' ')}"


def report_text(result: ControlResult) -> str:
    """The headline, then each finding with resource, message and evidence."""
    lines = [headline(result), f"criteria {', '.join(result.criteria)}, severity {result.severity}"]
    if result.limits:
        lines.append(terminal_text("limits " + ", ".join(
            f"{name} {limit.value}{' (tool default)' if limit.default else ''}" for name, limit in result.limits.items()
        ), _LONGEST))  # fmt: skip
    lines += [_line(finding) for finding in result.findings[:_MOST]]
    if len(result.findings) > _MOST:
        lines.append(f"  and {len(result.findings) - _MOST} more, all in findings.ndjson")
    lines += [f"  gap       {terminal_text(gap.text)}" for gap in result.gaps[:_MOST]]
    return "\n".join(lines)


def _line(finding: Finding) -> str:
    kind, resource = terminal_text(finding.kind), terminal_text(finding.resource)
    text = f"  {finding.outcome:9} {kind} {resource}: {terminal_text(finding.message)}"
    return f"{text} [{terminal_text(finding.evidence)}]" if finding.evidence else text
