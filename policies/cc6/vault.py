"""Secrets that programs fetch from a vault."""

from datetime import datetime
from typing import Any

from soc2test import Secret, control
from soc2test_policies._ages import overdue


@control(
    "IAM-18",
    criteria=["CC6.1"],
    nature="state",
    severity="medium",
    operates="quarterly",
    limits={"rotation_days": 90},
    looser={"rotation_days": "higher"},
    on_empty="no_occurrences",
)
def test_secrets_are_replaced(secret: Secret, limits: Any, as_of: datetime) -> None:
    """The value of every secret in a vault was made or replaced within the allowed days.

    CC6.1: a secret that got out of its vault opens what it protects until it is replaced.
    """
    problem = overdue("last replaced", secret.replaced_at, limits.rotation_days, as_of)
    assert not problem, problem
