"""Assurance reports of vendors."""

from datetime import datetime
from typing import Any

from soc2test import Vendor, control
from soc2test_policies._ages import day, overdue

_BAD = ("adverse", "disclaimer")


@control(
    "VEN-04",
    criteria=["CC9.2"],
    nature="state",
    severity="high",
    operates="yearly",
    where=lambda vendor, limits: vendor.active and vendor.tier in limits.tiers,
    limits={"tiers": ("critical", "high"), "report_days": 365, "bridge_days": 92},
    looser={"tiers": "fewer", "report_days": "higher", "bridge_days": "higher"},
)
def test_important_vendors_have_a_current_report(vendor: Vendor, limits: Any, as_of: datetime) -> None:
    """Every critical or high vendor in use has a SOC 2 Type 2 report that is current, or carried on by a bridge letter.

    The age counts from the end of the report's period; a bridge letter helps for the few months after.
    """
    assert vendor.report_type == "soc2_type2", f"its report is {vendor.report_type or 'missing'}, not soc2_type2"
    assert vendor.report_opinion not in (None, *_BAD), (
        f"the opinion in its report is {vendor.report_opinion or 'missing'}"
    )
    bridged = vendor.bridge_letter_until
    days = limits.report_days
    if bridged is not None and bridged.date() >= as_of.date():
        days += limits.bridge_days
    problem = overdue("last covered by a report", vendor.report_period_end, days, as_of)
    assert not problem, f"{problem}, with {f'a bridge letter until {day(bridged)}' if bridged else 'no bridge letter'}"


@control(
    "VEN-05",
    criteria=["CC9.2"],
    nature="state",
    severity="medium",
    operates="yearly",
    where=lambda vendor: vendor.active and vendor.report_type is not None,
    on_empty="no_occurrences",
)
def test_exceptions_in_reports_are_assessed(vendor: Vendor) -> None:
    """Somebody judged what each vendor's report notes as exceptions, or why its opinion is not clean."""
    if vendor.report_opinion in (None, "unqualified") and not vendor.report_exceptions:
        return
    assert vendor.exceptions_assessed, (
        f"nobody judged {vendor.report_exceptions} exceptions under an opinion that is {vendor.report_opinion}"
    )
