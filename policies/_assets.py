"""Which system of the inventory an asset belongs to, by the names that the inventory gives."""

from soc2test import DataStore, Host, Population, Repository, System, UnknownFact, Workload, any_of

__all__ = ["Asset", "is_called", "missing_from"]

Asset = DataStore | Host | Repository | Workload
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


def missing_from(systems: Population[System], asset: Asset) -> str:
    """What is wrong where no system names an asset; "" where one does. Raises `UnknownFact` where the list is empty."""
    if any_of(systems, lambda system: any(is_called(entry, asset) for entry in system.assets)):
        return ""
    if not systems.members:
        raise UnknownFact("", "no system is in the register, so nothing says what must be in it", code="empty")
    return f"{asset.name} belongs to no system of the register"
