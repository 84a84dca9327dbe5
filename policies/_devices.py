"""What became of devices that nobody uses, and when."""

from datetime import datetime, timedelta

from soc2test import Device, Person, Population, UnknownFact
from soc2test_policies._ages import day, disorder, late
from soc2test_policies._joins import allowed, known, told

__all__ = [
    "OUT_OF_USE", "known_out_of_use_at", "out_of_use_at", "raise_if_contradicted", "raise_if_perhaps_theirs",
    "return_problem", "was_out_of_use", "wipe_disorder",
]  # fmt: skip

OUT_OF_USE = ("returned", "lost", "disposed")


def out_of_use_at(device: Device) -> datetime | None:
    """When it went out of use: the first of the days on which it came back, was lost or was disposed of."""
    days = (device.returned_at, device.lost_at, device.disposed_at)
    return min((day for day in days if day is not None), default=None)


def was_out_of_use(device: Device) -> bool:
    """By its status, or by a day on which it came back, was lost or was disposed of: what came back may lie in stock.

    A source that tells no such days, as those of devices in use, tells of none.
    """
    return device.status in OUT_OF_USE or known_out_of_use_at(device) is not None


def known_out_of_use_at(device: Device) -> datetime | None:
    """The first of those days that are known, None where none is."""
    days = (
        told(lambda: device.returned_at, otherwise=None),
        told(lambda: device.lost_at, otherwise=None),
        told(lambda: device.disposed_at, otherwise=None),
    )
    return min((day for day in days if day is not None), default=None)


def raise_if_contradicted(device: Device) -> None:
    """Raises `UnknownFact` where a device that is at hand by its status was lost or disposed of by its days."""
    if device.status in OUT_OF_USE:
        return
    back = told(lambda: device.returned_at, otherwise=None)
    lost, disposed = told(lambda: device.lost_at, otherwise=None), told(lambda: device.disposed_at, otherwise=None)
    for word, moment in (("lost", lost), ("disposed of", disposed)):
        if moment is not None and (back is None or back <= moment):
            text = f"is {device.status}, and was {word} on {day(moment)}: correct the status, or take the day away"
            raise UnknownFact("status", text, code="conflict")


def return_problem(device: Device, ended: datetime, limit: timedelta, as_of: datetime) -> str:
    """What is wrong with how a leaver's device came back. Raises `UnknownFact` where nothing tells when it did."""
    status = allowed("status", device.status, {word: word for word in ("in_use", "stock", *OUT_OF_USE)})
    if status == "in_use":
        return late("returned", None, ended, limit, as_of)
    if device.returned_at is not None:
        return late("returned", device.returned_at, ended, limit, as_of)
    if status == "lost":
        # what was lost in time could not come back any more; what was lost later had not come back
        lost = _told("lost_at", device.lost_at, device)
        return "lost without having come back" if late("lost", lost, ended, limit, as_of) else ""
    if status == "disposed":
        # it was in the company's hands by then at the latest
        disposed = _told("disposed_at", device.disposed_at, device)
        if not late("disposed of", disposed, ended, limit, as_of):
            return ""
    return late("returned", _told("returned_at", None, device), ended, limit, as_of)


def raise_if_perhaps_theirs(
    person: Person, ended: datetime, devices: Population[Device], limit: timedelta, as_of: datetime
) -> None:
    """Raises `UnknownFact` where a device out of use may be one of a leaver's: it names no holder and no return."""

    def perhaps(device: Device) -> bool:
        if device.owner_email is not None or device.status == "in_use" or _over_before(device, person.started_at):
            return False
        try:
            return bool(return_problem(device, ended, limit, as_of))
        except UnknownFact:
            return True

    doubtful, unknown = known(devices.members, perhaps)
    if doubtful:
        one = doubtful[0]
        text = (
            f"no device is listed as held last by {person.email}, and {one.id} ({one.status}) names no holder: write "
            "as owner_email who had it last, or who keeps it where nobody had it yet"
        )
        raise UnknownFact("owner_email", text)
    if unknown is not None:
        raise unknown


def _over_before(device: Device, moment: datetime) -> bool:
    """Its last use ended before somebody began."""
    days = (device.returned_at, device.lost_at, device.disposed_at)
    return any(day is not None and day < moment for day in days)


def wipe_disorder(device: Device, as_of: datetime) -> str:
    """What is wrong with when a device was wiped: once nobody used it any more, and before it left for good."""
    wiped = ("wiped", device.wiped_at)
    if device.status in ("returned", "stock", "in_use"):  # what came back may lie in stock, or be given out anew
        return disorder(as_of, ("returned", _told("returned_at", device.returned_at, device)), wiped)
    if device.status == "lost":
        return disorder(as_of, ("lost", _told("lost_at", device.lost_at, device)), wiped)
    disposed = ("disposed of", _told("disposed_at", device.disposed_at, device))
    return disorder(as_of, ("returned", device.returned_at), wiped, disposed)


def _told(fact: str, moment: datetime | None, device: Device) -> datetime:
    if moment is None:
        raise UnknownFact(fact, f"device {device.id} is {device.status}, and nothing says since when: write {fact}")
    return moment
