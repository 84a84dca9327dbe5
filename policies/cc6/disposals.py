"""What shows that data is gone from devices and media that went out of use."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from operator import call
from typing import Any

from soc2test import Device, Disposal, Person, Population, Vendor, any_of, control, normal_email
from soc2test_policies._ages import day, disorder, in_window
from soc2test_policies._closed_accounts import all_leavers_told
from soc2test_policies._devices import (
    OUT_OF_USE,
    day_of_status,
    known_days_out,
    out_of_use_at,
    raise_if_contradicted,
    was_out_of_use,
)
from soc2test_policies._documents import of_another, of_other_kind
from soc2test_policies._joins import allowed, known, problems, told
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import must_be_two

_CATEGORIES = {word: word for word in ("device", "disk", "tape", "paper", "other")}
_NUMBERED = ("device", "disk", "tape")


def _went_lately(device: Device, limits: Any, as_of: datetime) -> bool:
    """Any of the days on which it went lies in the window: what came back last year may be disposed of in this one.

    Where the day is missing that belongs to its status it counts too: nobody knows when that was.
    """
    if device.status not in OUT_OF_USE:
        # a source of devices in use alone tells no such days at all
        return any(in_window(moment, limits.window_days, as_of) for moment in known_days_out(device).values())

    def lately(moment: datetime | None) -> bool:
        return moment is not None and in_window(moment, limits.window_days, as_of)

    whether: tuple[Callable[[], bool], ...] = (
        lambda: lately(device.returned_at),
        lambda: lately(device.lost_at),
        lambda: lately(device.disposed_at),
        lambda: day_of_status(device) is None,
    )
    return any_of(whether, call)


@control(
    "DEV-07",
    criteria=["CC6.5"],
    nature="event",
    dated=out_of_use_at,
    severity="medium",
    operates="per event",
    where=_went_lately,
    limits={"window_days": 365},
    looser={"window_days": "lower"},
    least={"window_days": 1},
    complete=all_leavers_told,
    blind_spots={"devices": "another device can only claim the record that shows this one's wipe"},
)
def test_wipes_are_shown_by_a_record_or_a_certificate(
    device: Device, devices: Population[Device], disposals: Population[Disposal], limits: Any, as_of: datetime
) -> None:
    """Of every device that went out of use within the year a record shows the wipe, or a certificate the destruction.

    One that was disposed of has a certificate that names its serial number and the day. A record of a wipe is that of
    no device that was wiped on another day, and no certificate of a disposal of others. What was not wiped at all is a
    deviation of DEV-05. The test is not evaluated where the status says that a device is at hand, and a later day that
    it was lost or disposed of.

    CC6.5: that data is gone is shown by what erased it, or by who destroyed it, and by no row alone.
    """
    if not _went_lately(device, limits, as_of):
        return
    raise_if_contradicted(device)
    if device.status != "disposed":
        if device.wiped_at is None:
            return
        assert device.wipe_shown_in is not None, (
            f"was wiped on {day(device.wiped_at)} by its row, and no record shows it"
        )
        wiped = filter(was_out_of_use, devices)  # a source of devices in use alone tells of no wipes
        problem = of_other_kind(device.wipe_shown_in, _of_others(device, disposals))
        problem = problem or of_another(device, wiped, lambda each: each.wipe_shown_in, lambda each: each.wiped_at)
        assert not problem, problem
        return
    theirs = [disposal for disposal in disposals if device.id in disposal.serials]
    shown = any_of(theirs, lambda disposal: disposal.certificate is not None)
    assert theirs, "was disposed of, and no disposal names its serial number"
    assert shown, f"was disposed of, and {theirs[0].id} has no certificate"
    left = device.disposed_at
    assert left is not None, "was disposed of, and its row does not say when"
    fits = any_of(theirs, lambda each: each.certificate is not None and _one_day(each.disposed_at, left, as_of))
    assert fits, f"was disposed of on {day(left)} by its row, on {day(theirs[0].disposed_at)} by {theirs[0].id}"


def _of_others(device: Device, disposals: Population[Disposal]) -> Iterator[Disposal]:
    nothing: tuple[str, ...] = ()
    for disposal in disposals.members:
        theirs = told(lambda disposal=disposal: disposal.serials, nothing)  # type: ignore[misc]
        if device.id not in theirs:
            yield disposal


def _one_day(one: datetime, other: datetime, as_of: datetime) -> bool:
    """Both are of one day of the company's zone."""
    return one.astimezone(as_of.tzinfo).date() == other.astimezone(as_of.tzinfo).date()


def no_device_was_disposed_of(devices: Population[Device], limits: Any, as_of: datetime) -> None:
    """The list of devices holds none that was disposed of in the window."""
    gone = [
        device
        for device in devices
        if device.status == "disposed" and in_window(device.disposed_at, limits.window_days, as_of)
    ]
    assert not gone, f"{len(gone)} devices were disposed of in the window, such as {gone[0].id}"


def _disposed_lately(disposal: Disposal, limits: Any, as_of: datetime) -> bool:
    return in_window(disposal.disposed_at, limits.window_days, as_of)


@control(
    "DEV-08",
    criteria=["CC6.5"],
    nature="event",
    dated="disposed_at",
    supports={"C1.2": "what is destroyed is named, with who did it"},
    severity="medium",
    operates="per event",
    where=_disposed_lately,
    limits={"window_days": 365},
    looser={"window_days": "lower"},
    least={"window_days": 1},
    on_empty="no_occurrences",
    agrees=no_device_was_disposed_of,
    blind_spots={"disposals": "another disposal can only claim the certificate of this one"},
)
def test_media_are_disposed_of_with_a_certificate(
    disposal: Disposal,
    disposals: Population[Disposal],
    devices: Population[Device],
    persons: Population[Person],
    vendors: Population[Vendor],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every disposal of media within the year was approved by another than did it, and a certificate shows it.

    Who did it worked here then, or is a vendor in use. Devices, disks and tapes are named by their serial numbers, and
    none of these is a device that is at hand by its row. The certificate is that of no disposal of another day.

    CC6.5: what leaves for good is destroyed by somebody who can be asked, and what it was stands in a certificate.
    """
    if not _disposed_lately(disposal, limits, as_of):
        return
    looks: tuple[Callable[[], str], ...] = (
        partial(_shown_problem, disposal, disposals, as_of),
        lambda: problems(partial(_is_still_here, devices), disposal.serials),
        partial(_people_problem, disposal, persons, vendors),
    )
    problem = problems(lambda look: look(), looks)
    assert not problem, problem


def _shown_problem(disposal: Disposal, disposals: Population[Disposal], as_of: datetime) -> str:
    category = allowed("category", disposal.category, _CATEGORIES)
    if wrong := disorder(as_of, ("disposed of", disposal.disposed_at)):
        return wrong
    if category in _NUMBERED and not disposal.serials:
        return f"names no serial number of the {category}"
    if disposal.certificate is None:
        return "has no certificate"
    return of_another(disposal, disposals, lambda each: each.certificate, lambda each: each.disposed_at)


def _is_still_here(devices: Population[Device], serial: str) -> str:
    """What is wrong where a device that is said to be destroyed is in use or in stock by its row."""
    here, unknown = known(devices.all("id", serial).hits, lambda device: device.status not in OUT_OF_USE)
    if here:
        return f"names {serial}, which is {here[0].status} by its row"
    if unknown is not None:
        raise unknown
    return ""


def _people_problem(disposal: Disposal, persons: Population[Person], vendors: Population[Vendor]) -> str:
    by, approver = disposal.carried_out_by, disposal.approved_by
    if by is None:
        return "nobody is named who did it"
    if approver is None:
        return "nobody approved it"
    if normal_email(by) == normal_email(approver):
        return f"{by} did it and approved it"
    wrong = signer_problem("approver", approver, disposal.disposed_at, persons)
    if wrong:
        return wrong
    if "@" in by:
        wrong = signer_problem("performer", by, disposal.disposed_at, persons)
        if not wrong:
            must_be_two(by, approver, persons)
        return wrong
    known = any_of(vendors.all("id", by), lambda vendor: vendor.active)
    return "" if known else f"was done by {by}, which is no vendor in use"
