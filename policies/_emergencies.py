"""Changes that went in before anybody else had seen them, by a procedure for emergencies: reviewed afterwards.

A label of the provider names one, and only labels that the company's list names count. Who set it, and when, is told by
the provider's own log of the change: what is called an emergency after it was merged was none.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from soc2test import Change, ChangeLabel, UnknownFact, pending
from soc2test_policies._account_holders import Accounts, approval_problem
from soc2test_policies._approvals import authors, plain
from soc2test_policies._machines import is_machine

__all__ = ["EMERGENCIES", "LOOSER_EMERGENCIES", "NO_EMERGENCIES", "Procedure", "emergency_problem"]

EMERGENCIES: dict[str, int | float | str | tuple[str, ...]] = {"emergency_labels": (), "emergency_review_days": 2}
"""limits: without a label that counts there is no emergency"""
LOOSER_EMERGENCIES = {"emergency_labels": "more", "emergency_review_days": "higher"}
NO_EMERGENCIES = {
    "limits.emergency_labels": "a change with a label and no approval is several changes away from what holds",
    "limits.emergency_review_days": "it is asked of changes alone that bear such a label",
}

_MERGER_GONE = "who merged it has no account any more, so whether somebody else reviewed it afterwards is not told"


class Procedure(NamedTuple):
    """How the company lets an emergency in."""

    labels: Iterable[str]
    """names of the labels that make a change one"""
    review_days: int
    """within how many days of the merge somebody else reviews it"""


def emergency_problem(
    change: Change, accounts: Accounts, procedure: Procedure, as_of: datetime, beside: Iterable[str] = ()
) -> str | None:
    """What is wrong with a change that nobody else approved before its merge, as an emergency; "" where nothing is.

    None: it bears no label of the list. `beside` are logins that wrote what came of it. Raises `Pending` while it may
    still be reviewed in time.
    """
    names = plain(procedure.labels)
    if not names or names.isdisjoint(plain(change.labels)):
        return None
    merged_at = _merged_at(change)
    problem = _declaration_problem(change, names, merged_at, accounts)
    if problem:
        return problem
    until = merged_at + timedelta(days=procedure.review_days)
    problem = _review_problem(change, accounts, until, beside)
    if problem and as_of <= until:
        pending(f"an emergency that is {problem} so far", until=until)
    return f"an emergency that was {problem}, limit {procedure.review_days} days" if problem else ""


def _merged_at(change: Change) -> datetime:
    moment = change.merged_at
    if moment is None:
        raise UnknownFact("merged_at", "when it was merged is not told")
    return moment


def _declaration_problem(change: Change, names: set[str], merged_at: datetime, accounts: Accounts) -> str:
    """No change declares itself: somebody set the label, as long as it was not in yet."""
    counting = [label for label in change.labelled if label.name.casefold() in names]
    by_people = [label for label in counting if label.human and not _by_a_machine(label, change, accounts)]
    if not by_people:
        return "called an emergency by a program, or by an account that is gone"
    if all(label.at > merged_at for label in by_people):
        return "called an emergency only after it was merged"
    return ""


def _by_a_machine(label: ChangeLabel, change: Change, accounts: Accounts) -> bool:
    if label.by is None:  # an account that is gone: whose it was is not told
        return False
    return is_machine(change.source, label.by, accounts.persons)


def _review_problem(change: Change, accounts: Accounts, until: datetime, beside: Iterable[str]) -> str:
    """What its review afterwards lacks by a moment; "" where another than authors and merger approves it."""
    last = {review.login.casefold(): review for review in change.later_reviews if review.at <= until}
    approving = {login: review.at for login, review in last.items() if review.approves}
    if not approving:
        return "reviewed by nobody after it was merged"
    merger = change.merged_by
    if merger is None:
        raise UnknownFact("merged_by", _MERGER_GONE)
    wrote = authors(change, set(approving), accounts.unattended) | plain([merger])
    others = approving.keys() - wrote
    if not others:
        return f"reviewed afterwards only by {', '.join(sorted(approving))}, who wrote some of it or merged it"
    return approval_problem(change, set(others), wrote, accounts, beside, approving)
