"""What a report or a bridge letter of an organisation shows of our days: nothing that is not told covers any."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import product
from typing import TypeVar

import msgspec

from soc2test.criteria import CRITERIA
from soc2test.errors import UnknownFact
from soc2test.exceptions.says_little import says_little
from soc2test.resources.kinds import Vendor
from soc2test.run_subservice import LetterRow, NotedInReport, ReportRow
from soc2test.subservice.days import Part, Shown, Span, in_common, months_after
from soc2test.subservice.known import KnownOfRun
from soc2test.subservice.records import BridgeLetter, Report, SubserviceOrganisation

__all__ = ["Judged", "judged_letter", "judged_report", "parts_of"]

T = TypeVar("T")

_COVERS_DAYS = "soc2_type2"
_SHOWN_ALONE = {
    "soc2_type1": "a SOC 2 report of Type 1 is about one day's design, and covers no day",
    "soc3": "a SOC 3 report shows no tests, and covers no day",
    "iso27001": "a certificate is about a management system, and covers no day",
    "questionnaire": "a questionnaire is the organisation's own word, and covers no day",
}
_REFUSED = ("adverse", "disclaimer")
_LEAST_WORDS = 2


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it is told, and the days that it covers; None where it covers none."""

    row: ReportRow
    shown: Shown | None
    parts: frozenset[Part]
    """what of ours it includes, where it counts"""
    last: date | None
    """of its own period"""


def parts_of(entry: SubserviceOrganisation) -> frozenset[Part]:
    """All of ours that rests on an organisation. Commitments stand for one criterion that has no id."""
    regions: tuple[str | None, ...] = entry.regions or (None,)
    criteria: list[str | None] = [id for id in entry.criteria if id in CRITERIA]
    if entry.commitments or not criteria:
        criteria.append(None)
    return frozenset(Part(*part) for part in product(entry.services, regions, criteria))


def judged_report(report: Report, entry: SubserviceOrganisation, known: KnownOfRun, *, stands: bool) -> Judged:
    """The row of a report. `stands` is false where the entry of its organisation breaks a rule."""
    why_none = list(_covers_nothing(report, entry, known, stands=stands))
    included = frozenset[Part]() if why_none else _included(report, parts_of(entry))
    period = Span(report.first, report.last) if report.first is not None and report.last is not None else None
    within = in_common(period, known.ours) if period is not None else None
    days = within.days if within is not None else 0
    shown = Shown(span=within, parts=included) if within is not None and days and included else None
    row = ReportRow(
        type=report.type,
        auditor=report.auditor,
        auditor_opinion=report.auditor_opinion,
        auditor_opinion_about=report.auditor_opinion_about,
        first=_text(report.first),
        last=_text(report.last),
        services=report.services,
        regions=report.regions,
        categories=report.categories,
        file=report.document.file if report.document is not None else None,
        sha256=report.document.sha256 if report.document is not None else None,
        days=days,
        covers=days if shown is not None else 0,
        lacks=tuple(why_none or _left_out(report, entry)),
        exceptions=_exceptions(report),
    )
    return Judged(row=row, shown=shown, parts=included, last=report.last)


def _covers_nothing(report: Report, entry: SubserviceOrganisation, known: KnownOfRun, *, stands: bool) -> Iterator[str]:
    """Why a report covers no day at all. What is not told of it is as good as missing."""
    if report.type != _COVERS_DAYS:
        yield _SHOWN_ALONE[report.type]
        return
    if not stands:
        yield "the organisation's entry breaks a rule, so that no report of it counts"
    yield from _wrong_period(report, known)
    yield from _wrong_conclusion(report)
    if report.services is None:
        yield "which services it is about is not told"
    if report.regions is None and entry.regions:
        yield "which regions it is about is not told"
    if report.categories is None and entry.criteria:
        yield "which categories of criteria it is about is not told"
    yield from _wrong_exceptions(report)
    if why := known.wrong_document(report.document):
        yield why
    yield from _contradicted(report, known.vendor(entry.id), known)


def _wrong_period(report: Report, known: KnownOfRun) -> Iterator[str]:
    if report.first is None or report.last is None:
        yield "the first or the last day of its period is not told"
    elif report.last < report.first:
        yield "its period ends before it begins"
    elif report.last > known.today:
        yield f"its period ends after {known.today}: no report can be there yet"


def _wrong_conclusion(report: Report) -> Iterator[str]:
    conclusion, about = report.auditor_opinion, report.auditor_opinion_about
    if conclusion is None:
        yield "what its auditor concluded is not told"
    elif conclusion in _REFUSED:
        yield f"its auditor's conclusion is {conclusion}{_for(about)}, and nothing makes up for that"
    elif conclusion == "qualified" and about is None:
        yield "it is qualified, and for which criteria is not told"
    elif any(id not in CRITERIA for id in about or ()):
        yield "it is qualified for a criterion that there is not"


def _for(about: Sequence[str] | None) -> str:
    return f" for {', '.join(about)}" if about else ""


def _wrong_exceptions(report: Report) -> Iterator[str]:
    if report.exceptions is None:
        yield "whether deviations that it notes touch us is not told"
        return
    unanswered = sum(noted.answer is None for noted in _exceptions(report) or ())
    if unanswered:
        yield f"{unanswered} of the deviations in it that touch us without our answer"


def _exceptions(report: Report) -> tuple[NotedInReport, ...] | None:
    """Those that touch us; an answer that says nothing is none."""
    if report.exceptions is None:
        return None
    return tuple(
        NotedInReport(
            text=noted.text,
            answer=None if noted.answer is None or says_little(noted.answer, _LEAST_WORDS) else noted.answer,
        )
        for noted in report.exceptions
    )


def _contradicted(report: Report, vendor: Vendor | None, known: KnownOfRun) -> Iterator[str]:
    """What the register of vendors says otherwise of the report that is the same file, or ends on the same day."""
    if vendor is None:
        return
    if not _told(lambda: _is_of(report, vendor, known)):
        return
    # what the register does not tell contradicts nothing, and the tests of vendors say that it does not
    told = (
        ("type", _told(lambda: vendor.report_type), report.type),
        ("first day", _told(lambda: _text(_day(vendor.report_period_start, known))), _text(report.first)),
        ("last day", _told(lambda: _text(_day(vendor.report_period_end, known))), _text(report.last)),
        ("auditor's conclusion", _told(lambda: vendor.report_opinion), report.auditor_opinion),
    )
    for what, there, here in told:
        if there is not None and here is not None and there != here:
            yield f"the register of vendors tells another {what} of it, {there}"
    counted = _told(lambda: vendor.report_exceptions)
    if counted is not None and report.exceptions is not None and len(report.exceptions) > counted:
        yield f"the register of vendors counts {counted} deviations in it, and {len(report.exceptions)} are listed here"


def _told(ask: Callable[[], T]) -> T | None:
    """What the register tells; None where it does not."""
    try:
        return ask()
    except UnknownFact:
        return None


def _is_of(report: Report, vendor: Vendor, known: KnownOfRun) -> bool:
    """Whether it is the report of a vendor's row: both name one content, or end on one day."""
    if report.document is not None and report.document.sha256 == _told(lambda: vendor.report_digest):
        return True
    return report.last is not None and _day(vendor.report_period_end, known) == report.last


def _day(moment: datetime | None, known: KnownOfRun) -> date | None:
    return moment.astimezone(known.zone).date() if moment is not None else None


def _included(report: Report, parts: Iterable[Part]) -> frozenset[Part]:
    """The parts that a report is about."""
    return frozenset(
        part
        for part in parts
        if _named(part.service, report.services)
        and (part.region is None or _named(part.region, report.regions))
        and _is_about(report, part.criterion)
    )


def _named(wanted: str, names: Iterable[str] | None) -> bool:
    """Whether a service or region is among those of a report, whatever the case."""
    return wanted.casefold() in {name.casefold() for name in names or ()}


def _is_about(report: Report, criterion: str | None) -> bool:
    """Whether it concludes something good of a criterion; a qualified one may touch any commitment."""
    qualified = report.auditor_opinion == "qualified"
    if criterion is None:
        return not qualified
    excluded = report.auditor_opinion_about or () if qualified else ()
    return CRITERIA[criterion].category in (report.categories or ()) and criterion not in excluded


def _left_out(report: Report, entry: SubserviceOrganisation) -> Iterator[str]:
    """What of ours a report is not about: nothing is covered for it."""
    services = [service for service in entry.services if not _named(service, report.services)]
    regions = [region for region in entry.regions if not _named(region, report.regions)]
    criteria = [id for id in entry.criteria if id in CRITERIA and not _is_about(report, id)]
    if services:
        yield f"it does not include the services {', '.join(services)}"
    if regions:
        yield f"it does not include the regions {', '.join(regions)}"
    if criteria:
        yield f"it is qualified for, or not about, {', '.join(criteria)}"
    if entry.commitments and not _is_about(report, None):
        yield "it is qualified, and that commitments do not rest on that is not shown"


def judged_letter(
    letter: BridgeLetter,
    reports: Iterable[Judged],
    known: KnownOfRun,
    *,
    months: int,
    stands: bool,
) -> tuple[LetterRow, Shown | None]:
    """The row of a letter, and the days for which it is shown.

    It speaks for the newest report that counts and ends before it does, of what that report includes, and for at most
    `months` after its last day.
    """
    behind = _bridged(letter, reports)
    lacks = list(_shown_for_nothing(letter, behind, known, stands=stands))
    shown, latest = None, None
    if not lacks and behind is not None:
        last_of_report, parts = behind
        latest = min(letter.last, months_after(last_of_report, months))
        after_report = Span(max(letter.first, _next(last_of_report)), latest)
        shown = Shown(span=in_common(after_report, known.ours), parts=parts)
        if latest < letter.last:  # also where it begins later than that
            lacks.append(
                f"it names days to {letter.last}, and is shown for {months} months after the report's end on "
                f"{last_of_report} at most"
            )
    row = LetterRow(
        first=letter.first.isoformat(),
        last=letter.last.isoformat(),
        file=letter.document.file if letter.document is not None else None,
        sha256=letter.document.sha256 if letter.document is not None else None,
        days=shown.span.days if shown is not None else 0,
        shown_to=_text(latest) if latest is not None and latest >= letter.first else None,
        lacks=tuple(lacks),
    )
    return row, shown if shown is not None and shown.span.days else None


def _bridged(letter: BridgeLetter, reports: Iterable[Judged]) -> tuple[date, frozenset[Part]] | None:
    """The last day and the parts of the report that a letter follows."""
    found = [(one.last, one.parts) for one in reports if one.last is not None and one.last < letter.last and one.parts]
    return max(found, key=lambda one: one[0], default=None)


def _shown_for_nothing(letter: BridgeLetter, behind: object, known: KnownOfRun, *, stands: bool) -> Iterator[str]:
    if not stands:
        yield "the organisation's entry breaks a rule, so that no letter of it is shown"
    elif letter.last < letter.first:
        yield "its last day lies before its first"
    elif behind is None:
        yield "no report that counts ends before it, so that it bridges nothing"
    if why := known.wrong_document(letter.document):
        yield why


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
