"""Accounts that may do everything."""

from typing import Any

from soc2test import Identity, Population, control, deviation
from soc2test_policies._joins import known


@control("IAM-12", criteria=["CC6.3"], severity="high", operates="continuously", limits={"administrators": 4})
def test_administrators_are_few(identities: Population[Identity], limits: Any) -> None:
    """Each source has no more active administrators, root aside, than the company allows."""
    administrators, unknown = known(identities, lambda each: each.active and each.admin and not each.root)
    by_source: dict[str, list[Identity]] = {}
    for identity in administrators:
        by_source.setdefault(identity.source, []).append(identity)
    too_many = {source: group for source, group in by_source.items() if len(group) > limits.administrators}
    for source, group in too_many.items():
        for identity in group:
            deviation(identity, f"one of {len(group)} administrators of {source}, limit {limits.administrators}")
    if unknown is not None and not too_many:
        raise unknown
