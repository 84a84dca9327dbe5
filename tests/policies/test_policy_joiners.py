"""That nobody joined means something only where a directory of everybody made no account either."""

from typing import Any

import pytest
from policy_case import before

from soc2test import Identity, Person, Resource, TrainingRecord
from soc2test.testing import check, resource
from soc2test.verdicts import ControlResult
from soc2test_policies.cc1.training import test_people_are_trained_on_hire as on_hire

RECORD = resource(TrainingRecord, "t", first_completed_at=None)


def _person(name: str, days: float) -> Person:
    return resource(
        Person, name, email=f"{name}@acme.example", active=True, started_at=before(days=days), ended_at=None
    )


def _account(name: str, days: float | None, source: str = "okta", **facts: Any) -> Identity:
    made = {} if days is None else {"created_at": before(days=days)}
    told = {"human": True, "email": f"{name}@acme.example", **made, **facts}
    return resource(Identity, f"{source}/{name}", source=source, **told)


def _result(*resources: Resource, **keys: Any) -> ControlResult:
    result = check(on_hire, _person("ann", 900), RECORD, *resources, **keys)
    assert result.population == 0
    return result


ANN = _account("ann", 890)


def test_a_directory_that_made_no_account_agrees() -> None:
    assert _result(ANN).verdict.value == "no_occurrences"
    assert _result(ANN, _account("bot", 60, human=False)).verdict.value == "no_occurrences"


@pytest.mark.parametrize("days", [30, 60, 395])
def test_an_account_of_the_window_contradicts(days: int) -> None:
    result = _result(ANN, _account("new", days))
    assert result.verdict.value == "not_evaluated"
    assert result.reason is not None
    assert "okta/new was made on" in result.reason.text


@pytest.mark.parametrize("days", [1, 396])
def test_an_account_outside_of_the_window_does_not(days: int) -> None:
    assert _result(ANN, _account("new", days)).verdict.value == "no_occurrences"


def test_a_joiner_who_is_dated_back_contradicts() -> None:
    assert _result(_account("ann", 60)).verdict.value == "not_evaluated"


def test_who_got_an_account_before_the_first_day_is_not_due_yet() -> None:
    assert _result(ANN, _person("new", 25), _account("new", 35)).verdict.value == "no_occurrences"


@pytest.mark.parametrize(
    "accounts",
    [
        [],
        [_account("bob", 900)],
        [_account("ann", None)],
        [_account("ann", 900, human=False)],
        [ANN, resource(Identity, "okta/x", source="okta", human=True, email=None)],
        [ANN, resource(Identity, "okta/x", source="okta", email=None, created_at=before(days=900))],
    ],
)
def test_without_a_directory_of_everybody_nothing_agrees(accounts: list[Identity]) -> None:
    assert _result(*accounts).verdict.value == "not_evaluated"


@pytest.mark.parametrize("kind", [Identity, Person])
def test_a_list_that_may_not_be_whole_agrees_with_nothing(kind: type[Resource]) -> None:
    assert _result(ANN, partial=[kind]).verdict.value == "not_evaluated"


def test_another_source_may_be_the_directory() -> None:
    assert _result(_account("ann", None, source="github"), ANN).verdict.value == "no_occurrences"
