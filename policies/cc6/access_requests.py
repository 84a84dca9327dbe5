"""Access that was asked for and approved before it was given."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from soc2test import (
    AccessDecision,
    AccessGrant,
    AccessRequest,
    AccessReview,
    AccountEvent,
    Group,
    Identity,
    Person,
    Population,
    control,
    normal_email,
)
from soc2test_policies._ages import day
from soc2test_policies._grants import Traces, made_since
from soc2test_policies._holders_then import holders_of
from soc2test_policies._joins import told
from soc2test_policies._requests import Asked, Given, unapproved
from soc2test_policies._reviews import systems_of


def _made_lately(
    identity: Identity,
    events: Population[AccountEvent],
    reviews: Population[AccessReview],
    decisions: Population[AccessDecision],
    limits: Any,
    as_of: datetime,
) -> bool:
    """Accounts of people that their systems made in the window, those that are closed again too."""
    if isinstance(identity, Group) or identity.root or not identity.human:
        return False
    traces = Traces(events=events, reviews=reviews, decisions=decisions)
    return made_since(identity, traces, as_of - timedelta(days=limits.window_days)) is not None


def nobody_started(persons: Population[Person], limits: Any, as_of: datetime) -> None:
    """Nobody began to work here in the window: who does gets accounts."""
    since = as_of - timedelta(days=limits.window_days)
    lately = [person for person in persons if since <= person.started_at <= as_of]
    assert not lately, f"{len(lately)} people began in the window, such as {lately[0].id}"


@control(
    "IAM-20",
    criteria=["CC6.2"],
    nature="event",
    dated=lambda identity: told(lambda: identity.created_at, otherwise=None),
    supports={"CC6.3": "somebody else than who uses an account agreed that it fits the work"},
    severity="high",
    operates="per event",
    where=_made_lately,
    limits={"window_days": 365, "valid_days": 90},
    looser={"window_days": "lower", "valid_days": "higher"},
    least={"window_days": 1},
    on_empty="no_occurrences",
    agrees=nobody_started,
    beside=["events", "reviews", "decisions"],
    blind_spots={
        "AccountEvent.account": "an entry of a log that names no account tells of none",
        "AccountEvent.identity": "an entry of a log that names no account tells of none",
    },
)
def test_accounts_are_approved_before_they_are_made(
    identity: Identity,
    requests: Population[AccessRequest],
    persons: Population[Person],
    events: Population[AccountEvent],
    reviews: Population[AccessReview],
    decisions: Population[AccessDecision],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every account of a person that was made within the year was asked for, and approved by somebody else before.

    When it was made is what its system says: the list of accounts, else the audit log. The approver worked here then,
    and is neither who asked nor whom it is for; an approval serves for `valid_days`, and a ticket or a file shows it.

    CC6.2: an account is made for somebody whom the company agreed to let in, so that the approval comes first.
    """
    window = timedelta(days=limits.window_days)
    traces = Traces(events=events, reviews=reviews, decisions=decisions)
    made = made_since(identity, traces, as_of - window)
    if made is None:
        return  # before the window
    emails = tuple(_emails(identity, persons, as_of))
    assert emails, f"was made on {day(made)} for nobody in the register of people"
    given = Given(emails=emails, systems=systems_of(identity), right=None, at=made)
    asked = Asked(requests=requests, persons=persons, valid=timedelta(days=limits.valid_days), as_of=as_of)
    problem = unapproved(given, asked)
    assert not problem, f"was made on {day(made)}, and {problem}"


def _emails(identity: Identity, persons: Population[Person], as_of: datetime) -> Iterator[str]:
    """Whose it is. Raises `UnknownFact` where its address is not known, or the register of people may not be all."""
    addresses = [text for text in (identity.email, identity.name) if text is not None]
    for address in addresses:
        len(persons.all("email", address))
    holders = holders_of(identity, persons, as_of)
    if not holders:
        len(persons.all("accounts", f"{identity.source}:{identity.name}"))
    yield from {normal_email(person.email): person.email for person in holders}.values()


def _given_lately(grant: AccessGrant, limits: Any, as_of: datetime) -> bool:
    return grant.given_at >= as_of - timedelta(days=limits.window_days)


@control(
    "IAM-21",
    criteria=["CC6.3"],
    nature="event",
    dated="given_at",
    supports={"CC6.2": "rights are asked for as accounts are"},
    severity="high",
    operates="per event",
    where=_given_lately,
    limits={"window_days": 365, "valid_days": 90},
    looser={"window_days": "lower", "valid_days": "higher"},
    least={"window_days": 1},
)
def test_rights_are_approved_before_they_are_given(
    grant: AccessGrant,
    requests: Population[AccessRequest],
    identities: Population[Identity],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every administrator's right that was given within the year was asked for by name, and approved before.

    When it was given is what its system says: the assignment of the role, or the audit log. By whom it has to be
    approved is as for accounts (IAM-20). A request for an account alone approves no right.

    CC6.3: what somebody may do beyond everybody's rights is decided on before, by another who knows the work.
    """
    if not _given_lately(grant, limits, as_of):
        return
    emails = _emails_of_grant(grant, identities, persons, as_of)
    what = f"{grant.right} was given to {grant.account or grant.identity} on {day(grant.given_at)}"
    assert emails, f"{what}, who is nobody in the register of people"
    systems = grant.source, f"{grant.source}:{grant.tenant}"
    given = Given(emails=emails, systems=systems, right=grant.right, at=grant.given_at)
    asked = Asked(requests=requests, persons=persons, valid=timedelta(days=limits.valid_days), as_of=as_of)
    problem = unapproved(given, asked)
    assert not problem, f"{what}, and {problem}"


def _emails_of_grant(
    grant: AccessGrant, identities: Population[Identity], persons: Population[Person], as_of: datetime
) -> tuple[str, ...]:
    """Whose account it is: by the list of accounts, and where that holds it no more by its login."""
    found = [email for identity in _accounts(grant, identities) for email in _emails(identity, persons, as_of)]
    if not found and grant.account is not None:
        own = [*persons.all("accounts", f"{grant.source}:{grant.account}"), *persons.all("email", grant.account)]
        found = [person.email for person in own]
    return tuple(dict.fromkeys(found))


def _accounts(grant: AccessGrant, identities: Population[Identity]) -> list[Identity]:
    """Raises `UnknownFact` where none is found, and the list may not be whole."""
    if grant.identity is not None:
        found = identities.all("id", grant.identity)
    else:
        found = identities.all("name", grant.account or "")
    own = [identity for identity in found.hits if (identity.source, identity.tenant) == (grant.source, grant.tenant)]
    if not own:
        len(found)
    return own
