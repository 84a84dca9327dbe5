"""Secrets that got into code."""

from soc2test import Repository, Vulnerability, control
from soc2test_policies._states import state_of


@control(
    "VUL-03",
    criteria=["CC6.1"],
    nature="state",
    supports={"CC7.1": "a secret in the code is a weakness found"},
    severity="critical",
    operates="continuously",
    where=lambda vulnerability: vulnerability.category == "secret",
    on_empty="no_occurrences",
)
def test_no_secret_lies_open_in_code(vulnerability: Vulnerability) -> None:
    """No secret that a scanner found in code is still an open alert, or one that was closed while the secret works.

    CC6.1: a secret in code is a credential that everybody who has the code holds.
    """
    assert state_of(vulnerability) != "open", (
        f"an alert about a secret in {vulnerability.asset} is open, or was closed though the secret is still good"
    )


@control(
    "VUL-05",
    criteria=["CC6.1"],
    nature="state",
    supports={"CC7.1": "secrets in the code are found"},
    severity="high",
    where=lambda repository: not repository.archived,
)
def test_repositories_are_scanned_for_secrets(repository: Repository) -> None:
    """Secret scanning is on for every repository in use.

    CC6.1: credentials that slip into code are noticed, and replaced before others find them.
    """
    assert repository.secret_scanning, "a secret in a commit would not be noticed"
