"""Accounts that are listed now: whether a system had one when a review of it began, and who tells since when."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from soc2test import AccessReview, AccountEvent, Identity, Person, UnknownFact, normal_email
from soc2test_policies._ages import day
from soc2test_policies._joins import told
from soc2test_policies._newest import newest
from soc2test_policies._people import listing
from soc2test_policies._removals import of_identity
from soc2test_policies._reviews import Reviewed, begun_at, finished_at, off_before, one_system
from soc2test_policies._worked_before import accounts_made, events_of, of_address

__all__ = [
    "came_at", "holder_came_after", "holders_of", "log_of", "made_during", "on_by_log", "reaches_back", "was_there",
]  # fmt: skip

_ENDS = ("disabled", "removed")
_LIFE = ("enabled", *_ENDS)
_Older = tuple[str, datetime]
"""What somebody's account did before work began, in words, and when."""


def was_there(identity: Identity, review: AccessReview, reviewed: Reviewed) -> bool:
    """True for an account that existed when the review began, and was on until it was completed.

    Where its list does not tell when it was made, its audit log does, and the register of people only where nothing
    contradicts it: a day that is typed excuses no account.
    """
    if off_before(identity, finished_at(review)):
        return False
    began = begun_at(review)
    try:
        return identity.created_at <= began
    except UnknownFact:
        own = log_of(identity, reviewed)
        if on_by_log(own, began):
            return True
        if _off_by_log(own, began):
            return False
        came = _came_by_log(own, began)
        if came and own[0].complete_after and reaches_back(own[0], began, reviewed):
            return False
        came_after = holder_came_after(identity, began, reviewed)
        if came_after and not came:
            _raise_if_older(identity, review, reviewed)
        if came_after:
            return False
        raise _unknown_since(identity, review) from None


def made_during(identity: Identity, review: AccessReview, reviewed: Reviewed) -> bool:
    """True for an account that came after the accounts of a review were listed, and was on at its completion.

    Raises `UnknownFact` where neither its list nor its log tells, and its holder's work began before the completion.
    """
    began, ended = begun_at(review), finished_at(review)
    if off_before(identity, ended):
        return False
    try:
        return began < came_at(identity, began, reviewed) <= ended
    except UnknownFact:
        if on_by_log(log_of(identity, reviewed), began) or holder_came_after(identity, ended, reviewed):
            return False
        raise _unknown_since(identity, review) from None


def came_at(identity: Identity, after: datetime, reviewed: Reviewed) -> datetime:
    """When an account was made by its list; else when it was let in by its log, the first that this tells after a
    moment."""
    try:
        return identity.created_at
    except UnknownFact:
        later = [event for event in log_of(identity, reviewed) if event.happened_at > after and event.action in _LIFE]
        if not later or later[0].action != "enabled":
            raise
        return later[0].happened_at


def _unknown_since(identity: Identity, review: AccessReview) -> UnknownFact:
    text = (
        f"no list tells when {identity.name} was made, and review {review.id}, of {day(begun_at(review))}, did not "
        f"decide on it: write its decision, or export an audit log of {identity.source} that tells when it came"
    )
    return UnknownFact("created_at", text)


def log_of(identity: Identity, reviewed: Reviewed) -> list[AccountEvent]:
    own: list[AccountEvent] = told(lambda: of_identity(identity, reviewed.events), otherwise=[])
    return sorted(own, key=lambda event: (event.happened_at, event.id))


def on_by_log(own: Sequence[AccountEvent], moment: datetime) -> bool:
    """The last that a log tells of an account until then is that it was let in."""
    until = [event for event in own if event.happened_at <= moment and event.action in _LIFE]
    last = newest(until, lambda event: event.happened_at)
    return bool(last) and all(event.action == "enabled" for event in last)


def _off_by_log(own: Sequence[AccountEvent], moment: datetime) -> bool:
    """The last that a log tells of an account until then is that it ended, and the next that it was let in again."""
    told_of = [event for event in own if event.action in _LIFE]
    until = [event for event in told_of if event.happened_at <= moment]
    after = told_of[len(until) :]
    last = newest(until, lambda event: event.happened_at)
    ended = bool(last) and all(event.action in _ENDS for event in last)
    return ended and bool(after) and after[0].action == "enabled"


def _came_by_log(own: Sequence[AccountEvent], moment: datetime) -> bool:
    """The first that a log tells of an account is that it was let in, later: it agrees with a holder who came then."""
    return bool(own) and own[0].action == "enabled" and own[0].happened_at > moment


def reaches_back(came: AccountEvent, moment: datetime, reviewed: Reviewed) -> bool:
    """The log that tells of an event holds what is older than a moment: it would tell that an account ended since."""

    def is_older(event: AccountEvent) -> bool:
        same = (event.source, event.tenant) == (came.source, came.tenant)
        return same and event.complete_after and event.happened_at <= moment

    return any(told(partial(is_older, event), otherwise=False) for event in reviewed.events.members)


def holder_came_after(identity: Identity, moment: datetime, reviewed: Reviewed) -> bool:
    """True where the account is one person's only one there, and that person's work began later.

    For providers that don't tell when an account was made: a list of members may name no day of joining. Who has a
    second account there may have taken one over.
    """
    holders = holders_of(identity, reviewed)
    there = f"{identity.source}:"
    return bool(holders) and all(
        person.spells and person.spells[0].started_at > moment
        and len([account for account in person.accounts if account.startswith(there)]) <= 1
        for person in holders
    )  # fmt: skip


def holders_of(identity: Identity, reviewed: Reviewed) -> list[Person]:
    return [*reviewed.persons.all("email", identity.email or "").hits, *listing(identity, reviewed.persons)]


def _raise_if_older(identity: Identity, review: AccessReview, reviewed: Reviewed) -> None:
    """Raises `UnknownFact` where anything tells of an account of the holder before the review, and so before the day
    on which work began by the register."""
    began = begun_at(review)
    for person in holders_of(identity, reviewed):
        own = list(of_address(person, reviewed.identities))
        told_of = [(trace.text, trace.at) for trace in accounts_made(own)]
        told_of += [(text, each.happened_at) for text, each in events_of(person, [identity, *own], reviewed.events)]
        told_of += _older_decisions(identity, review, reviewed)
        for text, moment in told_of:
            if moment <= began:
                raise UnknownFact(
                    "started_at",
                    f"{person.email}, who has {identity.source} account {identity.name}, came on "
                    f"{day(person.spells[0].started_at)} by the register of people, and {text} on {day(moment)}: "
                    "correct the day, or let the review decide on the account",
                    code="conflict",
                )


def _older_decisions(identity: Identity, review: AccessReview, reviewed: Reviewed) -> Iterator[_Older]:
    """Earlier reviews of the system that left the account on."""
    names = {normal_email(identity.name), normal_email(identity.id)}
    for other in reviewed.reviews.members:
        done = told(lambda other=other: other.completed_at, None)  # type: ignore[misc]
        if done is None or other.id == review.id or not one_system(other.system, review.system):
            continue
        for decision in reviewed.decisions.all("review", other.id).hits:
            if normal_email(decision.account) in names and decision.decision in ("keep", "change"):
                yield f"review {other.id} decided on it", done
