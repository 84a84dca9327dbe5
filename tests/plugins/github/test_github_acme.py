"""The sample company's exports, as this plugin reads them."""

from pathlib import Path

import pytest
from github_reading import every, gap_codes, load_folder

from soc2test import Resource
from soc2test.inventory.inventory import Inventory
from soc2test_plugins.github.kinds import (
    CodeScanningAlert,
    DependabotAlert,
    GithubMember,
    GithubOrganization,
    GithubRepository,
    OutsideCollaborator,
    PullRequest,
    SecretAlert,
)

EXPORTS = Path(__file__).parents[3] / "fixtures" / "acme" / "exports" / "github"


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    folder = tmp_path_factory.mktemp("exports")
    target = folder / "github" / "acme"
    target.mkdir(parents=True)
    for file in (EXPORTS / "acme").iterdir():
        (target / file.name).write_bytes(file.read_bytes())
    return load_folder(folder)


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        (GithubMember, 7),
        (OutsideCollaborator, 0),
        (GithubOrganization, 1),
        (GithubRepository, 2),
        (PullRequest, 9),
        (DependabotAlert, 1),
        (CodeScanningAlert, 1),
        (SecretAlert, 1),
    ],
)
def test_populations_are_complete(acme: Inventory, kind: type[Resource], count: int) -> None:
    assert gap_codes(acme, kind) == set()
    assert len(list(acme.members(kind))) == count


def test_everybody_has_2fa(acme: Inventory) -> None:
    assert all(each.mfa for each in every(acme, GithubMember))


def test_every_merged_change_was_approved_by_somebody_else(acme: Inventory) -> None:
    merged = [each for each in every(acme, PullRequest) if each.merged]
    assert len(merged) == 8
    for each in merged:
        assert set(each.approvers) - {each.author, *each.commit_authors}


def test_both_ways_of_protection_hold(acme: Inventory) -> None:
    for each in every(acme, GithubRepository):
        assert each.protected
        assert each.admins_bound
        assert each.force_push_blocked
        assert each.stale_approvals_dismissed
        assert each.required_checks
        assert each.required_approvals == 1
        assert each.secret_scanning
        assert each.dependency_alerts
