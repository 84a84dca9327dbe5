"""Entries of the register of vendors: what we know of each, of its report, and of what we made of that."""

from collections.abc import Callable
from typing import Any

from soc2test import Facts, Item, facts

__all__ = ["vendor_facts"]

_REPORT = ("report_type", "report_period_start", "report_period_end", "report_opinion", "report_exceptions")
_ASSESSMENT = ("exceptions_assessed_by", "exceptions_assessed_at", "exceptions_conclusion")
_MONITORING = ("monitored_by", "monitored_at", "monitoring_conclusion")


def vendor_facts(item: Item) -> Facts:
    """What one entry tells. What a document shows is what stands in it: a report says nothing of its assessment."""
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
        dpa_signed_at=item.time("dpa_signed_at"),
        bridge_letter_until=_left_out(item, "bridge_letter_until", item.time),
        **_report(item),
        **_judged(item),
    )
    told = told.shown_by(item.document("report_document"), *_REPORT)
    told = told.shown_by(item.document("assessment_document"), *_ASSESSMENT)
    told = told.shown_by(item.document("monitoring_document"), *_MONITORING)
    told = told.shown_by(item.document("dpa_document"), "dpa_signed_at")
    return told.shown_by(item.document("bridge_document"), "bridge_letter_until")


def _report(item: Item) -> dict[str, Any]:
    return {
        "report_type": item["report_type"],
        "report_period_start": _of_report(item, "report_period_start", item.time),
        "report_period_end": _of_report(item, "report_period_end", item.time),
        "previous_report_period_start": _of_report(item, "previous_report_period_start", item.time),
        "previous_report_period_end": _of_report(item, "previous_report_period_end", item.time),
        "report_opinion": _of_report(item, "report_opinion", item.__getitem__),
        "report_exceptions": _of_report(item, "report_exceptions", item.__getitem__),
    }


def _judged(item: Item) -> dict[str, Any]:
    """What people of ours concluded; without a report there is nothing to assess."""
    return {
        "exceptions_assessed_by": _of_report(item, "exceptions_assessed_by", item.__getitem__),
        "exceptions_assessed_at": _of_report(item, "exceptions_assessed_at", item.time),
        "exceptions_conclusion": _of_report(item, "exceptions_conclusion", item.__getitem__),
        "monitored_by": _left_out(item, "monitored_by", item.__getitem__),
        "monitored_at": _left_out(item, "monitored_at", item.time),
        "monitoring_conclusion": _left_out(item, "monitoring_conclusion", item.__getitem__),
    }


def _of_report(item: Item, key: str, read: Callable[[str], Any]) -> Any:
    """Without a report there is nothing to say of it; with one, a key left out is unknown."""
    without = "report_type" in item and item["report_type"] is None
    return None if without and key not in item else read(key)


def _left_out(item: Item, key: str, read: Callable[[str], Any]) -> Any:
    """For keys that are left out where there is none."""
    return read(key) if key in item else None
