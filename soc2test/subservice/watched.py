"""Which subservice organisations each control is to watch."""

from collections.abc import Iterable

from soc2test.exceptions.records import ScopeOut
from soc2test.subservice.records import SubserviceOrganisation

__all__ = ["watched_by"]


def watched_by(
    entries: Iterable[ScopeOut], organisations: Iterable[SubserviceOrganisation]
) -> dict[str, tuple[str, ...]]:
    """Control -> the subservice organisations that it is to watch, by entries in force and subservice.yaml."""
    carved = [entry.carved_out for entry in entries if entry.carved_out is not None]
    named: list[tuple[str | None, str]] = [(out.monitoring, out.organisation) for out in carved]
    named += [(entry.monitoring, entry.id) for entry in organisations]
    watched: dict[str, dict[str, None]] = {}
    for by, organisation in named:
        if by is not None:
            watched.setdefault(by, {})[organisation] = None
    return {by: tuple(found) for by, found in watched.items()}
