"""The reports that subservice.yaml tells of, as resources that rows of vendors are held against."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, tzinfo
from typing import Any

from soc2test.resources.kinds import SubserviceReport
from soc2test.resources.resource import Origin, Resource, build
from soc2test.subservice.records import Report, SubserviceOrganisation

__all__ = ["reports_of"]


def reports_of(organisations: Iterable[SubserviceOrganisation], zone: tzinfo, source: str) -> Iterator[Resource]:
    """Each report of each organisation; days are those of the company's `zone`."""
    for organisation in organisations:
        for number, report in enumerate(organisation.reports, 1):
            id, facts = f"{organisation.id}/{number}", _facts(organisation.id, report, zone)
            yield build(SubserviceReport, id, facts, origin=Origin(source))


def _facts(organisation: str, report: Report, zone: tzinfo) -> dict[str, Any]:
    document = report.document
    return {
        "organisation": organisation,
        "report_type": report.type,
        "period_start": _moment(report.first, zone),
        "period_end": _moment(report.last, zone),
        "conclusion": report.auditor_opinion,
        "exceptions": None if report.exceptions is None else len(report.exceptions),
        "document": None if document is None else document.file,
        "document_digest": None if document is None else document.sha256,
    }


def _moment(day: date | None, zone: tzinfo) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), zone)
