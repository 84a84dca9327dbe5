"""A cell's number as a day, a moment or a number: exact to the second, and refused where it could be another one."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from soc2test.evidence.sheet_cells import Unreadable, cell_text, moment_text
from soc2test.evidence.sheet_formats import Look, Shape

FIRST, LAST = dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 31, 23, 59, 59)
SECONDS = st.datetimes(FIRST, LAST).map(lambda moment: moment.replace(microsecond=0))


def serial(moment: dt.datetime, epoch: dt.datetime) -> float:
    """As every spreadsheet program writes it: days since the epoch, the time as a fraction."""
    since = moment - epoch
    return since.days + since.seconds / 86_400


def iso(moment: dt.datetime) -> str:
    return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat()


@given(SECONDS)
def test_every_second_since_march_1900_comes_back(moment: dt.datetime) -> None:
    assert moment_text(serial(moment, dt.datetime(1899, 12, 30))) == iso(moment)


@given(SECONDS.filter(lambda moment: moment >= dt.datetime(1904, 1, 2)))
def test_so_does_every_second_of_a_workbook_that_counts_from_1904(moment: dt.datetime) -> None:
    assert moment_text(serial(moment, dt.datetime(1904, 1, 1)), since_1904=True) == iso(moment)


@given(st.integers(61, 2_958_465), st.floats(0, 1, exclude_max=True))
def test_no_time_of_a_day_is_told_as_the_next_day(day: int, fraction: float) -> None:
    number = day + fraction
    if number < day + 1:  # the sum itself may round
        assert moment_text(number)[:10] == moment_text(day)


@given(st.integers(61, 2_958_465), st.floats(0, 1, exclude_max=True))
def test_a_moment_is_off_by_half_a_second_at_most_but_at_midnight(day: int, fraction: float) -> None:
    number = day + fraction
    assume(number < day + 1)  # the sum itself may round
    told = dt.datetime.fromisoformat(moment_text(number))
    off = abs(serial(told, dt.datetime(1899, 12, 30)) - number) * 86_400
    assert off <= (1.001 if (told.hour, told.minute, told.second) == (23, 59, 59) else 0.501)


SERIALS = {
    61: "1900-03-01",
    25_569: "1970-01-01",
    45_000: "2023-03-15",
    46_022: "2025-12-31",
    46_022.99999999: "2025-12-31T23:59:59",
    46_022.99999999999: "2025-12-31T23:59:59",
    46_023: "2026-01-01",
    45_000.5: "2023-03-15T12:00:00",
    45_000.000001: "2023-03-15",
    2_958_465: "9999-12-31",
}


@pytest.mark.parametrize("number", SERIALS)
def test_a_number_with_the_format_of_a_date_is_its_day(number: float) -> None:
    assert cell_text(number, Look(Shape.DATE), since_1904=False) == SERIALS[number]


REFUSED = {
    -1: "before March 1900",
    0: "the date 0",
    0.5: "a time without a day",
    1: "before March 1900",
    59: "before March 1900",
    60: "before March 1900",
    60.999: "before March 1900",
    2_958_466: "no date",
    1e300: "no date",
}


@pytest.mark.parametrize("number", REFUSED)
def test_one_that_is_no_day_for_all_programs_is_refused(number: float) -> None:
    with pytest.raises(Unreadable, match=REFUSED[number]):
        cell_text(number, Look(Shape.DATE), since_1904=False)


def test_from_1904_the_first_day_with_a_number_is_read_and_none_before() -> None:
    assert moment_text(1, since_1904=True) == "1904-01-02"
    assert moment_text(60, since_1904=True) == "1904-03-01"
    with pytest.raises(Unreadable, match="before 1904"):
        moment_text(-1, since_1904=True)
    with pytest.raises(Unreadable, match="no date"):
        moment_text(2_958_465 - 1461, since_1904=True)


NUMBERS = {5.0: "5", -0.0: "0", 0.1 + 0.2: "0.3", 1e14: "100000000000000", -12.5: "-12.5", 999999999999999.0: "999999999999999"}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_written_as_spreadsheets_show_it(number: float) -> None:
    assert cell_text(number, Look(Shape.NUMBER), since_1904=False) == NUMBERS[number]


@pytest.mark.parametrize(
    ("value", "shape", "said"),
    [
        (1e15, Shape.NUMBER, "more than 15 digits"),
        (-1.2345678901234567e18, Shape.NUMBER, "more than 15 digits"),
        (float("nan"), Shape.NUMBER, "no number"),
        (float("inf"), Shape.DATE, "no number"),
        (0.12, Shape.PERCENT, "write the number that the column asks for, as 12"),
        (0.0, Shape.PERCENT, "percentage"),
        (123.0, Shape.PADDED, "as 00123"),
        (17.0, Shape.LETTERED, "as RISK-17"),
        (1.5, Shape.DURATION, "duration"),
        (dt.time(12), Shape.NUMBER, "without a day"),
        (dt.timedelta(1), Shape.NUMBER, "without a day"),
        (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), Shape.NUMBER, "does not write"),
        ("a\0b", Shape.NUMBER, "NUL"),
        (None, Shape.NUMBER, "without a day"),
    ],
)
def test_what_can_not_be_read_right_says_what_to_write(value: object, shape: Shape, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        cell_text(value, Look(shape), since_1904=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", ""),
        (" a ", " a "),
        (True, "true"),
        (False, "false"),
        (dt.date(2026, 11, 20), "2026-11-20"),
        (dt.datetime(2026, 11, 20), "2026-11-20"),
        (dt.datetime(2026, 11, 20, 16, 30, 5, 999), "2026-11-20T16:30:05"),
    ],
)
def test_texts_yes_and_no_and_dates_that_are_written_out_are_taken(value: object, text: str) -> None:
    assert cell_text(value, Look(Shape.NUMBER), since_1904=False) == text


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [(2, 1, "2.0"), (2.1, 2, "2.10"), (2.25, 1, "2.25"), (-3, 2, "-3.00"), (1e-9, 2, "1e-09"), (5, 0, "5")],
)
def test_zeros_behind_a_number_are_read_as_its_format_shows_them(number: float, decimals: int, text: str) -> None:
    assert cell_text(number, Look(Shape.NUMBER, decimals=decimals), since_1904=False) == text
