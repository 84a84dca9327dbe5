"""What people who left still hold: accounts and devices."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Device, Identity, Person, Population, UnknownFact, control
from soc2test_policies._ages import day, late
from soc2test_policies._devices import return_problem
from soc2test_policies._joins import problems, worded
from soc2test_policies._people import by_login, keeper_problem, left, listed_accounts


@control(
    "IAM-07",
    criteria=["CC6.2", "CC6.3"],
    nature="event",
    severity="critical",
    operates="per event",
    where=left,
    limits={"removal_hours": 24},
    on_empty="no_occurrences",
)
def test_leavers_lose_access_in_time(
    person: Person, identities: Population[Identity], persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Every account of a person who left is disabled within the allowed hours after the end of work.

    A program's account may go on where an active person answers for it now. A date without a time is its midnight, UTC.
    """
    ended, limit = person.ended_at, timedelta(hours=limits.removal_hours)
    assert ended is not None, "has left, but the register does not say when"

    def check(identity: Identity) -> str:
        if not identity.human and not keeper_problem(identity, persons):
            return ""
        problem = _open_too_long(identity, ended, limit, as_of)
        name = worded(lambda: f"account {identity.name}", "account")
        return f"{identity.source} {name} was {problem}" if problem else ""

    own = identities.all("email", person.email), by_login(person, identities)
    problem = problems(check, *own, *listed_accounts(person, identities))
    assert not problem, problem


@control(
    "DEV-04",
    criteria=[],
    nature="event",
    supports={
        "CC6.4": "what gives access to the company's rooms and data comes back",
        "CC6.5": "only a device that came back can be wiped",
    },
    severity="medium",
    operates="per event",
    where=left,
    limits={"return_days": 14},
    on_empty="no_occurrences",
)
def test_leavers_return_their_devices(
    person: Person, devices: Population[Device], limits: Any, as_of: datetime
) -> None:
    """Every device of a person who left came back within the allowed days after the end of work."""
    ended, limit = person.ended_at, timedelta(days=limits.return_days)
    assert ended is not None, "has left, but the register does not say when"

    def check(device: Device) -> str:
        problem = return_problem(device, ended, limit, as_of)
        return f"device {device.id} was {problem}" if problem else ""

    problem = problems(check, devices.all("owner_email", person.email))
    assert not problem, problem


def _open_too_long(identity: Identity, ended: datetime, limit: timedelta, as_of: datetime) -> str:
    """What is wrong with when an account was switched off. Raises `UnknownFact` where nothing tells."""
    if identity.active:
        return late("disabled", None, ended, limit, as_of)
    try:
        return late("disabled", _off_since(identity), ended, limit, as_of)
    except UnknownFact:
        used = _used_after(identity, ended + limit)
        if used:
            return used
        if _off_in_time(identity, ended, limit, as_of):
            return ""
        raise


def _off_since(identity: Identity) -> datetime:
    if identity.disabled_at is None:
        raise UnknownFact("disabled_at", f"account {identity.name} is off, but nothing says since when")
    return identity.disabled_at


def _used_after(identity: Identity, moment: datetime) -> str:
    """An account that was used can't have been off, whenever that was; empty where no use after `moment` is known."""
    try:
        used = identity.last_used_at
    except UnknownFact:
        return ""
    return f"used on {day(used)}, after access should have ended" if used is not None and used > moment else ""


def _off_in_time(identity: Identity, ended: datetime, limit: timedelta, as_of: datetime) -> bool:
    """Whether it was off in time at the latest; when exactly is not known."""
    try:
        latest = identity.disabled_by
    except UnknownFact:
        return False
    return latest is not None and not late("disabled", latest, ended, limit, as_of)
