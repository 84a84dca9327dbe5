"""Devices that people sign in with, held against the list of devices."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from soc2test import Device, Identity, Population, SeenDevice, SignIn, UnknownFact, control, normal_email
from soc2test_policies._ages import day, in_window
from soc2test_policies._devices import OUT_OF_USE, out_of_use_at
from soc2test_policies._joins import allowed, known, problems

_TODAY = timedelta(days=1)
"""A register tells days: what came back may have been used on that day."""
_places: WeakKeyDictionary[Population[SignIn], set[tuple[str, str]]] = WeakKeyDictionary()
"""Asked for each device of one population, which never changes; and so is the next."""
_unplaced: WeakKeyDictionary[Population[SignIn], UnknownFact | None] = WeakKeyDictionary()
_TWO_STEPS = "it is asked of a device that is switched off in the one list and out of use in the other: two changes"
_STATUSES = {word: word for word in ("in_use", "stock", *OUT_OF_USE)}


def _used(seen: SeenDevice, sign_ins: Population[SignIn], limits: Any, as_of: datetime) -> bool:
    """A computer that can be signed in with, or was lately: what was switched off meanwhile was in use all the same."""
    if not seen.computer:
        return False
    return seen.active or _last_used(seen, sign_ins, limits, as_of) is not None


def _last_used(seen: SeenDevice, sign_ins: Population[SignIn], limits: Any, as_of: datetime) -> datetime | None:
    """When it was last signed in with in the window. Raises `UnknownFact` where no log of its organisation is there.

    Whether that log is whole is asked by DEV-09; those of other organisations tell nothing of it.
    """
    own = [sign_in.happened_at for sign_in in sign_ins.part("device", seen.id).members]
    if not own and (seen.source, seen.tenant) not in _logged(sign_ins):
        raise UnknownFact("active", "it is switched off, and no log of sign-ins tells whether it was used before")
    return max((moment for moment in own if in_window(moment, limits.window_days, as_of)), default=None)


def _logged(sign_ins: Population[SignIn]) -> set[tuple[str, str]]:
    """The organisations whose sign-ins are there."""
    if sign_ins not in _places:
        _places[sign_ins] = {(sign_in.source, sign_in.tenant) for sign_in in sign_ins.members}
    return _places[sign_ins]


@control(
    "DEV-06",
    criteria=["CC6.8"],
    nature="state",
    supports={"CC6.7": "only a device that a list holds is asked for its encryption"},
    severity="high",
    where=_used,
    limits={"window_days": 30},
    looser={"window_days": "lower"},
    least={"window_days": 1},
    beside=["sign_ins"],
    blind_spots={
        "Device.returned_at": _TWO_STEPS,
        "Device.lost_at": _TWO_STEPS,
        "Device.disposed_at": _TWO_STEPS,
        "SignIn.happened_at": _TWO_STEPS,
    },
)
def test_computers_that_sign_in_are_listed(
    seen: SeenDevice,
    devices: Population[Device],
    identities: Population[Identity],
    sign_ins: Population[SignIn],
    seen_devices: Population[SeenDevice],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every computer that people sign in with is in the list of devices, in use, in the hands of who signs in with it.

    One that was switched off counts where somebody signed in with it in the last `window_days`: until then at least it
    was in use. Whoever signed in lately, and the last time with a computer of somebody else's, has that one in hand.
    They are matched by the serial number: the identity provider has it from the device, whoever keeps the list.

    CC6.8: what keeps malicious software off is installed on listed devices, so that one that no list holds has none.
    """
    found = devices.all("id", seen.serial)
    if not found and devices.alike("id", seen.serial):
        text = f"the list of devices writes the serial number {seen.serial} otherwise"
        raise UnknownFact("serial", text, code="conflict")
    assert found, f"its serial number {seen.serial} is in no list of devices"
    if seen.active:
        last_users = _last_users(seen, sign_ins, seen_devices, limits, as_of)
        problem = problems(lambda device: _problem(device, seen, identities, last_users), found)
        unplaced = _no_device_is_known(sign_ins)
        if not problem and unplaced is not None:
            raise unplaced
    else:
        last = _last_used(seen, sign_ins, limits, as_of)
        problem = problems(lambda device: _use_problem(device, last), found)
    assert not problem, f"{seen.serial} {problem}"


def _use_problem(device: Device, last: datetime | None) -> str:
    """What is wrong where a device that is switched off now was last signed in with at `last`, in the window.

    Raises `UnknownFact` where it went out of use and nothing tells when. Who has it now may be another than used it.
    """
    status = allowed("status", device.status, _STATUSES)
    if status == "in_use" or last is None:
        return ""
    out = out_of_use_at(device)
    if out is None and status != "stock":
        raise UnknownFact("", f"device {device.id} is {status}, and nothing says since when")
    if out is not None and last - out <= _TODAY:
        return ""
    since = "" if out is None else f" since {day(out)}"
    return f"is {status}{since} by the list of devices, and somebody signed in with it on {day(last)}"


def _last_users(
    seen: SeenDevice, sign_ins: Population[SignIn], seen_devices: Population[SeenDevice], limits: Any, as_of: datetime
) -> list[str]:
    """The accounts whose newest sign-in of the window, of those with computers, was with this one."""
    users = {each.identity for each in sign_ins.part("device", seen.id).members if _lately(each, limits, as_of)}
    return sorted(user for user in users if _last_computer(user, sign_ins, seen_devices) == seen.id)


def _no_device_is_known(sign_ins: Population[SignIn]) -> UnknownFact | None:
    """Why it is not known with what some sign-in was made."""
    if sign_ins not in _unplaced:
        _, _unplaced[sign_ins] = known(sign_ins.members, lambda sign_in: sign_in.device is None)
    return _unplaced[sign_ins]


def _lately(sign_in: SignIn, limits: Any, as_of: datetime) -> bool:
    return in_window(sign_in.happened_at, limits.window_days, as_of)


def _last_computer(user: str, sign_ins: Population[SignIn], seen_devices: Population[SeenDevice]) -> str | None:
    own = sorted(sign_ins.part("identity", user).members, key=lambda each: each.happened_at, reverse=True)
    for sign_in in own:
        device = None if sign_in.device is None else seen_devices.one("id", sign_in.device)
        if device is not None and device.computer:
            return device.id
    return None


def _problem(device: Device, seen: SeenDevice, identities: Population[Identity], last_users: Sequence[str]) -> str:
    status = allowed("status", device.status, _STATUSES)
    if status != "in_use":
        return f"is {status.replace('_', ' ')} by the list of devices, and can sign in"
    holder = device.owner_email
    if holder is None:
        return "is in nobody's hands by the list of devices"
    users = [address for account in seen.accounts for address in _addresses(account, identities)]
    if normal_email(holder) not in {normal_email(address) for address in users}:
        return f"is {holder}'s by the list of devices, and {', '.join(users) or 'nobody'} signs in with it"
    last = [address for account in last_users for address in _addresses(account, identities)]
    others = sorted({address for address in last if normal_email(address) != normal_email(holder)})
    return f"is {holder}'s by the list of devices, and {', '.join(others)} signs in with it" if others else ""


def _addresses(account: str, identities: Population[Identity]) -> Iterator[str]:
    found = identities.all("id", account)
    if not found.hits:
        len(found)  # raises where there may be more
    for identity in found.hits:
        yield identity.name if identity.email is None else identity.email
