"""What became of accounts that access reviews decided on: gone, or still there."""

from soc2test import AccessDecision, AccessReview, UnknownFact
from soc2test_policies._ages import disorder, late
from soc2test_policies._gone import Telling, removal_problem
from soc2test_policies._joins import allowed, told
from soc2test_policies._reviews import accounts_named, decided_at

__all__ = ["revocation_problem"]

_REMOVES = {"keep": "", "change": "changed", "revoke": "removed"}
"""What is to be done after a decision."""


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
