"""Second sources: what else would show that something occurred, where the list that should hold it is empty."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import (
    AccountEvent,
    Change,
    Commit,
    Detector,
    Device,
    Identity,
    Person,
    Population,
    Repository,
    UnknownFact,
    normal_email,
)
from soc2test_policies._ages import WINDOW, in_window
from soc2test_policies._joins import exists, known, told
from soc2test_policies._people import left, listing

__all__ = [
    "accounts_stayed_on", "no_alerts", "no_changes", "no_commits", "nobody_left_a_device", "scanners_watched",
]  # fmt: skip


def no_commits(commits: Population[Commit], limits: Any, as_of: datetime) -> None:
    """No default branch holds a commit of the window: whatever came there came by a change."""
    lately = [commit for commit in commits if in_window(commit.committed_at, limits.since_days, as_of)]
    assert not lately, f"{len(lately)} commits of the window are on default branches, such as {lately[0].id}"


def no_alerts(detectors: Population[Detector]) -> None:
    """What was paged or alerted would show that nothing should have been an incident; no export of that is read yet.

    So it raises `UnknownFact` always: that a detector is on says nothing of what it reported.
    """
    on, _ = known(detectors.members, _threats)
    beside = f"; {len(on)} detectors of threats are on, which says nothing of what they reported" if on else ""
    raise UnknownFact("", f"only an export of what was paged or alerted would, and none is read{beside}")


def _threats(detector: Detector) -> bool:
    return detector.category == "threat" and detector.enabled


def no_changes(changes: Population[Change], limits: Any, as_of: datetime) -> None:
    """No change was merged in the window: a merged one leaves commits."""
    lately = [each for each in changes if each.merged and in_window(each.merged_at, limits.since_days, as_of)]
    assert not lately, f"{len(lately)} changes were merged in the window, such as {lately[0].id}"


def scanners_watched(repositories: Population[Repository], detectors: Population[Detector]) -> None:
    """A scanner was on that would have found vulnerabilities; of one that is off an empty list says nothing."""
    if not exists(repositories.members, _scanned) and not exists(detectors.members, _looks_for_them):
        raise UnknownFact("", "no scanner is known to be on: its list would be empty whatever there is")


def _scanned(repository: Repository) -> bool:
    return repository.dependency_alerts


def _looks_for_them(detector: Detector) -> bool:
    return detector.category == "vulnerability" and detector.enabled


def accounts_stayed_on(
    identities: Population[Identity], persons: Population[Person], events: Population[AccountEvent], as_of: datetime
) -> None:
    """No account of a person was switched off within the year, but those of people who still work here.

    A list that drops what is switched off would be the same if somebody had left: one that keeps it, or a log that
    reaches back, has to be among the evidence.
    """
    off, unknown = known(identities, lambda identity: _ended_lately(identity, persons, as_of))
    told_off = [event for event in events.members if _tells_of_an_end(event, identities, persons, as_of)]
    names = [f"{each.source} account {each.name}" for each in off]
    names += [f"{each.source} account {each.account}" for each in told_off]
    assert not names, f"{len(names)} accounts were switched off within the year, such as {', '.join(names[:3])}"
    if unknown is not None:
        raise unknown
    if not _would_show(identities, events, as_of):
        raise UnknownFact("", "no list that keeps accounts which were switched off, and no log of a year, was exported")


def _ended_lately(identity: Identity, persons: Population[Person], as_of: datetime) -> bool:
    if not identity.human or identity.root or identity.active or _of_somebody_here(identity, persons, as_of):
        return False
    latest = told(lambda: identity.disabled_by, otherwise=None)
    if latest is not None and not in_window(latest, WINDOW, as_of):
        return False
    return identity.disabled_at is not None and in_window(identity.disabled_at, WINDOW, as_of)


def _of_somebody_here(identity: Identity, persons: Population[Person], as_of: datetime) -> bool:
    """Somebody on leave, or whose second account was switched off; what is not known of it makes it nobody's."""
    by_address = [
        person for address in {identity.email, identity.name} for person in persons.all("email", address).hits
    ]
    by_register: tuple[Person, ...] = told(lambda: tuple(listing(identity, persons)), otherwise=())
    return any(_stays(person, as_of) for person in (*by_address, *by_register))


def _stays(person: Person, as_of: datetime) -> bool:
    return told(lambda: not left(person, as_of), otherwise=False)


def _tells_of_an_end(
    event: AccountEvent, identities: Population[Identity], persons: Population[Person], as_of: datetime
) -> bool:
    if event.action not in ("disabled", "removed") or not in_window(event.happened_at, WINDOW, as_of):
        return False
    owners = [
        *persons.all("email", event.account).hits,
        *persons.all("accounts", f"{event.source}:{event.account}").hits,
    ]
    if any(_stays(person, as_of) for person in owners):
        return False
    return not any(_is_on_again(identity, event) for identity in identities.all("name", event.account).hits)


def _is_on_again(identity: Identity, event: AccountEvent) -> bool:
    same = identity.source == event.source and normal_email(identity.name) == normal_email(event.account)
    return same and told(lambda: identity.active, otherwise=False)


def _would_show(identities: Population[Identity], events: Population[AccountEvent], as_of: datetime) -> bool:
    if any(told(lambda identity=identity: identity.stays_listed, otherwise=False) for identity in identities.members):  # type: ignore[misc]
        return True
    broken = {gap.source for gap in events.gaps}
    begins = as_of - timedelta(days=WINDOW)
    return any(event.happened_at <= begins for event in events.members if event.source not in broken)


def nobody_left_a_device(persons: Population[Person], devices: Population[Device], as_of: datetime) -> None:
    """Nobody has left but who is listed with devices that lie in stock: whoever leaves gives one back."""

    def is_missed(person: Person) -> bool:
        theirs = devices.all("owner_email", person.email)
        return left(person, as_of) and not (theirs and all(_in_stock(device) for device in theirs))

    gone, unknown = known(persons, is_missed)
    assert not gone, f"{len(gone)} people have left, such as {gone[0].id}, and no device that came back is listed"
    if unknown is not None:
        raise unknown


def _in_stock(device: Device) -> bool:
    return device.status == "stock" and device.returned_at is not None
