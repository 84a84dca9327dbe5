"""Cells of a list that people open in a spreadsheet."""

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.listing.cells import cell, column, inert_cell, quoted


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "yes"),
        (False, "no"),
        (None, "none"),
        ("", ""),
        (-5, "-5"),
        (1.5, "1.5"),
        (datetime(2026, 11, 20, 8, 30, tzinfo=UTC), "2026-11-20T08:30:00Z"),
        (("a", "b"), '["a","b"]'),
        (frozenset({"b", "a"}), '["a","b"]'),
        ("plain", "plain"),
    ],
)
def test_a_value_stands_in_one_line(value: object, shown: str) -> None:
    assert cell(value) == shown


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@name", "=HYPERLINK(1)"])
def test_no_text_begins_as_a_formula_does(text: str) -> None:
    assert inert_cell(text) == f"'{text}"


@given(st.text())
def test_any_text_is_one_printable_line_that_no_spreadsheet_runs(text: str) -> None:
    shown = inert_cell(text)
    assert shown.splitlines() in ([], [shown])
    assert shown[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    shown.encode()


@given(st.lists(st.text(), min_size=1))
def test_what_stands_in_cells_is_read_back_from_csv(texts: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells := [inert_cell(text) for text in texts])
    read = next(csv.reader(io.StringIO(out.getvalue(), newline="")), [])
    assert read == cells


def test_a_text_too_long_for_a_cell_is_cut_and_named_by_its_digest() -> None:
    one, other = inert_cell("x" * 5000), inert_cell("x" * 4999 + "y")
    assert len(one) < 2200
    assert one != other


@given(
    st.lists(st.one_of(st.text(max_size=20), st.booleans(), st.none(), st.integers(), st.sampled_from(["a", "b,c"])))
)
def test_a_column_is_its_cells(values: list[object]) -> None:
    assert column(values) == [quoted(cell(value)) for value in values]


@given(st.lists(st.text(max_size=30).map(inert_cell), min_size=1))
def test_quoted_cells_are_what_a_reader_of_csv_takes_them_for(cells: list[str]) -> None:
    line = ",".join(map(quoted, cells))
    assert next(csv.reader(io.StringIO(f"{line}\n", newline="")), [""]) in (cells, [] if cells == [""] else cells)
