"""What deviates of a control as a whole over a period stands in every report, with its text and its days."""

import html
import re

import msgspec
import pytest

from soc2test.reports.junit import Junit
from soc2test.reports.matrix_html import MatrixHtml
from soc2test.reports.matrix_markdown import MatrixMarkdown
from soc2test.reports.terminal import summary
from soc2test.reports.view import headline, numbers
from soc2test.run import Run
from soc2test.verdicts import ControlPeriod, ControlResult, Finding, Noted, Reason, Verdict

from .demo import demo_run

SENTENCE = "deviations noted (the control as a whole; 3 of 3 days observed)"
WHOLE = (
    "all are off (after 2026-03-02 02:00 UTC, by 2026-03-03 02:00 UTC in record 3, until 2026-03-04 02:00 UTC: holds)"
)
NOTED = Noted(
    resource="",
    kind="",
    message="all are off",
    after="2026-03-02T02:00:00Z",
    by="2026-03-03T02:00:00Z",
    until="2026-03-04T02:00:00Z",
    ended="holds",
    recurred=False,
    record=3,
)
PERIOD = ControlPeriod(
    verdict="deviations",
    sentence=SENTENCE,
    as_a_whole=WHOLE,
    first="2026-03-02",
    last="2026-03-04",
    days=3,
    observed=3,
    noted=(NOTED,),
)
MEMBER = Finding(
    id="f" * 16, resource="web", kind="Box", source="cloud", outcome="deviation", fact=None, message="is odd",
    evidence=None,
)  # fmt: skip


def failing(*findings: Finding) -> ControlResult:
    """A control over two boxes that fails as a whole; a reason stands at it where no finding does."""
    some = next(iter(demo_run().controls))
    return msgspec.structs.replace(
        some,
        verdict=Verdict.FAIL,
        reason=None if findings else Reason("deviations", WHOLE),
        population=2,
        passed=2 - len(findings),
        deviations=len(findings),
        waived=0,
        unknown=0,
        errors=0,
        pending=0,
        exempt=0,
        findings=findings,
        gaps=(),
        taken_out=None,
        period=PERIOD,
    )


def shown(run: Run) -> dict[str, str]:
    """Each report as a reader sees it, without its marks."""
    found = {
        "terminal": summary(run),
        "matrix.md": MatrixMarkdown().render(run).decode().replace("\\", ""),
        "matrix.html": html.unescape(re.sub(r"<[^>]+>", "", MatrixHtml().render(run).decode())),
        "junit.xml": html.unescape(Junit().render(run).decode()),
    }
    return {name: " ".join(text.split()) for name, text in found.items()}


@pytest.mark.parametrize("findings", [(), (MEMBER,)], ids=["of no member", "beside a member"])
def test_every_report_says_what_and_when(findings: tuple[Finding, ...]) -> None:
    run = msgspec.structs.replace(demo_run(), controls=(failing(*findings),))
    for name, text in shown(run).items():
        assert WHOLE in text, name
    assert "the control as a whole: all are off: after" in shown(run)["matrix.html"]
    assert f"deviation: the control as a whole: {WHOLE}" in shown(run)["junit.xml"]


def test_a_line_and_the_numbers_say_that_it_is_the_control() -> None:
    assert headline(failing()) == f"{SENTENCE}; {WHOLE}"
    assert numbers(failing()) == "fails as a whole, over 2"
    assert numbers(failing(MEMBER)) == "1 of 2 without deviation, 1 deviating, fails as a whole"


def test_one_that_broke_as_a_whole_does_not_say_that_all_were_without_deviation() -> None:
    broke = msgspec.structs.replace(failing(), verdict=Verdict.ERROR, period=None)
    assert numbers(broke) == "broke as a whole, over 2"
