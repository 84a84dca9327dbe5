"""What became of devices that nobody uses, and when."""

from collections.abc import Callable
from datetime import datetime, timedelta

from soc2test import Device, Person, Population, UnknownFact
from soc2test_policies._ages import day, disorder, late
from soc2test_policies._joins import allowed, exists, known, told

__all__ = ["out_of_use_at", "raise_if_perhaps_theirs", "return_problem", "went_out_of_use", "wipe_problem"]

OUT_OF_USE = ("returned", "lost", "disposed")


def out_of_use_at(device: Device) -> datetime | None:
    """When it went out of use: the first of the days on which it came back, was lost or was disposed of."""
    days = (device.returned_at, device.lost_at, device.disposed_at)
    return min((day for day in days if day is not None), default=None)


def went_out_of_use(device: Device) -> bool:
    """True for a device that came back, was lost or was disposed of, by its status or by a day: a device that lies in
    stock or is given out anew came back all the same."""
    facts: tuple[Callable[[], datetime | None], ...] = (
        lambda: device.returned_at,
        lambda: device.lost_at,
        lambda: device.disposed_at,
    )
    return device.status in OUT_OF_USE or exists(facts, lambda fact: fact() is not None)


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


def wipe_problem(device: Device, as_of: datetime) -> str:
    """What is wrong with whether and when a device was wiped: once nobody used it any more, and before it left for
    good. Raises `UnknownFact` where its status and its days contradict each other."""
    if device.wiped_at is None and device.status in OUT_OF_USE:
        return f"is {device.status} and was not wiped"
    _raise_if_contradictory(device)
    if device.wiped_at is None:
        back = _told("returned_at", device.returned_at, device)
        return f"is {device.status}, was returned on {day(back)}, and was not wiped"
    return _wipe_disorder(device, as_of)


def _raise_if_contradictory(device: Device) -> None:
    """What is lost or gone for good is in nobody's hands, unless it was found: then it came back later."""
    gone = told(lambda: device.disposed_at, None)
    if gone is not None and device.status != "disposed":
        raise _contradiction(device, "disposed_at", "disposed of", gone)
    lost, back = told(lambda: device.lost_at, None), told(lambda: device.returned_at, None)
    if lost is not None and device.status in ("in_use", "stock") and (back is None or back < lost):
        raise _contradiction(device, "lost_at", "lost", lost)


def _contradiction(device: Device, fact: str, done: str, moment: datetime) -> UnknownFact:
    found = ", or write when it came back (returned_at)" if fact == "lost_at" else ""
    text = (
        f"by its status device {device.id} is {device.status}, and by {fact} it was {done} on {day(moment)}: correct "
        f"the one that is wrong{found}"
    )
    return UnknownFact(fact, text, code="conflict")


def _wipe_disorder(device: Device, as_of: datetime) -> str:
    wiped = ("wiped", device.wiped_at)
    if device.status == "lost":
        return disorder(as_of, ("lost", _told("lost_at", device.lost_at, device)), wiped)
    if device.status == "disposed":
        disposed = ("disposed of", _told("disposed_at", device.disposed_at, device))
        return disorder(as_of, ("returned", device.returned_at), wiped, disposed)
    return disorder(as_of, ("returned", _told("returned_at", device.returned_at, device)), wiped)


def _told(fact: str, moment: datetime | None, device: Device) -> datetime:
    if moment is None:
        raise UnknownFact(fact, f"device {device.id} is {device.status}, and nothing says since when: write {fact}")
    return moment
