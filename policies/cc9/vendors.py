"""The register of vendors."""

from datetime import datetime
from typing import Any

from soc2test import DeclaredScope, Disclosure, Person, Population, ProcessingActivity, Vendor, control
from soc2test_policies._ages import WINDOW, day, in_window, overdue
from soc2test_policies._documents import claimed_by
from soc2test_policies._hosts import relied_on
from soc2test_policies._joins import allowed
from soc2test_policies._people import owner_problem
from soc2test_policies._personal_data import gets_personal_data, vendors_told


def _in_use(vendor: Vendor) -> bool:
    return vendor.active


@control("VEN-01", criteria=["CC9.2"], nature="state", severity="low", where=_in_use, complete=vendors_told)
def test_vendors_have_an_active_owner(vendor: Vendor, persons: Population[Person], as_of: datetime) -> None:
    """Every vendor in use is owned by an active person.

    CC9.2: what can go wrong with a vendor is managed by somebody who works here and knows it.
    """
    problem = owner_problem(vendor.owner_email, persons, as_of)
    assert not problem, problem


def _used_lately(vendor: Vendor, days: int, as_of: datetime) -> bool:
    """Whether it is in use, or was taken on within the last `days` and given up again."""
    return vendor.onboarded_at <= as_of and (in_window(vendor.onboarded_at, days, as_of) or vendor.active)


@control(
    "VEN-02",
    criteria=["CC9.2"],
    nature="event",
    dated="onboarded_at",
    severity="medium",
    operates="per event",
    where=lambda vendor, limits, as_of: _used_lately(vendor, limits.window_days, as_of),
    complete=vendors_told,
    limits={"valid_days": 365, "window_days": WINDOW},
    looser={"valid_days": "higher", "window_days": "lower"},
    least={"window_days": 1},
    blind_spots={"Vendor.onboarded_at": "one whose first day of use lies ahead is asked for on that day"},
)
def test_vendors_are_examined_before_use(vendor: Vendor, limits: Any) -> None:
    """Every vendor in use was examined before its first day of use, at most `valid_days` before.

    Also one that was taken on within `window_days` and is in use no more.

    CC9.2: whether a vendor can be trusted is asked before it gets data or the company depends on it.
    """
    examined, first = vendor.diligence_at, vendor.onboarded_at
    assert examined is not None, f"is used since {day(first)} and was never examined"
    assert examined <= first, f"was examined on {day(examined)}, after its first day of use on {day(first)}"
    before = (first - examined).days
    assert before <= limits.valid_days, (
        f"was examined on {day(examined)}, {before} days before its first day of use, limit {limits.valid_days}"
    )


@control(
    "VEN-03",
    criteria=["CC9.2"],
    nature="state",
    severity="medium",
    operates="yearly",
    where=_in_use,
    complete=vendors_told,
    against=["activities", "disclosures"],
    limits={"critical_days": 365, "high_days": 365, "medium_days": 365, "low_days": 730},
    looser={"critical_days": "higher", "high_days": "higher", "medium_days": "higher", "low_days": "higher"},
)
def test_vendors_are_assessed_regularly(
    vendor: Vendor,
    scopes: Population[DeclaredScope],
    vendors: Population[Vendor],
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every vendor in use was assessed, or examined for its first use, within the days that its tier allows.

    One that our own commitments rest on is critical, whatever tier its row says: a subservice organisation, and who
    hosts a source that soc2.yaml declares. One that handles personal data, by its row, the record of processing or a
    disclosure, is of medium tier at least.

    CC9.2: vendors change, so that each is looked at again, and most often where most depends on it.
    """
    by_tier = {
        "critical": limits.critical_days,
        "high": limits.high_days,
        "medium": limits.medium_days,
        "low": limits.low_days,
    }
    times = [time for time in (vendor.assessed_at, vendor.diligence_at) if time is not None]
    last = max(times, default=None)
    problem = overdue("last assessed", last, allowed("tier", vendor.tier, by_tier), as_of)
    assert not problem, f"{vendor.tier}, {problem}"
    if problem := overdue("last assessed", last, limits.critical_days, as_of):
        assert not relied_on(vendor, scopes, vendors), f"our own commitments rest on it, {problem}"
    if vendor.tier == "low" and (problem := overdue("last assessed", last, limits.medium_days, as_of)):
        assert not gets_personal_data(vendor, activities, disclosures, as_of), f"handles personal data, {problem}"


def _had_personal_data(
    vendor: Vendor,
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
    limits: Any,
    as_of: datetime,
) -> bool:
    """Also before its first day of use: who is in use by the register may have data already."""
    if not gets_personal_data(vendor, activities, disclosures, as_of):
        return False
    return vendor.active or _used_lately(vendor, limits.since_days, as_of)


@control(
    "VEN-06",
    criteria=["CC9.2", "P6.4"],
    nature="state",
    severity="high",
    operates="per event",
    where=_had_personal_data,
    complete=vendors_told,
    against=["activities", "disclosures"],
    limits={"since_days": WINDOW},
    looser={"since_days": "lower"},
    least={"since_days": 1},
    on_empty="no_occurrences",
)
def test_vendors_with_personal_data_are_bound(
    vendor: Vendor,
    vendors: Population[Vendor],
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
    limits: Any,
    as_of: datetime,
) -> None:
    """A data processing agreement is signed with every vendor in use that handles personal data.

    It handles such data where its row says so, and where the record of processing or a disclosure that goes on names it
    as who gets them. It was signed by the first day of use, also where the vendor is in use no more; one that was late
    and had come before the last `since_days` was another period's. Where a file of it is named, it is that of no other
    vendor: a company with which there is one agreement is one row.

    CC9.2: what a vendor has to do to protect personal data is agreed in writing.
    P6.4: personal data goes only to third parties who have bound themselves to protect it.
    """
    signed = vendor.dpa_signed_at
    assert signed is not None, "handles personal data without a data processing agreement"
    assert signed <= as_of, f"its data processing agreement is dated {day(signed)}, which lies after {day(as_of)}"
    first = vendor.onboarded_at
    assert signed <= first or not in_window(signed, limits.since_days, as_of), (
        f"its data processing agreement was signed on {day(signed)}, after its first day of use on {day(first)}"
    )
    others = claimed_by(vendor, vendors, lambda each: each.agreement, lambda _: False)
    assert not others, f"the file of its agreement is that of {others} too, and one agreement binds one vendor"
