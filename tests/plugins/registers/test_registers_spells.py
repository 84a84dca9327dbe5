"""People who come back are one person with two spells; rows of one address that are at one time contradict each other."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers_reading import CONTEXT, head, outcome, parse_csv, prepared, read

from soc2test.telling.violations import wrong_in
from soc2test_plugins.registers.entries import registers

TIM: dict[str, Any] = {
    "name": "Tim", "email": "tim@acme.example", "employment": "employee", "active": True, "role": "engineer",
    "manager_email": None, "started_at": "2023-01-16",
}  # fmt: skip
FORMER: dict[str, Any] = {
    **TIM, "employment": "contractor", "active": False, "started_at": "2022-01-10", "ended_at": "2022-09-30"
}  # fmt: skip
OLDEST = {**FORMER, "role": "intern", "started_at": "2020-01-10", "ended_at": "2020-06-30"}
OTHER = {**TIM, "name": "Ann", "email": "ann@acme.example"}


def refused(*rows: dict[str, Any]) -> set[str]:
    return outcome("people", head("people", *rows))[0]


@pytest.mark.parametrize("rows", list(permutations([TIM, FORMER, OLDEST, OTHER])))
def test_who_comes_back_is_one_person_whatever_the_order_of_the_rows(rows: tuple[dict[str, Any], ...]) -> None:
    told = {each.id: each.told for each in read("people", head("people", *rows))}
    assert set(told) == {"tim@acme.example", "ann@acme.example"}
    tim = told["tim@acme.example"]
    assert (tim["employment"], tim["active"], tim["ended_at"]) == ("employee", True, None)
    assert [(spell.started_at.year, spell.ended_at and spell.ended_at.year) for spell in tim["spells"]] == [
        (2020, 2020),
        (2022, 2022),
        (2023, None),
    ]
    assert len(told["ann@acme.example"]["spells"]) == 1


def test_addresses_are_one_in_any_case() -> None:
    (told,) = read("people", head("people", FORMER, {**TIM, "email": "Tim@Acme.example"}))
    assert (told.id, len(told.told["spells"])) == ("tim@acme.example", 2)


def test_a_csv_tells_the_same() -> None:
    columns = list(FORMER)
    rows = [",".join("" if row.get(name) is None else str(row.get(name)) for name in columns) for row in (FORMER, TIM)]
    (told,) = read("people", parse_csv("\n".join([",".join(columns), *rows]) + "\n"))
    assert [spell.started_at for spell in told.told["spells"]] == [
        datetime(2022, 1, 10, tzinfo=UTC),
        datetime(2023, 1, 16, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    "former",
    [
        {**FORMER, "ended_at": "2023-02-01"},
        {**FORMER, "active": True, "ended_at": None},
        {**FORMER, "ended_at": "TBD"},
        {**FORMER, "started_at": "n/a"},
        {**FORMER, "started_at": "2023-01-16", "ended_at": "2023-01-16"},
    ],
)
def test_rows_that_are_at_one_time_contradict_each_other(former: dict[str, Any]) -> None:
    assert refused(former, TIM, OTHER) == {"entries.0", "entries.1"}


def test_a_change_of_contract_on_one_day_is_no_overlap() -> None:
    assert refused({**FORMER, "ended_at": "2023-01-16"}, TIM) == set()


def test_the_same_row_twice_is_one_row() -> None:
    (told,) = read("people", head("people", TIM, TIM))
    assert len(told.told["spells"]) == 1


def test_who_left_and_comes_back_later_has_left() -> None:
    planned = {**TIM, "active": False, "started_at": "2027-02-01"}
    (told,) = read("people", head("people", FORMER, planned))
    assert (told.told["active"], told.told["ended_at"].year, len(told.told["spells"])) == (False, 2022, 1)


def test_both_rows_are_named() -> None:
    body = prepared("people", head("people", OTHER, {**FORMER, "ended_at": "2023-02-01"}, TIM))
    texts = dict(wrong_in(registers.operations["people"], body, CONTEXT))
    assert texts["entries", 1].startswith("has the address of entries[2]")
    assert texts["entries", 2].startswith("has the address of entries[1]")


@given(st.lists(st.integers(0, 400), min_size=2, max_size=8, unique=True))
def test_spells_that_follow_each_other_are_told_in_order(days: list[int]) -> None:
    ends = sorted(days)[: len(days) // 2 * 2]
    moments = [datetime.fromordinal(738000 + day).date().isoformat() for day in ends]
    rows = [
        {**FORMER, "started_at": start, "ended_at": end} for start, end in zip(moments[::2], moments[1::2], strict=True)
    ]
    (told,) = read("people", head("people", *reversed(rows)))
    starts = [spell.started_at.date().isoformat() for spell in told.told["spells"]]
    assert starts == moments[::2]
