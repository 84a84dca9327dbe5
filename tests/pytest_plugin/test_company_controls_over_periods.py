"""controls.yaml in runs over a period: each report names the days of a control, and what today's file says counts nothing."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from period.half_year import HalfYear, days
from period.test_own_controls import OPEN, SHUT, describe, entry
from runs import run_pytest

from soc2test.store.folder import FolderObjects

MARCH = ("--soc2-period=2026-03-02..2026-03-11", "--soc2-report-date=2026-03-20", "--soc2-store=../store")
DAYS = "in force on 4 of 10 days (2026-03-02 to 2026-03-05)"
OVER_THEM = "deviations noted (1 of 1, whole population; 4 of 4 days observed on which it applied)"


@pytest.fixture
def company(pytester: pytest.Pytester) -> HalfYear:
    """A control that ends on 03-05 and whose test deviates on 03-04."""
    company = HalfYear(pytester.path, FolderObjects(pytester.path / "store"))
    company.write("pytest.ini", "[pytest]\n")
    describe(company, entry(more=", until: 2026-03-05"))
    for moment in days("2026-03-01", "2026-03-12", every=1):
        company.export("cloud", "one", "buckets", [OPEN if moment.day == 4 else SHUT])
        company.record(moment)
    return company


def run(pytester: pytest.Pytester, company: HalfYear, *more: str) -> str:
    """What the terminal shows, in a line."""
    pytester.chdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(company.root)
        return " ".join(run_pytest(pytester, "--soc2", *MARCH, "--soc2-control=OWN-01", *more).stdout.str().split())


def report(company: HalfYear, name: str) -> str:
    return (company.root / "soc2-report" / name).read_text("utf-8")


def lines(company: HalfYear) -> list[Any]:
    return [json.loads(line) for line in report(company, "controls.ndjson").splitlines()]


@pytest.mark.each(3)
@pytest.mark.parametrize("today", ["as it was", "ended before", "taken out", "no file"])
def test_every_report_tells_the_days_and_what_deviated_on_them(
    pytester: pytest.Pytester, company: HalfYear, today: str
) -> None:
    if today == "ended before":
        describe(company, entry(more=", until: 2026-03-02"))
    if today == "taken out":
        describe(company)
    if today == "no file":
        Path(company.root / "controls.yaml").unlink()
    out = run(pytester, company)
    assert "1 controls of the company's own: 1 deviation" in out
    assert f"✗ CTL-01 deviation tests: OWN-01 deviation {DAYS}" in out
    (row,) = [line for line in lines(company) if line["schema"] == "company_control/1"]
    (test,) = row["tests"]
    assert (row["status"], test["deviations"], test["sentence"]) == ("deviation", 1, OVER_THEM)
    assert row["in_force"] == {
        "days": 10, "in_force": [{"first": "2026-03-02", "last": "2026-03-05", "days": 4}], "not_told": [],
    }  # fmt: skip
    matrix = json.loads(report(company, "matrix.json"))
    assert matrix["company_controls"]["counts"]["deviation"] == 1
    for name in ("matrix.md", "matrix.html"):
        text = report(company, name).replace("\\", "")
        assert DAYS in text, name
        assert OVER_THEM in text, name
    suite = ElementTree.fromstring(report(company, "junit.xml"))  # noqa: S314  # our own file
    told = {each.get("name"): each.get("value") for each in suite.iter("property")}
    assert str(told["control.CTL-01"]).startswith(f"deviation; tests: OWN-01 deviation; {DAYS}")
    for name, given in (("matrix", [matrix]), ("control", lines(company))):
        schema = json.loads(files("soc2test").joinpath(f"schemas/{name}.schema.json").read_text())
        assert [error.message for line in given for error in Draft202012Validator(schema).iter_errors(line)] == []


@pytest.mark.long
def test_processes_that_open_snapshots_find_the_same(pytester: pytest.Pytester, company: HalfYear) -> None:
    found = []
    for workers in ((), ("--soc2-workers=2",)):
        run(pytester, company, *workers)
        found.append([line for line in lines(company) if line["schema"] == "company_control/1"])
    assert found[0] == found[1]
    assert len(found[0]) == 1
