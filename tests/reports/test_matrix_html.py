"""matrix.html: self-contained, complete, and every link leads somewhere."""

import base64
import hashlib
import json
import re

import msgspec
import pytest
from lxml import html

from benchmarks.page import large_run
from soc2test.criteria import CRITERIA
from soc2test.reports.html_files import script, style
from soc2test.reports.matrix_html import MatrixHtml
from soc2test.reports.matrix_json import MatrixJson
from soc2test.reports.view import started_run
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import Verdict

from .demo import demo_run


def page(run: Run) -> html.HtmlElement:
    return html.document_fromstring(MatrixHtml().render(run).decode())


def words(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def test_the_page_loads_nothing_and_runs_nothing_but_its_own_script() -> None:
    root = page(demo_run())
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (ours,) = root.xpath("//script")
    digest = base64.b64encode(hashlib.sha256(str(ours.text).encode()).digest()).decode()
    assert f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'" in policy
    assert not ours.attrib
    assert not root.xpath("//img|//link|//iframe|//form|//@src|//@onclick|//*[local-name()='image' or local-name()='use']")
    assert "url(" not in MatrixHtml().render(demo_run()).decode()
    assert "@import" not in MatrixHtml().render(demo_run()).decode()


def test_the_script_reads_the_page_alone_and_makes_no_markup_of_its_texts() -> None:
    """What a browser would run or ask for; the browser's own tests try it."""
    for way in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function(", "import(", "fetch(",
                "XMLHttpRequest", "sendBeacon", "localStorage", "</"):  # fmt: skip
        assert way not in script(), way
    assert "</" not in style()


def test_it_is_made_for_phones_dark_rooms_and_paper() -> None:
    text = MatrixHtml().render(demo_run()).decode()
    for needed in ('name="viewport"', "prefers-color-scheme:dark", "@media print", "overflow-wrap:anywhere"):
        assert needed in text


def test_every_link_leads_to_a_place_and_no_place_stands_twice() -> None:
    root = page(demo_run())
    places = root.xpath("//@id")
    assert len(places) == len(set(places))
    assert {link.removeprefix("#") for link in root.xpath("//a/@href")} <= set(places)
    assert len([place for place in places if place.startswith("c-")]) == 48


def test_each_criterion_has_an_address_and_in_scope_a_word_and_a_sign() -> None:
    for run in (demo_run(), started_run()):
        root = page(run)
        out = {row.id for row in run.criteria if row.status == "out_of_scope"}
        cells = root.xpath("//div[starts-with(@class, 'cell ')]")
        assert [words(cell.find("header/h4")) for cell in cells] == [id for id in CRITERIA if id not in out]
        assert all(re.fullmatch(r"\S [a-z, ]+", words(cell.find("header/span"))) for cell in cells)
        assert set(CRITERIA) <= set(root.xpath("//@id"))
    (line,) = page(demo_run()).xpath("//p[@class='out']")
    assert words(line) == "· out of scope 5 criteria: PI1.1 PI1.2 PI1.3 PI1.4 PI1.5"


def test_a_failing_control_is_open_and_shows_its_findings() -> None:
    root = page(demo_run())
    (body,) = root.xpath("//div[@id='c-CHG-01']")
    assert body.getparent().get("open") is not None
    for told in ("github:acme/infra#402", "merged without an approval", "github/acme/pulls.web.json"):
        assert told in words(body)
    (calm,) = root.xpath("//div[@id='c-IAM-02']")
    assert calm.getparent().get("open") is None


def test_limits_show_whose_they_are() -> None:
    (body,) = page(demo_run()).xpath("//div[@id='c-IAM-07']")
    assert "grace_days 0 (tool default)" in words(body)
    assert "removal_hours 24" in words(body)
    assert "removal_hours 24 (tool default)" not in words(body)


def test_further_findings_stand_one_step_away_and_are_counted() -> None:
    (body,) = page(demo_run()).xpath("//div[@id='c-VUL-01']")
    assert words(body.xpath(".//h3[starts-with(., 'Findings')]")[0]) == "Findings: 130"
    assert len(body.xpath("./ul[@class='findings']/li")) == 20
    (more,) = body.xpath("./details[@class='more']")
    assert words(more.find("summary")) == "110 more findings"
    assert len(more.xpath("./ul/li")) == 110


def test_a_finding_leads_to_its_evidence_with_the_whole_digest_and_back() -> None:
    run = demo_run()
    root = page(run)
    told = next(each for each in run.controls if each.id == "DAT-02").findings[0]
    (item,) = root.xpath(f"//li[@id='f-{told.id}']")
    (link,) = item.xpath("./a/@href")
    (place,) = root.xpath(f"//*[@id='{link[1:]}']")
    row = place.xpath("./ancestor::tr")[0]
    entry = next(each for each in run.evidence if each.id == told.evidence)
    assert entry.path in words(row)
    assert entry.sha256 in words(row)
    assert f"#f-{told.id}" in row.xpath(".//a/@href")
    assert "#c-DAT-02" in row.xpath(".//a/@href")


def test_a_control_without_deviations_shows_what_it_rests_on() -> None:
    run = demo_run()
    result = next(each for each in run.controls if each.id == "IAM-02")
    (body,) = page(run).xpath("//div[@id='c-IAM-02']")
    entry = next(each for each in run.evidence if each.id == result.evidence[0])
    for told in (result.population_digest, entry.path, entry.sha256, "1 of 1 without deviation"):
        assert str(told) in words(body)
    assert "#CC6.1" in body.xpath(".//a/@href")


def test_sources_of_a_control_have_a_bar_each() -> None:
    root = page(large_run(60, 4))
    (listed,) = root.xpath("//div[@id='c-BIG-01']/ul[@class='sources']")
    assert [words(item).partition(":")[0] for item in listed.xpath("./li")] == ["aws", "github", "okta"]
    assert len(listed.xpath("./li/div[@class='bar']")) == 3


def tiles(root: html.HtmlElement) -> list[int]:
    return [int(words(count)) for count in root.xpath("//ul[@class='tiles']/li/b")]


def test_the_counts_are_those_of_the_matrix() -> None:
    run = demo_run()
    root = page(run)
    matrix = json.loads(MatrixJson().render(run))
    assert tiles(root) == list(matrix["counts"].values())
    for verdict, count in matrix["counts"].items():
        assert len(root.xpath(f"//details[@data-verdict='{verdict}']")) == count
    assert len(root.xpath("//ul[@class='findings']/li")) == sum(each["findings_total"] for each in matrix["controls"])
    drawn = [str(each) for each in root.xpath("//figure[1]//*[local-name()='g']/@class")]
    in_scope = [row["status"] for row in matrix["criteria"] if row["status"] != "out_of_scope"]
    assert drawn == in_scope


def test_the_first_screen_names_the_worst_and_what_is_no_tick() -> None:
    (first,) = page(demo_run()).xpath("//section[@id='first']")
    items = [words(item) for item in first.xpath(".//ol[@class='worst']/li")]
    assert items[0].startswith("✗ critical CHG-01 github:acme/infra#402merged without an approval")
    assert [item.split()[2] for item in items] == ["CHG-01", "IAM-07", "NET-01", "IAM-01", "VUL-01", "DAT-02"]
    assert "6 of 139 deviations and errors, of 7 tests" in words(first)
    assert "7 tests were not evaluated" in words(first)
    gaps = [words(item) for item in first.xpath(".//ol[@class='first-gaps']/li")]
    assert gaps[0].startswith("export jamf devices for tenant acme3 tests wait for it, 3 of them for nothing else")


@pytest.mark.parametrize(
    ("verdicts", "says"),
    [
        ((Verdict.NOT_EVALUATED, Verdict.NOT_APPLICABLE), "No test was evaluated, so that nothing is known. Beside them: "),
        ((Verdict.PASS, Verdict.NOT_EVALUATED), "No test that was evaluated found a deviation that nobody accepts."),
        ((Verdict.PASS, Verdict.NOT_EVALUATED), " tests were not evaluated"),
        ((Verdict.ACCEPTED,), "48 have deviations that are accepted"),
    ],
)
def test_without_deviations_the_first_screen_says_what_was_not_seen(verdicts: tuple[Verdict, ...], says: str) -> None:
    run = demo_run()
    controls = tuple(
        msgspec.structs.replace(result, verdict=verdicts[place % len(verdicts)], findings=())
        for place, result in enumerate(run.controls)
    )
    (first,) = page(msgspec.structs.replace(run, controls=controls)).xpath("//section[@id='first']")
    assert says in words(first)
    assert "no deviations." not in words(first).lower()


def test_pictures_have_their_numbers_in_a_table() -> None:
    root = page(demo_run())
    figures = root.xpath("//figure")
    assert len(figures) == 3
    for figure in figures:
        assert figure.xpath(".//*[local-name()='svg' and @role='img' and @aria-label]")
        assert figure.xpath("./details//table")
    severities = {words(row[0]): [words(cell) for cell in row[1:]] for row in figures[1].xpath(".//tbody/tr")}
    assert severities == {"critical": ["4", "0"], "high": ["133", "0"], "medium": ["2", "0"], "low": ["0", "1"]}
    assert "A single run does not tell since when" in words(figures[1])
    ages = {words(row[0]): [words(cell) for cell in row[1:]] for row in figures[2].xpath(".//tbody/tr")}
    assert ages["registers"] == ["0", "3"]


def test_ten_thousand_findings_have_room_and_what_has_none_is_counted() -> None:
    text = MatrixHtml().render(large_run())
    assert len(text) < 5_000_000
    assert len(page(large_run()).xpath("//ul[@class='findings']/li")) == 10_000
    assert len(MatrixHtml().render(large_run(20_000))) < 5_000_000
    root = page(large_run(20_000))
    shown = len(root.xpath("//ul[@class='findings']/li"))
    notes = [words(note) for note in root.xpath("//p[contains(., 'all of them in findings.ndjson')]")]
    left_out = sum(int(note.split()[1]) for note in notes)
    assert shown + left_out == 20_000
    assert shown > 10_000
    # a test with few findings keeps all of them beside one with thousands
    few = [body for body in root.xpath("//div[@class='body']") if "all of them in findings.ndjson" not in words(body)]
    assert len(few) == 57


def test_what_can_be_filtered_by_stands_at_each_test() -> None:
    root = page(demo_run())
    (control,) = root.xpath("//details[div/@id='c-IAM-01']")
    assert control.get("data-verdict") == "fail"
    assert control.get("data-severity") == "high"
    assert control.get("data-category") == "security"
    assert control.get("data-source") == "okta"
    assert control.get("data-owner") == "ada.byron@acme.example"
    (bar,) = root.xpath("//div[@id='find']")
    assert bar.get("hidden") is not None  # until the script runs
    offered = {field.get("id"): field.xpath("./option/@value")[1:] for field in bar.xpath(".//select")}
    assert list(offered) == ["by-category", "by-verdict", "by-severity", "by-source", "by-owner"]
    for name, values in offered.items():
        marks = {mark for each in root.xpath(f"//details/@data-{name[3:]}") for mark in each.split("\n") if mark}
        assert marks <= set(values), name


def test_the_banner_tells_complete_from_not() -> None:
    def banner(run: Run) -> str:
        (found,) = page(run).xpath("//p[starts-with(@class, 'banner')]")
        return words(found)

    partial = msgspec.structs.replace(demo_run(), complete=False, incomplete_because="stopped by -x")
    assert banner(demo_run()).startswith("Complete run:")
    assert banner(partial).startswith("NOT COMPLETE: stopped by -x.")
    assert banner(started_run()).startswith("NOT COMPLETE:")
    assert not page(started_run()).xpath("//ul[@class='tiles']")


def test_evidence_and_unclaimed_files_are_listed() -> None:
    root = page(demo_run())
    (evidence,) = root.xpath("//section[@id='evidence']")
    assert len(evidence.xpath(".//tbody/tr")) == 11
    assert "not dated" not in words(evidence)
    undated = msgspec.structs.replace(demo_run().evidence[0], collected_at=None)
    (evidence,) = page(msgspec.structs.replace(demo_run(), evidence=(undated,))).xpath("//section[@id='evidence']")
    assert "not dated" in words(evidence)
    (unclaimed,) = root.xpath("//section[@id='unclaimed']")
    assert "okta/acme/users.old.json" in words(unclaimed)


def test_the_disclaimer_is_last() -> None:
    assert words(page(demo_run()).xpath("//body")[0]).endswith(DISCLAIMER)
