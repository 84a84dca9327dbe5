"""What lists, sheets and reports of a period say beside their counts, by the installed plugin."""

import csv
import json
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from period.half_year import PLUGIN, POLICY, HalfYear, at, days
from period.test_exemptions import ENTRY, OPEN, SHUT
from period.test_waivers import keep_people, people
from runs import run_pytest

from soc2test.run import AsOf
from soc2test.store.folder import FolderObjects

MARCH = "--soc2-period=2026-03-01..2026-03-31"
SPARE = """
spare = Source("spare", scope=("account",), command="spare {operation}", nature="system", paging=unpaged)


@spare.reads("buckets", kind=Bucket, items="items", lists=True)
def spare_bucket(item: Item, at: Subject) -> Facts:
    return facts(item["id"], public=item["public"])


@hookimpl
def soc2_sources():
    return [cloud, book, spare]
"""
COMPLETE = '''

def all_told(buckets: Population[Bucket], tickets: Population[Ticket]) -> None:
    """What others tell."""
    assert not any_of(tickets, lambda ticket: ticket.severity == "none"), "one is missing"
    assert not any_of(buckets, lambda bucket: bucket.public), "one is missing"


@control(
    "OWN-07", criteria=["CC7.4"], nature="event", operates="per event", dated="detected_at", on_empty="no_occurrences",
    complete=all_told,
)
def test_incidents_are_severe(ticket: Ticket) -> None:
    """Incidents are severe."""
    assert ticket.severity == "high"
'''


@pytest.fixture
def company(pytester: pytest.Pytester) -> HalfYear:
    company = HalfYear(pytester.path, FolderObjects(pytester.path / "store"))
    company.write("pytest.ini", "[pytest]\n")
    return company


def run(pytester: pytest.Pytester, company: HalfYear, *more: str) -> pytest.RunResult:
    pytester.chdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(company.root)
        return run_pytest(pytester, "--soc2", MARCH, "--soc2-store=../store", "--soc2-report-date=2026-04-10", *more)


def report(company: HalfYear) -> Path:
    return company.root / "soc2-report"


def sheet(company: HalfYear, id: str) -> list[str]:
    return (report(company) / f"populations/{id}.md").read_text().splitlines()


def of_index(company: HalfYear, id: str) -> dict[str, Any]:
    index = json.loads((report(company) / "populations/index.json").read_text())
    schema = json.loads(files("soc2test").joinpath("schemas/populations.schema.json").read_text())
    assert [error.message for error in Draft202012Validator(schema).iter_errors(index)] == []
    found: dict[str, Any] = next(each for each in index["lists"] if each["control"] == id)
    return found


def control(company: HalfYear, id: str) -> dict[str, Any]:
    lines = [json.loads(line) for line in (report(company) / "controls.ndjson").read_text().splitlines()]
    schema = json.loads(files("soc2test").joinpath("schemas/control.schema.json").read_text())
    assert [error.message for line in lines for error in Draft202012Validator(schema).iter_errors(line)] == []
    found: dict[str, Any] = next(line for line in lines if line.get("id") == id)
    return found


def ticket(id: str = "INC-1", detected: str = "2026-03-05 09:00") -> dict[str, Any]:
    moment = at(detected)
    return {
        "id": id,
        "detected_at": moment.isoformat(),
        "severity": "high",
        "answered_at": (moment + timedelta(hours=1)).isoformat(),
    }


@pytest.mark.long
def test_second_populations_are_of_who_told_them_in_the_newest_record(
    pytester: pytest.Pytester, company: HalfYear
) -> None:
    company.write("plugins/cloud.py", PLUGIN[: PLUGIN.index("@hookimpl")] + SPARE)
    company.write("policies/checks.py", POLICY + COMPLETE)
    company.export("book", "own", "tickets", [ticket()])
    for moments, buckets in (
        (days("2026-03-01", "2026-03-20", every=1), [SHUT]),
        (days("2026-03-21", "2026-04-02", every=1), [SHUT] * 2),
    ):
        told = [{**bucket, "id": f"b{number}"} for number, bucket in enumerate(buckets)]
        company.export("cloud", "one", "buckets", told)
        company.record(*moments)
    run(pytester, company, "--soc2-control=OWN-07")
    entry = of_index(company, "OWN-07")
    by = [{"source": "cloud", "operation": "buckets", "members": 2}]
    assert entry["independent"] == [{"kind": "Bucket", "members": 2, "told_by": by, "record": 31}]
    by = [{"source": "book", "operation": "tickets", "members": 1}]
    assert entry["by_own_exports"] == [{"kind": "Ticket", "members": 1, "told_by": by, "record": 31}]
    lines = sheet(company, "OWN-07")
    assert (
        "- Second population that the test asks: `Bucket`, 2 members: 2 from cloud buckets, as record 31 shows it"
        in lines
    )
    assert not [line for line in lines if "spare" in line]


def test_the_sheet_tells_the_days_that_nobody_saw_and_what_its_register_can_not_tell_of_them(
    pytester: pytest.Pytester, company: HalfYear
) -> None:
    company.export("book", "own", "tickets", [ticket()])
    company.record(*days("2026-03-01", "2026-03-02", every=1), *days("2026-03-20", "2026-04-01", every=1))
    run(pytester, company, "--soc2-control=OWN-05")
    assert control(company, "OWN-05")["period"]["register_as_of"] == "2026-04-01"
    lines = sheet(company, "OWN-05")
    assert "- Seen whole, with nothing unknown in it, on 14 of 31 days of the period" in lines
    assert (
        "- Seen by nobody, and told by the register's own dates as it was on 2026-04-01: 17 days (2026-03-03 to "
        "2026-03-19): rows that were taken out before are not known"
    ) in lines
    told = of_index(company, "OWN-05")["period"]
    assert told["register_as_of"] == "2026-04-01"
    assert told["by_register"] == [{"first": "2026-03-03", "last": "2026-03-19", "days": 17}]


def test_records_that_were_made_late_are_named_as_that_and_not_as_missing(
    pytester: pytest.Pytester, company: HalfYear
) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-03-01", "2026-03-30", every=1))
    (company.root / "exports/manifest.yaml").unlink()
    company.record_as(at("2026-03-31 03:00"), at("2026-04-03 03:00"), AsOf(at("2026-03-31 03:00"), "option"))
    company.export("cloud", "one", "buckets", [])
    company.record(at("2026-04-05 03:00"))
    result = run(pytester, company, "--soc2-control=OWN-01")
    late = "record 31 is for 2026-03-31T01:00:00Z and was recorded later, 2026-04-03T01:00:00Z"
    plain = (report(company) / "matrix.md").read_text().replace("\\", "")
    assert f"**Recorded late:** {late}" in plain
    assert "**Missing:**" not in plain
    html = (report(company) / "matrix.html").read_text()
    assert f"<summary>recorded late: 1</summary><p><b>recorded late</b> {late}</p>" in html
    assert "<b>missing</b>" not in html
    assert f"recorded late: {late}" in (report(company) / "junit.xml").read_text()
    assert f"recorded late: {late}" in " ".join(result.stdout.str().split())
    assert control(company, "OWN-01")["period"]["recorded_late"] == [
        {"record": 31, "as_of": "2026-03-31T01:00:00Z", "recorded_at": "2026-04-03T01:00:00Z"}
    ]
    lines = sheet(company, "OWN-01")
    assert f"- Recorded late: {late}" in lines
    assert [line for line in lines if line.startswith("| 31 | 2026-03-31T01:00:00Z | 2026-04-03T01:00:00Z | `")] != []
    assert of_index(company, "OWN-01")["period"]["recorded_late_total"] == 1


def test_a_row_says_on_which_days_and_by_which_entry_it_was_exempt(
    pytester: pytest.Pytester, company: HalfYear
) -> None:
    company.write("people.txt", people())
    for first, last, entry, bucket in (
        ("2026-03-01", "2026-03-01", "exemptions: []\n", SHUT),
        ("2026-03-02", "2026-03-04", ENTRY, SHUT),
        ("2026-03-05", "2026-03-14", ENTRY, OPEN),
        ("2026-03-15", "2026-03-31", "exemptions: []\n", SHUT),
    ):
        company.write("exemptions.yaml", entry)
        company.export("cloud", "one", "buckets", [bucket])
        for moment in days(first, last, every=1):
            keep_people(company, moment)
            company.record(moment)
    run(pytester, company, "--soc2-control=OWN-01")
    (row,) = csv.DictReader((report(company) / "populations/OWN-01.csv").read_text("utf-8-sig").splitlines())
    assert (row["outcome"], row["fact.public"]) == ("exempt (deviation)", "no")
    assert row["when"] == "exempt (deviation) from 2026-03-02 to 2026-03-14 by EX-1"


@pytest.mark.long
def test_what_is_told_beside_the_counts_stands_in_the_sheet(pytester: pytest.Pytester, company: HalfYear) -> None:
    for moments, id in (
        (days("2026-03-01", "2026-03-20", every=1), "INC-1"),
        (days("2026-03-21", "2026-04-01", every=1), "INC-2"),
    ):
        company.export("book", "own", "tickets", [ticket(id)])
        company.record(*moments)
    run(pytester, company, "--soc2-control=OWN-05")
    notes = control(company, "OWN-05")["period"]["notes"]
    assert [note for note in notes if note.startswith("in the population no more")] != []
    lines = sheet(company, "OWN-05")
    for note in notes:
        assert f"- Told beside it: {note}" in lines
    assert of_index(company, "OWN-05")["period"]["notes_total"] == len(notes)


@pytest.mark.long
def test_days_on_which_the_control_was_taken_out_stand_in_the_sheet(
    pytester: pytest.Pytester, company: HalfYear
) -> None:
    company.write("people.txt", people())
    out = (
        "not_applicable:\n  OWN-01: {no_population: true, reason: There is no bucket of ours any more, "
        "owner: ada@own.example, approver: bob@own.example, since: 2026-03-11, review_by: 2026-12-31}\n"
    )
    for first, last, more, buckets in (
        ("2026-03-01", "2026-03-10", "", [SHUT]),
        ("2026-03-11", "2026-03-31", out, []),
    ):
        company.promise(more=more)
        company.export("cloud", "one", "buckets", buckets)
        for moment in days(first, last, every=1):
            keep_people(company, moment)
            company.record(moment)
    run(pytester, company, "--soc2-control=OWN-01")
    assert control(company, "OWN-01")["period"]["not_applicable"] != []
    assert "- Not applicable, and counted for none of it: 21 days (2026-03-11 to 2026-03-31)" in sheet(
        company, "OWN-01"
    )


@pytest.mark.long
def test_the_sheet_says_what_snapshots_lacked_as_the_reports_do(pytester: pytest.Pytester, company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-03-01", "2026-03-04", every=1))
    company.write("exports/cloud/one/buckets.json", "{")
    company.record(at("2026-03-05 03:00"))
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-03-06", "2026-04-01", every=1))
    run(pytester, company, "--soc2-control=OWN-01")
    (lacked,) = control(company, "OWN-01")["period"]["lacking"]
    assert lacked.startswith("not seen whole in record 5: ")
    told = of_index(company, "OWN-01")["period"]
    assert (told["lacking"], told["lacking_total"]) == ([lacked], 1)
    (line,) = [line for line in sheet(company, "OWN-01") if line.startswith("- What snapshots lacked: ")]
    assert line.replace("\\", "").removeprefix("- What snapshots lacked: ") == lacked
    assert "- Bridged, and not observed: 1 days (2026-03-05)" in sheet(company, "OWN-01")


def test_where_each_day_was_seen_nothing_was_lacking(pytester: pytest.Pytester, company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-03-01", "2026-04-01", every=1))
    run(pytester, company, "--soc2-control=OWN-01")
    assert of_index(company, "OWN-01")["period"]["lacking"] == []
    assert not [line for line in sheet(company, "OWN-01") if "lacked" in line]
