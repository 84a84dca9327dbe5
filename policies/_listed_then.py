"""Accounts that are listed now: whether a system had one when a review of it began, and who tells since when."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from soc2test import AccessReview, AccountEvent, Identity, Person, UnknownFact, normal_email
from soc2test_policies._ages import day
from soc2test_policies._joins import told
from soc2test_policies._people import listing
from soc2test_policies._removals import of_identity
from soc2test_policies._reviews import Reviewed, begun_at, finished_at, off_before, one_system
from soc2test_policies._worked_before import accounts_made, events_of, of_address

__all__ = ["came_at", "events_by_log", "made_during", "was_there"]

_ENDS = ("disabled", "removed")
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
        own = events_by_log(identity, reviewed)
        if _on_by_log(own, began):
            return True
        if _off_by_log(own, began):
            return False
        came_after = _holder_came_after(identity, began, reviewed)
        if came_after and not _came_by_log(own, began):
            _raise_if_older(identity, review, reviewed)
        if came_after:
            return False
        raise


def made_during(identity: Identity, review: AccessReview, reviewed: Reviewed) -> bool:
    """True for an account that came after the accounts of a review were listed, and was on at its completion."""
    came, finished = came_at(identity, reviewed), finished_at(review)
    return begun_at(review) < came <= finished and not off_before(identity, finished)


def came_at(identity: Identity, reviewed: Reviewed) -> datetime:
    """When an account was made; where its list does not tell, the first that its log tells of it, if that let it in.

    Raises `UnknownFact` where neither tells.
    """
    try:
        return identity.created_at
    except UnknownFact:
        own = events_by_log(identity, reviewed)
        if own and own[0].action == "enabled":
            return own[0].happened_at
        raise


def events_by_log(identity: Identity, reviewed: Reviewed) -> list[AccountEvent]:
    """What its log tells of an account, the oldest first."""
    own: list[AccountEvent] = told(lambda: of_identity(identity, reviewed.events), otherwise=[])
    return sorted(own, key=lambda event: (event.happened_at, event.id))


def _on_by_log(own: Sequence[AccountEvent], moment: datetime) -> bool:
    """The last that a log tells of an account until then is that it was let in."""
    until = [event for event in own if event.happened_at <= moment and event.action in ("enabled", *_ENDS)]
    return bool(until) and until[-1].action == "enabled"


def _off_by_log(own: Sequence[AccountEvent], moment: datetime) -> bool:
    """The last that a log tells of an account until then is that it ended, and the next that it was let in again."""
    told_of = [event for event in own if event.action in ("enabled", *_ENDS)]
    until = [event for event in told_of if event.happened_at <= moment]
    after = told_of[len(until) :]
    return bool(until and after) and until[-1].action in _ENDS and after[0].action == "enabled"


def _came_by_log(own: Sequence[AccountEvent], moment: datetime) -> bool:
    """The first that a log tells of an account is that it was let in, later: it agrees with a holder who came then."""
    return bool(own) and own[0].action == "enabled" and own[0].happened_at > moment


def _holder_came_after(identity: Identity, moment: datetime, reviewed: Reviewed) -> bool:
    """True where the account is one person's only one there, and that person's work began later.

    For providers that don't tell when an account was made: a list of members may name no day of joining. Who has a
    second account there may have taken one over.
    """
    holders = _holders(identity, reviewed)
    there = f"{identity.source}:"
    return bool(holders) and all(
        person.spells and person.spells[0].started_at > moment
        and len([account for account in person.accounts if account.startswith(there)]) <= 1
        for person in holders
    )  # fmt: skip


def _holders(identity: Identity, reviewed: Reviewed) -> list[Person]:
    return [*reviewed.persons.all("email", identity.email or "").hits, *listing(identity, reviewed.persons)]


def _raise_if_older(identity: Identity, review: AccessReview, reviewed: Reviewed) -> None:
    """Raises `UnknownFact` where anything tells of an account of the holder before the review, and so before the day
    on which work began by the register."""
    began = begun_at(review)
    for person in _holders(identity, reviewed):
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
