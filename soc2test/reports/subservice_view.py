"""What every report says of subservice organisations in the same words."""

from collections.abc import Iterator

from soc2test.reports.company_view import COMPANY_STATUSES
from soc2test.reports.view import VERDICT_WORDS
from soc2test.run import Run
from soc2test.run_subservice import (
    AnsweringControl,
    LetterMonths,
    LetterRow,
    OwnUserEntityControlRow,
    ReportRow,
    SubserviceDays,
    SubserviceRow,
    UserEntityControlRow,
)
from soc2test.verdicts import Stretch

__all__ = [
    "days_text",
    "how_text",
    "letter_text",
    "open_of_reports",
    "organisation_title",
    "organisations_named",
    "own_told",
    "report_text",
    "use_text",
    "user_entity_control_text",
]

_SHOWN = 10
"""stretches of days that are named; controls.ndjson has all"""
_TYPES = {
    "soc2_type2": "SOC 2 Type 2",
    "soc2_type1": "SOC 2 Type 1",
    "soc3": "SOC 3",
    "iso27001": "ISO 27001 certificate",
    "questionnaire": "questionnaire",
}
_METHODS = {"carve_out": "carved out", "inclusive": "inclusive"}
_WORDS = {**COMPANY_STATUSES, **{str(verdict): words for verdict, words in VERDICT_WORDS.items()}}
"""of a control of ours: its status, or a test's verdict"""


def organisation_title(row: SubserviceRow) -> str:
    """Id, name and method, in a line."""
    name = f" ({row.name})" if row.name is not None else ""
    method = _METHODS[row.method] if row.stands else f"not taken as {_METHODS[row.method]}"
    return f"{row.id}{name}, {method}"


def use_text(row: SubserviceRow) -> str:
    """What of ours rests on it, and what of its we use."""
    needed = ", ".join((*row.criteria, *row.commitments))
    regions = f" in {', '.join(row.regions)}" if row.regions else ""
    return f"needed for {needed}; used: {', '.join(row.services)}{regions}"


def how_text(row: SubserviceRow) -> str:
    """What is assumed of it and watches it, or stands behind the inclusive method; how long letters are shown."""
    parts = []
    if row.assumes:
        parts.append(f"assumed of it: {', '.join(row.assumes)}")
    if row.monitoring is not None:
        parts.append(f"watched by {_control(row.monitoring)}")
    if row.assertion is not None:
        parts.append(f"its written assertion: {row.assertion}")
    if row.sources:
        parts.append(f"its evidence: {', '.join(row.sources)}")
    if row.owners:
        parts.append(f"its people: {', '.join(row.owners)}")
    if row.letter_months.value != row.letter_months.tool_default:
        parts.append(_months(row.letter_months))
    return "; ".join(parts)


def _months(months: LetterMonths) -> str:
    """For how long a letter is shown, where that is not the tool's default; more was approved by somebody."""
    approved = f" ({months.clause}, approved by {months.approved_by})" if months.approved_by is not None else ""
    return f"letters are shown for {months.value} months, tool default {months.tool_default}{approved}"


def _control(control: AnsweringControl) -> str:
    words = _WORDS[control.status] if control.status is not None else "nobody knows it"
    return f"{control.id} ({words})"


def days_text(days: SubserviceDays | None) -> str:
    """Days of ours covered, by a letter and by nothing, each with its dates."""
    if days is None:
        return "its controls are tested here, by its own evidence"
    parts = [
        f"{days.covered} of {days.days} days covered{_on(days.covered_on)}",
        f"{days.by_letter} by an unaudited letter{_on(days.by_letter_on)}",
        f"{days.by_nothing} by nothing{_on(days.by_nothing_on)}",
    ]
    return ", ".join(parts)


def _on(stretches: tuple[Stretch, ...]) -> str:
    if not stretches:
        return ""
    named = [one.first if one.days == 1 else f"{one.first} to {one.last}" for one in stretches[:_SHOWN]]
    more = f" and {len(stretches) - _SHOWN} more" if len(stretches) > _SHOWN else ""
    return f" ({', '.join(named)}{more})"


def report_text(report: ReportRow) -> str:
    """A report in a line: what it is, its days, what its auditor concluded, what of ours it leaves out."""
    auditor = f" by {report.auditor}" if report.auditor is not None else ""
    parts = [f"{_TYPES[report.type]}{auditor}, {_period(report)}"]
    if report.auditor_opinion is not None:
        about = f" for {', '.join(report.auditor_opinion_about)}" if report.auditor_opinion_about else ""
        parts.append(f"{report.auditor_opinion}{about}")
    parts.append(f"covers {report.covers} of our days" if report.covers else "covers none of our days")
    parts += report.lacks
    for noted in report.exceptions or ():
        answer = f"our answer: {noted.answer}" if noted.answer is not None else "without our answer"
        parts.append(f"it notes: {noted.text} ({answer})")
    parts.append(_file(report.file, report.sha256))
    return "; ".join(part for part in parts if part)


def _period(report: ReportRow) -> str:
    if report.first is None and report.last is None:
        return "of no day that is told"
    return f"{report.first or 'no first day'} to {report.last or 'no last day'}"


def _file(file: str | None, sha256: str | None) -> str:
    return f"{file} (sha256 {(sha256 or '')[:12]})" if file is not None else ""


def open_of_reports(row: SubserviceRow) -> Iterator[str]:
    """Why reports and letters cover or show less than they could, a line each."""
    for report in row.reports:
        if report.lacks:
            yield f"{_TYPES[report.type]}, {_period(report)}: {'; '.join(report.lacks)}"
    for letter in row.letters:
        if letter.lacks:
            yield f"letter, {letter.first} to {letter.last}: {'; '.join(letter.lacks)}"


def letter_text(letter: LetterRow) -> str:
    """A bridge letter in a line: it is the organisation's own word, and covers nothing."""
    days = f"shown for {letter.days} of our days, to {letter.shown_to}" if letter.shown_to else "shown for no day"
    parts = [f"unaudited letter, {letter.first} to {letter.last}", f"{days}, covers none", *letter.lacks]
    parts.append(_file(letter.file, letter.sha256))
    return "; ".join(part for part in parts if part)


def user_entity_control_text(control: UserEntityControlRow) -> str:
    """What a report expects of us, and our controls that do it."""
    named = ", ".join(map(_control, control.controls))
    if control.without:
        unknown = f" (named: {named})" if named else ""
        return f"{control.id}, without a control of ours{unknown}: {control.text}"
    return f"{control.id}, done by {named}: {control.text}"


def own_told(control: OwnUserEntityControlRow) -> str:
    """Where customers are told what they have to do, and what is not shown of that."""
    parts = [control.told_at or "", _file(control.file, control.sha256), *control.notes]
    return "; ".join(part for part in parts if part)


def organisations_named(run: Run, ids: tuple[str, ...]) -> Iterator[str]:
    """The organisations on which a criterion rests, each with the days that no report covers."""
    rows = {row.id: row for row in run.subservice.organisations} if run.subservice is not None else {}
    for id in ids:
        yield f"{id}{_short(rows.get(id))}"


def _short(row: SubserviceRow | None) -> str:
    if row is None or row.days is None:
        return ""
    days = row.days
    if days.covered == days.days:
        return " (all days covered)"
    named = ((days.covered, "covered"), (days.by_letter, "by an unaudited letter"), (days.by_nothing, "by nothing"))
    return f" ({', '.join(f'{count} {words}' for count, words in named if count)} of {days.days} days)"
