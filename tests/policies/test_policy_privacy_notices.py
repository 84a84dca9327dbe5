"""Privacy notices: places that are not told, versions that took no place, and no change at all."""

from typing import Any

from policy_case import Made, before
from policy_cases_privacy_notices import ANN, CLOSED, FIRST, FLOW, FORM, NEWS, ORDERS, SECOND

from soc2test.testing import check
from soc2test.verdicts import ControlResult
from soc2test_policies.p.notices import test_changes_of_notices_are_announced as announced
from soc2test_policies.p.notices import test_each_purpose_is_named_by_a_notice as named
from soc2test_policies.p.notices import test_notices_are_shown_where_data_is_taken as shown


def result(control: Any, *makes: Made, **limits: Any) -> ControlResult:
    return check(control, *(each.build() for each in makes), limits=limits)


def reason(found: ControlResult) -> str:
    assert found.verdict.value == "not_evaluated"
    assert found.reason is not None
    return found.reason.text


def again(make: Made, id: str, **facts: Any) -> Made:
    return Made(make.kind, id, "test", {**make.facts, **facts})


def test_a_purpose_without_a_place_leaves_the_list_of_places_open() -> None:
    other = again(NEWS, "PA-2")
    assert "no place is told where data is taken for PA-2" in reason(
        result(shown, FORM, NEWS, other, FIRST, SECOND, ANN)
    )
    closed = again(CLOSED, "CP-3", activities=("PA-2",))
    assert "for PA-2" in reason(result(shown, FORM, closed, NEWS, other, FIRST, SECOND, ANN))


def test_what_is_held_for_others_is_asked_for_by_these() -> None:
    assert result(shown, FORM, NEWS, ORDERS, FIRST, SECOND, ANN).verdict.value == "pass"


def test_a_new_notice_need_not_have_been_seen_the_same_day() -> None:
    new = SECOND.but(published_at=before(days=7))
    assert result(shown, FORM, NEWS, FIRST, new, ANN).verdict.value == "pass"
    assert result(shown, FORM, NEWS, FIRST, new, ANN, change_days=6).verdict.value == "fail"


def test_a_purpose_may_begin_on_the_day_of_its_notice() -> None:
    both = FIRST.but(published_at=before(days=500))
    assert result(named, NEWS, both, SECOND, ANN).verdict.value == "pass"


def test_a_version_that_was_replaced_has_one_in_its_place() -> None:
    hidden = SECOND.but(replaces=None)
    third = again(SECOND, "n3", replaces="n2", activities=("PA-1",))
    found = result(announced, FIRST, hidden.but(replaced_at=before(days=99)), third, NEWS, ANN)
    assert found.verdict.value == "not_evaluated"
    assert "n1 was replaced, and no version says that it took its place" in reason(found)


def test_a_notice_whose_purposes_ended_needs_no_successor() -> None:
    gone = again(FIRST, "n0", activities=("PA-8",))
    assert result(announced, gone, FIRST, SECOND, NEWS, ANN).verdict.value == "pass"


def test_no_change_means_something_where_nothing_new_began() -> None:
    only = SECOND.but(replaces=None, published_at=before(days=400))
    assert result(announced, only, NEWS, FLOW, ANN).verdict.value == "no_occurrences"
    late = NEWS.but(began_at=before(days=9))
    assert "PA-1 began after n2 was published" in reason(result(announced, only, late, FLOW, ANN))
    new = FLOW.but(began_at=before(days=9))
    assert "F1 began after n2 was published" in reason(result(announced, only, NEWS, new, ANN))


def test_a_company_may_tell_sooner() -> None:
    assert result(announced, FIRST, SECOND, NEWS, ANN, announce_days=15).verdict.value == "fail"
