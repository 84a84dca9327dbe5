"""Roles that nobody takes on any more."""

from datetime import datetime
from typing import Any

from soc2test import RoleUse, control
from soc2test_policies._ages import overdue, recent
from soc2test_policies._joins import told


@control(
    "IAM-24",
    criteria=["CC6.3"],
    nature="state",
    severity="medium",
    operates="quarterly",
    where=lambda use: use.own,
    limits={"unused_days": 180},
    looser={"unused_days": "higher"},
)
def test_unused_roles_are_removed(use: RoleUse, limits: Any, as_of: datetime) -> None:
    """Every role of the company's own was used, or made, within the allowed days.

    Roles that a vendor keeps for a service of its own are left out. One for emergencies is exempt (exemptions.yaml),
    with who looks after it.

    CC6.3: rights that nobody uses are not needed, and who takes them on is not missed.
    """
    if told(lambda: recent(use.created_at, limits.unused_days, as_of), otherwise=False):
        return
    if use.last_used_at is None:
        problem = overdue("never used lately, and made", use.created_at, limits.unused_days, as_of)
    else:
        problem = overdue("last used", use.last_used_at, limits.unused_days, as_of)
    assert not problem, problem
