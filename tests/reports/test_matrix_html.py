"""matrix.html: self-contained, complete, and every link leads somewhere."""

import re

import msgspec
from lxml import html

from soc2test.criteria import CRITERIA
from soc2test.reports.matrix_html import MatrixHtml
from soc2test.reports.view import started_run
from soc2test.run import DISCLAIMER, Run

from .demo import demo_run


def page(run: Run) -> html.HtmlElement:
    return html.document_fromstring(MatrixHtml().render(run).decode())


def words(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    root = page(demo_run())
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'; style-src 'unsafe-inline'" in policy
    assert not root.xpath("//script|//img|//link|//iframe|//@src|//@onclick")
    assert "url(" not in MatrixHtml().render(demo_run()).decode()
    assert "@import" not in MatrixHtml().render(demo_run()).decode()


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


def test_all_61_criteria_stand_with_a_word_and_a_sign() -> None:
    for run in (demo_run(), started_run()):
        cells = page(run).xpath("//div[starts-with(@class, 'cell ')]")
        assert [words(cell.find("header/h4")) for cell in cells] == list(CRITERIA)
        assert all(re.fullmatch(r"\S [a-z, ]+", words(cell.find("header/span"))) for cell in cells)


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


def test_more_findings_than_a_hundred_are_counted() -> None:
    (body,) = page(demo_run()).xpath("//div[@id='c-VUL-01']")
    assert len(body.xpath(".//tbody/tr")) == 100
    assert "and 30 more, all of them in findings.ndjson" in words(body)


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
