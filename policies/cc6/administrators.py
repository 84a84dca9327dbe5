"""Accounts that may do everything, or can give themselves the right to."""

from collections.abc import Iterable
from typing import Any

from soc2test import Identity, Population, Principal, Role, UnknownFact, control, deviation
from soc2test_policies._joins import both, known


@control("IAM-12", criteria=["CC6.3"], severity="high", operates="continuously", limits={"administrators": 4})
def test_administrators_are_few(principals: Population[Principal], limits: Any) -> None:
    """Each source has no more active administrators, root aside, than the company allows.

    Who can give himself all rights is an administrator, and so is who can take on a role, or have a service work for
    him, that holds them. A role with all rights that lets in everybody is a deviation; one that lets in other accounts
    or identity providers leaves the number unknown. One that only services of the vendor take on is nobody's: it counts
    for those who can make such a service do their work.
    """
    administrators, unknown = known(principals, _administrates)
    wide_open, open_unknown = known(principals, _open_to_everybody)
    elsewhere, elsewhere_unknown = known(principals, _of_outsiders)
    too_many = _too_many(administrators, limits.administrators)
    for identity, text in too_many:
        deviation(identity, text)
    for role in wide_open:
        deviation(role, "anybody may take on this role, which holds rights over everything")
    if too_many or wide_open:
        return
    for role in elsewhere:
        whom = ", ".join(role.outsiders)  # type: ignore[attr-defined]
        text = f"role {role.name} holds rights over everything and lets in {whom}: no export tells how many that are"
        raise UnknownFact("outsiders", text)
    for caught in (unknown, open_unknown, elsewhere_unknown):
        if caught is not None:
            raise caught


def _administrates(principal: Principal) -> bool:
    if not isinstance(principal, Identity):
        return False
    return both(lambda: not principal.root, lambda: both(lambda: principal.active, lambda: principal.admin))


def _open_to_everybody(principal: Principal) -> bool:
    return isinstance(principal, Role) and both(lambda: principal.admin, lambda: principal.anybody)


def _of_outsiders(principal: Principal) -> bool:
    return isinstance(principal, Role) and both(lambda: principal.admin, lambda: bool(principal.outsiders))


def _too_many(administrators: Iterable[Principal], limit: int) -> list[tuple[Principal, str]]:
    """The administrators of each source that has more of them than the limit, and what to say of them."""
    by_source: dict[str, list[Principal]] = {}
    for identity in administrators:
        by_source.setdefault(identity.source, []).append(identity)
    return [
        (identity, f"one of {len(group)} administrators of {source}, limit {limit}")
        for source, group in by_source.items()
        if len(group) > limit
        for identity in group
    ]
