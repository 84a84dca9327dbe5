"""A deviation is dated by the exports that show it, as a day is that it was seen: not by when they were recorded."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from soc2test.run import AsOf
from soc2test.verdicts import ControlResult

from .half_year import HalfYear, at
from .test_waivers import keep_people, people

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 11)
LATER = timedelta(hours=4)


def record(company: HalfYear, exported: str, *, public: bool, recorded: datetime | None = None) -> None:
    """Record, for the moment of the recording, what was exported some hours (or days) before."""
    moment = at(exported)
    recorded = recorded or moment + LATER
    text = moment.isoformat()
    company.write("exports/manifest.yaml", f"collected_at: {text}\n")
    items = [{"id": "logs", "public": public}, {"id": "web", "public": False}]
    company.export("cloud", "one", "buckets", items)
    company.record_as(moment, recorded, AsOf(recorded, "option"))


def nights(root: Path, deviating: Mapping[int, bool], first: int = 1, last: int = 12) -> HalfYear:
    """Exports of 23:00, each recorded at three in the morning of the next day."""
    company = HalfYear(root)
    for day in range(first, last + 1):
        record(company, f"2026-03-{day:02} 23:00", public=deviating.get(day, False))
    return company


def over(company: HalfYear, **more: Any) -> ControlResult:
    return company.result("OWN-01", first=FIRST, last=LAST, **more)


def spans(result: ControlResult) -> list[tuple[str | None, str, str | None, int, str | None]]:
    """Of each interval after when, by when and until when it was, each by day and hour, with the record."""
    assert result.period is not None
    return [
        (each.after and each.after[5:13], each.by[5:13], each.until and each.until[5:13], each.record, each.recorded)
        for each in result.period.noted
    ]


def test_what_deviates_in_an_export_of_the_last_day_counts_though_it_was_recorded_after_it(tmp_path: Path) -> None:
    result = over(nights(tmp_path, {11: True}))
    assert result.verdict == "fail"
    assert result.period is not None
    assert spans(result) == [("03-10T22", "03-11T22", "03-12T22", 11, "2026-03-12")]
    assert (result.period.after, result.period.observed, result.period.not_evidenced) == (0, 10, ())
    (finding,) = result.findings
    assert "by 2026-03-11 22:00 UTC in record 11 (recorded 2026-03-12), until" in finding.message


def test_what_deviates_in_an_export_of_after_it_counts_for_none_of_it(tmp_path: Path) -> None:
    result = over(nights(tmp_path, {12: True}))
    assert result.period is not None
    assert (result.verdict, result.period.after, spans(result)) == ("pass", 1, [])


@pytest.mark.parametrize("more", [{"remember": False}, {"processes": 2}], ids=["afresh", "two_processes"])
def test_it_is_the_same_however_it_is_evaluated(tmp_path: Path, more: dict[str, Any]) -> None:
    company = nights(tmp_path, {4: True, 11: True})
    assert over(company, **more) == over(company)


class TestLate:
    """One record is made on 10 March, at noon, of exports of the afternoon of the seventh."""

    NOON = at("2026-03-10 12:00")

    def company(self, root: Path, deviating: Mapping[int, bool], *, late: bool | None) -> HalfYear:
        company = HalfYear(root)
        for day in range(1, 13):
            record(company, f"2026-03-{day:02} 03:00", public=deviating.get(day, False))
            if day == 10 and late is not None:
                record(company, "2026-03-07 15:00", public=late, recorded=self.NOON)
        return company

    def test_what_deviates_in_it_alone_did_so_when_it_was_exported(self, tmp_path: Path) -> None:
        result = over(self.company(tmp_path, {}, late=True))
        assert spans(result) == [("03-07T02", "03-07T14", "03-08T02", 11, "2026-03-10")]
        assert "by 2026-03-07 14:00 UTC in record 11 (recorded 2026-03-10), until 2026-03-08 02:00 UTC: holds" in (
            result.findings[0].message
        )

    def test_what_began_later_by_the_others_began_then(self, tmp_path: Path) -> None:
        result = over(self.company(tmp_path, {8: True, 9: True}, late=True))
        assert spans(result) == [("03-07T02", "03-07T14", "03-10T02", 11, "2026-03-10")]

    def test_so_it_is_where_it_goes_on(self, tmp_path: Path) -> None:
        result = over(self.company(tmp_path, dict.fromkeys(range(8, 13), True), late=True))
        assert spans(result) == [("03-07T02", "03-07T14", None, 11, "2026-03-10")]

    def test_what_is_known_to_deviate_then_is_one_interval(self, tmp_path: Path) -> None:
        deviating = {6: True, 7: True, 8: True}
        alone = over(self.company(tmp_path / "alone", deviating, late=None))
        assert spans(over(self.company(tmp_path / "late", deviating, late=True))) == spans(alone)

    def test_that_it_held_ends_nothing(self, tmp_path: Path) -> None:
        for name, deviating in (("over", {6: True, 7: True, 8: True}), ("open", dict.fromkeys(range(6, 13), True))):
            alone = over(self.company(tmp_path / f"{name}-alone", deviating, late=None))
            assert spans(over(self.company(tmp_path / f"{name}-late", deviating, late=False))) == spans(alone)

    def test_another_one_of_before_is_an_interval_of_its_own(self, tmp_path: Path) -> None:
        result = over(self.company(tmp_path, {3: True, 9: True}, late=True))
        assert result.period is not None
        assert sorted(spans(result)) == [
            ("03-02T02", "03-03T02", "03-04T02", 3, None),
            ("03-07T02", "03-07T14", "03-08T02", 11, "2026-03-10"),
            ("03-08T02", "03-09T02", "03-10T02", 9, None),
        ]
        recurred = {each.by[5:10]: each.recurred for each in result.period.noted}
        assert recurred == {"03-03": False, "03-07": True, "03-09": True}


@pytest.mark.parametrize(("since", "verdict"), [(12, "fail"), (9, "pass")], ids=["of_after_the_period", "of_before"])
def test_an_exemption_of_after_the_period_takes_nothing_out_of_its_last_day(
    tmp_path: Path, since: int, verdict: str
) -> None:
    company = HalfYear(tmp_path)
    entry = (
        "exemptions:\n  - {id: EX-1, test: OWN-01, resources: [logs], reason: It serves the public site of ours, "
        f"owner: ada@own.example, approver: bob@own.example, since: 2026-03-{since:02}, review_by: 2026-12-31}}\n"
    )
    company.write("people.txt", people())
    for day in range(1, 13):
        keep_people(company, at(f"2026-03-{day:02} 23:00"))
        company.write("exemptions.yaml", entry if day + 1 >= since else "exemptions: []\n")
        record(company, f"2026-03-{day:02} 23:00", public=day == 11)
    assert over(company).verdict == verdict
