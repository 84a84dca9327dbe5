"""What a vendor's report shows, what people of ours made of it, and what stands in its place."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from soc2test import Person, Population, SubserviceReport, UnknownFact, Vendor
from soc2test_policies._ages import day, disorder, overdue
from soc2test_policies._documents import of_another, same_file
from soc2test_policies._joins import allowed, known, problems
from soc2test_policies._named import signer_problem

__all__ = [
    "REFUSED", "REPORT_TYPES", "assessment_problem", "cover_problem", "document_problem", "has_exceptions",
    "monitoring_problem", "opinion_problem", "raise_if_more_is_noted",
    "raise_if_told_otherwise", "shows_a_report",
]  # fmt: skip

REPORT_TYPES = ("soc2_type2", "soc2_type1", "soc3", "iso27001")
"""The words for what a report may be."""
REFUSED = ("adverse", "disclaimer")
"""What an auditor said of a report that nobody's judgement makes up for."""
_OPINIONS = {word: word for word in ("unqualified", "qualified", "adverse", "disclaimer")}
_WITHOUT_OPINION = ("iso27001",)
_OVER_A_PERIOD = ("soc2_type2", "soc3")
_ADJOINING = timedelta(days=1)
"""The day after a period's end is the first of the next."""


def opinion_problem(vendor: Vendor, persons: Population[Person], as_of: datetime) -> str:
    """What is wrong with the opinion: missing, adverse or disclaimed, or qualified and not judged by anybody named."""
    if vendor.report_opinion is None:
        return "" if vendor.report_type in _WITHOUT_OPINION else "the opinion in its report is missing"
    opinion = allowed("report_opinion", vendor.report_opinion, _OPINIONS)
    if opinion == "unqualified":
        return ""
    problem = assessment_problem(vendor, persons, as_of) if opinion == "qualified" else "nothing makes up for that"
    return f"the opinion in its report is {opinion}, and {problem}" if problem else ""


def shows_a_report(vendor: Vendor) -> bool:
    """Whether a row tells of a report in any way: by its type, what its auditor said or the end of its period."""
    typed = vendor.report_type is not None or vendor.report_opinion is not None
    return typed or vendor.report_period_end is not None


def has_exceptions(vendor: Vendor) -> bool:
    """True where the report notes exceptions or its opinion is not unqualified: somebody has to judge what follows.

    Raises `UnknownFact` for a report with tests whose exceptions nobody counted, and for one of no type at all.
    """
    if vendor.report_type is None:
        raise UnknownFact("report_type", "it says that there is no report, whose opinion or period the row tells")
    opinion = vendor.report_opinion
    if opinion is not None and allowed("report_opinion", opinion, _OPINIONS) != "unqualified":
        return True
    exceptions = vendor.report_exceptions
    if exceptions is None and vendor.report_type == "soc2_type2":
        raise UnknownFact(
            "report_exceptions", "nobody counted them: a report of Type 2 shows its tests, 0 is a count too"
        )
    return bool(exceptions)


def raise_if_told_otherwise(vendor: Vendor, reports: Population[SubserviceReport], as_of: datetime) -> None:
    """Raises `UnknownFact` where subservice.yaml says of a vendor's report another type, time or conclusion.

    It is the same report where both name one file, or a copy of it, and where both end on one day.
    """
    for told_of in _of_row(vendor, reports, as_of):
        start, end = _day_of(told_of.period_start, as_of), _day_of(told_of.period_end, as_of)
        _must_be_alike(told_of, "report_type", vendor.report_type, told_of.report_type)
        _must_be_alike(told_of, "report_period_start", _day_of(vendor.report_period_start, as_of), start)
        _must_be_alike(told_of, "report_period_end", _day_of(vendor.report_period_end, as_of), end)
        _must_be_alike(told_of, "report_opinion", vendor.report_opinion, told_of.conclusion)


def raise_if_more_is_noted(vendor: Vendor, reports: Population[SubserviceReport], as_of: datetime) -> None:
    """Raises `UnknownFact` where subservice.yaml says of a vendor's report another conclusion, or lists more exceptions
    than the row counts. It lists those that touch us, a part of all."""
    for told_of in _of_row(vendor, reports, as_of):
        _must_be_alike(told_of, "report_opinion", vendor.report_opinion, told_of.conclusion)
        counted, listed = vendor.report_exceptions, told_of.exceptions
        if counted is not None and listed is not None and listed > counted:
            _must_be_alike(told_of, "report_exceptions", str(counted), str(listed))


def _of_row(vendor: Vendor, reports: Population[SubserviceReport], as_of: datetime) -> Iterator[SubserviceReport]:
    """The reports of subservice.yaml that a vendor's row tells of as well."""
    if vendor.report_type is not None:
        for told_of in reports.all("organisation", vendor.id):
            if _is_of(told_of, vendor, as_of):
                yield told_of


def _must_be_alike(told_of: SubserviceReport, fact: str, here: str | None, there: str | None) -> None:
    """Raises `UnknownFact` where both are told and differ."""
    if here is not None and there is not None and here != there:
        what = fact.replace("_", " ")
        text = f"the {what} is {here} by the register of vendors, and {there} by subservice.yaml ({told_of.id})"
        raise UnknownFact(fact, text, code="conflict")


def _is_of(told_of: SubserviceReport, vendor: Vendor, as_of: datetime) -> bool:
    if same_file(told_of.document, vendor.report):
        return True
    digest = told_of.document_digest
    if digest is not None and digest == vendor.report_digest:
        return True
    end = _day_of(told_of.period_end, as_of)
    return end is not None and end == _day_of(vendor.report_period_end, as_of)


def _day_of(moment: datetime | None, as_of: datetime) -> str | None:
    """The day of the company's zone."""
    return None if moment is None else day(moment.astimezone(as_of.tzinfo))


def assessment_problem(vendor: Vendor, persons: Population[Person], as_of: datetime) -> str:
    """What is wrong with the judgement on a report; "" where a person of ours concluded something after its period."""
    if vendor.exceptions_assessed_by is None:
        return "nobody is named who judged it"
    judged = vendor.exceptions_assessed_at
    if judged is None:
        return "it was judged on no day that is told"
    if vendor.exceptions_conclusion is None:
        return "nothing was concluded of it"
    problem = disorder(as_of, ("ended", vendor.report_period_end), ("judged", judged))
    if problem:
        return f"it was {problem}"
    return signer_problem("assessor", vendor.exceptions_assessed_by, judged, persons)


def monitoring_problem(vendor: Vendor, persons: Population[Person], days: int, as_of: datetime) -> str:
    """What is wrong with the monitoring that stands in for a report; "" where a person of ours did it lately."""
    if vendor.monitored_by is None or vendor.monitored_at is None:
        return "nobody monitors it in another way"
    if vendor.monitoring_conclusion is None:
        return "its monitoring concluded nothing"
    problem = overdue("last monitored", vendor.monitored_at, days, as_of)
    return problem or signer_problem("monitor", vendor.monitored_by, vendor.monitored_at, persons)


def cover_problem(vendor: Vendor, days: int, as_of: datetime) -> str:
    """What is wrong where a report, with the one before it if that adjoins, covers fewer days than asked for."""
    if vendor.report_type not in _OVER_A_PERIOD:
        return ""
    start, end = vendor.report_period_start, vendor.report_period_end
    if start is None or end is None:
        return "its report names no first or last day of its period"
    problem = disorder(as_of, ("begun", start), ("ended", end))
    if problem:
        return f"its report's period was {problem}"
    if _days(start, end) >= days:
        return ""
    earlier = _adjoining(vendor, start)
    covered = _days(earlier or start, end)
    beside = ", with the one before it" if earlier else f", and none before it ends where it begins on {day(start)}"
    return f"its report covers {covered} days{beside}, limit {days}" if covered < days else ""


def document_problem(vendor: Vendor, vendors: Population[Vendor], *, bridged: bool) -> str:
    """What is wrong with the file of a report, and of the letter that makes up for its age if it is `bridged`.

    Each is there, and no other row names it: one vendor's report says nothing of another one. Nor is it the file of an
    agreement, or of what we made of a report ourselves.
    """
    if vendor.report is None:
        return "of its report there is no document"
    if bridged and vendor.bridge_letter is None:
        return "of its bridge letter there is no document"
    if bridged and same_file(vendor.bridge_letter, vendor.report):
        return "the document of its bridge letter is that of its report"
    files = {"its report": _report, "its bridge letter": _bridge_letter} if bridged else {"its report": _report}

    def claimed(name: str) -> str:
        looks: tuple[Callable[[], str], ...] = (
            lambda: of_another(vendor, vendors, files[name], _never_one),
            lambda: _something_else(files[name](vendor), vendors),
        )
        problem = problems(lambda look: look(), looks)
        return f"of {name}, {problem}" if problem else ""

    return problems(claimed, files)


def _something_else(file: str | None, vendors: Population[Vendor]) -> str:
    """What is wrong where a file is an agreement, or what we made of a report ourselves."""
    naming, unknown = known(vendors, lambda other: any(same_file(file, each) for each in other.other_files))
    if naming:
        return f"its document is a file that {naming[0].id} names for something else"
    if unknown is not None:
        raise unknown
    return ""


def _report(vendor: Vendor) -> str | None:
    return vendor.report


def _bridge_letter(vendor: Vendor) -> str | None:
    return vendor.bridge_letter


def _never_one(_: Vendor) -> None:
    """Two rows are two vendors, also where their periods end on one day."""


def _days(start: datetime, end: datetime) -> int:
    """From the first to the last day, both counted."""
    return (end - start).days + 1


def _adjoining(vendor: Vendor, start: datetime) -> datetime | None:
    """The first day of the report before, where no day lies between the two."""
    ended = vendor.previous_report_period_end
    if ended is None or start - ended > _ADJOINING:
        return None
    began = vendor.previous_report_period_start
    return began if began is not None and began < min(ended, start) else None
