"""Reports of auditors on vendors."""

from datetime import datetime
from operator import call
from typing import Any

from soc2test import DeclaredScope, Person, Population, SubserviceReport, Vendor, any_of, control
from soc2test_policies._ages import day, overdue
from soc2test_policies._hosts import taken_out
from soc2test_policies._joins import allowed
from soc2test_policies._personal_data import vendors_told
from soc2test_policies._reports import (
    REFUSED,
    REPORT_TYPES,
    assessment_problem,
    cover_problem,
    document_problem,
    has_exceptions,
    monitoring_problem,
    opinion_problem,
    raise_if_more_is_noted,
    raise_if_told_otherwise,
    shows_a_report,
)

_CRITICAL = {"critical": True, "high": False, "medium": False, "low": False}


def _depended_on(vendor: Vendor, scopes: Population[DeclaredScope], vendors: Population[Vendor]) -> bool:
    if taken_out(vendor, scopes, vendors):
        return True
    ways = (lambda: vendor.subservice, lambda: allowed("tier", vendor.tier, _CRITICAL))
    return vendor.active and any_of(ways, call)


@control(
    "VEN-04",
    criteria=["CC9.2"],
    nature="state",
    severity="high",
    operates="yearly",
    where=_depended_on,
    complete=vendors_told,
    limits={"report_types": ("soc2_type2",), "report_days": 365, "bridge_days": 92, "cover_days": 365},
    words={"report_types": REPORT_TYPES},
    least={"cover_days": 1},
    looser={"report_types": "more", "report_days": "higher", "bridge_days": "higher", "cover_days": "lower"},
    against=["reports"],
    blind_spots={
        "DeclaredScope.hosted_by": "a declared source that no plugin knows is an error of soc2.yaml",
        "limits.bridge_days": "a last day that is moved in the row alone contradicts subservice.yaml: two changes away",
    },
)
def test_subservice_organisations_have_a_current_report(
    vendor: Vendor,
    persons: Population[Person],
    scopes: Population[DeclaredScope],
    vendors: Population[Vendor],
    reports: Population[SubserviceReport],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every subservice organisation and critical vendor in use has a current report of a year, or is monitored instead.

    `report_types` are accepted. The age counts from the end of the report's period (`report_days`); a bridge letter
    helps for the few months after (`bridge_days`), and counts for nothing where it reaches further than these: nobody
    can vouch for years. `cover_days` are covered by the report, with the one before it where the two adjoin: a month
    that ended yesterday is no year. A qualified opinion needs a person of ours who judged it; nothing makes up for one
    that is adverse or disclaimed, monitoring neither. The report is there as a document, so is the letter where it
    counts, and neither is another vendor's, an agreement or what we wrote ourselves. Critical is what its tier says so
    of; the vendor of a source that soc2.yaml declares is a subservice organisation, whatever its row says. Where
    subservice.yaml says another thing of that report, which of the two is right is not known.

    CC9.2: how well a subservice organisation does what it does in our place, a current report or our own watching
    tells.
    """
    source = taken_out(vendor, scopes, vendors)
    assert vendor.active, f"by its row it is in use no more, and soc2.yaml declares {source}"
    problem = _report_problem(vendor, vendors, persons, limits, as_of)
    assert not problem, (
        f"{problem}; its row says subservice: false, and soc2.yaml declares {source}" if source else problem
    )
    raise_if_told_otherwise(vendor, reports, as_of)


def _report_problem(
    vendor: Vendor, vendors: Population[Vendor], persons: Population[Person], limits: Any, as_of: datetime
) -> str:
    if vendor.report_opinion in REFUSED:
        return f"the opinion in its report is {vendor.report_opinion}"
    if vendor.report_type in limits.report_types:
        problem = opinion_problem(vendor, persons, as_of) or _too_old(vendor, limits, as_of)
        problem = problem or cover_problem(vendor, limits.cover_days, as_of)
        old = bool(overdue("last covered by a report", vendor.report_period_end, limits.report_days, as_of))
        return problem or document_problem(vendor, vendors, bridged=old)
    problem = monitoring_problem(vendor, persons, limits.report_days, as_of)
    return problem and f"its report is {vendor.report_type or 'missing'}, not {_one_of(limits)}; {problem}"


def _one_of(limits: Any) -> str:
    return " or ".join(limits.report_types)


def _too_old(vendor: Vendor, limits: Any, as_of: datetime) -> str:
    problem = overdue("last covered by a report", vendor.report_period_end, limits.report_days, as_of)
    bridged, ended = vendor.bridge_letter_until, vendor.report_period_end
    if not problem or ended is None or bridged is None:
        return f"{problem}, with no bridge letter" if problem else ""
    with_letter = limits.report_days + limits.bridge_days
    if (bridged - ended).days > with_letter:
        return f"{problem}, with a bridge letter until {day(bridged)}, {(bridged - ended).days} days after it ended"
    if bridged.date() >= as_of.date():
        problem = overdue("last covered by a report", ended, with_letter, as_of)
    return f"{problem}, with a bridge letter until {day(bridged)}" if problem else ""


@control(
    "VEN-05",
    criteria=["CC9.2"],
    nature="state",
    severity="medium",
    operates="yearly",
    where=lambda vendor: vendor.active and shows_a_report(vendor),
    on_empty="no_occurrences",
    complete=vendors_told,
    against=["reports"],
)
def test_exceptions_in_reports_are_assessed(
    vendor: Vendor, persons: Population[Person], reports: Population[SubserviceReport], as_of: datetime
) -> None:
    """A person of ours judged what each vendor's report notes as exceptions, or an opinion that is not unqualified.

    A row that names no type of report, and its opinion or the end of its period, contradicts itself: it is unknown.
    What is adverse or disclaimed deviates, whoever judged it. Where subservice.yaml tells another conclusion of that
    report, or lists more exceptions than the row counts, which of the two is right is not known.

    CC9.2: what an auditor noted about a vendor may be a risk here, which somebody has to judge.
    """
    if not has_exceptions(vendor):
        raise_if_more_is_noted(vendor, reports, as_of)
        return
    assert vendor.report_opinion not in REFUSED, (
        f"the opinion in its report is {vendor.report_opinion}, and nothing makes up for that"
    )
    problem = assessment_problem(vendor, persons, as_of)
    opinion = f"an opinion that is {vendor.report_opinion}"
    assert not problem, f"its report notes {vendor.report_exceptions} exceptions under {opinion}, and {problem}"
    raise_if_more_is_noted(vendor, reports, as_of)
