"""`--soc2-period` by the installed plugin: results in every report, and what is refused before anything is tested."""

import csv
import json
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from period.half_year import HalfYear, at, days
from runs import run_pytest

from soc2test.store.folder import FolderObjects

PERIOD = "--soc2-period=2026-01-01..2026-06-30"
STORE = "--soc2-store=../store"
NARROW = ("--soc2-control=OWN-01", "--soc2-control=OWN-03")
WEEKS = [at("2026-01-01 03:00") + timedelta(days=7 * n) for n in range(28)]


def in_folders(pytester: pytest.Pytester) -> HalfYear:
    """The company with its store in a folder beside it, as a process of its own finds it."""
    return HalfYear(pytester.path, FolderObjects(pytester.path / "store"))


@pytest.fixture
def company(pytester: pytest.Pytester) -> HalfYear:
    company = in_folders(pytester)
    (company.root / "pytest.ini").write_text("[pytest]\n")
    for moments, public in ((WEEKS[:9], False), (WEEKS[9:11], True), (WEEKS[11:], False)):
        company.export("cloud", "one", "buckets", [{"id": "logs", "public": public}])
        done = [{"id": "R-1", "done_at": "2026-02-03T09:00:00Z"}]
        company.export("book", "own", "reviews", done)
        company.record(*moments)
    return company


def run(pytester: pytest.Pytester, company: HalfYear, *more: str) -> pytest.RunResult:
    pytester.chdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(company.root)
        return run_pytest(pytester, "--soc2", *more)


def listed(report: Path, name: str) -> list[Any]:
    """The lines of a list, its closing one too."""
    return [json.loads(line) for line in (report / f"{name}s.ndjson").read_text().splitlines()]


def test_every_report_tells_the_period(pytester: pytest.Pytester, company: HalfYear) -> None:
    result = run(pytester, company, PERIOD, STORE, "--soc2-report-date=2026-07-20", *NARROW)
    assert result.ret == 1
    report = company.root / "soc2-report"
    matrix = json.loads((report / "matrix.json").read_text())
    period = {key: value for key, value in matrix["period"].items() if key not in ("snapshots", "head")}
    assert period == {
        "first": "2026-01-01", "last": "2026-06-30", "time_zone": "Europe/Berlin", "report_date": "2026-07-20",
        "max_gap_days": 7, "missing": [], "pruned": [], "prunings": [],
    }  # fmt: skip
    assert [each["number"] for each in matrix["period"]["snapshots"]] == list(range(1, 29))
    for name, lines in (
        ("matrix", [matrix]),
        ("control", listed(report, "control")),
        ("finding", listed(report, "finding")),
    ):
        schema = json.loads(files("soc2test").joinpath(f"schemas/{name}.schema.json").read_text())
        assert [error.message for line in lines for error in Draft202012Validator(schema).iter_errors(line)] == []
    controls = {each["id"]: each for each in matrix["controls"]}
    assert controls["OWN-01"]["period"]["noted"] == [
        {
            "resource": "logs", "kind": "Bucket", "message": "is public", "after": "2026-02-26T02:00:00Z",
            "by": "2026-03-05T02:00:00Z", "until": "2026-03-19T02:00:00Z", "ended": "holds", "recurred": False, "record": 10,
            "recorded": None, "accepted": [],
        }
    ]  # fmt: skip
    assert [(each["unit"], each["status"]) for each in controls["OWN-03"]["period"]["due"]] == [
        ("Q1 2026", "performed"), ("Q2 2026", "not_performed"),
    ]  # fmt: skip
    head = f"head {matrix['period']['head']['number']}:{matrix['period']['head']['digest']} of ../store"
    sentence = "deviations noted (1 of 1, whole population; 26 of 181 days observed)"
    for name in ("matrix.md", "matrix.html", "junit.xml"):
        text = (report / name).read_text()
        assert "2026-01-01..2026-06-30" in text, name
        assert head in text, name
        assert sentence in text.replace("\\(", "(").replace("\\)", ")"), name
    shown = result.stdout.str()
    assert (
        "the period 2026-01-01..2026-06-30 (Europe/Berlin), over 26 snapshots of its days, 2 after, reported as of 2026-07-20"
        in shown
    )
    assert sentence in shown
    assert head in shown
    assert "run again" not in shown  # the newest snapshot shows something else
    assert 'class="bar days"' in (report / "matrix.html").read_text()


def test_the_same_store_gives_the_same_bytes(pytester: pytest.Pytester, company: HalfYear) -> None:
    artifacts = []
    for _ in range(2):
        run(pytester, company, PERIOD, STORE, "--soc2-report-date=2026-07-20", *NARROW)
        artifacts.append(
            {path.name: path.read_bytes() for path in (company.root / "soc2-report").rglob("*") if path.is_file()}
        )
    assert artifacts[0] == artifacts[1]


REFUSED = {
    "no period": (
        ["--soc2-period=2026-01-01", STORE],
        "is no period; write first and last day: 2026-01-01..2026-06-30",
    ),
    "no day": (["--soc2-period=2026-01-01..2026-02-30", STORE], "is no period (day is out of range for month)"),
    "backwards": (["--soc2-period=2026-06-30..2026-01-01", STORE], "ends before it begins"),
    "no store": ([PERIOD], "--soc2-period needs a store: `store: at:` in soc2.yaml, or --soc2-store=DIR_OR_URL"),
    "an empty store": ([PERIOD, "--soc2-store=nowhere"], "nobody has recorded there yet"),
    "a moment too": ([PERIOD, STORE, "--soc2-as-of=2026-03-01"], "--soc2-as-of is about the exports of one moment"),
    "recording too": ([PERIOD, STORE, "--soc2-record"], "--soc2-period evaluates what was kept: one each"),
    "a report date alone": (["--soc2-report-date=2026-07-01"], "says how far a period is followed: add --soc2-period"),
    "a report date within": ([PERIOD, STORE, "--soc2-report-date=2026-06-01"], "lies before the end of the period"),
    "a report date to come": ([PERIOD, STORE, "--soc2-report-date=2999-01-01"], "is not over yet"),
    "no report date": ([PERIOD, STORE, "--soc2-report-date=july"], "is no day; write 2026-07-31"),
    "workers of xdist": ([PERIOD, STORE, "-n", "2"], "is not evaluated by -n: --soc2-workers=2 opens its snapshots"),
    "workers of a moment": (["--soc2-workers=2"], "--soc2-workers open the snapshots of a period: add --soc2-period"),
    "no worker": ([PERIOD, STORE, "--soc2-workers=0"], "'0' is no number of processes from 1 to 64"),
    "workers in words": ([PERIOD, STORE, "--soc2-workers=auto"], "'auto' is no number of processes from 1 to 64"),
    "workers at a bucket": ([PERIOD, "--soc2-store=s3://bucket/store", "--soc2-workers=2"], "need a store in a folder"),
}


@pytest.mark.each(15)
@pytest.mark.parametrize(("options", "says"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_is_refused_before_anything_is_tested(
    pytester: pytest.Pytester, options: list[str], says: str
) -> None:
    company = in_folders(pytester)
    (company.root / "pytest.ini").write_text("[pytest]\n")
    company.record(*WEEKS[:1])
    result = run(pytester, company, *options)
    assert result.ret == 4
    assert says in result.stderr.str()


def test_a_period_without_a_snapshot_is_refused_by_name(pytester: pytest.Pytester, company: HalfYear) -> None:
    result = run(pytester, company, "--soc2-period=2025-01-01..2025-06-30", STORE, *NARROW)
    assert result.ret == 4
    said = [line for line in result.stderr.lines if line]
    assert len(said) == 1
    assert "has no snapshot of 2025-01-01..2025-06-30: nothing of that period is evidenced" in said[0]
    assert "OWN-01" not in result.stdout.str()


def test_a_piece_that_is_damaged_is_named_and_nothing_is_green(pytester: pytest.Pytester, company: HalfYear) -> None:
    blobs = sorted(Path(company.store.objects.root).glob("blobs/*/*"))  # type: ignore[attr-defined]
    for blob in blobs:
        blob.write_bytes(b"damaged")
    result = run(pytester, company, PERIOD, STORE, *NARROW)
    assert result.ret == 4
    assert "does not hold what its name says" in result.stderr.str()


def test_a_damaged_export_is_named_and_nothing_is_green(pytester: pytest.Pytester, company: HalfYear) -> None:
    (file,) = [
        file for file in company.store.files(company.store.link(12).record) if file.path.endswith("/buckets.json")
    ]
    (piece,) = file.stored.pieces
    (Path(company.store.objects.root) / f"blobs/{piece[:2]}/{piece}.zst").write_bytes(b"damaged")  # type: ignore[attr-defined]
    result = run(pytester, company, PERIOD, STORE, *NARROW)
    assert result.ret not in (0, 5)
    matrix = json.loads((company.root / "soc2-report/matrix.json").read_text())
    assert not matrix["complete"]
    assert {each["verdict"] for each in matrix["controls"]} <= {"error", "not_evaluated"}


def test_a_snapshot_that_today_can_not_be_read_is_a_day_that_nobody_saw(pytester: pytest.Pytester) -> None:
    company = in_folders(pytester)
    (company.root / "pytest.ini").write_text("[pytest]\n")
    company.export("cloud", "one", "buckets", [{"id": "logs", "public": False}])
    company.record(*days("2026-01-01", "2026-01-20", every=1))
    company.promise("unknown_key: 1\n")
    company.record(*days("2026-01-21", "2026-01-22", every=1))
    company.promise()
    company.record(*days("2026-01-23", "2026-01-31", every=1))
    run(pytester, company, "--soc2-period=2026-01-01..2026-01-31", STORE, "--soc2-control=OWN-01")
    matrix = json.loads((company.root / "soc2-report/matrix.json").read_text())
    assert any("record 21 is not evaluated" in problem for problem in matrix["problems"])
    own = next(each for each in matrix["controls"] if each["id"] == "OWN-01")
    assert [(each["first"], each["last"]) for each in own["period"]["bridged"]] == [("2026-01-21", "2026-01-22")]


def write_people(company: HalfYear, day: str) -> None:
    people = ["ada", "bob"]
    rows = [
        f"  - {{name: {each} x, email: {each}@own.example, employment: employee, role: chief, manager_email: null, "
        "started_at: 2020-01-01, active: true}"
        for each in people
    ]
    company.write("exports/registers/people.yaml", f"register: people\nas_of: {day}\nentries:\n" + "\n".join(rows))


OUT = """
not_applicable:
  OWN-01: {no_population: true, reason: There are no buckets in this system any more, owner: ada@own.example,
    approver: bob@own.example, since: 2026-01-01, review_by: 2026-12-01}
"""


@pytest.mark.each(2)
@pytest.mark.parametrize("since", [0, 10])
def test_what_is_taken_out_later_was_tested_until_then(pytester: pytest.Pytester, since: int) -> None:
    company = in_folders(pytester)
    (company.root / "pytest.ini").write_text("[pytest]\n")
    for number, moment in enumerate(days("2026-01-01", "2026-01-31", every=1)):
        write_people(company, f"{moment:%Y-%m-%d}")
        items = [] if number >= since else [{"id": "logs", "public": number == 5}]
        company.export("cloud", "one", "buckets", items)
        company.promise(OUT if number >= since else "")
        company.record(moment)
    run(pytester, company, "--soc2-period=2026-01-01..2026-01-31", STORE, "--soc2-control=OWN-01")
    matrix = json.loads((company.root / "soc2-report/matrix.json").read_text())
    own = next(each for each in matrix["controls"] if each["id"] == "OWN-01")
    assert own["verdict"] == ("not_applicable" if since == 0 else "fail"), own["reason"]
    if since == 0:
        assert own["period"]["verdict"] == "not_applicable"
        assert own["period"]["sentence"].startswith("not applicable on any of ")
        assert [(each["first"], each["by"]["form"]) for each in own["period"]["not_applicable"]] == [
            (own["period"]["first"], own["taken_out"]["form"])
        ]
        assert own["period"]["observed"] == 0


@pytest.mark.long
def test_a_category_that_was_dropped_was_in_scope_until_then(pytester: pytest.Pytester) -> None:
    company = in_folders(pytester)
    (company.root / "pytest.ini").write_text("[pytest]\n")
    company.promise("categories: [privacy]")
    company.record(*days("2026-01-01", "2026-01-10", every=1))
    company.promise("")
    company.record(*days("2026-01-11", "2026-01-31", every=1))
    run(pytester, company, "--soc2-period=2026-01-01..2026-01-31", STORE, "--soc2-control=OWN-01")
    matrix = json.loads((company.root / "soc2-report/matrix.json").read_text())
    assert matrix["programme"]["categories"] == ["security", "privacy"]
    assert "out_of_scope" not in {each["status"] for each in matrix["criteria"] if each["category"] == "privacy"}


def rows_of(company: HalfYear, id: str) -> list[dict[str, str]]:
    text = (company.root / f"soc2-report/populations/{id}.csv").read_text("utf-8-sig")
    return [*csv.DictReader(text.splitlines())]


def test_the_population_of_a_period_is_listed_with_when_each_was_seen(
    pytester: pytest.Pytester, company: HalfYear
) -> None:
    run(pytester, company, PERIOD, STORE, "--soc2-report-date=2026-07-20", *NARROW)
    (bucket,) = rows_of(company, "OWN-01")
    assert (bucket["id"], bucket["outcome"], bucket["fact.public"]) == ("logs", "deviation", "no")
    assert (bucket["first_seen"], bucket["last_seen"]) == ("2026-01-01T02:00:00Z", "2026-06-25T01:00:00Z")
    assert bucket["when"] == "after 2026-02-26T02:00:00Z, by 2026-03-05T02:00:00Z until 2026-03-19T02:00:00Z"
    assert bucket["evidence"].startswith("record 26: cloud/one/")
    entry = next(line for line in listed(company.root / "soc2-report", "control") if line.get("id") == "OWN-01")
    assert entry["listed"]["rows"] == 1


def sheet_of(company: HalfYear, id: str) -> str:
    return (company.root / f"soc2-report/populations/{id}.md").read_text()


def test_the_sheet_of_a_period_says_which_record_shows_its_rows_and_on_which_days_it_was_whole(
    pytester: pytest.Pytester, company: HalfYear
) -> None:
    run(pytester, company, PERIOD, STORE, "--soc2-report-date=2026-07-20", *NARROW)
    sheet = sheet_of(company, "OWN-01")
    index = json.loads((company.root / "soc2-report/populations/index.json").read_text())
    schema = json.loads(files("soc2test").joinpath("schemas/populations.schema.json").read_text())
    assert [error.message for error in Draft202012Validator(schema).iter_errors(index)] == []
    matrix = json.loads((company.root / "soc2-report/matrix.json").read_text())
    digest = matrix["period"]["snapshots"][25]["digest"]
    moments = "2026-06-25T01:00:00Z | 2026-06-25T01:00:00Z"
    assert f"| 26 | {moments} | `{digest}` | `cloud/one/buckets.json` | 1 |" in sheet
    assert "These are as they lie in record 26, the newest of the period:" in sheet
    assert "| `cloud/one/buckets.json` (cloud buckets) |" in sheet
    assert "- Seen whole, with nothing unknown in it, on 26 of 181 days of the period" in sheet
    assert "- Bridged, and not observed: 155 days (2026-01-02 to 2026-01-07," in sheet
    assert "Not known" not in sheet
    assert "No export tells it" not in sheet


@pytest.mark.long
def test_an_order_of_the_calendar_shows_nothing_of_the_register(pytester: pytest.Pytester, company: HalfYear) -> None:
    run(pytester, company, PERIOD, STORE, "--soc2-report-date=2026-07-20", *NARROW)
    sheet = sheet_of(company, "OWN-03")
    assert "which soc2test made itself: that none is left out says nothing of the register" in sheet
    assert "no number is left out" not in sheet
    assert "- Each quarter or month that was due is a row" in sheet
    assert "2 rows are of no export" in sheet


def test_each_performance_that_was_due_is_a_row(pytester: pytest.Pytester, company: HalfYear) -> None:
    run(pytester, company, PERIOD, STORE, "--soc2-report-date=2026-07-20", *NARROW)
    assert [(row["id"], row["outcome"]) for row in rows_of(company, "OWN-03")] == [
        ("Q1 2026", "passed"), ("Q2 2026", "deviation"),
    ]  # fmt: skip


def test_a_member_that_is_gone_keeps_what_was_told_of_it_last(pytester: pytest.Pytester) -> None:
    company = in_folders(pytester)
    (company.root / "pytest.ini").write_text("[pytest]\n")
    old, kept = {"id": "old", "public": False}, {"id": "kept", "public": False}
    for moments, buckets in ((WEEKS[:5], [old, kept]), (WEEKS[5:], [kept])):
        company.export("cloud", "one", "buckets", buckets)
        company.record(*moments)
    run(pytester, company, PERIOD, STORE, "--soc2-report-date=2026-07-20", "--soc2-control=OWN-01")
    found = {row["id"]: row for row in rows_of(company, "OWN-01")}
    assert (found["old"]["first_seen"], found["old"]["last_seen"]) == ("2026-01-01T02:00:00Z", "2026-01-29T02:00:00Z")
    assert (found["old"]["outcome"], found["old"]["fact.public"]) == ("passed", "no")
    assert found["old"]["evidence"].startswith("record 5: ")
    assert found["kept"]["last_seen"] == "2026-06-25T01:00:00Z"


def test_a_waived_deviation_fails_over_a_period_with_the_waiver_beside_it(pytester: pytest.Pytester) -> None:
    company = in_folders(pytester)
    (company.root / "pytest.ini").write_text("[pytest]\n")
    company.export("cloud", "one", "buckets", [{"id": "logs", "public": True}])
    people = "\n".join(
        f"  - {{name: {name} x, email: {name}@own.example, employment: employee, role: chief, manager_email: null, "
        "started_at: 2020-01-01, active: true}"
        for name in ("ada", "bob")
    )
    company.write(
        "waivers.yaml",
        "waivers:\n  - {id: WV-1, test: OWN-01, resources: [logs], reason: The site is served from it until it moves, "
        "owner: ada@own.example, approver: bob@own.example, opened: 2026-02-02, expires: 2026-02-03}\n",
    )
    for moment in days("2026-02-01", "2026-02-05", every=1):
        company.write(
            "exports/registers/people.yaml", f"register: people\nas_of: {moment:%Y-%m-%d}\nentries:\n{people}\n"
        )
        company.record(moment)
    result = run(pytester, company, "--soc2-period=2026-02-01..2026-02-05", STORE, "--soc2-control=OWN-01")
    assert result.ret == 1
    result.assert_outcomes(failed=1)
    report = company.root / "soc2-report"
    for name in ("control", "finding"):
        schema = json.loads(files("soc2test").joinpath(f"schemas/{name}.schema.json").read_text())
        lines = listed(report, name)
        assert [error.message for line in lines for error in Draft202012Validator(schema).iter_errors(line)] == []
    (control,) = [each for each in listed(report, "control") if each.get("id") == "OWN-01"]
    part = {"waiver": "WV-1", "first": "2026-02-02", "last": "2026-02-03", "compensating": None}
    assert control["period"]["noted"][0]["accepted"] == [part]
    assert (control["verdict"], control["deviations"], control["waived"]) == ("fail", 1, 0)
    for name in ("matrix.md", "matrix.html", "junit.xml"):
        text = (report / name).read_text().replace("\\", "")
        assert "accepted from 2026-02-02 to 2026-02-03 by WV-1" in text, name
        assert "bob@own.example" in text, name


def test_a_control_that_fails_as_a_whole_over_a_period_vouches_for_no_member(pytester: pytest.Pytester) -> None:
    company = in_folders(pytester)
    (company.root / "pytest.ini").write_text("[pytest]\n")
    exercises = {"E-1": "2025-04-30T09:00:00Z", "E-2": "2026-06-20T09:00:00Z"}
    for moment in WEEKS:  # one of long before, and one that came after the first had grown too old
        told = [{"id": id, "done_at": done} for id, done in exercises.items() if done[:10] < f"{moment:%Y-%m-%d}"]
        company.export("book", "own", "exercises", told)
        company.record(moment)
    run(pytester, company, PERIOD, STORE, "--soc2-report-date=2026-07-20", "--soc2-control=OWN-04")
    entry = next(line for line in listed(company.root / "soc2-report", "control") if line.get("id") == "OWN-04")
    assert (entry["verdict"], entry["deviations"]) == ("fail", 0)
    assert [(row["id"], row["outcome"]) for row in rows_of(company, "OWN-04")] == [("E-2", "not named")]
