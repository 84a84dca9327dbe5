"""What became of devices that nobody uses, and when."""

from datetime import datetime, timedelta

from soc2test import Device, Person, Population, UnknownFact
from soc2test_policies._ages import WINDOW, day, disorder, in_window, late
from soc2test_policies._joins import allowed, known, told

__all__ = [
    "OUT_OF_USE", "day_of_status", "known_days_out", "known_out_of_use_at", "out_of_use_at",
    "raise_if_contradicted", "raise_if_perhaps_theirs", "return_problem", "was_out_of_use", "wipe_problem",
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
    return min(known_days_out(device).values(), default=None)


def known_days_out(device: Device) -> dict[str, datetime]:
    """The status to which each day belongs that is known: on which it came back, was lost or was disposed of.

    A device has several: one that came back last year is disposed of in this.
    """
    days = {
        "returned": told(lambda: device.returned_at, otherwise=None),
        "lost": told(lambda: device.lost_at, otherwise=None),
        "disposed": told(lambda: device.disposed_at, otherwise=None),
    }
    return {status: moment for status, moment in days.items() if moment is not None}


def day_of_status(device: Device) -> datetime | None:
    """The day since when a device is out of use as its status says; None where its row does not say."""
    if device.status == "returned":
        return device.returned_at
    return device.lost_at if device.status == "lost" else device.disposed_at


def raise_if_contradicted(device: Device) -> None:
    """Raises `UnknownFact` where a day says that a device was lost or disposed of after what its status says of it.

    One that is at hand came back last; one that was disposed of went for good, whatever was before.
    """
    days = known_days_out(device)
    at_hand = device.status not in OUT_OF_USE
    last = days.get("returned" if at_hand else device.status)
    for status, word in (("lost", "lost"), ("disposed", "disposed of")):
        moment = days.get(status)
        if moment is None or device.status in (status, "disposed"):
            continue
        # on one day a device may come back and go on its way; what lies in stock did not go
        if last is None or last < moment or (at_hand and last == moment):
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


def wipe_problem(device: Device, limit: timedelta, as_of: datetime) -> str:
    """What is wrong with whether, and how soon, a device was wiped that went out of use.

    What came back, or was lost, is wiped within the limit; what was wiped too late more than a year ago was another
    period's. What is lost, gone for good, in stock or in use again must be wiped already: somebody else may have it.
    Where no day says when a device came back or was lost no limit begins.
    """
    back = told(lambda: device.returned_at, otherwise=None)
    out = known_out_of_use_at(device)
    may_wait = device.status == "returned" and back is not None
    if device.wiped_at is None and not may_wait:
        came_back = f", came back on {day(out)}," if out is not None and device.status not in OUT_OF_USE else ""
        return f"is {device.status}{came_back} and was not wiped"
    problem = "" if device.wiped_at is None else _wipe_disorder(device, as_of)
    begins = device.lost_at if back is None and device.status == "lost" else back
    if problem or begins is None or not in_window(device.wiped_at, WINDOW, as_of):
        return problem
    return late("wiped", device.wiped_at, begins, limit, as_of)


def _wipe_disorder(device: Device, as_of: datetime) -> str:
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
