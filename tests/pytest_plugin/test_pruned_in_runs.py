"""Evidence that was pruned, in what people read: each report, the list, its sheet, a sample and a comparison say so."""

import csv
import json
import shutil
from importlib.resources import files
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from period.half_year import HalfYear
from period.test_pruned_then import prune_before, record
from runs import run_pytest

from soc2test.cli.main import main
from soc2test.store.folder import FolderObjects

MARCH = ("--soc2-period=2026-03-02..2026-03-11", "--soc2-report-date=2026-03-20", "--soc2-store=../store")
LINE = "record 5 of 2026-03-05, whose evidence was pruned, noted a deviation; of which resource is not known"
SENTENCE = (
    "deviations noted (of which of 2 is not known, since the evidence of record 5 was pruned; 6 of 10 days observed)"
)


def run(pytester: pytest.Pytester, company: HalfYear) -> str:
    pytester.chdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(company.root)
        return " ".join(run_pytest(pytester, "--soc2", *MARCH, "--soc2-control=OWN-01").stdout.str().split())


def test_nobody_is_told_that_something_passed_or_was_closed(pytester: pytest.Pytester) -> None:
    company = HalfYear(pytester.path, FolderObjects(pytester.path / "store"))
    company.write("pytest.ini", "[pytest]\n")
    record(company, {5: "a"})
    report, before = company.root / "soc2-report", company.root / "before"
    assert "deviations noted (1 of 2, whole population; 10 of 10 days observed)" in run(pytester, company)
    shutil.copytree(report, before, symlinks=False)
    prune_before(company, 6)
    out = run(pytester, company)
    assert LINE in out
    assert SENTENCE in out
    for name in ("matrix.md", "matrix.html", "populations/OWN-01.md"):
        text = (report / name).read_text("utf-8").replace("\\", "")
        assert LINE in text, name
        assert "2 passed" not in text, name
    junit = ElementTree.fromstring((report / "junit.xml").read_text("utf-8"))  # noqa: S314  # our own file
    (case,) = [case for case in junit.iter("testcase") if str(case.get("name")).startswith("OWN-01")]
    assert f"period: {LINE}" in "".join(case.itertext())
    rows = csv.DictReader((report / "populations/OWN-01.csv").read_text("utf-8-sig").splitlines())
    assert [(row["id"], row["outcome"]) for row in rows] == [("a", "unknown"), ("b", "unknown")]
    assert "- Found: 2 unknown" in (report / "populations/OWN-01.md").read_text("utf-8")
    matrix = json.loads((report / "matrix.json").read_text())
    index = json.loads((report / "populations/index.json").read_text())
    controls = [json.loads(line) for line in (report / "controls.ndjson").read_text().splitlines()]
    for name, given in (("matrix", [matrix]), ("populations", [index]), ("control", controls)):
        schema = json.loads(files("soc2test").joinpath(f"schemas/{name}.schema.json").read_text())
        assert [error.message for value in given for error in Draft202012Validator(schema).iter_errors(value)] == []
    sample = CliRunner().invoke(main, ["sample", "OWN-01", "--size", "2", "--seed", "s", "--report", str(report)])
    assert sample.exit_code == 0
    assert LINE in sample.stderr
    assert ",passed," not in sample.stdout
    changes = CliRunner().invoke(main, ["diff", str(before), str(report)])
    assert changes.exit_code == 1
    assert "0 closed, 0 in both, 1 not told any more" in changes.stdout
