"""Which entries of controls.yaml are listed, and what is said of the others."""

from datetime import date
from typing import Any

import pytest
from described import GOOD, changed

from soc2test.company_controls.checking import check_company_controls

TESTS = {"IAM-01", "IAM-02"}


def test_what_is_right_is_listed() -> None:
    checked = check_company_controls([GOOD], TESTS)
    assert checked.controls == (GOOD,)
    assert checked.refused == ()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"id": "TBD"}, "is no id"),
        ({"wording": "done by IT"}, "controls[0].wording: says nothing"),
        ({"owner": "TODO"}, "controls.yaml:5: controls[0].owner: names nobody"),
        ({"performer": "n/a"}, "controls[0].performer: names nobody"),
        ({"performer": None}, "is manual, and names no performer"),
        ({"until": date(2025, 12, 31)}, "is 2025-12-31, before its first day, 2026-01-01"),
    ],
)
def test_what_says_nothing_is_not_listed(fields: dict[str, Any], says: str) -> None:
    checked = check_company_controls([changed(**fields)], TESTS)
    assert checked.controls == ()
    assert [says in str(refused) for refused in checked.refused] == [True]


def test_a_system_needs_no_performer_and_a_control_may_end_on_its_first_day() -> None:
    checked = check_company_controls([changed(performer=None, execution="automated", until=date(2026, 1, 1))], TESTS)
    assert (len(checked.controls), checked.refused) == (1, ())


def test_two_of_one_id_are_both_left_out() -> None:
    checked = check_company_controls([GOOD, changed(tests=()), changed(id="CTL-02")], TESTS)
    assert [control.id for control in checked.controls] == ["CTL-02"]
    assert ["stands twice" in str(refused) for refused in checked.refused] == [True, True]


def test_ids_that_nobody_knows_are_named_with_the_nearest_and_the_control_stays() -> None:
    wrong = changed(tests=("IAM-O1", "nothing like it"), criteria=("CC6.11",))
    checked = check_company_controls([wrong], TESTS)
    assert checked.controls == (wrong,)
    assert [str(refused) for refused in checked.refused] == [
        "controls.yaml:2: controls[0].criteria[0]: there is no criterion 'CC6.11'; did you mean 'CC6.1'?",
        "controls.yaml:9: controls[0].tests[0]: no loaded test has the id 'IAM-O1'; did you mean 'IAM-01'?",
        "controls.yaml:2: controls[0].tests[1]: no loaded test has the id 'nothing like it'; "
        "`soc2test controls` lists all",
    ]


def test_where_not_all_was_loaded_a_test_may_be_that_of_what_was_not() -> None:
    checked = check_company_controls([changed(tests=("OWN-01",))], TESTS, all_loaded=False)
    assert (len(checked.controls), checked.refused) == (1, ())


def test_the_days_on_which_it_is_in_force() -> None:
    control = changed(until=date(2026, 6, 30))
    days = {date(2025, 12, 31): False, date(2026, 1, 1): True, date(2026, 6, 30): True, date(2026, 7, 1): False}
    assert {day: control.in_force(day) for day in days} == days
    assert GOOD.in_force(date(2099, 1, 1))
