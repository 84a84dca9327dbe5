"""Rules `same-controls` and `many-criteria`."""

import pytest
from lint_case import Case

CONTROL = '''
@control("{id}", criteria={criteria}, supports={supports}, nature="state")
def test_{name}(device: Device):
    """It holds."""
    assert device.disk_encrypted

'''


def control(id: str, criteria: list[str], supports: dict[str, str] | None = None) -> str:
    name = id.lower().replace("-", "_")
    return CONTROL.format(id=id, name=name, criteria=criteria, supports=supports or {})


def test_two_criteria_with_the_same_controls_are_found_once(case: Case) -> None:
    case.policy(control("OWN-1", ["CC6.1", "CC6.6"], {"C1.1": "why"}) + control("OWN-2", ["CC6.1", "CC6.6"]))
    assert case.found("same-controls") == [("policies/own.py:3", "CC6.1, CC6.6")]
    assert "OWN-1, OWN-2" in case.text("same-controls")


def test_the_same_supporting_controls_are_found_too(case: Case) -> None:
    both = {"CC2.1": "why", "CC4.1": "why else"}
    case.policy(control("OWN-1", ["CC6.1"], both) + control("OWN-2", ["CC6.6"], both))
    assert case.found("same-controls") == [("policies/own.py:3", "CC2.1, CC4.1")]


@pytest.mark.parametrize(
    "text",
    [
        control("OWN-1", ["CC6.1", "CC6.6"]) + control("OWN-2", ["CC6.1"]),
        control("OWN-1", ["CC6.1"], {"CC6.6": "why"}),
        control("OWN-1", ["CC6.1"], {"CC6.6": "why"}) + control("OWN-2", ["CC6.6"], {"CC6.1": "why"}),
        control("OWN-1", ["CC6.1"]) + control("OWN-2", ["CC6.6"]),
    ],
    ids=["another control beside", "one tests and one supports", "the other way round", "each its own"],
)
def test_criteria_that_a_control_tells_apart_are_no_finding(case: Case, text: str) -> None:
    case.policy(text)
    assert case.found("same-controls") == []


@pytest.mark.parametrize(("count", "places"), [(4, []), (5, [("policies/own.py:3", "OWN-1")])])
def test_a_control_of_more_than_four_criteria_is_found(case: Case, count: int, places: list[tuple[str, str]]) -> None:
    case.policy(control("OWN-1", ["CC6.1", "CC6.2", "CC6.3", "CC6.6", "CC6.7"][:count], {"CC7.1": "why"}))
    assert case.found("many-criteria") == places
