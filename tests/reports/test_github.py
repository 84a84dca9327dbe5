"""GitHub Actions: at most ten annotations, each one line, worst first."""

import msgspec

from soc2test.reports.github import annotations, step_summary
from soc2test.reports.matrix_markdown import MatrixMarkdown
from soc2test.run import Run
from soc2test.verdicts import Verdict

from .demo import demo_run


def few(*ids: str) -> Run:
    run = demo_run()
    return msgspec.structs.replace(run, controls=tuple(control for control in run.controls if control.id in ids))


def test_the_step_summary_is_the_matrix() -> None:
    assert step_summary(demo_run()).encode() == MatrixMarkdown().render(demo_run())


def test_an_annotation_stands_at_the_evidence() -> None:
    assert annotations(few("IAM-07"), "exports/") == (
        "::error file=exports/okta/acme/users.json,title=IAM-07 (CC6.2%2C CC6.3)::"
        "Every account of a person who left is disabled within the allowed hours. 1 of 9 deviate, 1 pending%0A"
        "deviation: leo.left@acme.example: left 2026-08-31, okta account still active after 1,944 hours\n"
    )


def test_ten_at_most_the_worst_first() -> None:
    lines = annotations(demo_run()).splitlines()
    assert len(lines) == 10
    assert [line.partition("title=")[2][:6] for line in lines[:3]] == ["CHG-01", "IAM-07", "NET-01"]
    assert lines[-1] == "::error title=SOC 2::and 4 more, see the step summary"


def test_a_declared_gap_is_annotated_and_another_is_not() -> None:
    assert annotations(few("DEV-01")).startswith("::error title=DEV-01")
    assert annotations(few("CAP-01")) == ""


def test_nothing_is_said_where_nothing_fails() -> None:
    calm = few(*(control.id for control in demo_run().controls if control.verdict is Verdict.PASS))
    assert annotations(calm) == ""
    assert "not complete" in annotations(msgspec.structs.replace(calm, complete=False, incomplete_because="-x"))
