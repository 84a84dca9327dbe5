"""When an account that an access review revoked was gone: its system tells, and the row only what that leaves open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from soc2test import (
    AccessDecision,
    AccessReview,
    AccountEvent,
    Identity,
    Population,
    UnknownFact,
    normal_email,
)
from soc2test_policies._ages import day, late
from soc2test_policies._joins import allowed, problems, told
from soc2test_policies._removals import of_identity
from soc2test_policies._reviews import accounts_named, accounts_of, begun_at, decided_at, misnamed, one_system

__all__ = ["Telling", "removal_problem", "unlisted_by_place"]

_ACTIONS = {word: word for word in ("enabled", "disabled", "removed", "narrowed")}
_OFF = ("disabled", "removed")
_SAME_DAY = timedelta(days=1)
"""Rows tell days, and systems moments."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What tells of an account after a review, how long it may stay on, and the moment."""

    identities: Population[Identity]
    events: Population[AccountEvent]
    reviews: Population[AccessReview]
    decisions: Population[AccessDecision]
    limit: timedelta
    as_of: datetime


@dataclass(frozen=True, kw_only=True)
class _Logged:
    """What an audit log tells of an account at the end of its limit."""

    off: AccountEvent | None
    """since when it was off then"""
    on: AccountEvent | None
    """the later event that shows it on until then"""
    again: AccountEvent | None
    """when it was switched on after that"""


def removal_problem(decision: AccessDecision, review: AccessReview, telling: Telling) -> str:
    """What is wrong with when a revoked account was gone. Raises `UnknownFact` where nothing tells, or two differ."""
    sure, perhaps = accounts_named(decision.account, review.system, telling.identities)
    if perhaps:
        raise misnamed(decision.account, review.system)
    if sure:
        return _of_listed(sure[0], decision, review, telling)
    list(accounts_of(review.system, telling.identities))  # raises where the list may not be whole
    places = unlisted_by_place(decision.account, review.system, telling.events) or [[]]
    return problems(lambda own: _of_unlisted(own, decision, review, telling), places)


def _of_listed(account: Identity, decision: AccessDecision, review: AccessReview, telling: Telling) -> str:
    own = of_identity(account, telling.events)
    logged = _logged(own, decided_at(decision, review), telling.limit)
    if logged.on is not None:
        return _still_on(logged.on)
    if account.active:
        return _of_active(account, logged, decision, review, telling)
    if logged.off is not None:
        return _unless_again(logged.again, decision, review, telling)
    return _of_switched_off(account, own, decision, review, telling)


def _of_active(
    account: Identity, logged: _Logged, decision: AccessDecision, review: AccessReview, telling: Telling
) -> str:
    """It is on: the account that was revoked, or what was switched on or made anew under its login."""
    start = decided_at(decision, review)
    if logged.off is not None:
        return _unless_again(logged.again or logged.off, decision, review, telling)
    made = told(lambda: account.created_at, None)
    if made is None or made <= start + _SAME_DAY:
        return late("removed", None, start, telling.limit, telling.as_of)
    gone = min(made, told(lambda: decision.done_at, None) or made)
    return late("removed", gone, start, telling.limit, telling.as_of) or _unless_decided(
        made, decision, review, telling
    )


def _of_switched_off(
    account: Identity, own: Sequence[AccountEvent], decision: AccessDecision, review: AccessReview, telling: Telling
) -> str:
    start, limit, as_of = decided_at(decision, review), telling.limit, telling.as_of
    off = told(lambda: account.disabled_at, None)
    if off is not None:
        return late("removed", off, start, limit, as_of)
    used = told(lambda: account.last_used_at, None)
    if used is not None and used > start + limit:
        return f"used on {day(used)}, after it should have been gone"
    latest = told(lambda: account.disabled_by, None)
    if latest is not None and not late("removed", latest, start, limit, as_of):
        return ""
    if own:
        raise _log_is_silent(decision)
    if latest is not None and decision.done_at is not None and latest > decision.done_at + _SAME_DAY:
        if wrong := late("removed", decision.done_at, start, limit, as_of):
            return wrong
        raise _contradicted(decision, f"its system tells but that it was off on {day(latest)}")
    if used is not None and decision.done_at is not None and used > decision.done_at + _SAME_DAY:
        raise _contradicted(decision, f"it was used on {day(used)}")
    if decision.done_at is None and latest is not None:
        return late("removed", latest, start, limit, as_of)
    return _by_the_row("is off", decision, review, telling)


def _of_unlisted(own: Sequence[AccountEvent], decision: AccessDecision, review: AccessReview, telling: Telling) -> str:
    logged = _logged(own, decided_at(decision, review), telling.limit)
    if logged.on is not None:
        return _still_on(logged.on)
    if logged.off is not None:
        return _unless_again(logged.again, decision, review, telling)
    if own:
        raise _log_is_silent(decision)
    return _by_the_row("is gone", decision, review, telling)


def _by_the_row(state: str, decision: AccessDecision, review: AccessReview, telling: Telling) -> str:
    done = decision.done_at
    if done is None:
        raise UnknownFact("done_at", f"{decision.account} {state}, and nothing says since when: write done_at")
    wrong = late("removed", done, decided_at(decision, review), telling.limit, telling.as_of)
    if wrong:
        return wrong
    for again in _decided_later(done + _SAME_DAY, decision, review, telling):
        raise _contradicted(decision, f"review {again.review} found it there afterwards")
    return ""


def _logged(own: Iterable[AccountEvent], start: datetime, limit: timedelta) -> _Logged:
    off: AccountEvent | None = None
    until = start + limit
    for event in sorted(own, key=lambda event: (event.happened_at, event.id)):
        action = allowed("action", event.action, _ACTIONS)
        if event.happened_at <= until:
            if action in _OFF:
                off = off or event
            elif action == "enabled":
                off = None
        elif off is not None:
            if action == "enabled":
                return _Logged(off=off, on=None, again=event)
        elif action in ("disabled", "narrowed"):  # what was removed may have been off
            return _Logged(off=None, on=event, again=None)
        else:
            break
    return _Logged(off=off, on=None, again=None)


def _still_on(event: AccountEvent) -> str:
    return f"still on until {day(event.happened_at)}, as its audit log tells"


def _unless_again(again: AccountEvent | None, decision: AccessDecision, review: AccessReview, telling: Telling) -> str:
    return "" if again is None else _unless_decided(again.happened_at, decision, review, telling)


def _unless_decided(moment: datetime, decision: AccessDecision, review: AccessReview, telling: Telling) -> str:
    """Nothing where a later review decided on what came again. Raises `UnknownFact` where none did."""
    if any(_decided_later(moment, decision, review, telling)):
        return ""
    text = f"{decision.account} was gone, and is there again since {day(moment)}: let a review decide on it"
    raise UnknownFact("account", text, code="conflict")


def _decided_later(
    moment: datetime, decision: AccessDecision, review: AccessReview, telling: Telling
) -> Iterator[AccessDecision]:
    """What reviews of the same system that began after a moment decided on the same account."""
    same = [
        *telling.decisions.all("account", decision.account).hits,
        *telling.decisions.alike("account", decision.account),
    ]
    for again in same:
        for later in telling.reviews.all("id", again.review).hits:
            began = told(lambda later=later: begun_at(later), None)  # type: ignore[misc]
            if began is not None and began > moment and one_system(later.system, review.system):
                yield again


def unlisted_by_place(account: str, system: str, events: Population[AccountEvent]) -> list[list[AccountEvent]]:
    """What logs of a system tell of an account that no list holds, by organisation."""
    source, _, tenant = system.partition(":")
    named = [*events.all("account", account).hits, *events.alike("account", account)]
    own = [event for event in named if normal_email(event.account) == normal_email(account)]
    places: dict[str, dict[str, AccountEvent]] = {}
    for event in (*own, *events.all("identity", account).hits):
        if event.source == source and tenant in ("", event.tenant):
            places.setdefault(event.tenant, {})[event.id] = event
    return [list(place.values()) for place in places.values()]


def _log_is_silent(decision: AccessDecision) -> UnknownFact:
    text = (
        f"its audit log tells of {decision.account}, and not that it was switched off in time: export it as far back "
        "as the decision"
    )
    return UnknownFact("disabled_at", text)


def _contradicted(decision: AccessDecision, other: str) -> UnknownFact:
    done = decision.done_at
    text = (
        f"by its row {decision.account} was removed on {day(done) if done else 'no day'}, and {other}: export the "
        "audit log that tells when it was switched off"
    )
    return UnknownFact("done_at", text, code="conflict")
