"""Companies that we depend on or give data to."""

from collections.abc import Callable
from typing import Any

from soc2test import Facts, Item, Subject, Vendor, facts
from soc2test_plugins.registers.source import register, time_or_none

_IN_REPORT = (
    "report_type", "report_period_start", "report_period_end", "report_opinion", "report_exceptions", "report",
    "report_digest",
)  # fmt: skip
_IN_ASSESSMENT = ("exceptions_assessed_by", "exceptions_assessed_at", "exceptions_conclusion")
_IN_MONITORING = ("monitored_by", "monitored_at", "monitoring_conclusion")

_OTHERS = ("dpa_document", "assessment_document", "monitoring_document")


@register("vendors", Vendor)
def vendor(item: Item, at: Subject) -> Facts:
    report, letter = item.document("report_document"), item.document("bridge_document")
    agreement = item.document("dpa_document")
    told = facts(
        item["id"],
        name=item["name"],
        active=item["active"],
        tier=item["tier"],
        owner_email=item["owner_email"],
        personal_data=item["personal_data"],
        onboarded_at=item.time("onboarded_at"),
        diligence_at=item.time("diligence_at"),
        assessed_at=item.time("assessed_at"),
        subservice=item["subservice"],
        report_type=item["report_type"],
        report_period_start=_of_report(item, "report_period_start", item.time),
        report_period_end=_of_report(item, "report_period_end", item.time),
        previous_report_period_start=_of_report(item, "previous_report_period_start", item.time),
        previous_report_period_end=_of_report(item, "previous_report_period_end", item.time),
        report_opinion=_of_report(item, "report_opinion", item.__getitem__),
        report_exceptions=_of_report(item, "report_exceptions", item.__getitem__),
        report=None if report is None else report.file,
        report_digest=None if report is None else report.sha256,
        exceptions_assessed_by=_of_report(item, "exceptions_assessed_by", item.__getitem__),
        exceptions_assessed_at=_of_report(item, "exceptions_assessed_at", item.time),
        exceptions_conclusion=_of_report(item, "exceptions_conclusion", item.__getitem__),
        monitored_by=item.or_else("monitored_by", None),
        monitored_at=time_or_none(item, "monitored_at"),
        monitoring_conclusion=item.or_else("monitoring_conclusion", None),
        dpa_signed_at=item.time("dpa_signed_at"),
        agreement=None if agreement is None else agreement.file,
        bridge_letter_until=time_or_none(item, "bridge_letter_until"),
        bridge_letter=None if letter is None else letter.file,
        other_files=tuple(document.file for document in map(item.document, _OTHERS) if document is not None),
    )
    return _with_documents(told, item)


def _with_documents(told: Facts, item: Item) -> Facts:
    """What each document of a vendor shows is what stands in it: a report says nothing of what we made of it."""
    told = told.shown_by(item.document("report_document"), *_IN_REPORT)
    told = told.shown_by(item.document("assessment_document"), *_IN_ASSESSMENT)
    told = told.shown_by(item.document("monitoring_document"), *_IN_MONITORING)
    told = told.shown_by(item.document("dpa_document"), "dpa_signed_at", "agreement")
    return told.shown_by(item.document("bridge_document"), "bridge_letter_until", "bridge_letter")


def _of_report(item: Item, key: str, read: Callable[[str], Any]) -> Any:
    """Without a report there is nothing to say of it; with one, a key left out is unknown."""
    without = "report_type" in item and item["report_type"] is None
    return None if without and key not in item else read(key)
