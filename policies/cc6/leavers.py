"""What people who left still hold: accounts and devices."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import AccountEvent, Device, Identity, Person, Population, control
from soc2test_policies._ages import WINDOW, in_window
from soc2test_policies._closed_accounts import all_leavers_told, closed_accounts_would_show
from soc2test_policies._devices import raise_if_perhaps_theirs, return_problem
from soc2test_policies._joins import problems
from soc2test_policies._leaver_access import Access, questions
from soc2test_policies._people import breaks, ends_of_work, left


def _left_once(person: Person, as_of: datetime) -> bool:
    """Who left, and who came back after that."""
    return left(person, as_of) or any(True for _ in breaks(person))


@control(
    "IAM-07",
    criteria=["CC6.2", "CC6.3"],
    nature="event",
    dated=ends_of_work,
    severity="critical",
    operates="per event",
    where=_left_once,
    limits={"removal_hours": 24},
    looser={"removal_hours": "higher"},
    on_empty="no_occurrences",
    beside=["events"],
    agrees=closed_accounts_would_show,
    complete=all_leavers_told,
    blind_spots={
        "AccountEvent.account": "an entry of a log that names no account tells of none; the account's own list decides",
        "Identity.last_used_at": "a use can but contradict that the account is off, as its list and the log say",
    },
)
def test_leavers_lose_access_in_time(
    person: Person,
    identities: Population[Identity],
    persons: Population[Person],
    events: Population[AccountEvent],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every account of a person who left can't be used any more within the allowed hours after the end of work.

    When it was switched off is told by the list of accounts, else by an audit log: suspended is off, locked out is not.
    A program's account may go on where somebody who works here answers for it now. Who came back within the last year
    had no account between: it was made since, or something tells that it was off; of years before it is tested that no
    system tells of a use between. A list and a log that contradict each other tell nothing. Each account of a person
    that was closed within the year has to be somebody's whom the register of people names, else one may be missing; and
    who left within the year had one that a list or a log tells of.

    CC6.2: the accounts that were made for a person go when the person does.
    CC6.3: rights follow from the work somebody does here, and who left does none.
    """
    gone = left(person, as_of)
    assert not gone or person.ended_at is not None, "has left, but the register does not say when"
    limit = timedelta(hours=limits.removal_hours)
    access = Access(identities=identities, persons=persons, events=events, limit=limit, as_of=as_of)
    problem = problems(lambda ask: ask(), *questions(person, access))
    assert not problem, problem


@control(
    "DEV-04",
    criteria=[],
    nature="event",
    dated="ended_at",
    supports={
        "CC6.4": "what gives access to the company's rooms and data comes back",
        "CC6.5": "only a device that came back can be wiped",
    },
    severity="medium",
    operates="per event",
    where=left,
    limits={"return_days": 14},
    looser={"return_days": "higher"},
    on_empty="no_occurrences",
    complete=all_leavers_told,
)
def test_leavers_return_their_devices(
    person: Person, devices: Population[Device], limits: Any, as_of: datetime
) -> None:
    """Every device of a person who left came back within the allowed days after the end of work.

    Where no device is listed as held last by somebody who left lately, one out of use without a holder may be it.
    """
    ended, limit = person.ended_at, timedelta(days=limits.return_days)
    assert ended is not None, "has left, but the register does not say when"

    def check(device: Device) -> str:
        problem = return_problem(device, ended, limit, as_of)
        return f"device {device.id} was {problem}" if problem else ""

    theirs = devices.all("owner_email", person.email)
    problem = problems(check, theirs)
    assert not problem, problem
    if not theirs and in_window(ended, WINDOW, as_of) and ended + limit < as_of:
        raise_if_perhaps_theirs(person, ended, devices, limit, as_of)
