"""Who joined, as directories of accounts show it: the second source to a register of people without joiners."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Identity, Person, Population, UnknownFact, normal_email
from soc2test_policies._ages import day
from soc2test_policies._people import works_here

__all__ = ["nobody_joined"]


def nobody_joined(identities: Population[Identity], persons: Population[Person], limits: Any, as_of: datetime) -> None:
    """No directory of all people made an account, in the window, for somebody who had not been here before it.

    Raises `UnknownFact` where no source both tells when it made each account and holds one of everybody.
    """
    since = as_of - timedelta(days=limits.window_days + limits.hire_days)
    known = {normal_email(person.email) for person in persons if person.started_at < since}
    accounts = _directory(list(identities), {normal_email(each.email) for each in persons if works_here(each, as_of)})
    for account in accounts:
        address = account.email
        new = account.created_at >= since and (address is None or normal_email(address) not in known)
        assert not new, (
            f"an account was made on {day(account.created_at)} for somebody who was not here before: {account.id}"
        )


def _directory(identities: list[Identity], people: set[str]) -> list[Identity]:
    """The people's accounts in the first source that holds one of everybody and says when each was made."""
    sources = sorted({identity.source for identity in identities})
    for source in sources:
        try:
            accounts = [identity for identity in identities if identity.source == source and identity.human]
            dated = all(account.created_at is not None for account in accounts)
            addresses = {normal_email(account.email) for account in accounts if account.email is not None}
        except UnknownFact:
            continue
        if accounts and dated and people <= addresses:
            return accounts
    raise UnknownFact("", "no directory of accounts holds everybody and says when each account was made")
