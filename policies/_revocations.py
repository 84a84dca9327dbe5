"""What became of accounts that access reviews decided on: gone, still there, or never there."""

from datetime import datetime, timedelta

from soc2test import AccessDecision, AccessReview, Identity, Person, Population, UnknownFact
from soc2test_policies._ages import day, disorder, late
from soc2test_policies._gone import Telling, removal_problem
from soc2test_policies._joins import allowed, told
from soc2test_policies._never_there import never_there
from soc2test_policies._people import listing
from soc2test_policies._reviews import Reviewed, accounts_named, accounts_of, decided_at, finished_at, misnamed

__all__ = ["explained", "revocation_problem"]

_REMOVES = {"keep": "", "change": "changed", "revoke": "removed"}
"""What is to be done after a decision."""
_SAME_DAY = timedelta(days=1)


def explained(decision: AccessDecision, review: AccessReview, listed: datetime, reviewed: Reviewed) -> str:
    """What is wrong with the account that a decision names: it must be one that the system had then.

    `listed` is the earliest moment at which the accounts of the review may have been listed.
    Raises `UnknownFact` for one that the system lists no more, and of which nothing tells that it ever did.
    """
    allowed("decision", decision.decision, _REMOVES)
    sure, perhaps = accounts_named(decision.account, review.system, reviewed.identities)
    if perhaps:
        raise misnamed(decision.account, review.system)
    if not sure:
        list(accounts_of(review.system, reviewed.identities))  # raises where the list may not be whole
        holders = _no_more_listed(decision, review, reviewed)
        return never_there(decision, review, None, holders, listed, reviewed)
    made = told(lambda: sure[0].created_at, finished_at(review))
    if made > finished_at(review) + _SAME_DAY and not _revoked(decision.account, reviewed.decisions):
        return f"{decision.account} was made on {day(made)}, after it was decided on"
    return never_there(decision, review, sure[0], _holders(sure[0], reviewed), listed, reviewed)


def _holders(account: Identity, reviewed: Reviewed) -> list[Person]:
    nobody: list[Person] = []
    named = told(lambda: list(listing(account, reviewed.persons)), nobody)
    return [*told(lambda: [*reviewed.persons.all("email", account.email or "").hits], nobody), *named]


def _no_more_listed(decision: AccessDecision, review: AccessReview, reviewed: Reviewed) -> list[Person]:
    """Who had it by the register of people."""
    source = review.system.partition(":")[0]
    holders = [*reviewed.persons.all("accounts", f"{source}:{decision.account}").hits]
    holders += reviewed.persons.all("email", decision.account).hits
    if not holders and not _revoked(decision.account, reviewed.decisions):
        raise UnknownFact(
            "account",
            f"no list of {review.system} holds {decision.account}, no review revoked it, and no person is named for "
            "it: nothing shows that it was there",
        )
    return holders


def _revoked(account: str, decisions: Population[AccessDecision]) -> bool:
    return any(decision.decision == "revoke" for decision in decisions.all("account", account).hits)


def revocation_problem(decision: AccessDecision, review: AccessReview, telling: Telling) -> str:
    """What is wrong with how a decision was carried out. Raises `UnknownFact` where nothing tells when it was."""
    done = allowed("decision", decision.decision, _REMOVES)
    if not done:
        return ""
    start = decided_at(decision, review)
    at = told(lambda: decision.done_at, None)
    if at is not None and (wrong := disorder(telling.as_of, ("decided", start), (done, at))):
        return f"{decision.account} was {wrong}"
    if decision.decision == "revoke":
        wrong = removal_problem(decision, review, telling)
    else:
        wrong = late(done, decision.done_at, start, telling.limit, telling.as_of)
        if not wrong:
            _raise_if_unchanged(decision, review, telling)
    return f"{decision.account} was {wrong}" if wrong else ""


def _raise_if_unchanged(decision: AccessDecision, review: AccessReview, telling: Telling) -> None:
    """Who holds all rights does not hold less than before: nothing was changed, or it was taken back since."""
    sure, perhaps = accounts_named(decision.account, review.system, telling.identities)
    for account in (*sure, *perhaps):
        if told(lambda account=account: account.active and account.admin, False):  # type: ignore[misc]
            text = (
                f"by its row {decision.account} was changed to less than it had, and it is an administrator of "
                f"{review.system}: take the right away, or let a review decide to keep it"
            )
            raise UnknownFact("admin", text, code="conflict")
