"""matrix.html in a real Chromium: search, filters, links, keyboard, print, what axe finds, and that nothing is asked for."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reports.demo import demo_run
from reports.hostile import poisoned

from benchmarks.page import FILTERED, browser, large_run
from soc2test.reports.matrix_html import MatrixHtml
from soc2test.reports.matrix_json import MatrixJson
from soc2test.run import Run

pytestmark = pytest.mark.services

AXE = "axe-core@4.10.3"
PACKAGES = ("chromium", "chromium-driver", "poppler-utils", "fonts-liberation", "fonts-noto-core")
PROGRAMS = ("chromium", "chromedriver", "pdfinfo")
ACME = Path(__file__).parents[2] / "fixtures" / "acme"
MARKUP = (
    "<img src=x onerror=\"document.title='ran'\">",
    "<script>document.title='ran'</script>",
    '"><svg onload="document.title=\'ran\'">',
    "</script><script>document.title='ran'</script>",
    "' onfocus='document.title=1' autofocus='",
    "javascript:document.title='ran'",
)
"""harmless where it runs: it would change the title"""


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    """Chromium, from Debian's packages where they are not there yet."""
    if any(not _has(program) for program in PROGRAMS):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, capture_output=True)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
        subprocess.run(command, check=True, capture_output=True, env=environment)
    found = browser()
    found.set_script_timeout(180)  # axe looks at thousands of elements
    yield found
    found.quit()


def _has(program: str) -> bool:
    return any((Path(folder) / program).exists() for folder in os.environ["PATH"].split(os.pathsep))


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("axe")
    subprocess.run(["npm", "install", "--silent", "--prefix", folder, AXE], check=True, capture_output=True)
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("demo"), demo_run())


def written(folder: Path, run: Run) -> Path:
    path = folder / "matrix.html"
    path.write_bytes(MatrixHtml().render(run))
    return path


def look(driver: Any, page: Path, address: str = "", *, width: int = 1280, dark: bool = False) -> None:
    """Open the page anew."""
    driver.get("about:blank")
    driver.get_log("performance")
    driver.get_log("browser")
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": [scheme]})
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get(page.as_uri() + address)


def asked_for(driver: Any) -> list[str]:
    """The URL of each request since the page was opened."""
    events = [json.loads(each["message"])["message"] for each in driver.get_log("performance")]
    sent = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    return [url for url in sent if url != "about:blank"]


def in_sight(driver: Any, selector: str) -> list[str]:
    """The texts of the elements that have a box."""
    script = "return [...document.querySelectorAll(arguments[0])].filter((e) => e.checkVisibility()).map((e) => e.textContent)"
    found: list[str] = driver.execute_script(script, selector)
    return found


def filtered(driver: Any, field: str, value: str) -> str:
    """Set a field of the bar; what is told of what is shown then."""
    driver.execute_async_script(FILTERED, field, value)
    told: str = driver.execute_script("return document.getElementById('shown').textContent")
    return told


def lay_all_out(driver: Any) -> None:
    """Open everything, and have the browser draw what is out of sight too."""
    driver.execute_script(
        "document.querySelectorAll('details').forEach((e) => { e.open = true; });"
        "document.querySelectorAll('section, details').forEach((e) => { e.style.contentVisibility = 'visible'; });"
    )


TESTS = "details.control > summary b"


def test_a_search_shows_what_holds_all_words_and_all_again(driver: Any, demo: Path) -> None:
    look(driver, demo)
    assert len(in_sight(driver, TESTS)) == 48
    told = filtered(driver, "q", "ACME/infra approval")
    assert in_sight(driver, TESTS) == ["CHG-01"]
    assert len(in_sight(driver, "ul.findings > li")) == 1
    assert told.startswith("Only a part is shown: 1 of 48 tests, 1 findings, 0 files")
    assert not in_sight(driver, "#first, #gaps, #pictures")
    driver.find_element("id", "reset").click()
    assert len(in_sight(driver, TESTS)) == 48
    assert in_sight(driver, "#first")
    assert driver.execute_script("return document.getElementById('shown').textContent") == ""


def test_a_search_finds_what_stands_behind_a_further_step(driver: Any, demo: Path) -> None:
    look(driver, demo)
    filtered(driver, "q", "dependabot/229")
    (item,) = in_sight(driver, "ul.findings > li")
    assert "dependabot/229" in item
    filtered(driver, "q", "dependabot/2")
    assert in_sight(driver, "details.more > summary") == ["30 of 110 more findings"]
    assert len(in_sight(driver, "ul.findings > li")) == 30
    filtered(driver, "q", "")
    assert in_sight(driver, "details.more > summary") == ["110 more findings"]
    assert filtered(driver, "q", "no such thing anywhere").startswith("Only a part is shown: 0 of 48 tests, 0 findings")


@pytest.mark.parametrize(
    ("field", "value", "mark"),
    [
        ("by-category", "privacy", "category"),
        ("by-verdict", "not_evaluated", "verdict"),
        ("by-severity", "critical", "severity"),
        ("by-source", "okta", "source"),
        ("by-owner", "ada.byron@acme.example", "owner"),
    ],
)
def test_a_filter_shows_what_bears_the_mark_and_stands_in_the_address(
    driver: Any, demo: Path, field: str, value: str, mark: str
) -> None:
    look(driver, demo)
    filtered(driver, field, value)
    shown = in_sight(driver, TESTS)
    marks = "return [...document.querySelectorAll('details.control')].map((e) => [e.querySelector('b').textContent, e.dataset[arguments[0]]])"
    assert shown == [id for id, marked in driver.execute_script(marks, mark) if value in marked.split("\n")]
    assert 0 < len(shown) < 48
    address = driver.current_url
    assert address.partition("?")[2].startswith(f"{mark}=")
    driver.get("about:blank")
    driver.get(address)
    assert in_sight(driver, TESTS) == shown


def test_a_link_opens_what_it_leads_to_whatever_is_filtered(driver: Any, demo: Path) -> None:
    run = demo_run()
    told = next(each for each in run.controls if each.id == "VUL-01").findings[-1]
    for address in ("#c-IAM-02", "#CC6.2", f"#f-{told.id}", "?severity=low#c-IAM-02"):
        look(driver, demo, address)
        rect = f"const r = document.getElementById('{address.partition('#')[2]}').getBoundingClientRect();"
        script = f"{rect} return new Promise((done) => setTimeout(() => {{{rect.replace('r =', 'p =')} done([p.top, p.height])}}, 300))"
        top, height = driver.execute_script(script)
        assert height > 0, address
        assert -1 <= top < 900, address
    assert driver.current_url.endswith("matrix.html#c-IAM-02")
    look(driver, demo, "#f-0000000000000000")
    assert "findings.ndjson holds all" in driver.execute_script("return document.getElementById('shown').textContent")


def test_from_a_finding_to_its_evidence_and_back(driver: Any, demo: Path) -> None:
    look(driver, demo, "#c-DAT-02")
    driver.find_element("css selector", "#c-DAT-02 .findings a").click()
    assert "#e-" in driver.current_url
    row = "return document.getElementById(location.hash.slice(1)).closest('tr')"
    assert "ec2" not in driver.execute_script(f"{row}.textContent")
    driver.execute_script(f"{row}.querySelector('a[href^=\"#f-\"]').click()")
    assert "#f-" in driver.current_url


def test_all_can_be_done_by_keyboard(driver: Any, demo: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    def press(*keys: str) -> None:
        ActionChains(driver).send_keys(*keys).perform()

    look(driver, demo)
    active = "return document.activeElement"
    press(Keys.TAB)
    assert driver.execute_script(f"{active}.className") == "skip"
    press("/")
    assert driver.execute_script(f"{active}.id") == "q"
    press("CHG-02")
    driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    assert in_sight(driver, TESTS) == ["CHG-02"]
    press(Keys.ESCAPE)
    assert len(in_sight(driver, TESTS)) == 48
    driver.execute_script("document.querySelector('#c-IAM-02').closest('details').querySelector('summary').focus()")
    press(Keys.ENTER)
    assert driver.execute_script("return document.querySelector('#c-IAM-02').closest('details').open")


def test_without_script_everything_is_there_but_the_search(driver: Any, demo: Path, tmp_path: Path) -> None:
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        look(driver, demo)
        text = printed_text(driver, tmp_path)
        for told in ("Worst deviations", "merged without an approval", "CAP-01", "DAT-04", "okta/acme/users.json"):
            assert told in text, told
        tree = driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        roles = {node.get("role", {}).get("value") for node in tree}
        assert "link" in roles
        assert not roles & {"search", "searchbox", "combobox"}
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def printed_text(driver: Any, folder: Path) -> str:
    """The words of the page on paper."""
    paper = folder / "page.pdf"
    paper.write_bytes(base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]))
    return subprocess.run(["pdftotext", paper, "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_violation(driver: Any, demo: Path, axe: str, width: int, dark: bool) -> None:
    look(driver, demo, width=width, dark=dark)
    lay_all_out(driver)
    driver.execute_script(axe)
    found = driver.execute_async_script(
        "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']}).then(done)"
    )
    told = [(each["id"], len(each["nodes"]), each["nodes"][0]["html"][:200]) for each in found["violations"]]
    assert told == []
    assert any(each["id"] == "color-contrast" for each in found["passes"])


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_is_wider_than_the_screen(driver: Any, demo: Path, width: int) -> None:
    look(driver, demo, width=width)
    lay_all_out(driver)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width


def test_no_request_leaves_the_page(driver: Any, demo: Path) -> None:
    look(driver, demo)
    filtered(driver, "q", "acme")
    driver.find_element("id", "reset").click()
    assert asked_for(driver) == [demo.as_uri()]
    assert driver.get_log("browser") == []  # a refused script or style would be told there


@pytest.mark.parametrize("name", MARKUP)
def test_an_injected_name_runs_nothing(driver: Any, tmp_path: Path, name: str) -> None:
    page = written(tmp_path, poisoned(name))
    look(driver, page)
    title = driver.title
    lay_all_out(driver)
    filtered(driver, "q", name)
    assert in_sight(driver, TESTS)
    options = driver.execute_script("return [...document.querySelectorAll('#by-source option')].map((e) => e.value)")
    filtered(driver, "q", "")
    filtered(driver, "by-source", options[-1])
    assert driver.title == title
    assert title != "ran"
    assert driver.execute_script("return document.scripts.length") == 1
    assert not driver.execute_script(
        "return document.querySelectorAll('img, iframe, [onerror], [onload], [onfocus]').length"
    )
    assert asked_for(driver) == [page.as_uri()]
    assert driver.get_log("browser") == []


def test_a_script_that_is_not_ours_is_refused(driver: Any, demo: Path, tmp_path: Path) -> None:
    """The policy itself: the same page with a line more runs nothing of it, and the browser says so."""
    page = tmp_path / "matrix.html"
    more = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
    page.write_text(demo.read_text("utf-8").replace("</main>", f"{more}</main>"), "utf-8")
    look(driver, page)
    assert driver.title != "ran"
    assert "Content Security Policy" in str(driver.get_log("browser"))


def test_acme_s_page_is_small_fits_a_phone_and_25_pages_and_counts_as_the_matrix_does(
    driver: Any, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "pytest", "--soc2", f"--soc2-report={tmp_path}"]
    subprocess.run(command, cwd=ACME, capture_output=True, check=True)
    page = tmp_path / "matrix.html"
    assert page.stat().st_size < 1_500_000
    look(driver, page)
    look(driver, page, width=320)
    lay_all_out(driver)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 320
    look(driver, page)
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    options = {"printBackground": True, "preferCSSPageSize": True, "paperWidth": 8.27, "paperHeight": 11.69}
    printed = tmp_path / "matrix.pdf"
    printed.write_bytes(base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", options)["data"]))
    told = subprocess.run(["pdfinfo", printed], capture_output=True, text=True, check=True).stdout
    pages = next(line for line in told.splitlines() if line.startswith("Pages:"))
    assert int(pages.split()[1]) <= 25
    text = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True).stdout
    assert "Acme Cloud" in text
    assert "resource, message, test, file" not in text
    matrix = json.loads((tmp_path / "matrix.json").read_bytes())
    for verdict, count in matrix["counts"].items():
        filtered(driver, "by-verdict", verdict)
        if count:
            assert len(in_sight(driver, TESTS)) == count


def test_a_filtered_page_says_in_print_that_it_is_a_part(driver: Any, demo: Path, tmp_path: Path) -> None:
    look(driver, demo, "?severity=low")
    text = printed_text(driver, tmp_path)
    assert "Only a part is shown:" in text


def test_a_list_of_ten_thousand_findings_is_filtered_at_once(driver: Any, tmp_path: Path) -> None:
    run = large_run()
    page = written(tmp_path, run)
    look(driver, page)
    assert driver.execute_script("return document.querySelectorAll('ul.findings > li').length") == 10_000
    told = filtered(driver, "q", "acme-prod-57-00017")
    assert told.startswith("Only a part is shown: 1 of 60 tests, 1 findings")
    matrix = json.loads(MatrixJson().render(run))
    critical = [each for each in matrix["controls"] if each["severity"] == "critical"]
    filtered(driver, "q", "")
    told = filtered(driver, "by-severity", "critical")
    findings = sum(each["findings_total"] for each in critical)
    assert told.startswith(f"Only a part is shown: {len(critical)} of 60 tests, {findings} findings")
    filtered(driver, "by-severity", "")
    told = filtered(driver, "by-source", "github")
    of_github = sum(finding.source == "github" for result in run.controls for finding in result.findings)
    assert told.startswith(f"Only a part is shown: 60 of 60 tests, {of_github} findings, 100 files")
    filtered(driver, "by-source", "")
    # the figure of 200 ms is the benchmark's; here a machine with other work must not fail
    spent = min(driver.execute_async_script(FILTERED, "by-severity", value) for value in ("", "high", "critical", ""))
    assert spent < 1000
