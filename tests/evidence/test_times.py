"""Times as vendors write them (field notes: 17 encodings), and what is no time."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.evidence.times import NEVER, local_day, parse_time
from soc2test.sources.item import as_time

MOMENT = datetime(2021, 2, 19, 0, 54, 4, tzinfo=UTC)
MIDNIGHT = datetime(2021, 2, 19, tzinfo=UTC)

WRITTEN: list[tuple[Any, datetime | None]] = [
    ("2021-02-19T00:54:04Z", MOMENT),
    ("2021-02-19T00:54:04+00:00", MOMENT),
    ("2021-02-19T00:54:04.000Z", MOMENT),
    ("2021-02-19T00:54:04.123456789Z", MOMENT.replace(microsecond=123456)),
    ("2021-02-19T00:54:04,5Z", MOMENT.replace(microsecond=500_000)),
    ("2021-02-18T19:54:04-05:00", MOMENT),
    ("2021-02-19T06:24:04+0530", MOMENT),
    ("2021-02-19T00:54:04+0000", MOMENT),
    ("2021-02-19T00:54:04", MOMENT),
    ("2021-02-19 00:54:04", MOMENT),
    ("2021-02-19 00:54:04 UTC", MOMENT),
    (1613696044, MOMENT),
    (1613696044000, MOMENT),
    (1613696044.5, MOMENT.replace(microsecond=500_000)),
    (Decimal("1613696044.5"), MOMENT.replace(microsecond=500_000)),
    ("1613696044", MOMENT),
    ("1613696044000", MOMENT),
    ("/Date(1613696044000)/", MOMENT),
    ("/Date(1613696044000+0100)/", MOMENT),
    ("/Date(-1000)/", datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ("/Date(200000000000000)/", datetime(8307, 10, 1, 19, 33, 20, tzinfo=UTC)),
    ("Fri Feb 19 2021 13:54:04 GMT+1300", MOMENT),
    ("Thu Feb 18 2021 19:54:04 GMT-0500 (Eastern Standard Time)", MOMENT),
    ("Thu, 18 Feb 2021 19:54:04 EST", MOMENT),
    ("1601-01-01T00:00:00Z", None),
    ("1601-01-01", None),
    ("Tue Sep 11 16:14:21 2018 UTC", datetime(2018, 9, 11, 16, 14, 21, tzinfo=UTC)),
    ("Tue, 11 Sep 2018 16:14:21 GMT", datetime(2018, 9, 11, 16, 14, 21, tzinfo=UTC)),
    ("Tue, 11 Sep 2018 18:14:21 +0200", datetime(2018, 9, 11, 16, 14, 21, tzinfo=UTC)),
    ("4/1/2025 6:42:09 PM", datetime(2025, 4, 1, 18, 42, 9, tzinfo=UTC)),
    ("4/1/2025 12:42:09 AM", datetime(2025, 4, 1, 0, 42, 9, tzinfo=UTC)),
    ("2021-02-19", MIDNIGHT),
    (date(2021, 2, 19), MIDNIGHT),
    (datetime(2021, 2, 19, 0, 54, 4), MOMENT),  # naive on purpose
    (datetime(2021, 2, 18, 19, 54, 4, tzinfo=timezone(timedelta(hours=-5))), MOMENT),
    ("", None),
    ("  ", None),
    ("N/A", None),
    ("no_information", None),
    ("not_supported", None),
    ("0001-01-01T00:00:00Z", None),
    ("0001-01-01T00:00:00+05:00", None),
    (None, None),
]


@pytest.mark.parametrize(("written", "meant"), WRITTEN, ids=[repr(written) for written, _ in WRITTEN])
def test_each_notation_means_its_moment(written: Any, meant: datetime | None) -> None:
    found = parse_time(written)
    assert found == meant
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_time_without_zone_does_not_take_that_of_the_machine(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        try:
            for written in ("Tue, 11 Sep 2018 16:14:21 -0000", "11 Sep 2018 16:14:21 UTC", "2018-09-11T16:14:21"):
                assert parse_time(written) == datetime(2018, 9, 11, 16, 14, 21, tzinfo=UTC)
        finally:
            patch.undo()
            time.tzset()


NONSENSE: list[Any] = [
    "canary", "canary 2026", "2026-13-01", "2026-02-30T00:00:00Z", "2025-02-29", "2016-12-31T23:59:60Z",
    "2026-01-01T25:00:00Z", "13/45/2025 6:42:09 PM", "Xyz Foo 11 16:14:21 2018 UTC", "12345678", "20260101T000000Z",
    "9999-12-31T23:59:59-05:00", True, False, [], {}, b"2026-01-01", 10**400, -(10**400), float("nan"), float("inf"),
    Decimal("1e400"), Decimal("NaN"), "/Date(99999999999999999999999)/", "2026-01-01T00:00:00 canary",
    "Fri, 13 Nov 2026 13:00:00 IST", "Fri, 13 Nov 2026 13:00:00 CET", "2026-11-13 13:00:00 CET", "13 Nov 2026 13:00:00",
    "Fri Nov 13 2026 13:00:00 IST", "Fri Nov 32 2026 13:00:00 GMT+1300", "Fri Nov 13 2026 13:00:00",
    20260105, 0, -1, 1e7, Decimal(20260105), 10**16,  # a day, a counter, microseconds
    202601050830, 202611131300, "202601050830", 20260105083000, Decimal(20260105083000), "20260105083000",  # a day and a time
    "Tue, 11 Sep 99999 16:14:21 GMT", "٢٠٢٦-٠١-٠١",
    "Fri Nov 13 ٢٠٢٦ 13:00:00 GMT+1300", "Fri, ١٣ Nov 2026 13:00:00 GMT", "Tue Sep 11 16:14:21 ٢٠١٨ UTC", "٤/1/2025 6:42:09 PM",
    "/Date(١٧٦٣٠٣٥٢٠٠٠٠٠)/", "١٧٦٣٠٣٥٢٠٠",
]  # fmt: skip


@pytest.mark.parametrize("written", NONSENSE, ids=[repr(each)[:40] for each in NONSENSE])
def test_anything_else_is_refused_without_quoting_it(written: Any) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the type is the contract
        parse_time(written)
    assert "canary" not in str(caught.value)
    assert "2025" not in str(caught.value)


MOMENTS = st.datetimes(
    min_value=datetime(1973, 4, 1),
    max_value=datetime(2999, 12, 31),
    timezones=st.just(UTC),
)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(MOMENTS, OFFSETS)
def test_iso_texts_of_any_offset_come_back(moment: datetime, zone: timezone) -> None:
    assert parse_time(moment.astimezone(zone).isoformat()) == moment
    assert parse_time(moment.astimezone(zone).isoformat(" ")) == moment


@given(MOMENTS)
def test_epochs_come_back(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    seconds = int(whole.timestamp())
    for written in (seconds, float(seconds), f"/Date({seconds * 1000})/"):
        assert parse_time(written) == whole
    if 10**9 < seconds < 10**10:
        for written in (seconds * 1000, str(seconds), str(seconds * 1000)):
            assert parse_time(written) == whole


@given(MOMENTS)
def test_mail_dates_come_back(moment: datetime) -> None:
    from email.utils import format_datetime

    assert parse_time(format_datetime(moment)) == moment.replace(microsecond=0)


@given(
    st.text()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.booleans()
    | st.none()
    | st.binary()
    | st.lists(st.text())
)
def test_whatever_comes_is_a_utc_moment_never_or_refused(written: Any) -> None:
    try:
        found = parse_time(written)
    except ValueError:
        return
    assert found is None or found.utcoffset() == timedelta()
    if found is None:
        assert written is None or str(written).strip().lower() in NEVER or str(written).strip().startswith("0001-01-01")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "UTC"])
@pytest.mark.parametrize("end", [False, True])
def test_a_day_that_people_wrote_reads_as_that_day_wherever_the_company_is(zone: str, end: bool) -> None:
    for day in ("2026-03-02", "2026-07-02"):
        moment = local_day(day, ZoneInfo(zone), end=end)
        assert moment is not None
        assert f"{moment:%Y-%m-%d}" == day
        assert isinstance(moment.tzinfo, timezone)  # a fixed distance: spans between two moments are true ones
        assert moment == moment.astimezone(UTC)
        read_again = as_time(moment, "started_at")  # as a plugin's item gives it
        assert read_again is not None
        assert f"{read_again:%Y-%m-%d}" == day
