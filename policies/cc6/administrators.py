"""Accounts that may do everything, or can give themselves the right to."""

from collections.abc import Iterable
from operator import call
from typing import Any

from soc2test import Group, Identity, Population, Principal, Role, UnknownFact, all_of, control, deviation
from soc2test_policies._joins import known


@control(
    "IAM-12",
    criteria=["CC6.3"],
    nature="state",
    severity="high",
    operates="continuously",
    limits={"administrators": 4},
    looser={"administrators": "higher"},
    joins={"principals": lambda principal: not (isinstance(principal, Identity) and principal.root)},
)
def test_administrators_are_few(principals: Population[Principal], limits: Any) -> None:
    """Each tenant has no more active administrators, root aside, than the company allows.

    Accounts, organizations and clusters are counted apart: two administrators in each of three clusters are two in
    each. Who can give himself all rights is an administrator, and so is who can take on a role, or have a service work
    for him, that holds them. A role or a group with all rights that lets in everybody is a deviation; one that lets in
    other accounts, identity providers or members that no export names leaves the number unknown. A role that only
    services of the vendor take on is nobody's: it counts for those who can make such a service do their work.

    CC6.3: rights over everything are for the few who need them; all others get those of their role.
    """
    administrators, unknown = known(principals, _administrates)
    wide_open, open_unknown = known(principals, _open_to_everybody)
    elsewhere, elsewhere_unknown = known(principals, _of_outsiders)
    too_many = _too_many(administrators, limits.administrators)
    for identity, text in too_many:
        deviation(identity, text)
    for principal in wide_open:
        what = "anybody is in this group" if isinstance(principal, Group) else "anybody may take on this role"
        deviation(principal, f"{what}, which holds rights over everything")
    if too_many or wide_open:
        return
    for principal in elsewhere:
        whom = ", ".join(principal.outsiders)  # type: ignore[attr-defined]
        text = f"{principal.name} holds rights over everything and lets in {whom}: no export tells how many that are"
        raise UnknownFact("outsiders", text)
    for caught in (unknown, open_unknown, elsewhere_unknown):
        if caught is not None:
            raise caught


def _administrates(principal: Principal) -> bool:
    """One account that is an administrator; a group is none, whoever is in it."""
    return isinstance(principal, Identity) and not isinstance(principal, Group) and _powerful(principal)


def _powerful(principal: Principal) -> bool:
    return all_of((lambda: not principal.root, lambda: principal.active, lambda: principal.admin), call)


def _shared(principal: Principal) -> bool:
    """A role or a group with rights over everything, which count for whoever takes it on or is in it."""
    if isinstance(principal, Group):
        return _powerful(principal)
    return isinstance(principal, Role) and principal.admin


def _open_to_everybody(principal: Principal) -> bool:
    if not isinstance(principal, Role | Group):
        return False
    return all_of((lambda: _shared(principal), lambda: principal.anybody), call)


def _of_outsiders(principal: Principal) -> bool:
    if not isinstance(principal, Role | Group):
        return False
    return all_of((lambda: _shared(principal), lambda: bool(principal.outsiders)), call)


def _too_many(administrators: Iterable[Principal], limit: int) -> list[tuple[Principal, str]]:
    """The administrators of each tenant that has more of them than the limit, and what to say of them."""
    by_tenant: dict[tuple[str, str], list[Principal]] = {}
    for identity in administrators:
        by_tenant.setdefault((identity.source, identity.tenant), []).append(identity)
    return [
        (identity, f"one of {len(group)} administrators of {' '.join(filter(None, tenant))}, limit {limit}")
        for tenant, group in by_tenant.items()
        if len(group) > limit
        for identity in group
    ]
