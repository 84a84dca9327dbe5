"""How long personal data is kept: stores that are not there, what is still open, one person under two names."""

from typing import Any

from policy_case import Made, before
from policy_cases_privacy_requests import counted
from policy_cases_privacy_retention import ACCESS, ANN, BARE, BOB, CACHED, DB, DELETED, LISTS, NEWS, NOTICE, STORE

from soc2test.testing import check
from soc2test.verdicts import ControlResult
from soc2test_policies.p.retention import test_backups_of_personal_data_run_out as run_out
from soc2test_policies.p.retention import test_nothing_is_older_than_its_purpose_needs as kept
from soc2test_policies.p.retention import test_what_people_want_deleted_is_gone_everywhere as gone


def result(control: Any, *makes: Made, **limits: Any) -> ControlResult:
    return check(control, *(each.build() for each in makes), limits=limits)


def reason(found: ControlResult) -> str:
    assert found.verdict.value == "not_evaluated"
    assert found.reason is not None
    return found.reason.text


def again(make: Made, id: str, **facts: Any) -> Made:
    return Made(make.kind, id, "test", {**make.facts, **facts})


def test_the_last_answer_of_a_store_counts() -> None:
    new = again(DB, "R3", measured_at=before(days=1), oldest_at=before(days=900), document="documents/r3.txt")
    assert result(kept, NEWS, DB, LISTS, ANN, new).verdict.value == "fail"
    assert result(kept, NEWS, again(new, "R4", oldest_at=before(days=2)), LISTS, ANN).verdict.value == "pass"


def test_what_another_purpose_holds_there_is_not_asked() -> None:
    assert result(kept, NEWS, again(DB, "R5", activity="PA-2"), LISTS, ANN).verdict.value == "fail"


def test_one_answer_tells_of_several_purposes_and_not_of_two_days() -> None:
    other = again(DB, "R6", activity="PA-2")
    assert result(kept, NEWS, DB, LISTS, ANN, other).verdict.value == "pass"
    assert result(kept, NEWS, DB, LISTS, ANN, other.but(measured_at=before(days=184))).verdict.value == "fail"


def test_a_store_that_no_list_holds_leaves_the_stores_open() -> None:
    lost = NEWS.but(stores=("test:db", "test:gone", "mail:lists"))
    assert "PA-1 names test:gone, which is no store by the lists of its source" in reason(
        result(run_out, STORE, BARE, lost, CACHED)
    )


def test_versions_that_no_number_of_days_ends_are_not_known_to_end() -> None:
    found = result(run_out, STORE.but(backup_days=None), BARE.but(backed_up=True), NEWS, CACHED)
    assert (found.unknown, found.deviations) == (2, 0)


def test_without_any_named_store_nothing_was_tested() -> None:
    assert result(run_out, STORE, NEWS.but(stores=("mail:lists",))).verdict.value == "not_evaluated"


def test_a_deletion_of_these_days_is_still_open() -> None:
    waiting = DELETED.but(received_at=before(days=92), deleted_in=(), deleted_at=None)
    found = result(gone, waiting, ACCESS, NEWS, ANN, BOB, NOTICE, counted(2))
    assert (found.pending, found.deviations) == (1, 0)


def test_one_person_under_two_addresses_did_not_look_twice() -> None:
    alias = DELETED.but(deletion_checked_by="ann+check@acme.example")
    other = again(ANN, "ann2", email="ann+check@acme.example")
    found = result(gone, alias, NEWS, ANN, other, NOTICE, counted(1))
    assert (found.unknown, found.passed) == (1, 0)


def test_a_request_that_the_count_misses_leaves_deletions_open() -> None:
    assert "the register holds 1" in reason(result(gone, DELETED, NEWS, ANN, BOB, NOTICE, counted(2)))
    assert result(gone, ACCESS, NEWS, ANN, BOB, NOTICE, counted(1)).verdict.value == "no_occurrences"
