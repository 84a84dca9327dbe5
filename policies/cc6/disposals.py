"""What shows that data is gone from devices and media that went out of use."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from soc2test import Device, Disposal, Person, Population, Vendor, any_of, control, normal_email
from soc2test_policies._ages import day, disorder, in_window
from soc2test_policies._closed_accounts import all_leavers_told
from soc2test_policies._devices import known_out_of_use_at, out_of_use_at, was_out_of_use
from soc2test_policies._joins import allowed, problems
from soc2test_policies._named import signer_problem

_CATEGORIES = {word: word for word in ("device", "disk", "tape", "paper", "other")}
_NUMBERED = ("device", "disk", "tape")
_SAME_DAY = timedelta(days=1)


def _went_lately(device: Device, limits: Any, as_of: datetime) -> bool:
    return was_out_of_use(device) and in_window(known_out_of_use_at(device), limits.window_days, as_of)


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
)
def test_wipes_are_shown_by_a_record_or_a_certificate(
    device: Device, disposals: Population[Disposal], limits: Any, as_of: datetime
) -> None:
    """Of every device that went out of use within the year a record shows the wipe, or a certificate the destruction.

    One that was disposed of has a certificate that names its serial number and the day. What was not wiped at all is a
    deviation of DEV-05.

    CC6.5: that data is gone is shown by what erased it, or by who destroyed it, and by no row alone.
    """
    if not _went_lately(device, limits, as_of):
        return
    if device.status != "disposed":
        assert device.wiped_at is None or device.wipe_shown_in is not None, (
            f"was wiped on {day(device.wiped_at)} by its row, and no record shows it"
        )
        return
    theirs = [disposal for disposal in disposals if device.id in disposal.serials]
    shown = any_of(theirs, lambda disposal: disposal.certificate is not None)
    assert theirs, "was disposed of, and no disposal names its serial number"
    assert shown, f"was disposed of, and {theirs[0].id} has no certificate"
    left = device.disposed_at
    assert left is not None, "was disposed of, and its row does not say when"
    fits = any_of(theirs, lambda disposal: disposal.certificate is not None and _one_day(disposal, left))
    assert fits, f"was disposed of on {day(left)} by its row, on {day(theirs[0].disposed_at)} by {theirs[0].id}"


def _one_day(disposal: Disposal, moment: datetime) -> bool:
    return abs(disposal.disposed_at - moment) <= _SAME_DAY


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
)
def test_media_are_disposed_of_with_a_certificate(
    disposal: Disposal, persons: Population[Person], vendors: Population[Vendor], limits: Any, as_of: datetime
) -> None:
    """Every disposal of media within the year was approved by another than did it, and a certificate shows it.

    Who did it worked here then, or is a vendor in use. Devices, disks and tapes are named by their serial numbers.

    CC6.5: what leaves for good is destroyed by somebody who can be asked, and what it was stands in a certificate.
    """
    if not _disposed_lately(disposal, limits, as_of):
        return
    looks = (partial(_shown_problem, disposal, as_of), partial(_people_problem, disposal, persons, vendors))
    problem = problems(lambda look: look(), looks)
    assert not problem, problem


def _shown_problem(disposal: Disposal, as_of: datetime) -> str:
    category = allowed("category", disposal.category, _CATEGORIES)
    if wrong := disorder(as_of, ("disposed of", disposal.disposed_at)):
        return wrong
    if category in _NUMBERED and not disposal.serials:
        return f"names no serial number of the {category}"
    return "" if disposal.certificate is not None else "has no certificate"


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
        return signer_problem("performer", by, disposal.disposed_at, persons)
    known = any_of(vendors.all("id", by), lambda vendor: vendor.active)
    return "" if known else f"was done by {by}, which is no vendor in use"
