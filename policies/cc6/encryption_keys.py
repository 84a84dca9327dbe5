"""Keys that encrypt data at rest."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import EncryptionKey, UnknownFact, control
from soc2test_policies._ages import day

_STILL_DUE = timedelta(days=7)
"""Evidence may be some days old: a key that was due since it was taken is not overdue."""


@control(
    "DAT-07",
    criteria=["CC6.1"],
    nature="state",
    severity="medium",
    operates="yearly",
    where=lambda key: key.customer_managed and key.enabled and key.symmetric,
    limits={"rotation_days": 366},
    looser={"rotation_days": "higher"},
    on_empty="no_occurrences",
)
def test_encryption_keys_rotate(key: EncryptionKey, limits: Any, as_of: datetime) -> None:
    """Every enabled key of the company's own that can rotate by itself does so at least yearly.

    Where the date of the next time is long past, whether it rotates at all is not known.

    CC6.1: a key that was never replaced opens, once it leaks, everything that was ever encrypted with it.
    """
    assert key.rotates, "its key material is not renewed by itself, or less often than once a year"
    due = key.next_rotation_at
    if due is not None and as_of - due > _STILL_DUE:
        raise UnknownFact("next_rotation_at", f"it was due on {day(due)} and still is: perhaps it does not rotate")
    assert due is None or due - as_of <= timedelta(days=limits.rotation_days), (
        f"its key material is not renewed before {day(due)}, limit {limits.rotation_days} days"
    )
