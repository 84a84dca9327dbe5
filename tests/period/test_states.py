"""A state over a period: intervals of resources, and days that nobody saw."""

from datetime import date
from pathlib import Path

import pytest

from .half_year import HalfYear, days

OPEN = {"id": "logs", "public": True}
SHUT = {"id": "logs", "public": False}


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    return HalfYear(tmp_path)


def test_a_bucket_that_was_public_is_one_interval_and_a_second_one_when_it_comes_back(company: HalfYear) -> None:
    for items, moments in (
        ([SHUT], days("2026-01-01", "2026-03-02", every=1)),
        ([OPEN], days("2026-03-03", "2026-03-06", every=1)),
        ([SHUT], days("2026-03-07", "2026-05-09", every=1)),
        ([OPEN], days("2026-05-10", "2026-05-10", every=1)),
        ([SHUT], days("2026-05-11", "2026-06-30", every=1)),
    ):
        company.export("cloud", "one", "buckets", items)
        company.record(*moments)
    result = company.result("OWN-01")
    assert (result.verdict, result.population, result.deviations) == ("fail", 1, 1)
    assert result.period is not None
    first, second = result.period.noted
    assert (first.after, first.by, first.until) == (
        "2026-03-02T02:00:00Z",
        "2026-03-03T02:00:00Z",
        "2026-03-07T02:00:00Z",
    )
    assert (first.ended, first.recurred) == ("holds", False)
    assert (second.by, second.until, second.recurred) == ("2026-05-10T01:00:00Z", "2026-05-11T01:00:00Z", True)
    assert result.period.sentence == "deviations noted (1 of 1, whole population; 181 of 181 days observed)"
    assert result.findings[0].message == (
        "is public (after 2026-03-02 02:00 UTC, by 2026-03-03 02:00 UTC in record 62, "
        "until 2026-03-07 02:00 UTC: holds; "
        "again after 2026-05-09 01:00 UTC, by 2026-05-10 01:00 UTC in record 130, "
        "until 2026-05-11 01:00 UTC: holds)"
    )


def test_gaps_up_to_the_limit_are_bridged_and_said_and_a_longer_one_is_not_evidenced(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    gone = [f"2026-02-{day:02}" for day in range(2, 7)] + [f"2026-04-{day:02}" for day in range(10, 19)]
    company.record(*days("2026-01-02", "2026-06-30", without=gone, every=1))
    result = company.result("OWN-01")
    assert result.period is not None
    assert (result.verdict, result.reason and result.reason.code) == ("not_evaluated", "not_evidenced")
    assert [(each.first, each.last) for each in result.period.bridged] == [("2026-02-02", "2026-02-06")]
    assert [(each.first, each.last) for each in result.period.not_evidenced] == [
        ("2026-01-01", "2026-01-01"),
        ("2026-04-10", "2026-04-18"),
    ]
    assert result.period.observed == 181 - 5 - 9 - 1
    assert result.period.sentence == (
        "not evidenced for 10 days (2026-01-01, 2026-04-10 to 2026-04-18); 166 of 181 days "
        "observed; between snapshots not tested"
    )


def test_the_newest_snapshot_of_before_the_period_evidences_its_beginning(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(
        *days("2025-12-20", "2025-12-30"), *days("2026-01-02", "2026-01-07"), *days("2026-01-08", "2026-06-30", every=7)
    )
    result = company.result("OWN-01")
    assert result.verdict == "pass"
    assert result.period is not None
    assert (result.period.bridged[0].first, result.period.bridged[0].last) == ("2026-01-01", "2026-01-01")


def test_the_last_day_needs_a_snapshot_of_it_or_after_it(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-01-01", "2026-06-29", every=7))
    assert company.result("OWN-01").verdict == "not_evaluated"
    company.record(*days("2026-07-02", "2026-07-02"))
    result = company.result("OWN-01")
    assert result.verdict == "pass"
    assert result.period is not None
    assert result.period.bridged[-1].first == "2026-06-30"


def test_an_export_that_was_missing_is_no_observation_however_many_snapshots_there_are(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-01-01", "2026-03-31"))
    company.export("cloud", "one", "buckets", None)
    company.record(*days("2026-04-01", "2026-04-20"))
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-04-21", "2026-06-30"))
    result = company.result("OWN-01")
    assert result.verdict == "not_evaluated"
    assert result.period is not None
    assert [(each.first, each.last) for each in result.period.not_evidenced] == [("2026-04-01", "2026-04-20")]


def test_what_was_open_when_the_period_began_counts_and_what_opens_after_it_is_told_apart(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [OPEN, {"id": "web", "public": False}])
    company.record(*days("2025-12-30", "2025-12-31"))
    company.export("cloud", "one", "buckets", [SHUT, {"id": "web", "public": False}])
    company.record(*days("2026-01-01", "2026-06-30", every=7))
    company.export("cloud", "one", "buckets", [SHUT, {"id": "web", "public": True}])
    company.record(*days("2026-07-01", "2026-07-03"))
    result = company.result("OWN-01")
    assert result.period is not None
    assert [(each.resource, each.until) for each in result.period.noted] == [("logs", "2026-01-01T02:00:00Z")]
    assert (result.deviations, result.population, result.period.after) == (1, 2, 1)


def test_the_text_of_a_deviation_is_that_of_the_record_that_is_named_and_never_of_after_the_period(
    company: HalfYear,
) -> None:
    policy = (company.root / "policies/checks.py").read_text()
    text = policy.replace(
        'assert not bucket.public, "is public"', 'assert not bucket.public, f"is public (on {as_of:%m-%d})"'
    )
    company.write(
        "policies/checks.py", text.replace("public(bucket: Bucket)", "public(bucket: Bucket, as_of: datetime)")
    )
    company.export("cloud", "one", "buckets", [OPEN])
    company.record(*days("2026-06-25", "2026-07-05", every=1))
    first = days("2026-06-25", "2026-06-25", every=1)[0].date()
    result = company.result("OWN-01", first=first)
    assert result.period is not None
    (noted,) = result.period.noted
    assert (noted.record, noted.message) == (1, "is public (on 06-25)")
    assert result.findings[0].message.startswith("is public (on 06-30)")
    assert result.findings[0].evidence is not None
    assert result.findings[0].evidence.startswith("record 6: ")


def test_two_snapshots_of_one_day_both_count(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-01-01", "2026-03-03", every=7))
    company.export("cloud", "one", "buckets", [OPEN])
    company.record(*days("2026-03-03", "2026-03-03", hour=9))
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-03-03", "2026-03-03", hour=15), *days("2026-03-04", "2026-06-30", every=7))
    result = company.result("OWN-01")
    assert result.deviations == 1
    assert result.period is not None
    assert result.period.noted[0].until == "2026-03-03T14:00:00Z"


def test_an_account_that_is_taken_out_of_scope_takes_no_deviation_with_it(company: HalfYear) -> None:
    company.promise(accounts="[one, two]")
    company.export("cloud", "one", "buckets", [SHUT])
    company.export("cloud", "two", "buckets", [{"id": "old", "public": False}])
    company.record(*days("2026-01-01", "2026-02-03", every=7))
    company.export("cloud", "two", "buckets", [{"id": "old", "public": True}])
    company.record(*days("2026-02-04", "2026-05-14", every=7))
    company.promise()
    company.export("cloud", "two", "buckets", None)
    company.record(*days("2026-05-15", "2026-06-30", every=7))
    result = company.result("OWN-01")
    assert (result.verdict, result.population, result.deviations) == ("fail", 2, 1)
    assert result.period is not None
    assert [(each.resource, each.ended) for each in result.period.noted] == [("old", "gone")]


def test_an_account_is_expected_from_the_day_on_which_it_was_promised(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-01-01", "2026-03-09"))
    company.promise(accounts="[one, two]")
    company.record(*days("2026-03-10", "2026-03-20"))
    company.export("cloud", "two", "buckets", [{"id": "new", "public": False}])
    company.record(*days("2026-03-21", "2026-06-30"))
    result = company.result("OWN-01")
    assert result.period is not None
    assert [(each.first, each.last) for each in result.period.not_evidenced] == [("2026-03-10", "2026-03-20")]


def test_a_snapshot_that_is_taken_away_adds_gaps_and_removes_no_deviation(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-01-01", "2026-03-02", every=7))
    company.export("cloud", "one", "buckets", [OPEN])
    company.record(*days("2026-03-03", "2026-06-30", every=7))
    whole = company.result("OWN-01")
    assert whole.period is not None
    for number in range(15, 18):
        company.store.objects.delete(f"records/{number:010}.json")
    less = company.result("OWN-01")
    assert less.period is not None
    assert (less.deviations, less.period.observed) == (whole.deviations, whole.period.observed - 3)
    assert less.period.not_evidenced


def test_a_period_that_still_runs_is_evaluated_up_to_its_newest_snapshot(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-01-01", "2026-03-02", every=1))
    found = company.evaluate(now=days("2026-03-02", "2026-03-02", hour=9, every=1)[0], until=date(2026, 6, 30))
    assert (
        found.incomplete
        == "the period 2026-01-01..2026-06-30 still runs: it is evaluated up to record 61 of 2026-03-02"
    )
    assert found.results["OWN-01"].verdict == "not_evaluated"


def test_what_a_control_is_to_watch_is_held_for_where_each_snapshot_shows_it_and_nothing_of_it_was_found(
    company: HalfYear,
) -> None:
    kept, new, other = ({**SHUT, "id": name} for name in ("kept", "new", "other"))
    for items, moments in (
        ([kept, SHUT, other], days("2026-01-01", "2026-03-31")),
        ([kept, OPEN, new, other], days("2026-04-01", "2026-04-02")),
        ([kept, SHUT, new], days("2026-04-03", "2026-06-30")),
    ):
        company.export("cloud", "one", "buckets", items)
        company.record(*moments)
    watched = {"OWN-01": ["kept", "logs", "new", "other", "never there"]}
    assert company.result("OWN-01", watched=watched).held_for == ("kept",)
    assert company.result("OWN-01").held_for == ()


def test_days_on_which_snapshots_show_an_empty_list_are_named(company: HalfYear) -> None:
    for items, moments in (
        ([SHUT], days("2026-03-01", "2026-03-10", every=1)),
        ([], days("2026-03-11", "2026-03-14", every=1)),
        ([SHUT], days("2026-03-15", "2026-03-31", every=1)),
    ):
        company.export("cloud", "one", "buckets", items)
        company.record(*moments)
    result = company.result("OWN-01", first=date(2026, 3, 1), last=date(2026, 3, 31))
    assert result.period is not None
    assert (result.verdict, result.period.observed) == ("pass", 27)
    assert result.period.notes == ("nothing to test on 4 days that snapshots show: 2026-03-11 to 2026-03-14",)


@pytest.mark.parametrize("then", [[], [{"id": "web", "public": False}]], ids=["empty", "another"])
def test_what_a_whole_list_does_not_hold_any_more_deviates_no_longer(
    company: HalfYear, then: list[dict[str, object]]
) -> None:
    company.export("cloud", "one", "buckets", [OPEN])
    company.record(*days("2026-03-01", "2026-03-05"))
    company.export("cloud", "one", "buckets", then)
    company.record(*days("2026-03-06", "2026-03-11"))
    result = company.result("OWN-01", first=date(2026, 3, 2), last=date(2026, 3, 11))
    assert result.period is not None
    assert [(each.until, each.ended) for each in result.period.noted] == [("2026-03-06T02:00:00Z", "gone")]
    assert (result.verdict, result.deviations) == ("fail", 1)


def test_what_a_list_that_lacks_something_does_not_hold_may_deviate_still(company: HalfYear) -> None:
    company.promise(accounts="[one, two]")
    company.export("cloud", "two", "buckets", [])
    company.export("cloud", "one", "buckets", [OPEN])
    company.record(*days("2026-03-01", "2026-03-05"))
    company.export("cloud", "one", "buckets", None)
    company.record(*days("2026-03-06", "2026-03-11"))
    result = company.result("OWN-01", first=date(2026, 3, 2), last=date(2026, 3, 11))
    assert result.period is not None
    assert [(each.until, each.ended) for each in result.period.noted] == [(None, "open")]
