"""What has to come before what: half a day too early deviates, and a day without a time is any moment of it."""

import re
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from policy_case import Case, Made

CASES: dict[str, Case] = {
    case.spec.id: case
    for file in sorted(Path(__file__).parent.glob("policy_cases_*.py"))
    for case in import_module(file.stem).CASES
}
STEPS = [
    ("CUS-01", "m1", "signed_at", "since"),
    ("CUS-02", "t1", "approved_at", "valid_from"),
    ("DEV-05", "C1", "returned_at", "wiped_at"),
    ("FND-01", "F1", "found_at", "closed_at"),
    ("FND-02", "F1", "found_at", "reported_at"),
    ("GOV-02", "m1", "held_at", "signed_at"),
    ("INC-03", "I1", "detected_at", "resolved_at"),
    ("INC-04", "I1", "resolved_at", "postmortem_at"),
    ("INC-06", "I1", "detected_at", "actions_closed_at"),
    ("PHY-01", "B-1", "approved_at", "issued_at"),
    ("PHY-05", "V-1", "arrived_at", "left_at"),
    ("PPL-07", "2026-bob", "held_at", "signed_at"),
    ("PPL-08", "B1", "found_at", "decided_at"),
    ("PRC-02", "reports", "approved_at", "told_at"),
    ("PRC-08", "T1", "done_at", "explained_at"),
    ("PRV-01", "D1", "received_at", "answered_at"),
    ("PRV-15", "n2", "approved_at", "published_at"),
    ("PRV-15", "n2", "approved_at", "announced_at"),
    ("PRV-18", "D1", "received_at", "deleted_at"),
    ("PRV-21", "C2", "given_at", "withdrawn_at"),
    ("PRV-24", "C1", "received_at", "answered_at"),
    ("PRV-26", "Q1", "checked_at", "corrected_at"),
]
"""Control, resource of its case, and two steps of one register of which the second comes after the first."""


def found(control: str, id: str, changes: dict[str, object]) -> str:
    """The messages where a resource of the control's case has other facts."""
    case = CASES[control]
    makes: dict[object, Made] = {(each.kind, each.id): each for each in case.clean}
    for key, each in makes.items():
        if each.id == id and changes.keys() <= each.facts.keys():
            makes[key] = each.but(**changes)
    result = case.check(*(each.build() for each in makes.values()))
    return "\n".join([*(finding.message for finding in result.findings), result.reason.text if result.reason else ""])


def moment_of(control: str, id: str, fact: str) -> datetime:
    told = [each.facts[fact] for each in CASES[control].clean if each.id == id and each.facts.get(fact) is not None]
    assert isinstance(told[-1], datetime)
    return told[-1]


@pytest.mark.parametrize(("control", "id", "first", "then"), STEPS)
def test_half_a_day_too_early_deviates(control: str, id: str, first: str, then: str) -> None:
    early = moment_of(control, id, first) - timedelta(hours=13)
    assert f"on {early:%Y-%m-%d}, before it was " in found(control, id, {then: early})


@pytest.mark.parametrize(("control", "id", "first", "then"), STEPS)
def test_a_day_without_a_time_is_any_moment_of_it(control: str, id: str, first: str, then: str) -> None:
    same_day = moment_of(control, id, first).replace(hour=0, minute=0)
    turned = rf"on {same_day:%Y-%m-%d}, before it was [a-z ]+ on {same_day:%Y-%m-%d}"
    assert re.search(turned, found(control, id, {then: same_day})) is None


def test_a_wipe_half_a_day_after_the_disposal_deviates() -> None:
    gone = moment_of("DEV-05", "C5", "disposed_at")
    assert "before it was wiped" in found("DEV-05", "C5", {"wiped_at": gone + timedelta(hours=13)})


def test_a_certificate_of_the_day_before_is_that_of_another_day() -> None:
    gone = moment_of("DEV-07", "S2", "disposed_at")
    assert found("DEV-07", "D1", {"disposed_at": gone.replace(hour=0)}) == ""
    assert "on 2026-10-10 by D1" in found("DEV-07", "D1", {"disposed_at": gone - timedelta(days=1)})
