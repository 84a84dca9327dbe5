"""All reports say what stands behind a verdict: natures, what is pending, left out, loosened or only stated."""

import json
import re
from collections import Counter
from collections.abc import Callable

import msgspec
import pytest
from lxml import etree, html

from soc2test.coverage.statuses import STATUSES, natures_seen
from soc2test.reports import Findings, Junit, MatrixHtml, MatrixJson, MatrixMarkdown, summary
from soc2test.reports.html_files import style
from soc2test.reports.natures import natures_text
from soc2test.reports.personal import Pseudonyms
from soc2test.reports.terminal_parts import Paint
from soc2test.reports.text import markdown_text
from soc2test.reports.veil import Veil
from soc2test.reports.view import GLYPHS, STATUS_WORDS, VERDICT_SIGNS, limit_text, numbers
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import ControlResult, Reason, Verdict

from .demo import demo_run
from .test_matrix_json import errors

PEOPLE: dict[str, Callable[[Run], str]] = {
    "console": lambda run: summary(run, 5000),
    "matrix.md": lambda run: MatrixMarkdown().render(run).decode().replace("\\", ""),
    "matrix.html": lambda run: _html_text(run),
    "junit.xml": lambda run: " ".join(_xml_texts(run)),
}
"""What people read of a run, as text."""
ALL: dict[str, Callable[[Run], str]] = {**PEOPLE, "matrix.json": lambda run: MatrixJson().render(run).decode()}


def _html_text(run: Run) -> str:
    return " ".join(map(str, html.document_fromstring(MatrixHtml().render(run).decode()).itertext()))


def _xml_texts(run: Run) -> list[str]:
    root = etree.fromstring(Junit().render(run))
    return [*map(str, root.itertext()), *(str(value) for each in root.iter() for value in each.attrib.values())]


def control(id: str) -> ControlResult:
    return next(each for each in demo_run().controls if each.id == id)


@pytest.mark.parametrize("report", PEOPLE)
def test_the_natures_of_all_tests_are_counted(report: str) -> None:
    line = (
        "48 tests: 22 on system evidence, 2 on documents, 19 on records kept by hand, 3 that saw no evidence, "
        "2 of the evidence itself"
    )
    assert natures_text(demo_run()) == line
    assert line in PEOPLE[report](demo_run())


def test_a_test_counts_as_its_weakest_fact_and_one_that_saw_nothing_as_none() -> None:
    run = msgspec.structs.replace(demo_run(), controls=(control("IAM-07"), control("DEV-01"), control("BAK-02")))
    assert natures_text(run) == (
        "3 tests: 0 on system evidence, 1 on documents, 1 on records kept by hand, 1 that saw no evidence"
    )
    assert control("DEV-01").rests_on
    assert natures_seen(control("DEV-01")) == ()


@pytest.mark.parametrize("report", ALL)
def test_what_is_left_out_or_loosened_stands_in_it(report: str) -> None:
    text = ALL[report](demo_run())
    for told in (
        "sealed account for emergencies, opened by two people",
        "EXM-1",
        "AWS, which is assumed to guard its sites",
        "readers sign in the same system that approves",
        "Backup policy 4.2",
        "grace.hopper@acme.example",
        "2027-01-31",
    ):
        assert told in text, told


@pytest.mark.parametrize("report", PEOPLE)
def test_an_exempt_resource_is_counted_beside_the_population(report: str) -> None:
    assert "149 less 1 exempt" in PEOPLE[report](demo_run())


@pytest.mark.parametrize("report", PEOPLE)
def test_a_looser_limit_is_held_against_the_tool_s_default(report: str) -> None:
    text = PEOPLE[report](demo_run())
    assert re.search(r"max_age_hours is 50, looser than the tool default 26", text)


def test_every_limit_stands_in_the_markdown_too() -> None:
    text = MatrixMarkdown().render(demo_run()).decode()
    assert "## Limits" in text
    for each in demo_run().controls:
        for limit in limit_text(each):
            assert markdown_text(limit, 2000) in text, each.id


def test_a_limit_that_is_stricter_or_the_tool_s_own_is_no_exception() -> None:
    assert limit_text(control("IAM-07")) == ["grace_days 0 (tool default)", "removal_hours 24"]
    assert "IAM-07: limit" not in summary(demo_run(), 5000)


@pytest.mark.parametrize("report", ALL)
def test_what_was_taken_out_stands_in_the_row_of_its_criterion(report: str) -> None:
    text = ALL[report](demo_run())
    if report == "matrix.json":
        rows = {row["id"]: row for row in json.loads(text)["criteria"]}
        assert rows["CC5.3"]["partial"] == ["POL-02"]
    elif report == "matrix.html":
        cell = _cell("CC5.3")
        assert "taken out POL-02" in _words(cell)
    else:
        assert re.search(r"CC5\.3.*taken out: POL-02", text)


def _words(cell: html.HtmlElement) -> str:
    return " ".join(str(cell.text_content()).split())


def _cell(id: str) -> html.HtmlElement:
    root = html.document_fromstring(MatrixHtml().render(demo_run()).decode())
    cells: list[html.HtmlElement] = root.xpath("//div[starts-with(@class, 'cell ')]")  # type: ignore[assignment]
    return next(cell for cell in cells if cell.findtext("header/h4") == id)


@pytest.mark.parametrize("report", ALL)
def test_statements_are_told_with_owner_end_and_file(report: str) -> None:
    text = ALL[report](demo_run())
    for told in ("STM-1", "purposes of the notice alone", "ada.byron@acme.example", "2027-08-31", "statement-use.pdf"):
        assert told in text, told


@pytest.mark.parametrize("report", ["matrix.md", "matrix.html", "matrix.json"])
def test_documents_that_rows_name_are_listed(report: str) -> None:
    assert "documents/restore-2026-08.pdf" in ALL[report](demo_run())


@pytest.mark.parametrize("report", ALL)
def test_management_s_reason_stands_beside_what_is_not_relevant(report: str) -> None:
    assert "no sensitive personal data is collected" in ALL[report](demo_run())


@pytest.mark.parametrize("report", PEOPLE)
def test_pending_and_exempt_resources_are_told_with_what_was_found(report: str) -> None:
    text = PEOPLE[report](demo_run())
    assert "mia.moved@acme.example" in text
    assert "okta:00u1f7k2mBreakGlass" in text
    assert "1 pending" in text


NUMBERS = re.compile(
    r"(?P<passed>\d+) of (?P<population>\d+) without deviation(?: \(\d+ less \d+ exempt\))?"
    r"(?:, (?P<deviations>\d+) deviating)?(?:, (?P<pending>\d+) pending)?(?:, (?P<unknown>\d+) unknown)?"
    r"(?:, (?P<errors>\d+) in error)?"
)


@pytest.mark.parametrize("report", ["matrix.md", "matrix.html", "junit.xml"])
def test_the_numbers_of_each_test_tie_out(report: str) -> None:
    found = [match.groupdict() for match in NUMBERS.finditer(PEOPLE[report](demo_run()))]
    assert len(found) >= len([each for each in demo_run().controls if each.population])
    for each in found:
        parts = (each[name] or 0 for name in ("passed", "deviations", "pending", "unknown", "errors"))
        assert sum(map(int, parts)) == int(each["population"] or 0), each


def test_findings_tie_out_with_the_numbers_of_their_test() -> None:
    *lines, _ = [json.loads(line) for line in Findings().render(demo_run()).splitlines()]
    counted = Counter((line["control"], line["outcome"]) for line in lines)
    for each in demo_run().controls:
        unexplained = (
            each.population
            - each.passed
            - sum(counted[each.id, outcome] for outcome in ("deviation", "waived", "pending", "unknown", "error"))
        )
        assert unexplained == 0, each.id
        assert counted[each.id, "exempt"] == each.exempt


def test_a_test_that_fails_as_a_whole_counts_nobody_as_right() -> None:
    whole = msgspec.structs.replace(control("IAM-04"), verdict=Verdict.FAIL, population=15, passed=15, deviations=0)
    assert numbers(whole) == "fails as a whole, over 15 (16 less 1 exempt)"


def test_numbers_say_what_is_pending_and_exempt_where_nothing_else_is_left() -> None:
    whole = msgspec.structs.replace(control("IAM-04"), population=0, passed=0)
    assert numbers(whole) == "no resource examined (1 less 1 exempt)"
    waiting = msgspec.structs.replace(control("IAM-07"), population=1, passed=0, deviations=0, pending=1)
    assert numbers(waiting) == "0 of 1 without deviation, 1 pending"


@pytest.mark.parametrize("report", PEOPLE)
def test_the_evidence_itself_comes_before_what_relies_on_it(report: str) -> None:
    text = PEOPLE[report](demo_run())
    first = "EVD-01" if report == "junit.xml" else "Can this evidence be relied on?"
    later = "ETH-01 Every" if report == "junit.xml" else "CC1.1"
    assert text.index(first) < text.index(later)


def test_a_run_without_tests_of_the_evidence_says_so() -> None:
    run = demo_run()
    run = msgspec.structs.replace(run, controls=tuple(each for each in run.controls if not each.reliance))
    for report in ("console", "matrix.md", "matrix.html"):
        assert "no test of the evidence itself is part of this run" in PEOPLE[report](run).lower()


def test_a_test_of_the_evidence_that_fails_is_told_at_the_top() -> None:
    broken = msgspec.structs.replace(
        control("EVD-02"), verdict=Verdict.NOT_EVALUATED, reason=Reason("missing", "no manifest was read")
    )
    run = demo_run()
    run = msgspec.structs.replace(run, controls=tuple(broken if each.id == "EVD-02" else each for each in run.controls))
    for report in ("console", "matrix.md", "matrix.html"):
        text = PEOPLE[report](run)
        assert text.index("no manifest was read") < text.index("CC1.2")


def test_no_row_of_a_criterion_counts_a_test_of_the_evidence_as_its_own() -> None:
    for row in demo_run().criteria:
        assert not [id for id in row.controls if id.startswith("EVD")]
    assert "supported by EVD-01" in _words(_cell("CC2.1"))


def test_only_no_deviations_is_green_and_ticked() -> None:
    assert [status for status, sign in GLYPHS.items() if sign == "✓"] == ["no_deviations"]
    assert [verdict for verdict, sign in VERDICT_SIGNS.items() if sign == "✓"] == [Verdict.PASS]
    paint = Paint(color=True)
    assert [status for status in STATUSES if "\x1b[32m" in paint("x", status)] == ["no_deviations"]
    green = re.search(r"([^{}]*)\{--tone:var\(--ok\)", style())
    assert green is not None
    assert green[1].strip() == ".pass,.no_deviations"


@pytest.mark.parametrize("status", STATUSES)
def test_each_status_has_a_sign_a_word_and_a_tone(status: str) -> None:
    tones = re.findall(r"([^{}]*)\{--tone:var\((--\w+)\)", style())
    (tone,) = [name for classes, name in tones if f".{status}" in classes.strip().split(",")]
    shared = {"--none": {"no_control", "out_of_scope"}}
    others = [each for classes, name in tones if name == tone for each in STATUSES if f".{each}" in classes.split(",")]
    assert set(others) - shared.get(tone, set()) <= {status}
    assert len({GLYPHS[each] for each in STATUSES}) == len({STATUS_WORDS[each] for each in STATUSES}) == len(STATUSES)


def huge_run() -> Run:
    """More than any page holds: many tests, each with many long findings, names, gaps and exceptions."""
    run = demo_run()
    failing, exempt, out = control("VUL-01"), control("IAM-04"), control("PHY-01")
    name = "é<&" * 60
    findings = tuple(
        msgspec.structs.replace(each, resource=f"{place}{name}", message=f"{place}{name * 3}")
        for place, each in enumerate(failing.findings)
    )
    gaps = tuple(Reason("missing", f"{place} {name * 3}") for place in range(50))
    many = [
        msgspec.structs.replace(failing, id=f"VUL-{place:04}", title=name, findings=findings, gaps=gaps)
        for place in range(400)
    ]
    many += [msgspec.structs.replace(exempt, id=f"IAM-{place:04}", title=name) for place in range(1000)]
    many += [msgspec.structs.replace(out, id=f"PHY-{place:04}", title=name) for place in range(1000)]
    many += [msgspec.structs.replace(control("EVD-01"), id=f"EVD-{place:04}", title=name) for place in range(1000)]
    ids = tuple(each.id for each in many)
    return msgspec.structs.replace(
        run,
        controls=tuple(many),
        criteria=tuple(
            msgspec.structs.replace(row, controls=ids, supported_by=ids, partial=ids) for row in run.criteria
        ),
        statements=tuple(msgspec.structs.replace(run.statements[0], id=f"S{n}{name}", text=name) for n in range(1000)),
        documents=tuple(msgspec.structs.replace(run.documents[0], file=f"{n}{name}") for n in range(1000)),
        evidence=tuple(msgspec.structs.replace(run.evidence[0], path=f"{n}{name}") for n in range(2500)),
        unclaimed=tuple(msgspec.structs.replace(run.unclaimed[0], path=f"{n}{name}") for n in range(2500)),
        problems=tuple(f"{n}{name * 3}" for n in range(2500)),
    )


@pytest.mark.long
def test_no_page_grows_without_end_and_what_is_left_out_is_counted() -> None:
    run = huge_run()
    page, markdown = MatrixHtml().render(run), MatrixMarkdown().render(run)
    assert len(page) < 5_000_000
    assert len(markdown) < 200_000
    for text in (page.decode(), markdown.decode()):
        assert DISCLAIMER in text[-400:]
        assert re.search(r"\d+ (more|further entries of tests).*\.ndjson", text)
        assert "VUL-0000" in text
    assert "\n_" in markdown.decode()
    assert len(Junit().render(run)) < 100_000_000
    matrix = MatrixJson().render(run)
    assert len(matrix) <= 5_000_000
    assert errors(json.loads(matrix)) == []


def test_nobody_s_address_is_left_where_people_are_hidden() -> None:
    veil = Veil(Pseudonyms(b"key"))
    run = demo_run()
    hidden = veil.run(msgspec.structs.replace(run, controls=tuple(map(veil.result, run.controls))))
    for report, render in ALL.items():
        assert "@acme.example" not in render(hidden), report
        assert "person-" in render(hidden)


def test_the_veil_keeps_what_makes_a_limit_looser() -> None:
    kept = Veil().result(control("BAK-01"))
    assert kept.limits == control("BAK-01").limits
    assert Veil().result(control("IAM-04")).exemptions == control("IAM-04").exemptions
    assert Veil().result(control("PHY-01")).taken_out == control("PHY-01").taken_out


def test_a_secret_in_a_reason_of_people_leaves_in_no_report() -> None:
    run = demo_run()
    exempt, out = control("IAM-04"), control("PHY-01")
    assert out.taken_out is not None
    token = "ghp_" + "0123456789abcdefghijklmnopqrstuvwxyz"
    exempt = msgspec.structs.replace(
        exempt, exemptions=(msgspec.structs.replace(exempt.exemptions[0], reason=f"see {token}"),)
    )
    out = msgspec.structs.replace(out, taken_out=msgspec.structs.replace(out.taken_out, reason=f"see {token}"))
    loose = control("BAK-01")
    limit = msgspec.structs.replace(loose.limits["max_age_hours"], clause=f"see {token}")
    loose = msgspec.structs.replace(loose, limits={"max_age_hours": limit})
    row = msgspec.structs.replace(run.criteria[0], reason=f"see {token}")
    statement = msgspec.structs.replace(run.statements[0], text=f"see {token}")
    veil = Veil()
    hidden = veil.run(
        msgspec.structs.replace(
            run, controls=tuple(map(veil.result, (exempt, out, loose))), criteria=(row,), statements=(statement,)
        )
    )
    for report, render in ALL.items():
        assert token not in render(hidden), report
