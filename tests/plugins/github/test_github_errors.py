"""GitHub's error bodies, and the flat layout of its documented examples."""

from pathlib import PurePosixPath
from typing import Any

import pytest
from github_reading import error, user

from soc2test import Claim, ErrorInfo, Export
from soc2test.evidence.files import Found
from soc2test.finding.claims import Unclaimable, claim
from soc2test_plugins.github import soc2_claim
from soc2test_plugins.github.source import error_info, github


@pytest.mark.parametrize(
    ("body", "info"),
    [
        (error("Branch not protected", "404"), ErrorInfo("Branch not protected", 404)),
        (error("Not Found", "404"), ErrorInfo("Not Found", 404)),
        ([error("Not Found", "404")], ErrorInfo("Not Found", 404)),
        (error("Resource not accessible by integration", "403"), ErrorInfo("403", 403)),
        ({"message": "Bad credentials", "documentation_url": "x"}, ErrorInfo("error", None)),
        ("gh: Branch not protected (HTTP 404)\n", ErrorInfo("Branch not protected", 404)),
        ("some text", None),
        ([], None),
        ([user("ann")], None),
        ({"message": "a commit's message", "sha": "1", "documentation_url": "x"}, None),
        ({"message": "alone"}, None),
    ],
)
def test_error_bodies(body: Any, info: ErrorInfo | None) -> None:
    assert error_info(body) == info


def test_hidden_is_denied_and_unprotected_is_not() -> None:
    assert {"Not Found", "403", "401", "Only owners can use this filter"} <= github.denied
    assert "Branch not protected" not in github.denied


@pytest.mark.parametrize(
    ("path", "operation"),
    [
        ("examples/orgs__list-members.json", "orgs list-members"),
        ("orgs__get.default-response.json", "orgs get"),
        ("examples/pulls__list-reviews.json", "pulls list-reviews"),
        ("examples/orgs__list-pat-grants.json", "orgs list-pat-grants"),  # named as known and not read
        ("examples/teams__list.json", None),
        ("examples/orgs.list-members.json", None),
        ("examples/orgs__list-members.csv", None),
    ],
)
def test_flat_layout(path: str, operation: str | None) -> None:
    claim = soc2_claim(Export(PurePosixPath(path), 1))
    assert claim == (None if operation is None else Claim("github", operation))


def test_every_operation_says_how_to_export_it() -> None:
    for operation in github.operations.values():
        assert operation.command.startswith(("gh api ", "ids=$(gh api "))
        assert " -X" not in operation.command
        assert "{org}" in operation.command.format_map(_Same())


class _Same(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def test_grants_of_tokens_are_known_and_not_read() -> None:
    found = Found("github/acme/orgs.list-pat-grants.json", "", 0)
    with pytest.raises(Unclaimable, match="to GitHub Apps alone"):
        claim(found, {"github": github}, lambda export: [])
