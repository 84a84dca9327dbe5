"""Changes to production code."""

from datetime import datetime
from typing import Any

from soc2test import Change, Identity, Person, Population, Repository, control
from soc2test_policies._account_holders import Accounts, approval_problem
from soc2test_policies._ages import WINDOW, in_window
from soc2test_policies._approvals import UNATTENDED, approved_by, authors, plain
from soc2test_policies._emergencies import EMERGENCIES, LOOSER_EMERGENCIES, NO_EMERGENCIES, Procedure, emergency_problem
from soc2test_policies._second_sources import no_commits


def _merged_lately(change: Change, limits: Any, as_of: datetime) -> bool:
    return change.merged and in_window(change.merged_at, limits.since_days, as_of)


@control(
    "CHG-01",
    criteria=["CC8.1"],
    nature="event",
    dated="merged_at",
    supports={"CC5.1": "whoever writes code does not approve it"},
    severity="high",
    operates="per event",
    where=_merged_lately,
    limits={"since_days": WINDOW, "unattended": UNATTENDED, **EMERGENCIES},
    looser={"since_days": "lower", "unattended": "more", **LOOSER_EMERGENCIES},
    least={"since_days": 1},
    on_empty="no_occurrences",
    beside=["identities", "repositories"],
    agrees=no_commits,
    blind_spots={
        **NO_EMERGENCIES,
        "Change.writers": "the register of people says whose accounts are; addresses of commits can but contradict it",
    },
)
def test_changes_are_approved_by_another_person(
    change: Change,
    persons: Population[Person],
    identities: Population[Identity],
    repositories: Population[Repository],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every merged change was approved, on its final commit, by somebody who may write and wrote none of it.

    One that somebody labelled an emergency before it was merged (`emergency_labels`, by default no label) is approved
    so within `emergency_review_days` after it, by another than whoever merged it: until then it is pending.

    Two accounts of one person are one. Whose they are is told by the register of people, which must name who approves
    and who writes; strangers may propose changes to a public repository. Whoever had a program write it counts as its
    author. `since_days` is how far back changes are tested; `unattended` names accounts of programs that propose
    changes on their own.

    CC8.1: a change that nobody else approved goes into use on its author's word alone.
    """
    approvers = plain(change.approvers)
    wrote = authors(change, approvers, limits.unattended)
    named = f"{change.repository} {change.number}, proposed by {change.author},"
    accounts = Accounts(
        persons=persons, identities=identities, repositories=repositories, unattended=limits.unattended
    )  # fmt: skip
    problem = approval_problem(change, approvers - wrote, wrote, accounts) if approvers - wrote else approved_by(change)
    procedure = Procedure(labels=limits.emergency_labels, review_days=limits.emergency_review_days)
    as_emergency = emergency_problem(change, accounts, procedure, as_of) if problem else ""
    if as_emergency is None:
        assert approvers - wrote, f"{named} was {problem}"
        assert not problem, f"{named} was {problem}"
    assert not as_emergency, f"{named} was {as_emergency}"


@control(
    "CHG-06",
    criteria=["CC8.1"],
    nature="event",
    dated="merged_at",
    severity="high",
    operates="per event",
    where=_merged_lately,
    limits={"since_days": WINDOW},
    looser={"since_days": "lower"},
    least={"since_days": 1},
    on_empty="no_occurrences",
    agrees=no_commits,
)
def test_changes_were_merged_with_passed_checks(change: Change) -> None:
    """Every automated check that the default branch demands had passed on the final commit of every merged change.

    A check that was skipped, or ended neutral, counts as passed, as it does for the branch, where at least one of those
    demanded succeeded: a change that all of them skipped was tested by none. `since_days` is how far back changes are
    tested.

    CC8.1: a change that was merged while a check failed or was missing went into use untested.
    """
    missing = ", ".join(change.missing_checks)
    assert not missing, f"{change.repository} {change.number} was merged before these checks had passed: {missing}"
    skipped = ", ".join(change.skipped_checks)
    assert not skipped, f"{change.repository} {change.number} was merged with all of its checks skipped: {skipped}"
