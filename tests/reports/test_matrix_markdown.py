"""matrix.md: all 61 criteria, and never more than a step summary takes."""

import re

import msgspec

from soc2test.criteria import CRITERIA
from soc2test.reports.matrix_markdown import MatrixMarkdown
from soc2test.reports.view import started_run
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import Reason

from .demo import demo_run


def page(run: Run) -> str:
    return MatrixMarkdown().render(run).decode()


def huge_run() -> Run:
    run = demo_run()
    failing = next(control for control in run.controls if control.id == "VUL-01")
    gap = next(control for control in run.controls if control.id == "DEV-01")
    many = (msgspec.structs.replace(failing, id=f"VUL-{place:04}") for place in range(400))
    gaps = (
        msgspec.structs.replace(
            gap, id=f"DEV-{place:04}", gaps=(Reason("missing", f"export `call {place}` " + "x" * 300),)
        )
        for place in range(1500)
    )
    return msgspec.structs.replace(run, controls=(*many, *gaps))


def test_all_61_criteria_stand_in_their_order() -> None:
    for run in (demo_run(), started_run()):
        assert re.findall(r"^\| ([A-Z]+\d\.\d) \|", page(run), re.MULTILINE) == list(CRITERIA)


def test_deviations_stand_by_severity_with_their_evidence() -> None:
    text = page(demo_run())
    assert re.findall(r"^### (\w+): (\S+)", text, re.MULTILINE) == [
        ("critical", "CHG-01"),
        ("critical", "IAM-07"),
        ("critical", "NET-01"),
        ("high", "IAM-01"),
        ("high", "VUL-01"),
        ("medium", "DAT-02"),
        ("medium", "RSK-01"),
    ]
    assert "| `github:acme/infra#402` | merged without an approval | `github/acme/pulls.web.json` |" in text
    assert "Limits: grace\\_days 0 (tool default); removal\\_hours 24" in text


def test_gaps_say_what_to_export_and_who_waits() -> None:
    assert "| export `jamf devices` for tenant acme | DEV-01, DEV-02, DEV-03 |" in page(demo_run())


def test_a_huge_run_is_cut_and_says_what_was_left_out() -> None:
    rendered = MatrixMarkdown().render(huge_run())
    assert len(rendered) < 200_000
    notes = re.findall(r"^_(\d+) further entries of (.+) left out for length", rendered.decode(), re.MULTILINE)
    assert [name for _, name in notes] == [
        "deviations and errors",
        "gaps",
        "tests",
        "limits",
        "other frameworks",
    ]
    assert all(int(count) > 0 for count, _ in notes)
    text = rendered.decode()
    assert len(re.findall("^### high: VUL", text, re.MULTILINE)) + int(notes[0][0]) == 400
    assert text.count("| export `call ") + int(notes[1][0]) == 1500


def test_an_incomplete_run_says_so_first() -> None:
    run = msgspec.structs.replace(demo_run(), complete=False, incomplete_because="-k selected 3 of 48 controls")
    assert page(run).splitlines()[2] == "> **NOT COMPLETE:** -k selected 3 of 48 controls"
    assert "NOT COMPLETE" in page(started_run())
    assert "NOT COMPLETE" not in page(demo_run())


def test_the_disclaimer_is_last() -> None:
    for run in (demo_run(), started_run(), huge_run()):
        assert page(run).splitlines()[-1] == DISCLAIMER
