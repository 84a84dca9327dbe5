"""The company's time zone, as soc2.yaml names it (`time_zone: Europe/Dublin`)."""

from datetime import UTC, tzinfo
from functools import cache

from soc2test.nearest import near

__all__ = ["zone_of"]

_OF_THE_MACHINE = frozenset({"Factory", "localtime", "posixrules"})
"""Names that some systems have beside IANA's: what they mean is each machine's to say."""


def zone_of(name: str) -> tzinfo:
    """The IANA time zone of a name. Raises `ValueError` with the nearest names where there is none."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  # most runs name no zone

    if name == "UTC":
        return UTC
    if name not in _known():
        raise ValueError(f"is no IANA time zone, such as Europe/Dublin{near(name, _known()) or _by_city(name)}")
    return ZoneInfo(name)


@cache
def _known() -> frozenset[str]:
    from zoneinfo import available_timezones  # noqa: PLC0415

    return frozenset(available_timezones()) - _OF_THE_MACHINE


def _by_city(name: str) -> str:
    """Who writes "Dublin" means a zone that ends so."""
    wanted = name.strip().replace(" ", "_").casefold()
    zones = sorted(zone for zone in _known() if zone.rpartition("/")[2].casefold() == wanted)
    return f"; did you mean {zones[0]!r}?" if zones else ""
