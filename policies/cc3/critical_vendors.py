"""Vendors that the risk register must name."""

from soc2test import Population, Risk, Vendor, control


@control(
    "RSK-04",
    criteria=["CC3.2"],
    nature="state",
    supports={"CC9.2": "the risks of depending on a vendor are known"},
    severity="medium",
    operates="yearly",
    where=lambda vendor, limits: vendor.active and vendor.tier in limits.tiers,
    limits={"tiers": ("critical",)},
    looser={"tiers": "fewer"},
)
def test_critical_vendors_are_named_by_a_risk(vendor: Vendor, risks: Population[Risk]) -> None:
    """Every critical vendor in use is named by at least one risk of the register."""
    assert risks.all("concerns", vendor.id), f"no risk names this {vendor.tier} vendor"
