"""Long-lived access keys and tokens."""

from datetime import datetime
from typing import Any

from soc2test import Application, Credential, control
from soc2test_policies._ages import overdue, recent
from soc2test_policies._joins import told


def _serves(credential: Credential, as_of: datetime) -> bool:
    """Active, and not at its end: most providers know none, and tell by the state alone."""
    return credential.active and not told(lambda: _ended(credential, as_of), otherwise=False)


def _ended(credential: Credential, as_of: datetime) -> bool:
    return credential.expires_at is not None and credential.expires_at <= as_of


@control(
    "IAM-05",
    criteria=["CC6.1"],
    nature="state",
    severity="high",
    operates="quarterly",
    where=_serves,
    limits={"rotation_days": 90},
    looser={"rotation_days": "higher"},
    on_empty="no_occurrences",
)
def test_keys_are_rotated(credential: Credential, limits: Any, as_of: datetime) -> None:
    """Every active key or token was made or rotated within the allowed days.

    CC6.1: a key that leaked unseen works until it is replaced, and rotation puts an end to that.
    """
    problem = overdue("last rotated", credential.created_at, limits.rotation_days, as_of)
    assert not problem, problem


@control(
    "IAM-06",
    criteria=["CC6.1"],
    nature="state",
    supports={"CC6.3": "the rights that an unused key carries are removed"},
    severity="medium",
    operates="quarterly",
    where=_serves,
    limits={"unused_days": 90},
    looser={"unused_days": "higher"},
    on_empty="no_occurrences",
)
def test_unused_keys_are_removed(credential: Credential, limits: Any, as_of: datetime) -> None:
    """Every active key or token was used, or made, within the allowed days.

    CC6.1: a key that nobody uses can be misused for long before somebody notices.
    """
    if told(lambda: recent(credential.created_at, limits.unused_days, as_of), otherwise=False):
        return  # whatever is known of its use
    if credential.last_used_at is None:
        problem = overdue("never used, and made", credential.created_at, limits.unused_days, as_of)
    else:
        problem = overdue("last used", credential.last_used_at, limits.unused_days, as_of)
    assert not problem, problem


@control(
    "IAM-19",
    criteria=["CC6.1"],
    nature="state",
    severity="medium",
    operates="yearly",
    where=lambda application: application.active,
    limits={"renewal_days": 365},
    looser={"renewal_days": "higher"},
)
def test_application_secrets_are_renewed(application: Application, limits: Any, as_of: datetime) -> None:
    """No active application of the directory proves itself by a secret older than the allowed days.

    One that has expired proves nothing.

    CC6.1: an application's secret is a credential like a key: an old one has had long to leak, and still works.
    """
    serving = [secret for secret in application.secrets if secret.expires_at is None or secret.expires_at > as_of]
    oldest = min((secret.made_at for secret in serving), default=None)
    problem = "" if oldest is None else overdue("last renewed", oldest, limits.renewal_days, as_of)
    assert not problem, f"its secret was {problem}"
