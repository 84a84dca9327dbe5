"""Protection of the default branch, from which production is made."""

from typing import Any

from soc2test import Repository, control


def _in_use(repository: Repository) -> bool:
    return not repository.archived


@control(
    "CHG-02",
    criteria=["CC8.1"],
    nature="state",
    severity="high",
    where=_in_use,
    limits={"approvals": 1},
    looser={"approvals": "lower"},
    least={"approvals": 1},
)
def test_default_branches_demand_review(repository: Repository, limits: Any) -> None:
    """The default branch of every repository in use takes changes only through reviewed pull requests, or none.

    CC8.1: where the branch takes direct pushes, a change can go round the approval that it needs.
    """
    assert repository.protected, f"{repository.default_branch} takes changes without a reviewed pull request"
    assert repository.required_approvals >= limits.approvals or repository.locked, (
        f"{repository.default_branch} demands {repository.required_approvals} approvals, limit {limits.approvals}"
    )


@control(
    "CHG-03",
    criteria=["CC8.1"],
    nature="state",
    supports={"CC5.1": "administrators can't skip the review"},
    severity="high",
    where=_in_use,
)
def test_protection_binds_everybody(repository: Repository) -> None:
    """Nobody can pass by the default branch's protection or rewrite its history, administrators included.

    CC8.1: rules for changes that somebody can pass by hold for nobody, and a rewritten history hides what changed.
    """
    assert repository.admins_bound, f"the review that {repository.default_branch} demands can be bypassed"
    assert repository.force_push_blocked, f"the history of {repository.default_branch} can be rewritten"


@control("CHG-04", criteria=["CC8.1"], nature="state", severity="medium", where=_in_use)
def test_approvals_lapse_with_new_commits(repository: Repository) -> None:
    """In every repository in use a new commit makes earlier approvals void.

    CC8.1: an approval is of what was seen: commits that are added later were approved by nobody.
    """
    lapse = repository.stale_approvals_dismissed or repository.locked
    assert lapse, "an approval outlives the commits that it was given for"


@control("CHG-05", criteria=["CC8.1"], nature="state", severity="medium", where=_in_use)
def test_changes_pass_automated_checks(repository: Repository) -> None:
    """The default branch of every repository in use demands that automated checks pass.

    CC8.1: without checks that must pass, what is merged need not have been tested.
    """
    assert repository.required_checks or repository.locked, f"{repository.default_branch} demands no automated check"
