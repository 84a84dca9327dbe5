"""Changes to production code."""

from soc2test import Change, control


@control(
    "CHG-01",
    criteria=["CC8.1"],
    supports={"CC5.1": "whoever writes code does not approve it"},
    severity="high",
    operates="per event",
    where=lambda change: change.merged,
    on_empty="no_occurrences",
)
def test_changes_are_approved_by_another_person(change: Change) -> None:
    """Every merged change was approved, on its final commit, by somebody who wrote none of it."""
    others = {login.casefold() for login in change.approvers} - {change.author.casefold()}
    if others:  # without one it deviates, whoever else wrote it
        others -= {name.casefold() for name in change.commit_authors}
    assert others, f"{change.repository} {change.number}, proposed by {change.author}, was {_approved(change)}"


@control(
    "CHG-06",
    criteria=["CC8.1"],
    severity="high",
    operates="per event",
    where=lambda change: change.merged,
    on_empty="no_occurrences",
)
def test_changes_were_merged_with_passed_checks(change: Change) -> None:
    """Every automated check that the default branch demands had passed on the final commit of every merged change."""
    missing = ", ".join(change.missing_checks)
    assert not missing, f"{change.repository} {change.number} was merged before these checks had passed: {missing}"


def _approved(change: Change) -> str:
    if not change.approvers:
        return "merged without an approval of its final commit"
    return f"approved only by {', '.join(sorted(change.approvers))}, who wrote some of it"
