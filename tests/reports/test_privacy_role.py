"""As what the company acts for Privacy: told by each report where Privacy is in scope, and said to be missing else."""

import json
from html import unescape

import msgspec
import pytest

from soc2test.reports.junit import Junit
from soc2test.reports.matrix_html import MatrixHtml
from soc2test.reports.matrix_json import MatrixJson
from soc2test.reports.matrix_markdown import MatrixMarkdown
from soc2test.reports.privacy import privacy_text
from soc2test.reports.terminal import summary
from soc2test.reports.view import started_run
from soc2test.run import Run

from .demo import demo_run

MISSING = "soc2.yaml does not say whether the company is controller or processor"


def run_of(role: str | None, *categories: str) -> Run:
    run = demo_run()
    programme = msgspec.structs.replace(run.programme, categories=categories, privacy_role=role)
    return msgspec.structs.replace(run, programme=programme)


def pages(run: Run) -> list[str]:
    """The text of each report for people, in one line."""
    written = [writer.render(run).decode() for writer in (MatrixMarkdown(), MatrixHtml(), Junit())]
    return [" ".join(unescape(text).replace("\\", "").split()) for text in (summary(run), *written)]


@pytest.mark.parametrize(
    ("role", "says"),
    [("controller", "(controller)"), ("processor", "on behalf of others"), ("both", "(both)"), (None, MISSING)],
)
def test_each_report_tells_the_role(role: str | None, says: str) -> None:
    run = run_of(role, "security", "privacy")
    assert says in privacy_text(run)
    for text in pages(run):
        assert privacy_text(run)[:60] in text
    assert json.loads(MatrixJson().render(run))["programme"]["privacy_role"] == role


def test_what_is_not_relevant_is_managements_to_say() -> None:
    assert "management's to say" in privacy_text(run_of("processor", "privacy"))
    assert "management's to say" not in privacy_text(run_of("controller", "privacy"))


def test_without_privacy_in_scope_nothing_is_said() -> None:
    run = run_of("both", "security")
    assert privacy_text(run) == ""
    assert all("(both)" not in text and MISSING not in text for text in pages(run))
    assert privacy_text(started_run()) == ""
