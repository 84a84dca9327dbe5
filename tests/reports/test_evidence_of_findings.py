"""Every writer names the file that told a finding, and the record where the file holds several."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest

from soc2test.reports.findings import Findings
from soc2test.reports.github import annotations
from soc2test.reports.junit import Junit
from soc2test.reports.matrix_html import MatrixHtml
from soc2test.reports.matrix_json import MatrixJson
from soc2test.reports.matrix_markdown import MatrixMarkdown
from soc2test.reports.terminal import summary
from soc2test.run import EvidenceEntry, Run, Unclaimed

from .demo import demo_run

FILE, RECORDS = "github/acme/pulls.list.web.json", "github/acme.ndjson"
TAKEN = datetime(2026, 11, 20, 8, tzinfo=UTC)


def entry(id: str, path: str) -> EvidenceEntry:
    return EvidenceEntry(id, path, "github", "pulls list", "ab" * 32, TAKEN, 1, True)


def the_run() -> Run:
    """CHG-01 with a deviation that a file told and one that the third record of a file told."""
    run = demo_run()
    control = next(each for each in run.controls if each.id == "CHG-01")
    told = (FILE, f"{RECORDS}#3")
    findings = tuple(
        msgspec.structs.replace(finding, evidence=id) for finding, id in zip(control.findings, told, strict=True)
    )
    control = msgspec.structs.replace(control, findings=findings, evidence=told)
    evidence = tuple(sorted((entry(FILE, FILE), entry(f"{RECORDS}#3", RECORDS)), key=lambda each: each.path))
    return msgspec.structs.replace(run, controls=(control,), evidence=evidence)


def _text(render: Callable[[Run], bytes]) -> Callable[[Run], str]:
    return lambda run: render(run).decode()


WRITERS: dict[str, Callable[[Run], str]] = {
    "terminal": lambda run: summary(run, 120),
    "matrix.md": _text(MatrixMarkdown().render),
    "matrix.html": _text(MatrixHtml().render),
    "junit.xml": _text(Junit().render),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_report_for_people_names_file_and_record_of_each_finding(name: str) -> None:
    text = WRITERS[name](the_run())
    assert text.count(FILE) >= 1
    assert f"{RECORDS} (record 3)" in text
    assert f"{FILE} (record" not in text


def test_a_finding_s_line_names_the_evidence_and_its_record() -> None:
    lines = [json.loads(line) for line in Findings().render(the_run()).splitlines()]
    assert {line["evidence"] for line in lines if "resource" in line} == {FILE, f"{RECORDS}#3"}


def test_an_annotation_stands_at_the_file_and_names_the_record() -> None:
    run = the_run()
    (control,) = run.controls
    for finding, says in zip(control.findings, ("", " (record 3)"), strict=True):
        only = msgspec.structs.replace(control, findings=(finding,))
        (line,) = annotations(msgspec.structs.replace(run, controls=(only,)), "exports").splitlines()
        assert line.startswith(f"::error file=exports/{RECORDS if says else FILE},title=CHG-01")
        assert line.endswith(f"{finding.message}{says}")


def test_the_matrix_tells_of_each_piece_what_call_when_and_which_bytes() -> None:
    matrix = json.loads(MatrixJson().render(the_run()))
    known = {each["id"]: each for each in matrix["evidence"]}
    for finding in matrix["controls"][0]["findings"]:
        each = known[finding["evidence"]]
        assert each["path"] in (FILE, RECORDS)
        assert (each["source"], each["operation"]) == ("github", "pulls list")
        assert (each["collected_at"], each["sha256"]) == ("2026-11-20T08:00:00Z", "ab" * 32)


def test_what_no_source_reads_is_shown_to_people() -> None:
    unread = tuple(Unclaimed(f"x{number:02}.txt", "why `so`") for number in range(25))
    run = msgspec.structs.replace(demo_run(), unclaimed=unread)
    assert "and 20 more: `soc2test evidence --problems` names all" in summary(run, 120)
    page = MatrixMarkdown().render(run).decode()
    assert "| `x00.txt` | why `so` |" in page
    assert "x20.txt" not in page
    assert "_5 more, see evidence.ndjson._" in page
    none = msgspec.structs.replace(run, unclaimed=())
    assert "no source reads" not in summary(none, 120) + MatrixMarkdown().render(none).decode()
