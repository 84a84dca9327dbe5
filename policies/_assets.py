"""Which system of the inventory an asset belongs to, by the names that the inventory gives."""

from collections.abc import Iterable

from soc2test import DataStore, Host, Population, Repository, System, UnknownFact, Workload, any_of

__all__ = ["NO_PREFIXES", "ONE_BY_ONE", "Asset", "is_called", "missing_from"]

Asset = DataStore | Host | Repository | Workload
NO_PREFIXES: tuple[str, ...] = ()
"""limit: of what is made by somebody's decision, each is named by itself, unless the company says which are not"""
ONE_BY_ONE = {"limits.prefixes": "it is asked where an entry ends in a star, and none does where each asset is named"}
_SHORTEST = 3
"""characters before a star: less would take in nearly all"""


def is_called(entry: str, asset: Asset) -> bool:
    """True where an entry of a system's assets is of an asset: by its id, its name, or how one of both begins."""
    if entry in (asset.id, asset.name):
        return True
    start = entry.removesuffix("*")
    if start == entry or len(start) < _SHORTEST:
        return False
    return asset.name.startswith(start) or asset.id.startswith(start)


def missing_from(systems: Population[System], asset: Asset, prefixes: Iterable[str]) -> str:
    """What is wrong where no system names an asset; "" where one does. Raises `UnknownFact` where the list is empty.

    An entry that ends in a star is an inventory of nothing: nobody foresaw what it takes in. It counts for hosts, which
    come and go by themselves, and where `prefixes` names it.
    """
    allowed = {prefix.casefold() for prefix in prefixes}

    def is_counted(entry: str) -> bool:
        return isinstance(asset, Host) or not entry.endswith("*") or entry.casefold() in allowed

    def names_it(system: System) -> bool:
        return any(is_called(entry, asset) and is_counted(entry) for entry in system.assets)

    if any_of(systems, names_it):
        return ""
    if not systems.members:
        raise UnknownFact("", "no system is in the register, so nothing says what must be in it", code="empty")
    wide = sorted({entry for system in systems for entry in system.assets if is_called(entry, asset)})
    if wide:
        return f"{asset.name} is named by no system of the register but as one of all that begin so: {', '.join(wide)}"
    return f"{asset.name} belongs to no system of the register"
