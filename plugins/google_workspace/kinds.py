"""Google Workspace's kinds: the neutral ones with what Google tells beside them."""

from datetime import datetime
from typing import Any

from soc2test import Identity, PasswordPolicy, Resource, Tenant

__all__ = ["GoogleCustomer", "GooglePasswordPolicy", "GooglePolicy", "GoogleUser"]


class GoogleUser(Identity, frozen=True, gc=False, kw_only=True):
    """A user. The directory is of people, so each counts as human. `admin` means super administrator.

    `mfa` means enrolled in 2-step verification; `mfa_enforced`, that a sign-in without it is refused.
    """

    mfa_enforced: bool
    delegated_admin: bool
    """holds some administrator role, if not all rights"""
    org_unit: str
    """path of the organisational unit"""
    deleted_at: datetime | None


class GooglePolicy(Resource, frozen=True, gc=False, kw_only=True):
    """One setting for one organisational unit or group, as policies.list has it; the highest `sort_order` wins."""

    type: str
    """"security.password" ..."""
    org_unit: str | None
    """id of the unit, without prefix; None: set for the customer as a whole"""
    group: str | None
    conditional: bool
    """holds for some licences or a query only"""
    sort_order: float
    value: dict[str, Any]


class GooglePasswordPolicy(PasswordPolicy, frozen=True, gc=False, kw_only=True):
    """The password rules in force in one organisational unit.

    Where reuse is not allowed, Google does not say how many earlier passwords it refuses: `history` is unknown.
    Google guards against guessing by itself.
    """

    path: str
    units: tuple[str, ...]
    """ids of the unit and those above, the nearest first"""


class GoogleCustomer(Tenant, frozen=True, gc=False, kw_only=True):
    """The customer. It holds no storage or disks: those facts of a tenant stay unknown."""
