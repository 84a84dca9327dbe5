"""A second source that shows more than the list: days of which something is known to be missing are not bridged."""

from pathlib import Path

import pytest

from soc2test.verdicts import ControlResult

from .second_sources import SecondSources, task

OLD = task("t1", "2026-03-01", "2026-03-01")


def company_of(
    root: Path, *, listed: str = "cloud", rows: list[object], nights: tuple[int, ...] = (4, 5)
) -> SecondSources:
    """Its second source shows a page on these nights, and on no other."""
    company = SecondSources(root, listed)
    for day in range(1, 12):
        company.night(day, rows, ["page-1"] if day in nights else [])
    return company


def not_evidenced(result: ControlResult) -> list[tuple[str, str]]:
    assert result.period is not None
    return [(each.first, each.last) for each in result.period.not_evidenced]


@pytest.mark.parametrize(
    ("control", "rows", "said"),
    [
        ("SEC-01", [], "Page(page-1): is urgent"),
        ("SEC-02", [OLD], "Page(page-1): is urgent"),
        ("SEC-03", [], "no Task is told, but somebody was paged"),
        ("SEC-04", [OLD], "Page(page-1): is urgent"),
    ],
    ids=["agrees", "complete", "agrees_by_a_word", "complete_of_a_state"],
)
@pytest.mark.parametrize("listed", ["cloud", "book"])
def test_what_is_known_to_be_missing_is_not_bridged(
    tmp_path: Path, control: str, rows: list[object], said: str, listed: str
) -> None:
    result = company_of(tmp_path, listed=listed, rows=rows).over(control)
    assert result.verdict == "not_evaluated"
    assert not_evidenced(result) == [("2026-03-04", "2026-03-05")]
    assert result.period is not None
    assert result.period.sentence.startswith("not evidenced for 2 days (2026-03-04 to 2026-03-05)")
    sort, how = ("known to be missing", "shows") if said.startswith("Page(") else ("contradicted", "says")
    line = f"{sort}, and not bridged: 2026-03-04 to 2026-03-05: a second source {how} in records 4 to 5: {said}"
    assert line in result.period.notes


def test_another_look_of_the_same_day_does_not_answer_it(tmp_path: Path) -> None:
    company = SecondSources(tmp_path)
    for day in range(1, 12):
        if day == 4:
            company.night(day, [OLD], ["page-1"])
        company.night(day, [OLD], [])
    assert not_evidenced(company.over("SEC-02")) == [("2026-03-04", "2026-03-04")]


def test_a_deviation_stands_beside_it(tmp_path: Path) -> None:
    result = company_of(tmp_path, rows=[task("t1", "2026-03-01", None)]).over("SEC-02")
    assert (result.verdict, result.deviations) == ("fail", 1)
    assert not_evidenced(result) == [("2026-03-04", "2026-03-05")]


def test_what_could_not_be_told_is_bridged_as_ever(tmp_path: Path) -> None:
    company = SecondSources(tmp_path)
    for day in range(1, 12):
        company.night(day, [OLD], None if day in (4, 5) else [])
    result = company.over("SEC-02")
    assert result.verdict == "pass"
    assert result.period is not None
    assert [(each.first, each.days) for each in result.period.bridged] == [("2026-03-04", 2)]
    assert not [note for note in result.period.notes if "and not bridged" in note]


def test_where_it_never_shows_more_nothing_is_said(tmp_path: Path) -> None:
    company = company_of(tmp_path, rows=[OLD], nights=())
    result = company.over("SEC-02")
    assert result.period is not None
    assert (result.verdict, result.period.observed) == ("pass", 10)
    assert not [note for note in result.period.notes if "known to be missing" in note]


def test_what_is_shown_after_the_period_is_none_of_its_days(tmp_path: Path) -> None:
    company = company_of(tmp_path, rows=[OLD], nights=(11,))
    result = company.over("SEC-02")
    assert result.verdict == "pass"


@pytest.mark.parametrize("more", [{"remember": False}, {"processes": 2}], ids=["afresh", "two_processes"])
def test_it_is_the_same_however_it_is_evaluated(tmp_path: Path, more: dict[str, object]) -> None:
    company = company_of(tmp_path, rows=[OLD])
    assert company.over("SEC-02", **more) == company.over("SEC-02")


def unseen_days(result: ControlResult) -> int:
    assert result.period is not None
    return sum(each.days for each in result.period.not_evidenced)


def test_that_there_was_none_is_observed_where_the_second_source_was_asked(tmp_path: Path) -> None:
    company = SecondSources(tmp_path)
    for day in range(1, 12):
        company.night(day, [], [] if day >= 10 else None)
    result = company.over("SEC-01")
    assert result.verdict == "not_evaluated"
    assert result.period is not None
    assert not_evidenced(result) == [("2026-03-01", "2026-03-09")]
    assert result.period.sentence == (
        "not evidenced for 9 days (2026-03-01 to 2026-03-09); no event of the period is told; 1 of 10 days observed"
    )
    (why,) = result.period.lacking
    assert why.startswith("not seen whole in records 1 to 9: no Task is told, and the second source can't tell: ")
    assert "cloud pages" in why


def test_some_days_without_the_second_source_are_bridged(tmp_path: Path) -> None:
    company = SecondSources(tmp_path)
    for day in range(1, 12):
        company.night(day, [], None if day in (4, 5) else [])
    result = company.over("SEC-01")
    assert result.period is not None
    assert (result.verdict, result.period.observed) == ("no_occurrences", 8)
    assert [(each.first, each.days) for each in result.period.bridged] == [("2026-03-04", 2)]
    assert result.period.lacking


def test_where_it_agreed_on_each_day_there_was_none(tmp_path: Path) -> None:
    result = company_of(tmp_path, rows=[], nights=()).over("SEC-01")
    assert result.period is not None
    assert (result.verdict, result.period.observed, result.period.lacking) == ("no_occurrences", 10, ())


def test_a_register_tells_of_these_days_by_its_own_dates_and_it_is_said_on_how_many_it_was_asked(
    tmp_path: Path,
) -> None:
    company = SecondSources(tmp_path, "book")
    for day in range(1, 12):
        company.night(day, [], [] if day >= 10 else None)
    result = company.over("SEC-01")
    assert result.period is not None
    assert result.verdict == "no_occurrences"
    assert "seen on 1 of 10 days" in result.period.sentence
    assert result.period.lacking


def test_where_events_are_told_the_second_source_is_not_needed(tmp_path: Path) -> None:
    company = SecondSources(tmp_path)
    for day in range(1, 12):
        company.night(day, [] if day < 5 else [task("t1", "2026-03-05", "2026-03-05")], None)
    result = company.over("SEC-01")
    assert result.period is not None
    assert (result.verdict, result.period.observed) == ("pass", 10)
