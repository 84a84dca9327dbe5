"""Laptops, phones and workstations."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from soc2test import Device, Person, Population, SeenDevice, UnknownFact, control
from soc2test_policies._closed_accounts import all_leavers_told
from soc2test_policies._devices import (
    out_of_use_at,
    raise_if_contradicted,
    was_out_of_use,
    wipe_problem,
)
from soc2test_policies._joins import told
from soc2test_policies._people import left, owner_problem
from soc2test_policies._second_sources import nobody_left_a_device

_TODAY = timedelta(days=1)
"""The last day of work ends at midnight, and the register may say before that somebody has left."""


def _in_use(device: Device) -> bool:
    return device.status == "in_use"


@control("DEV-01", criteria=["CC6.7"], nature="state", severity="high", where=_in_use, against=["seen_devices"])
def test_devices_are_encrypted(device: Device, seen_devices: Population[SeenDevice]) -> None:
    """The disk of every device in use is encrypted.

    It is unknown where the identity provider, to which the device itself told it, says that one of its disks is not.

    CC6.7: a device leaves the company's rooms with data on it: whoever finds or steals it must not read them.
    """
    assert device.disk_encrypted, "its disk is not encrypted"
    for seen in seen_devices.all("serial", device.id).hits:
        if told(partial(_told_otherwise, seen), otherwise=False):
            text = f"the list says that its disk is encrypted, and {seen.source} that not all of it is: look at it"
            raise UnknownFact("disk_encrypted", text, code="conflict")


def _told_otherwise(seen: SeenDevice) -> bool:
    """What is switched off there told it long ago."""
    return seen.active and not seen.disk_encrypted


@control("DEV-02", criteria=["CC6.8"], nature="state", severity="high", where=_in_use)
def test_devices_are_protected(device: Device) -> None:
    """Endpoint protection runs and reports on every device in use.

    CC6.8: malicious software on a device is noticed and stopped where its protection runs and reports.
    """
    assert device.protected, "endpoint protection is missing, stopped or silent"


@control(
    "DEV-03",
    criteria=[],
    nature="state",
    supports={"CC6.1": "no device gives access to somebody who does not work here"},
    severity="medium",
    where=_in_use,
    limits={"return_days": 14},
    looser={"return_days": "higher"},
)
def test_devices_belong_to_an_active_person(
    device: Device, persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Every device in use is in the hands of somebody who works here, or left within the days for giving it back."""
    problem = owner_problem(device.owner_email, persons, as_of)
    ended = _left_at(device, persons, as_of)
    if ended is not None and as_of - ended <= timedelta(days=limits.return_days):
        return  # DEV-04 counts who left as pending
    assert not problem, problem


def _left_at(device: Device, persons: Population[Person], as_of: datetime) -> datetime | None:
    """The latest end of its holder's work, that of today too; None where none is told."""

    def ended(person: Person) -> datetime | None:
        return person.ended_at if left(person, as_of) else None

    holders = persons.all("email", device.owner_email).hits
    ends = [told(partial(ended, person), None) for person in holders]
    return max((end for end in ends if end is not None and end - as_of <= _TODAY), default=None)


@control(
    "DEV-05",
    criteria=["CC6.5"],
    nature="event",
    dated=out_of_use_at,
    supports={"C1.2": "confidential data does not leave with a device"},
    severity="medium",
    operates="per event",
    where=was_out_of_use,
    limits={"wipe_days": 30},
    looser={"wipe_days": "higher"},
    on_empty="no_occurrences",
    complete=all_leavers_told,
    agrees=nobody_left_a_device,
)
def test_devices_out_of_use_are_wiped(device: Device, limits: Any, as_of: datetime) -> None:
    """Every device that was returned, lost or disposed of was wiped after its last use and before it left for good.

    What came back was wiped within `wipe_days` of that, and so was what was lost, which deviates until it is wiped. The
    test is not evaluated where the status says that a device is at hand, and a later day that it was lost or disposed
    of.

    CC6.5: a device that goes before it is wiped takes its data out of the company's protection.
    """
    raise_if_contradicted(device)
    problem = wipe_problem(device, timedelta(days=limits.wipe_days), as_of)
    assert not problem, problem
