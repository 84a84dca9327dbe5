"""The summary in a terminal: complete, within its width, the same with and without colour."""

import re

import msgspec
import pytest

from soc2test.criteria import CRITERIA
from soc2test.reports.matrix_markdown import MatrixMarkdown
from soc2test.reports.terminal import summary
from soc2test.reports.view import started_run
from soc2test.run import DISCLAIMER

from .demo import demo_run


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_it_keeps_to_the_width(width: int) -> None:
    lines = summary(demo_run(), width).splitlines()
    wide = [line for line in lines if len(line) > width and line != DISCLAIMER and not line.startswith("    in ")]
    assert wide == []


@pytest.mark.parametrize("width", [20, 80, 120])
def test_all_61_criteria_stand_once(width: int) -> None:
    silent = {"company_controls": None, "subservice": None, "frameworks": ()}  # these name criteria as well
    run = msgspec.structs.replace(demo_run(), **silent)
    text = summary(run, width).partition("Deviations and errors")[0]
    assert sorted(re.findall(r"\S ([A-Z]+\d\.\d)\b", text)) == sorted(CRITERIA)


def test_documents_that_several_rows_name_are_named() -> None:
    run = demo_run()
    assert "documents that several rows name" not in summary(run, 200)
    one, other = run.documents
    shared = msgspec.structs.replace(run, documents=(msgspec.structs.replace(one, rows=3), other))
    says = f"documents that several rows name, and that show none of them: {one.file} (3 rows)"
    assert says in summary(shared, 200)
    assert "| 3, of which it shows none |" in MatrixMarkdown().render(shared).decode()
    assert "| 1 |" in MatrixMarkdown().render(run).decode()


def test_colour_adds_nothing_but_colour() -> None:
    coloured = summary(demo_run(), 80, True)
    assert "\x1b[31m✗ CC8.1" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == summary(demo_run(), 80)
    assert "\x1b" not in summary(demo_run(), 80)


def test_deviations_come_by_severity_with_resource_message_and_file() -> None:
    text = summary(demo_run(), 80)
    heads = re.findall(r"^(CRITICAL|HIGH|MEDIUM|LOW) +(\S+)", text, re.MULTILINE)
    assert [id for _, id in heads] == ["CHG-01", "IAM-07", "NET-01", "IAM-01", "VUL-01", "DAT-02", "RSK-01"]
    assert "    github:acme/infra#402  merged without an approval\n" in text
    assert "    in github/acme/pulls.web.json\n" in text
    assert "and 125 more, see findings.ndjson" in text


def test_gaps_say_what_to_export_and_who_waits() -> None:
    gaps = summary(demo_run(), 120).partition("Gaps: what to export")[2]
    assert re.search(r"export `jamf devices` for tenant acme +DEV-01, DEV-02, DEV-03", gaps)
    assert re.search(r"export `aws s3api get-bucket-encryption --bucket acme-legacy` +DAT-01", gaps)


def test_counts_and_disclaimer_are_last() -> None:
    *_, counts, _, disclaimer = summary(demo_run(), 200).splitlines()
    assert counts.startswith("48 tests: 6 with deviations, 1 in error, 7 not evaluated")
    assert disclaimer == DISCLAIMER


def test_an_incomplete_run_says_so() -> None:
    run = msgspec.structs.replace(
        demo_run(), complete=False, incomplete_because="stopped by -x", problems=("p.py: no",)
    )
    assert "NOT COMPLETE: stopped by -x" in summary(run)
    assert "problem: p.py: no" in summary(run)
    assert "0 tests: none was evaluated" in summary(started_run())
