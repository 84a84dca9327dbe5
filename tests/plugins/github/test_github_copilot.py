"""Seats of GitHub Copilot."""

from pathlib import Path
from typing import Any

import pytest
from github_reading import every, gap_codes, load, sample, user

from soc2test import AIUse
from soc2test_plugins.github.kinds import CopilotSeat

SEATS = "copilot.list-copilot-seats"


def seats(*assignees: Any, total: Any = None) -> dict[str, Any]:
    listed = [{"created_at": "2026-03-02T09:10:00Z", "assignee": assignee} for assignee in assignees]
    return {"total_seats": len(listed) if total is None else total, "seats": listed}


def test_githubs_own_example_is_read(tmp_path: Path) -> None:
    found = every(load(tmp_path, {SEATS: sample("copilot__list-copilot-seats")}), AIUse)
    assert {each.id: (each.product, each.account) for each in found} == {
        "github/acme/copilot/octocat": ("GitHub Copilot", "octocat"),
        "github/acme/copilot/octokitten": ("GitHub Copilot", "octokitten"),
    }


def test_no_seat_is_a_list_without_any(tmp_path: Path) -> None:
    inventory = load(tmp_path, {SEATS: seats()})
    assert (every(inventory, CopilotSeat), gap_codes(inventory, CopilotSeat)) == ([], set())


@pytest.mark.parametrize(
    "body", [seats(user("ann"), total=2), {"seats": [{"assignee": user("ann")}]}, seats(user("ann"), total="1")]
)
def test_seats_that_are_not_all_leave_a_gap(tmp_path: Path, body: Any) -> None:
    inventory = load(tmp_path, {SEATS: body})
    assert [each.account for each in every(inventory, CopilotSeat)] in ([], ["ann"])
    assert gap_codes(inventory, CopilotSeat)


@pytest.mark.parametrize("assignee", [None, {}, {"login": 7}])
def test_a_seat_of_nobody_is_not_let_go(tmp_path: Path, assignee: Any) -> None:
    inventory = load(tmp_path, {SEATS: seats(assignee)})
    assert every(inventory, CopilotSeat) == []
    assert gap_codes(inventory, CopilotSeat)


def test_a_refusal_leaves_a_gap(tmp_path: Path) -> None:
    refused = {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"}
    assert gap_codes(load(tmp_path, {SEATS: refused}), CopilotSeat)
