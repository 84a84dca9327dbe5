"""Accounts that a review decided on though its system had none of that name then: the list was copied from before."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from soc2test import AccessDecision, AccessReview, AccountEvent, Identity, Person, UnknownFact
from soc2test_policies._ages import day
from soc2test_policies._gone import unlisted_by_place
from soc2test_policies._joins import told
from soc2test_policies._listed_then import came_at, events_by_log
from soc2test_policies._people import worked_on
from soc2test_policies._removals import closed_by_log
from soc2test_policies._reviews import Reviewed, decided_at, of_system

__all__ = ["never_there"]

_SAME_DAY = timedelta(days=1)
_CLOSES = ("removed", "disabled")


def never_there(
    decision: AccessDecision,
    review: AccessReview,
    account: Identity | None,
    holders: Sequence[Person],
    listed: datetime,
    reviewed: Reviewed,
) -> str:
    """What shows that a system did not have the account between the moment at which it was `listed` and the decision.

    `account` is the one that its list holds now, if any. Raises `UnknownFact` where nothing but the register of people
    tells that its holder was not here then, or nothing but its log that it came later.
    """
    logs = _logs(decision, review, account, reviewed)
    decided = decided_at(decision, review)
    closes = _CLOSES if _drops_closed(review, reviewed) else _CLOSES[:1]
    gone = [text for own in logs if (text := _gone_before(decision, own, closes, listed, decided, reviewed))]
    if gone and len(gone) == len(logs):
        return gone[0]
    shown = bool(logs) and not gone and any(_ends_after(own, listed) for own in logs)
    away = not shown and bool(holders) and not any(_was_here(person, listed, decided) for person in holders)
    came = _came(account, logs, reviewed)
    if came is not None and came > decided + _SAME_DAY:
        text = f"{decision.account} came to {review.system} on {day(came)}, after it was decided on"
        if away:
            return text
        raise UnknownFact("account", f"{text} by its log, and whether it was there before that is not known")
    if away and came is None and decision.decision != "revoke":
        raise UnknownFact(
            "account",
            f"on {day(decided)}, when {decision.account} was decided on ({decision.decision}), nobody worked here whom "
            f"the register of people names for it, and no list or log of {review.system} shows that it was there",
            code="conflict",
        )
    return ""


def _logs(
    decision: AccessDecision, review: AccessReview, account: Identity | None, reviewed: Reviewed
) -> list[list[AccountEvent]]:
    """What logs tell of it, by organisation."""
    if account is None:
        return unlisted_by_place(decision.account, review.system, reviewed.events)
    own = events_by_log(account, reviewed)
    return [own] if own else []


def _gone_before(
    decision: AccessDecision,
    own: Sequence[AccountEvent],
    closes: Sequence[str],
    listed: datetime,
    decided: datetime,
    reviewed: Reviewed,
) -> str:
    """Removed before it was listed, and not let in again until it was decided on."""
    until = [event for event in own if event.happened_at <= decided]
    last = max(until, key=lambda event: (event.happened_at, event.id), default=None)
    if last is None or last.action not in closes or last.happened_at >= listed - _SAME_DAY:
        return ""
    text = f"{decision.account} was removed on {day(last.happened_at)}, before it was listed on {day(listed)}"
    if closed_by_log(until, reviewed.events) is None:
        raise UnknownFact("account", f"{text}; the log may lack that it came back")
    return text


def _drops_closed(review: AccessReview, reviewed: Reviewed) -> bool:
    """Whether the list of a system holds no account that is switched off; what is suspended is else still there."""
    accounts = of_system(review.system, reviewed.identities.members)

    def may_be_off(account: Identity) -> bool:
        return account.stays_listed or not account.active

    return bool(accounts) and not any(told(lambda one=one: may_be_off(one), True) for one in accounts)  # type: ignore[misc]


def _ends_after(own: Sequence[AccountEvent], moment: datetime) -> bool:
    """The first that a log tells of it after a moment is its end: it was there."""
    after = (event for event in own if event.happened_at > moment)
    first = min(after, key=lambda event: (event.happened_at, event.id), default=None)
    return first is not None and first.action in ("disabled", "removed", "narrowed")


def _came(account: Identity | None, logs: Sequence[Sequence[AccountEvent]], reviewed: Reviewed) -> datetime | None:
    """When it came by all that is told of it; None where nothing tells."""
    nothing: datetime | None = None
    if account is not None:
        return told(lambda: came_at(account, reviewed), nothing)
    first = [min(own, key=lambda event: (event.happened_at, event.id)) for own in logs]
    if not first or any(event.action != "enabled" for event in first):
        return None
    return min(event.happened_at for event in first)


def _was_here(person: Person, listed: datetime, decided: datetime) -> bool:
    """Also where the register does not say when somebody left."""
    moments = (listed - _SAME_DAY, listed, decided, decided + _SAME_DAY)
    return any(told(lambda moment=moment: worked_on(person, moment), True) for moment in moments)  # type: ignore[misc]
