"""`soc2test summary`: which tests management runs, and not a word of what they found."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from programmes import Programme

from soc2test.cli.main import main
from soc2test.company_controls.records import CompanyControl
from soc2test.exceptions.records import Place
from soc2test.pack.summary import Told, summary

BEGINS = (
    "Written by Acme's management. It says which tests management runs, not what they found. It is not a SOC 2® or "
    "SOC 3® report; no CPA examined it."
)


def line_of(id: str, verdict: str, *criteria: str, title: str = "Every thing is good.") -> dict[str, Any]:
    return {"schema": "control/2", "id": id, "verdict": verdict, "criteria": list(criteria), "title": title}


def control(id: str, *tests: str, wording: str = "We look.") -> CompanyControl:
    return CompanyControl(
        id=id, wording=wording, owner="ann@acme.example", performer=None, frequency="monthly", type="detective",
        execution="manual", since=date(2026, 1, 1), until=None, system=None, risks=(), criteria=("CC6.1",), tests=tests,
        place=Place("controls.yaml"),
    )  # fmt: skip


def page(*tests: dict[str, Any], controls: tuple[CompanyControl, ...] = (), since: str | None = None) -> str:
    told = Told(
        system="Acme", categories=("security", "privacy"), tests=tests, controls=controls, schedule="daily", since=since
    )
    return summary(told)


def test_it_begins_with_who_wrote_it_and_what_it_is_not() -> None:
    assert page().splitlines()[2].startswith(BEGINS)


def test_what_came_out_of_a_test_makes_no_difference() -> None:
    pages = {page(line_of("A-1", verdict, "CC6.1")) for verdict in ("pass", "fail", "accepted", "no_occurrences")}
    (text,) = pages
    assert "Every thing is good" in text
    assert not re.search(r"\b(pass|fail|deviat|✓|✗|\d+ (tests|of))", text.partition("## Tests")[2])


@pytest.mark.parametrize("verdict", ["not_evaluated", "not_applicable", "error", "something new"])
def test_what_was_not_tested_is_not_said_to_be(verdict: str) -> None:
    text = page(line_of("A-1", verdict, "CC6.1"), controls=(control("CTL-1", "A-1"),))
    assert "Every thing is good" not in text
    assert "CTL-1" not in text


def test_a_test_of_a_category_that_is_out_of_scope_is_not_on_it() -> None:
    text = page(line_of("A-1", "pass", "A1.2"), line_of("P-1", "pass", "P1.1", title="Notices are there."))
    assert "Every thing is good" not in text
    assert "## Tests: privacy" in text


def test_controls_are_told_without_anybodys_name() -> None:
    text = page(line_of("A-1", "fail", "CC6.1"), controls=(control("CTL-1", "A-1"), control("CTL-2", "B-1")))
    assert "- **CTL-1** We look. (monthly)" in text
    assert "CTL-2" not in text
    assert "ann@" not in text


def test_words_of_the_company_are_text_alone() -> None:
    text = page(line_of("A-1", "pass", "CC6.1"), controls=(control("C-1", "A-1", wording="a\n# <b>[x](http://y)"),))
    assert "- **C-1** a \\# \\<b\\>\\[x\\](http://y) (monthly)" in text


def test_since_when_evidence_is_kept_is_told_where_it_is() -> None:
    assert "Their evidence is kept since 2026-01-01." in page(since="2026-01-01")
    assert "since" not in page()


def test_it_needs_the_report_of_a_run(programme: Programme) -> None:
    programme.pytester.chdir()
    result = CliRunner().invoke(main, ["summary"])
    assert result.exit_code == 1
    assert "run `pytest --soc2` first" in result.output


@pytest.mark.usefixtures("own_controls_alone")
def test_it_is_made_of_the_last_report(programme: Programme) -> None:
    programme.policy("""
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_good(thing: Thing):
    \"\"\"Every thing is good.\"\"\"
    assert thing.good
""")
    programme.things({"id": "b", "good": False})
    programme.run()
    programme.pytester.chdir()
    result = CliRunner().invoke(main, ["summary"])
    assert result.exit_code == 0, result.output
    assert "- Every thing is good. (criteria CC6.1)" in result.output
    assert json.loads(Path("soc2-report/matrix.json").read_text())["state"] == "finished"
