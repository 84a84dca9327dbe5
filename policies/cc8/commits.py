"""What the default branch holds, against the changes that it should have come by."""

from datetime import datetime
from typing import Any

from soc2test import Change, Commit, Identity, Person, Population, Repository, control
from soc2test_policies._account_holders import Accounts, approval_problem
from soc2test_policies._ages import WINDOW, in_window
from soc2test_policies._approvals import UNATTENDED, approved_by, authors, plain
from soc2test_policies._emergencies import EMERGENCIES, LOOSER_EMERGENCIES, NO_EMERGENCIES, Procedure, emergency_problem
from soc2test_policies._second_sources import no_changes


def _committed_lately(commit: Commit, limits: Any, as_of: datetime) -> bool:
    return in_window(commit.committed_at, limits.since_days, as_of)


@control(
    "CHG-08",
    criteria=["CC8.1"],
    nature="event",
    dated="committed_at",
    supports={"CC5.1": "nobody puts code into production alone"},
    severity="high",
    operates="per event",
    where=_committed_lately,
    limits={"since_days": WINDOW, "unattended": UNATTENDED, **EMERGENCIES},
    looser={"since_days": "lower", "unattended": "more", **LOOSER_EMERGENCIES},
    least={"since_days": 1},
    on_empty="no_occurrences",
    beside=["identities", "repositories"],
    agrees=no_changes,
    blind_spots={
        **NO_EMERGENCIES,
        "Change.writers": "the register of people says whose accounts are; addresses of commits can but contradict it",
    },
)
def test_commits_came_by_approved_changes(
    commit: Commit,
    changes: Population[Change],
    persons: Population[Person],
    identities: Population[Identity],
    repositories: Population[Repository],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every commit of every default branch belongs to a merged change that another person approved.

    Two accounts of one person are one, and an emergency is reviewed afterwards, as in CHG-01.
    No commit is left out for what it is: a first one, a merge, a revert, or a program's. `since_days` is how far back
    commits are tested; `unattended` names accounts of programs that propose changes on their own.

    CC8.1: the changes to look at are all that was merged: a commit outside of an approved one was let in unseen.
    """
    named = f"{commit.sha[:12]} of {commit.repository}"
    assert commit.change is not None, f"{named} came to the default branch without a change"
    change = changes.one("id", commit.change)
    assert change is not None, f"{named} names a change that is not among those listed"
    assert change.merged, f"{named} belongs to {change.number}, which was not merged"
    approvers = plain(change.approvers)
    wrote = authors(change, approvers, limits.unattended)
    accounts = Accounts(
        persons=persons, identities=identities, repositories=repositories, unattended=limits.unattended
    )  # fmt: skip
    also = [commit.author] if commit.squashed and commit.author is not None else []
    problem = f"which was {approved_by(change)}"
    if approvers - wrote:
        problem = approval_problem(change, approvers - wrote, wrote, accounts, also)
    procedure = Procedure(labels=limits.emergency_labels, review_days=limits.emergency_review_days)
    as_emergency = emergency_problem(change, accounts, procedure, as_of, also) if problem else ""
    if as_emergency is None:
        assert approvers - wrote, f"{named} belongs to {change.number}, {problem}"
        assert not problem, f"{named} belongs to {change.number}, {problem}"
    assert not as_emergency, f"{named} belongs to {change.number}, which was {as_emergency}"
