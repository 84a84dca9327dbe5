"""The root account, which no policy binds."""

from datetime import datetime
from typing import Any

from soc2test import Credential, Identity, Population, control
from soc2test_policies._ages import day
from soc2test_policies._joins import problems, worded


@control(
    "IAM-02",
    criteria=["CC6.1"],
    nature="state",
    severity="critical",
    operates="continuously",
    where=lambda identity: identity.root,
)
def test_root_signs_in_with_mfa(identity: Identity) -> None:
    """Every root account that can sign in, or act by a key, has a second factor.

    CC6.1: no policy binds root, so that one stolen password or key would open everything.
    """
    # one whose credentials were all taken away has nothing that a second factor could protect
    assert identity.mfa or not identity.active, "root signs in without a second factor"


@control(
    "IAM-03",
    criteria=["CC6.1"],
    nature="state",
    supports={"CC6.3": "daily work is done with rights that a policy binds"},
    severity="high",
    operates="continuously",
    where=lambda identity: identity.root,
    limits={"quiet_days": 90},
    looser={"quiet_days": "lower"},
)
def test_root_is_not_used(identity: Identity, limits: Any, as_of: datetime) -> None:
    """No root account was used lately.

    CC6.1: root is for emergencies: who works with it works outside of all rules of access.
    """
    used = identity.last_used_at
    if used is not None:
        age = (as_of - used).days
        assert age >= limits.quiet_days, f"root was used {age} days before {day(as_of)}, limit {limits.quiet_days}"


@control(
    "IAM-04",
    criteria=["CC6.1"],
    nature="state",
    severity="critical",
    operates="continuously",
    where=lambda identity: identity.root,
    joins={"credentials": lambda credential: credential.root},
)
def test_root_has_no_keys(identity: Identity, credentials: Population[Credential]) -> None:
    """No root account holds an active long-lived key.

    CC6.1: a key of root opens everything from anywhere, without a second factor and without an end.
    """
    problem = problems(_held, credentials.all("identity", identity.id))
    assert not problem, f"root {problem}"


def _held(credential: Credential) -> str:
    if not credential.active:
        return ""
    said = worded(lambda: f"{credential.category} made on {day(credential.created_at)}", "long-lived key")
    return f"holds an active {said}"
