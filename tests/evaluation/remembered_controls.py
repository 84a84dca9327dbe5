"""Controls that read all that a control may read, for `test_remembered.py`: each evaluation of them is held against one
that knows nothing of the evaluations before. The ids begin with what a control reads."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from soc2test import Population, Resource, any_of, control, deviation, pending

__all__ = ["MOOD", "Host", "Owner"]

MOOD = {"good": True}
"""changes from one evaluation to the next: what a control reads of it is kept by nothing"""
BERLIN = ZoneInfo("Europe/Berlin")


class Host(Resource, frozen=True, gc=False, kw_only=True):
    """A host."""

    good: bool
    region: str
    owner: str
    seen_at: datetime
    """as of when it was seen last"""

    @property
    def mood(self) -> bool:
        """What can't be told from its facts."""
        return MOOD["good"]


class Owner(Resource, frozen=True, gc=False, kw_only=True):
    """Somebody who answers for hosts."""

    login: str
    working: bool


def _age(host: Host, as_of: datetime) -> timedelta:
    return as_of - host.seen_at


def _is_good(host: Host) -> bool:
    return MOOD["good"] or host.good


@control("PLAIN-01", criteria=["CC6.1"], nature="state")
def test_plain(host: Host) -> None:
    """Good."""
    assert host.good, f"{host.id} is not good"


@control("PLAIN-02", criteria=["CC6.1"], nature="state", where=lambda host: host.region == "eu")
def test_of_some(host: Host) -> None:
    """Good where it lies in Europe."""
    assert host.good, "is not good"


@control("PLAIN-03", criteria=["CC6.1"], nature="state")
def test_broken(host: Host) -> None:
    """Breaks where it lies elsewhere."""
    assert {"eu": host.good, "us": True}[host.region]


@control("MOMENT-01", criteria=["CC6.1"], nature="state", limits={"days": 3}, looser={"days": "higher"})
def test_seen_lately(host: Host, limits: Any, as_of: datetime) -> None:
    """Seen within some days."""
    assert host.seen_at >= as_of - timedelta(days=limits.days), "was not seen"


@control("MOMENT-02", criteria=["CC6.1"], nature="state", where=lambda host: host.region == "eu")
def test_young(host: Host, as_of: datetime) -> None:
    """Seen within whole days."""
    assert _age(host, as_of).days <= 2
    assert _age(host, as_of) // timedelta(hours=7) != 3, "is of an unlucky age"


@control("MOMENT-03", criteria=["CC6.1"], nature="state")
def test_told_in_words(host: Host, as_of: datetime) -> None:
    """Says how old it is."""
    age = as_of - host.seen_at
    assert age < timedelta(days=2), f"{age / timedelta(hours=1):g} hours at {as_of:%Y-%m-%d}"


@control("MOMENT-04", criteria=["CC6.1"], nature="state", where=lambda host, as_of: host.seen_at <= as_of)
def test_applies_by_moment(host: Host) -> None:
    """Good once it was seen."""
    assert host.good


@control("MOMENT-05", criteria=["CC6.1"], nature="state")
def test_by_days(host: Host, as_of: datetime) -> None:
    """By the days of people."""
    assert host.seen_at.date() <= as_of.date()
    assert as_of.astimezone(BERLIN).date() != host.seen_at.astimezone(BERLIN).date(), "seen today"


@control("MOMENT-06", criteria=["CC6.1"], nature="state")
def test_catches(host: Host, as_of: datetime) -> None:
    """What it does with the moment may raise, and it goes on."""
    try:
        day = datetime.date(as_of)  # what stands in for the moment is no datetime, and this raises
    except TypeError:
        day = host.seen_at.date()
    assert day.day % 2 or host.good, "an even day"


@control("MOMENT-07", criteria=["CC6.1"], nature="state")
def test_of_an_hour(host: Host, as_of: datetime) -> None:
    """By the hour of the day."""
    assert as_of.hour < 18 or host.good
    assert (as_of - timedelta(days=1)).year == 2026


@control("MOMENT-08", criteria=["CC6.1"], nature="state")
def test_exactly_now(host: Host, as_of: datetime) -> None:
    """Not at this very moment."""
    assert as_of != host.seen_at, "seen now"
    assert as_of - host.seen_at != timedelta(days=1), "seen a day ago"
    assert as_of is not None
    assert (host.seen_at - as_of).days != -3


@control("EVENT-01", criteria=["CC6.1"], nature="event", operates="per event", dated="seen_at")
def test_waits(host: Host, as_of: datetime) -> None:
    """Good within a day."""
    if not host.good and as_of - host.seen_at <= timedelta(days=1):
        pending("not yet", until=host.seen_at + timedelta(days=1))
    assert host.good


@control("EVENT-02", criteria=["CC6.1"], nature="event", operates="per event", dated="seen_at")
def test_waits_without_moment(host: Host) -> None:
    """Waits, without reading the moment itself."""
    if not host.good:
        pending("not yet", until=host.seen_at + timedelta(days=2))


@control("JOIN-01", criteria=["CC6.1"], nature="state")
def test_owner_works(host: Host, owners: Population[Owner]) -> None:
    """Its owner works here."""
    owner = owners.one("login", host.owner)
    assert owner is not None, "nobody known"
    assert owner.working, f"{owner.id} does not work here"


@control("JOIN-02", criteria=["CC6.1"], nature="state", joins={"owners": lambda owner: owner.working})
def test_anybody(host: Host, owners: Population[Owner], as_of: datetime) -> None:
    """Anybody works here, while it is new."""
    assert as_of - host.seen_at > timedelta(days=1) or any_of(owners, lambda owner: owner.login == host.owner)


@control("JOIN-03", criteria=["CC6.1"], nature="state")
def test_all_owners(owners: Population[Owner], hosts: Population[Host]) -> None:
    """Each owner has a good host."""
    for owner in owners:
        own = [host for host in hosts if host.owner == owner.login]
        if not any_of(own, lambda host: host.good):
            deviation(owner, "has none")


@control("JOIN-04", criteria=["CC6.1"], nature="state")
def test_hosts_at_the_moment(hosts: Population[Host], as_of: datetime) -> None:
    """No host was seen too long ago."""
    for host in hosts:
        if host.seen_at < as_of - timedelta(days=4):
            deviation(host, "seen long ago")


@control("OTHER-01", criteria=["CC6.1"], nature="state")
def test_by_mood(host: Host) -> None:
    """Reads what changes from elsewhere."""
    assert _is_good(host)


@control("OTHER-02", criteria=["CC6.1"], nature="state")
def test_by_property(host: Host) -> None:
    """The same by a property of its kind."""
    assert host.mood or host.good


@control("OTHER-03", criteria=["CC6.1"], nature="state")
def test_by_clock(host: Host) -> None:
    """Reads a clock."""
    assert datetime.now(BERLIN) > host.seen_at or MOOD["good"]
