"""How dates are said to be written: a format that leaves anything open is none, and a text means one day or nothing."""

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.evidence.written_dates import date_format

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("%d.%m.%Y", "03.04.2026", "2026-04-03"),
        ("%m/%d/%Y", "03/04/2026", "2026-03-04"),
        ("%m/%d/%Y", "3/4/2026", "2026-03-04"),
        ("%d.%m.%Y", "  3.4.2026 ", "2026-04-03"),
        ("%d-%b-%Y", "03-APR-2026", "2026-04-03"),
        ("%B %d, %Y", "april 3, 2026", "2026-04-03"),
        ("%B %d, %Y", "May  3,   2026", "2026-05-03"),
        ("%Y%m%d", "20260403", "2026-04-03"),
        ("%Y/%m/%d", "2026/04/03", "2026-04-03"),
        ("%d.%m.%Y", "29.02.2024", "2024-02-29"),
        ("%d.%m.%Y", "03.04.26", None),
        ("%d.%m.%Y", "03/04/2026", None),
        ("%d.%m.%Y", "03.04.2026 10:00", None),
        ("%m/%d/%Y", "12/31/9999", "9999-12-31"),
        ("%d.%m.%Y", "03.04.926", None),
        ("%d.%m.%Y", "٠٣.٠٤.2026", None),
        ("%d%m%Y", "1112026", None),
        ("%d-%b-%Y", "03-Mai-2026", None),
        ("%d.%m.%Y", "3.April.2026", None),
    ],
)
def test_a_text_is_one_day_or_none(form: str, text: str, day: str | None) -> None:
    assert date_format(form).iso(text, UTC) == day


@pytest.mark.parametrize("text", ["31.02.2026", "00.01.2026", "01.13.2026"])
def test_what_is_no_day_of_the_calendar_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        date_format("%d.%m.%Y").iso(text, UTC)


@pytest.mark.parametrize(
    ("form", "text", "moment"),
    [
        ("%m/%d/%Y %H:%M", "03/04/2026 23:30", "2026-03-04T23:30:00+01:00"),
        ("%m/%d/%Y %I:%M %p", "03/04/2026 12:05 AM", "2026-03-04T00:05:00+01:00"),
        ("%m/%d/%Y %I:%M %p", "03/04/2026 12:05 pm", "2026-03-04T12:05:00+01:00"),
        ("%m/%d/%Y %I:%M:%S %p", "3/4/2026 1:05:09 PM", "2026-03-04T13:05:09+01:00"),
    ],
)
def test_a_time_is_of_the_zone_that_is_stated(form: str, text: str, moment: str) -> None:
    assert date_format(form, BERLIN).iso(text, None) == moment


def test_a_time_may_say_its_zone_itself() -> None:
    form = date_format("%Y-%m-%d %H:%M:%S %z")
    assert form.iso("2026-03-04 23:30:00 -0500", None) == "2026-03-04T23:30:00-05:00"
    assert form.iso("2026-03-04 23:30:00 Z", None) == "2026-03-04T23:30:00+00:00"


def test_of_a_moment_the_day_is_that_of_the_company() -> None:
    form = date_format("%m/%d/%Y %H:%M", UTC)
    assert form.iso("03/04/2026 23:30", BERLIN) == "2026-03-05"
    assert form.iso("03/04/2026 23:30", timezone(timedelta(hours=-5))) == "2026-03-04"


@pytest.mark.parametrize("text", ["03/04/2026 00:05 AM", "03/04/2026 13:05 PM"])
def test_a_clock_with_am_and_pm_has_no_such_hour(text: str) -> None:
    with pytest.raises(ValueError, match="no hour of a clock"):
        date_format("%m/%d/%Y %I:%M %p", UTC).iso(text, None)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("%d.%m.%y", "%y is a year of two digits, which says no century"),
        ("%d.%m", "says no whole day"),
        ("%m/%Y", "says no whole day"),
        ("%d.%m.%b.%Y", "says no whole day"),
        ("", "says no whole day"),
        ("DD.MM.YYYY", "says no whole day"),
        ("%d.%m.%Y %d", "names a part twice"),
        ("%d.%m.%Y%", "names a part twice, or ends within one"),
        ("%A %d.%m.%Y", "%A is not known: allowed are %d %m %Y"),
        ("%%%d.%m.%Y", "%% is not known"),
        ("%Y-%d-%m", "looks as 2026-03-04 does, which is read as 4 March"),
        ("%d.%m.%Y %H", "says no whole time"),
        ("%d.%m.%Y %M", "says no whole time"),
        ("%d.%m.%Y %I:%M", "says no whole time"),
        ("%d.%m.%Y %H:%M %p", "says no whole time"),
        ("%d.%m.%Y %H:%M", "says a time without its zone: add `time_zone:`"),
    ],
)
def test_a_format_that_leaves_anything_open_is_refused(form: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        date_format(form)


@pytest.mark.parametrize("form", ["%d.%m.%Y", "%d.%m.%Y %H:%M %z"])
def test_a_zone_that_means_nothing_is_refused(form: str) -> None:
    with pytest.raises(ValueError, match="needs no `time_zone:`"):
        date_format(form, UTC)


@pytest.mark.parametrize(
    ("form", "example"), [("%d.%m.%Y", "20.11.2026"), ("%B %d, %Y", "November 20, 2026"), ("%b %d %Y", "Nov 20 2026")]
)
def test_its_example_is_a_day_that_no_other_order_has(form: str, example: str) -> None:
    assert date_format(form).example == example
    assert date_format(form).iso(example, UTC) == "2026-11-20"


@given(
    day=st.dates(min_value=datetime(1900, 1, 1).date(), max_value=datetime(2099, 12, 31).date()),
    form=st.sampled_from(["%d.%m.%Y", "%m/%d/%Y", "%d %B %Y", "%b %d, %Y", "%Y%m%d", "%d/%m/%Y"]),
)
def test_each_day_is_read_as_it_was_written(day: object, form: str) -> None:
    assert date_format(form).iso(day.strftime(form), UTC) == str(day)  # type: ignore[attr-defined]
