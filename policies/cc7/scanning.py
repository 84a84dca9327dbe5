"""Scanners of source repositories."""

from soc2test import Repository, control


def _in_use(repository: Repository) -> bool:
    return not repository.archived


@control("VUL-04", criteria=["CC7.1"], nature="state", severity="high", where=_in_use)
def test_repositories_are_scanned_for_vulnerabilities(repository: Repository) -> None:
    """Dependency alerts are on for every repository in use.

    CC7.1: known weaknesses of the libraries that code uses are found where these alerts are on.
    """
    assert repository.dependency_alerts, "nobody is told of vulnerable dependencies"
