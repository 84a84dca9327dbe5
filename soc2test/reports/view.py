"""What every report for people says in the same words: statuses, counts, and what to export."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from operator import attrgetter

import msgspec

from soc2test.criteria import CATEGORIES, CRITERIA
from soc2test.reports.period_view import period_headline, period_text
from soc2test.run import AsOf, CriterionRow, Programme, Run, Tool
from soc2test.verdicts import SEVERITIES, ControlResult, Finding, Limit, Verdict, times_looser

__all__ = [
    "CATEGORY_WORDS",
    "GLYPHS",
    "REASONED",
    "STATUS_WORDS",
    "VERDICT_SIGNS",
    "VERDICT_WORDS",
    "as_of_label",
    "as_of_text",
    "by_category",
    "by_severity",
    "counts",
    "counts_text",
    "criteria_text",
    "default_text",
    "evidence_paths",
    "headline",
    "in_order",
    "in_scope",
    "is_started",
    "joined_lines",
    "limit_text",
    "limit_value",
    "numbers",
    "ordered",
    "outcome_text",
    "path_of",
    "recorded_text",
    "reliance_of",
    "source_lines",
    "started_run",
    "to_export",
    "told_in",
    "utc",
]

STATUS_WORDS = {
    "deviation": "deviation",
    "not_evaluated": "not evaluated",
    "accepted_deviation": "deviation, accepted",
    "statement_only": "statement only",
    "no_deviations_partial": "no deviations, partial",
    "no_deviations": "no deviations",
    "no_occurrences": "no occurrences",
    "no_control": "no control",
    "carved_out": "carved out",
    "not_relevant": "not relevant",
    "out_of_scope": "out of scope",
}
"""A criterion's status, from worst to best."""

REASONED = ("accepted_deviation", "no_deviations_partial", "carved_out", "not_relevant")
"""Of these a row's reason is why they are what they are; beside another status it says what is to be known too."""

GLYPHS = {
    "deviation": "✗",
    "not_evaluated": "?",
    "accepted_deviation": "!",
    "statement_only": "§",
    "no_deviations_partial": "◐",
    "no_deviations": "✓",
    "no_occurrences": "○",
    "no_control": "-",
    "carved_out": "»",
    "not_relevant": "~",
    "out_of_scope": "·",
}
"""A sign for each status: colour never stands alone. The tick is for one of them alone."""

VERDICT_WORDS = {
    Verdict.FAIL: "deviation",
    Verdict.ERROR: "error",
    Verdict.NOT_EVALUATED: "not evaluated",
    Verdict.ACCEPTED: "accepted deviation",
    Verdict.PASS: "no deviations",
    Verdict.NO_OCCURRENCES: "no occurrences",
    Verdict.NOT_APPLICABLE: "not applicable",
}
"""A test's verdict, from worst to best."""

VERDICT_SIGNS = {
    Verdict.FAIL: "✗",
    Verdict.ERROR: "✗",
    Verdict.NOT_EVALUATED: "?",
    Verdict.ACCEPTED: "!",
    Verdict.PASS: "✓",
    Verdict.NO_OCCURRENCES: "○",
    Verdict.NOT_APPLICABLE: "·",
}

CATEGORY_WORDS = {
    "security": "Security",
    "availability": "Availability",
    "confidentiality": "Confidentiality",
    "processing_integrity": "Processing integrity",
    "privacy": "Privacy",
}

IN_RECORD = "record "
"""what ids of evidence begin with that lies in the evidence store"""
_FILES_NAMED = 3
_OUTCOMES = ("deviation", "error", "unknown", "waived", "pending", "exempt")
_STARTED = "the run has started and has not reached its end"


def started_run() -> Run:
    """What is true when a run begins: no control was evaluated, no moment is known."""
    rows = tuple(CriterionRow(each.id, each.category, "not_evaluated", (), ()) for each in CRITERIA.values())
    nothing = AsOf(datetime.min.replace(tzinfo=UTC), "not known yet")
    return Run(False, _STARTED, nothing, Tool("", (), ()), Programme("", (), ""), rows, (), (), ())


def in_scope(run: Run) -> list[str]:
    """The categories in scope, in their order; Security always is, once the programme is known."""
    named = {"security", *run.programme.categories} if run.programme.digest else set()
    return [category for category in CATEGORIES if category in named]


def is_started(run: Run) -> bool:
    """True for the record that stands in the artifacts while a run goes on, or after it crashed."""
    return not run.complete and run.incomplete_because == _STARTED


def utc(time: datetime) -> str:
    """ISO 8601 with Z."""
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def as_of_label(run: Run) -> str:
    """What stands before the moment or the period."""
    return "as of" if run.period is None else "over"


def as_of_text(run: Run) -> str:
    """The moment of the run, for people, and where its days begin and end if that is not UTC."""
    if is_started(run):
        return run.as_of.source
    if run.period is not None:
        return period_text(run.period)
    days = "" if run.programme.time_zone == "UTC" else f"; days are those of {run.programme.time_zone}"
    return f"{utc(run.as_of.time)} ({run.as_of.source}){days}"


def recorded_text(run: Run) -> str:
    """Which record keeps what was tested, over a period the head of the store; empty where none does."""
    head = run.period.head if run.period is not None else None
    if head is not None:
        return f"read up to the head {head.number}:{head.digest} of {head.store}"
    kept = run.recorded
    if kept is None:
        return ""
    return f"kept as record {kept.number} of {kept.store}, head {kept.number}:{kept.digest}"


class Ordered(tuple[Finding, ...]):
    """Findings in the order of every report."""


def ordered(findings: Iterable[Finding]) -> Ordered:
    """A control's findings: deviations first, so that no cut hides one behind what is unknown; then kind, resource."""
    if isinstance(findings, Ordered):
        return findings
    found = sorted(findings, key=_RESOURCE)
    if len({each.kind for each in found}) > 1 or len({each.resource for each in found}) < len(found):
        found.sort(key=_PLACE)  # by texts alone three times faster, and the same where they all differ
    if len({each.outcome for each in found}) > 1:
        found.sort(key=lambda each: (_OUTCOMES.index(each.outcome), _FOUND.get(each.found or "", len(_FOUND))))
    return Ordered(found)


def in_order(run: Run) -> Run:
    """The run with each control's findings ordered, once for all that report them."""
    controls = (msgspec.structs.replace(result, findings=ordered(result.findings)) for result in run.controls)
    return msgspec.structs.replace(run, controls=tuple(controls))


def outcome_text(finding: Finding) -> str:
    """The outcome in words; of what is exempt what would be it, so that a deviation stands out."""
    return finding.outcome if finding.found is None else f"{finding.outcome}, {_EXEMPT[finding.found]}"


_EXEMPT = {"deviation": "deviates", "error": "in error", "unknown": "unknown", "pending": "pending"}
_FOUND = {found: place for place, found in enumerate(_EXEMPT)}
_RESOURCE, _PLACE = attrgetter("resource"), attrgetter("kind", "resource", "id")


def by_category(run: Run) -> Iterable[tuple[str, list[CriterionRow]]]:
    """The category's words with its rows, in the fixed order."""
    for category in CATEGORIES:
        yield CATEGORY_WORDS[category], [row for row in run.criteria if row.category == category]


def by_severity(results: Iterable[ControlResult]) -> list[ControlResult]:
    """Worst severity first, then by id."""
    return sorted(results, key=lambda result: (_severity(result), result.id))


def _severity(result: ControlResult) -> int:
    return SEVERITIES.index(result.severity) if result.severity in SEVERITIES else len(SEVERITIES)


def counts(run: Run) -> dict[str, int]:
    """How many controls have each verdict, all seven, from worst to best."""
    return {verdict.value: sum(result.verdict is verdict for result in run.controls) for verdict in VERDICT_WORDS}


_COUNTED = {
    Verdict.FAIL: "with deviations",
    Verdict.ERROR: "in error",
    Verdict.NOT_EVALUATED: "not evaluated",
    Verdict.ACCEPTED: "with accepted deviations",
    Verdict.PASS: "without deviations",
    Verdict.NO_OCCURRENCES: "without occurrences",
    Verdict.NOT_APPLICABLE: "not applicable",
}


def counts_text(run: Run) -> str:
    """The counts that are not zero, in a line."""
    words = [f"{count} {_COUNTED[Verdict(verdict)]}" for verdict, count in counts(run).items() if count]
    return ", ".join(words) or "none was evaluated"


def evidence_paths(run: Run) -> dict[str, str]:
    """Evidence id -> path of its file."""
    return {entry.id: entry.path for entry in run.evidence}


def path_of(finding: Finding, paths: Mapping[str, str]) -> str:
    """The file that told a finding, "" where none did; over a period the record that holds it stands before it."""
    id = finding.evidence or ""
    return paths.get(id, id if id.startswith(IN_RECORD) else "")


def told_in(finding: Finding, paths: Mapping[str, str]) -> str:
    """The same for people, with the record where the file holds several: "github/acme.ndjson (record 3)"."""
    path = path_of(finding, paths)
    record = (finding.evidence or "").removeprefix(f"{path}#") if path else ""
    return f"{path} (record {record})" if record.isdecimal() else path


def reliance_of(run: Run) -> list[ControlResult]:
    """The tests of the evidence itself, by id: whether the others can be relied on."""
    return sorted((result for result in run.controls if result.reliance), key=lambda result: result.id)


def criteria_text(result: ControlResult) -> str:
    """The criteria that it tests; of one that tests none, those that it supports."""
    return ", ".join(result.criteria) or f"supports {', '.join(result.supports)}"


def numbers(result: ControlResult) -> str:
    """The population and what became of it, in a line."""
    if not result.population:
        return f"no resource examined{_exempt(result)}"
    if _as_a_whole(result):
        how = "fails" if result.verdict is Verdict.FAIL else "broke"
        return f"{how} as a whole, over {result.population}{_exempt(result)}"
    parts = [f"{result.passed} of {result.population} without deviation{_exempt(result)}"]
    for count, word in (
        (result.deviations, "deviating"),
        (result.pending, "pending"),
        (result.unknown, "unknown"),
        (result.errors, "in error"),
        (result.waived, "waived"),
    ):
        if count:
            parts.append(f"{count} {word}")
    if result.period is not None and result.period.as_a_whole:
        parts.append("fails as a whole")
    return ", ".join(parts)


def _as_a_whole(result: ControlResult) -> bool:
    """A test over a population that names no resource: each may be right, and one of them is missing; or it broke."""
    return result.verdict in (Verdict.FAIL, Verdict.ERROR) and result.passed == result.population


def _exempt(result: ControlResult) -> str:
    """Exempt ones stand beside the population: a reader must see how many there would be with them."""
    if not result.exempt:
        return ""
    deviating = f", {result.exempt_deviations} of them deviating" if result.exempt_deviations else ""
    return f" ({result.population + result.exempt} less {result.exempt} exempt{deviating})"


def source_lines(result: ControlResult) -> list[str]:
    """What was found in each source, a line each; none where the control is about one alone."""
    if len(result.by_source) < 2:  # noqa: PLR2004  # the control's own line says it
        return []
    return [
        f"{source}: {VERDICT_WORDS[found.verdict]}, {found.passed} of {found.population} without deviation"
        + (f", {found.pending} pending" if found.pending else "")
        for source, found in result.by_source.items()
    ]


def joined_lines(result: ControlResult) -> list[str]:
    """The populations that a control joined, a line each, with the first of their files."""
    return [
        f"{joined.population} {joined.kind}: {_first(joined.evidence)}, digest {(joined.population_digest or '-')[:12]}"
        for joined in result.joined
    ]


def _first(files: tuple[str, ...]) -> str:
    more = f" and {len(files) - _FILES_NAMED} more" if len(files) > _FILES_NAMED else ""
    return (", ".join(files[:_FILES_NAMED]) or "no evidence") + more


def headline(result: ControlResult) -> str:
    """Why the verdict is what it is, in a line."""
    if result.period is not None and result.verdict is not Verdict.NOT_APPLICABLE:
        return period_headline(result, result.period)
    if result.verdict is Verdict.FAIL and result.deviations:
        pending = f", {result.pending} pending" if result.pending else ""
        accepted = f", {result.waived} of them accepted by a waiver" if result.waived else ""
        return f"{result.deviations} of {result.population} deviate{accepted}{pending}{_exempt(result)}"
    if result.reason is None:
        return numbers(result)
    pending = f" ({result.pending} pending)" if result.pending else ""
    return f"{result.reason.text}{pending}{_exempt(result)}"


def limit_text(result: ControlResult) -> list[str]:
    """Each limit as used; a default of the tool is named as such, and so is one that is or was looser."""
    then = [
        f"{_limit(each.name, each.limit)} from {each.first} to {each.last}"
        for each in (result.period.looser if result.period is not None else ())
    ]
    return [*(_limit(name, limit) for name, limit in sorted(result.limits.items())), *then]


def _limit(name: str, limit: Limit) -> str:
    used = f"{name} {limit_value(limit.value)}"
    if limit.default:
        return f"{used} (tool default)"
    if not limit.looser:
        return used
    approved = f"by {limit.clause or 'no clause'}, approved by {limit.approved_by or 'nobody'}"
    return f"{used} (LOOSER than {default_text(limit)}; {approved})"


def default_text(limit: Limit) -> str:
    """The tool's own value of a limit that is looser, and how many times as far the company's goes."""
    default = "" if limit.tool_default is None else f" {limit_value(limit.tool_default) or 'none'}"
    times = times_looser(limit)
    return f"the tool default{default}{f', {times} as far' if times else ''}"


def limit_value(value: object) -> str:
    """A limit's value for people."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def to_export(run: Run) -> list[tuple[str, list[str]]]:
    """What would close the gaps: each text once, with the ids of the controls that wait for it, worst first."""
    waiting: dict[str, list[str]] = {}
    for result in by_severity(run.controls):
        for text in _gaps(result):
            ids = waiting.setdefault(text, [])
            if result.id not in ids:
                ids.append(result.id)
    return list(waiting.items())


def _gaps(result: ControlResult) -> Iterable[str]:
    if result.reason and result.reason.code in ("deselected", "stopped"):
        return ()  # nothing is missing: it was not asked for, and the run says so
    texts = [gap.text for gap in result.gaps]
    if result.unknown:
        unknown = ordered(each for each in result.findings if each.outcome == "unknown")
        texts += [finding.message for finding in unknown]
    if not texts and result.verdict is Verdict.NOT_EVALUATED and result.reason:
        texts = [result.reason.text]
    return dict.fromkeys(texts)
