"""Vendors that the risk register must name."""

from typing import Any

from soc2test import DeclaredScope, Population, Risk, Vendor, control
from soc2test_policies._hosts import relied_on


def _critical(vendor: Vendor, scopes: Population[DeclaredScope], vendors: Population[Vendor], limits: Any) -> bool:
    if not vendor.active:
        return False
    return vendor.tier in limits.tiers or ("critical" in limits.tiers and relied_on(vendor, scopes, vendors))


@control(
    "RSK-04",
    criteria=["CC3.2"],
    nature="state",
    supports={"CC9.2": "the risks of depending on a vendor are known"},
    severity="medium",
    operates="yearly",
    where=_critical,
    limits={"tiers": ("critical",)},
    looser={"tiers": "fewer"},
)
def test_critical_vendors_are_named_by_a_risk(
    vendor: Vendor,
    risks: Population[Risk],
    scopes: Population[DeclaredScope],
    vendors: Population[Vendor],
    limits: Any,
) -> None:
    """Every critical vendor in use is named by at least one risk of the register.

    One that our own commitments rest on is critical, whatever tier its row says.

    CC3.2: depending on a critical vendor is a risk of one's own, and belongs among those that were found.
    """
    named = risks.all("concerns", vendor.id)
    if vendor.tier in limits.tiers:
        assert named, f"no risk names this {vendor.tier} vendor"
    else:
        assert named or not relied_on(vendor, scopes, vendors), "our own commitments rest on it, and no risk names it"
