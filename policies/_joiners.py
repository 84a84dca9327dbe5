"""Who joined, as directories of accounts show it: the second source to a register of people without joiners."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Identity, Person, Population, UnknownFact, normal_email
from soc2test_policies._ages import day
from soc2test_policies._people import works_here

__all__ = ["nobody_joined"]


def nobody_joined(identities: Population[Identity], persons: Population[Person], limits: Any, as_of: datetime) -> None:
    """No directory of all people made an account for a person in the window.

    One for somebody who is told to be here for longer counts too: either of the two dates may be the wrong one. One for
    somebody whose training is not due yet does not. Raises `UnknownFact` where no source both says when it made each
    account and holds one of everybody.
    """
    latest = as_of - timedelta(days=limits.hire_days)
    since = latest - timedelta(days=limits.window_days)
    people = list(persons)
    not_due = {normal_email(person.email) for person in people if person.started_at > latest}
    everybody = {normal_email(person.email) for person in people if works_here(person, as_of)}
    for account in _directory(list(identities), everybody):
        is_new = since <= account.created_at <= latest
        excused = account.email is not None and normal_email(account.email) in not_due
        assert not is_new or excused, f"{account.id} was made on {day(account.created_at)} for a person"


def _directory(identities: list[Identity], everybody: set[str]) -> list[Identity]:
    """The people's accounts in the first source that holds one of everybody and says when each was made."""
    for source in sorted({identity.source for identity in identities}):
        try:
            accounts = [identity for identity in identities if identity.source == source and identity.human]
            addresses = {normal_email(account.email) for account in accounts if account.email is not None}
            made = [account.created_at for account in accounts]
        except UnknownFact:
            continue
        if made and everybody <= addresses:
            return accounts
    raise UnknownFact("", "no directory of accounts holds everybody and says when each was made")
