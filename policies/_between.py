"""Whether an account could be used between two times of work of one person."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from soc2test import AccountEvent, Identity, Person, Population, UnknownFact
from soc2test_policies._ages import WINDOW, day
from soc2test_policies._joins import told
from soc2test_policies._people import breaks
from soc2test_policies._removals import of_identity, off_until

__all__ = ["on_between"]


def on_between(
    identity: Identity, person: Person, events: Population[AccountEvent], limit: timedelta, as_of: datetime
) -> str:
    """That an account was on between two times of work, past the limit; "" where it was off.

    Raises `UnknownFact` where it is not known when the person worked here, or nothing tells of a time between that
    reaches into the last year; of older ones that something tells of a use, or of a late end, is all that is asked.
    """
    unknown: UnknownFact | None = None
    for ended, back in breaks(person):
        if back - ended <= limit:
            continue
        try:
            if problem := _problem(identity, events, ended, back, limit):
                return f"{problem}, between two times of work"
        except UnknownFact as caught:
            if back >= as_of - timedelta(days=WINDOW):
                unknown = unknown or caught
    if unknown is not None:
        raise unknown
    return ""


def _problem(
    identity: Identity, events: Population[AccountEvent], ended: datetime, back: datetime, limit: timedelta
) -> str:
    used = told(lambda: identity.last_used_at, otherwise=None)
    if used is not None and ended + limit < used < back:
        return f"used on {day(used)}"
    own: Sequence[AccountEvent] = told(lambda: of_identity(identity, events), otherwise=[])
    try:
        return off_until(own, events, ended, limit, back)
    except UnknownFact as caught:
        if _is_program(identity) or _made_since(identity, ended) or _off_since(identity, ended + limit):
            return ""
        text = f"nothing tells that {identity.source} account {identity.name} was off from {day(ended)} to {day(back)}"
        text += f", between two times of work: {caught.reason}; export the log of that time"
        raise UnknownFact("disabled_at", text, code=caught.code) from None


def _made_since(identity: Identity, ended: datetime) -> bool:
    """An account that was made later is none that should have ended."""
    made: datetime | None = told(lambda: identity.created_at, otherwise=None)
    return made is not None and made >= ended


def _off_since(identity: Identity, latest: datetime) -> bool:
    """Who came back and never got the account again."""
    if told(lambda: identity.active, otherwise=True):
        return False
    moments = told(lambda: identity.disabled_at, otherwise=None), told(lambda: identity.disabled_by, otherwise=None)
    return any(moment is not None and moment <= latest for moment in moments)


def _is_program(identity: Identity) -> bool:
    """Whose account goes on, whoever answers for it."""
    return not told(lambda: identity.human, otherwise=True)
