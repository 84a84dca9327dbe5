"""Retention and deletion: edges of limits, empty registers, and what is unknown."""

from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_retention import (
    ANN,
    AT_VENDOR,
    BOB,
    COUNTED,
    COUNTED_NOW,
    DAYS,
    FOUND_LATER,
    GONE,
    HOSTED,
    IN_STORE,
    PLACE,
    RULE,
    STORE,
    WORKER,
)

from soc2test import Customer, DataStore, Deletion, RetentionRule, Vendor
from soc2test.testing import check
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.c1.retention import test_confidential_stores_keep_no_longer_than_their_rule as kept
from soc2test_policies.c1.retention import test_data_of_former_customers_are_deleted as deleted

COUNTS = (COUNTED, COUNTED_NOW)
SHOWN = (GONE, PLACE, HOSTED, DAYS, IN_STORE, AT_VENDOR, WORKER, *COUNTS)
RULED = (STORE, RULE, ANN, BOB)


def over(control: Any, *makes: Made, **more: Any) -> ControlResult:
    return check(control, *(each.build() for each in {(one.kind, one.id): one for one in makes}.values()), **more)


def test_nobody_in_the_register_says_not_that_nobody_left() -> None:
    assert over(deleted, PLACE, DAYS).verdict is Verdict.NOT_EVALUATED
    assert over(deleted, PLACE, DAYS, IN_STORE, WORKER, *COUNTS).verdict is not Verdict.NO_OCCURRENCES


def test_that_nobody_left_is_told_by_counts_of_before_the_days_in_question_and_of_now() -> None:
    stays = made(Customer, "k1", since=before(days=999), until=None)
    one = COUNTED_NOW.but(count=1)
    assert over(deleted, stays, PLACE, DAYS, COUNTED, one).verdict is Verdict.NO_OCCURRENCES
    assert over(deleted, stays, PLACE, DAYS, IN_STORE, WORKER, COUNTED, one).verdict is Verdict.NOT_EVALUATED
    assert over(deleted, stays, PLACE, DAYS, one).verdict is Verdict.NOT_EVALUATED
    assert (
        over(deleted, stays, PLACE, DAYS, COUNTED.but(last_day=before(days=364)), one).verdict is Verdict.NOT_EVALUATED
    )


def test_a_leaver_that_stands_in_no_row_is_missing_from_an_earlier_count() -> None:
    assert over(deleted, *SHOWN, COUNTED.but(count=2)).verdict is Verdict.NOT_EVALUATED


def test_a_company_without_rules_deviates_by_its_stores_and_can_not_date_its_deletions() -> None:
    assert over(kept, STORE).deviations == 1
    assert over(deleted, GONE, PLACE, IN_STORE, WORKER).verdict is Verdict.NOT_EVALUATED


def test_versions_that_nothing_deletes_are_unknown_for_the_rule() -> None:
    assert over(kept, *RULED, STORE.but(backup_days=None)).verdict is Verdict.NOT_EVALUATED


def test_of_two_rules_of_a_class_both_hold() -> None:
    shorter = made(RetentionRule, "r2", **RULE.but(backup_days=7).facts)
    assert over(kept, *RULED, shorter).deviations == 1
    sooner = made(RetentionRule, "r2", data_class="Restricted", delete_days=29)
    assert over(deleted, *SHOWN, sooner).deviations == 1


def test_a_companys_own_rule_is_not_the_only_ceiling() -> None:
    generous = RULE.but(delete_days=3650, backup_days=3650)
    result = over(kept, *RULED, generous)
    assert [finding.message for finding in result.findings] == [
        "r1 has data deleted 3650 days after a contract, limit 90"
    ]
    assert over(kept, *RULED, generous, limits={"delete_days": 3650}).deviations == 1
    assert over(kept, *RULED, generous, limits={"delete_days": 3650, "backup_days": 3650}).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("days", "since", "verdict"), [(364, 365, "pass"), (365, 365, "not_evaluated"), (30, 30, "not_evaluated")]
)
def test_a_rule_by_which_nothing_falls_due_shows_nothing(days: int, since: int, verdict: str) -> None:
    counts = COUNTED, COUNTED_NOW.but(count=0 if since > 60 else 1)
    gone = GONE.but(until=before(days=since - 1))
    done = [each.but(deleted_at=before(days=since - 2)) for each in (IN_STORE, AT_VENDOR)]
    rule = DAYS.but(delete_days=days)
    shown = (gone, PLACE, HOSTED, rule, *done, WORKER, *counts)
    result = over(deleted, *shown, limits={"since_days": since})
    assert result.verdict.value == verdict
    if verdict == "not_evaluated":
        assert result.reason is not None
        assert f"nothing ever falls due: set since_days to {days + 365}" in result.reason.text


def test_a_deletion_that_is_late_deviates_also_where_hardly_anything_falls_due() -> None:
    late = IN_STORE.but(deleted_at=before(days=89), remaining=3)
    assert over(deleted, *SHOWN, late, DAYS.but(delete_days=365)).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("days", "remaining", "verdict"),
    [
        (59.5, 512, Verdict.FAIL),
        (60, 512, Verdict.FAIL),  # which of both was later is not told
        (60, 0, Verdict.PASS),
        (60.5, 512, Verdict.PASS),  # what it left is gone by the later one
        (59.5, 0, Verdict.FAIL),  # there was still something to delete after the limit
    ],
)
def test_the_last_deletion_of_a_place_counts(days: float, remaining: int, verdict: Verdict) -> None:
    again = FOUND_LATER.but(deleted_at=before(days=days), remaining=remaining)
    assert over(deleted, *SHOWN, again).verdict is verdict
    assert over(deleted, *SHOWN, again.but(place="elsewhere")).verdict is Verdict.PASS
    assert over(deleted, *SHOWN, again.but(customer="k9")).verdict is Verdict.PASS


def test_a_deletion_of_an_unknown_day_may_be_the_last() -> None:
    built = [each.build() for each in SHOWN]
    assert check(deleted, *built, FOUND_LATER.build(without="deleted_at")).verdict is Verdict.NOT_EVALUATED
    assert check(deleted, *built, FOUND_LATER.build(without="place")).verdict is Verdict.NOT_EVALUATED


def test_an_approver_who_may_be_the_owner_by_another_address_is_unknown() -> None:
    alike = RULE.but(approved_by="a.ames@acme.example")
    again = made(BOB.kind, "bob", **BOB.but(email="a.ames@acme.example", name="Ann Ames").facts)
    assert over(kept, STORE, alike, ANN, again).verdict is Verdict.NOT_EVALUATED


def test_what_is_not_deleted_yet_is_pending_within_the_days() -> None:
    lately = GONE.but(until=before(days=29))
    assert over(deleted, lately, PLACE, HOSTED, DAYS, WORKER, *COUNTS).pending == 1
    assert over(deleted, GONE.but(until=before(days=31)), PLACE, HOSTED, DAYS, WORKER, *COUNTS).deviations == 1


@pytest.mark.parametrize("partial", [DataStore, Vendor, Deletion, RetentionRule, Customer])
def test_what_may_not_be_all_is_never_green(partial: type[Any]) -> None:
    assert over(deleted, *SHOWN, partial=[partial]).verdict is Verdict.NOT_EVALUATED


@pytest.mark.parametrize("facts", [{"active": False}, {"personal_data": False}, {"subservice": True}])
def test_vendors_that_hold_none_of_it_are_not_asked(facts: dict[str, bool]) -> None:
    assert over(deleted, GONE, PLACE, HOSTED.but(**facts), DAYS, IN_STORE, WORKER, *COUNTS).verdict is Verdict.PASS


@pytest.mark.parametrize("facts", [{"copy": True}, {"classification": "internal"}, {"classification": None}])
def test_stores_without_the_label_and_copies_are_not_asked(facts: dict[str, Any]) -> None:
    assert over(deleted, GONE, PLACE.but(**facts), HOSTED, DAYS, AT_VENDOR, WORKER, *COUNTS).verdict is Verdict.PASS
