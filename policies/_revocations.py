"""What became of accounts that access reviews decided on: gone, still there, or never there."""

from datetime import datetime, timedelta

from soc2test import AccessDecision, AccessReview, Identity, Person, Population, UnknownFact
from soc2test_policies._ages import day, disorder, late
from soc2test_policies._joins import allowed, told
from soc2test_policies._reviews import accounts_named, accounts_of, decided_at, finished_at, misnamed

__all__ = ["explained", "revocation_problem"]

_REMOVES = {"keep": "", "change": "changed", "revoke": "removed"}
"""What is to be done after a decision."""
_SAME_DAY = timedelta(days=1)


def explained(
    decision: AccessDecision,
    review: AccessReview,
    decisions: Population[AccessDecision],
    identities: Population[Identity],
    persons: Population[Person],
) -> str:
    """What is wrong with the account that a decision names: it must be one that the system had then.

    Raises `UnknownFact` for one that the system lists no more, and of which nothing tells that it ever did.
    """
    allowed("decision", decision.decision, _REMOVES)
    sure, perhaps = accounts_named(decision.account, review.system, identities)
    if perhaps:
        raise misnamed(decision.account, review.system)
    if not sure:
        list(accounts_of(review.system, identities))  # raises where the list may not be whole
        return _no_more_listed(decision, review, decisions, persons)
    made = told(lambda: sure[0].created_at, finished_at(review))
    if made > finished_at(review) + _SAME_DAY and not _revoked(decision.account, decisions):
        return f"{decision.account} was made on {day(made)}, after it was decided on"
    return ""


def _no_more_listed(
    decision: AccessDecision, review: AccessReview, decisions: Population[AccessDecision], persons: Population[Person]
) -> str:
    source = review.system.partition(":")[0]
    holders = persons.all("accounts", f"{source}:{decision.account}").hits
    holders += persons.all("email", decision.account).hits
    if not holders and not _revoked(decision.account, decisions):
        raise UnknownFact(
            "account",
            f"no list of {review.system} holds {decision.account}, no review revoked it, and no person is named for "
            "it: nothing shows that it was there",
        )
    return ""


def _revoked(account: str, decisions: Population[AccessDecision]) -> bool:
    return any(decision.decision == "revoke" for decision in decisions.all("account", account).hits)


def revocation_problem(
    decision: AccessDecision, review: AccessReview, identities: Population[Identity], limit: timedelta, as_of: datetime
) -> str:
    """What is wrong with how a decision was carried out. Raises `UnknownFact` where nothing tells when it was."""
    done = allowed("decision", decision.decision, _REMOVES)
    if not done:
        return ""
    start = decided_at(decision, review)
    at = told(lambda: decision.done_at, None)
    if at is not None and (wrong := disorder(as_of, ("decided", start), (done, at))):
        return f"{decision.account} was {wrong}"
    if decision.decision == "change":
        wrong = late(done, decision.done_at, start, limit, as_of)
    else:
        wrong = late(done, _gone_at(decision, review, identities), start, limit, as_of)
    return f"{decision.account} was {wrong}" if wrong else ""


def _gone_at(decision: AccessDecision, review: AccessReview, identities: Population[Identity]) -> datetime | None:
    """When a revoked account was gone; None while it is there. Its system tells, the row only what that leaves open."""
    sure, perhaps = accounts_named(decision.account, review.system, identities)
    if perhaps:
        raise misnamed(decision.account, review.system)
    if not sure:
        list(accounts_of(review.system, identities))  # raises where the list may not be whole
        return _by_the_row(decision, "is gone")
    account = sure[0]
    if account.active:
        return None
    off = told(lambda: account.disabled_at, None)
    if off is not None:
        return off
    latest = told(lambda: account.disabled_by, None)
    return _by_the_row(decision, "is off") if latest is None or decision.done_at is not None else latest


def _by_the_row(decision: AccessDecision, state: str) -> datetime:
    if decision.done_at is None:
        raise UnknownFact("done_at", f"{decision.account} {state}, and nothing says since when: write done_at")
    return decision.done_at
