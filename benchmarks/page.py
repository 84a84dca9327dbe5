"""`matrix.html` of ten thousand findings in Chromium: `python -m benchmarks.page` prints its size and how long it takes.

Time to first paint is the browser's own measure of the page from a file; time to a filtered list runs from a typed
letter to the frame after the list was drawn. It needs Debian's `chromium` and `chromium-driver`, and the extra `browser`.
"""

import argparse
import hashlib
import statistics
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from soc2test.coverage.statuses import criteria_rows
from soc2test.reports.matrix_html import MatrixHtml
from soc2test.reports.view import started_run
from soc2test.run import AsOf, EvidenceEntry, Programme, Run
from soc2test.verdicts import ControlResult, Finding, SourceResult, Verdict

__all__ = ["FILTERED", "Figures", "browser", "large_run", "measure"]

_MOMENT = datetime(2026, 11, 20, 12, tzinfo=UTC)
_CRITERIA = ("CC6.1", "CC6.2", "CC6.6", "CC7.1", "CC8.1", "A1.2", "C1.1")
_SEVERITIES = ("critical", "high", "medium", "low")
_SOURCES = ("aws", "github", "okta")
_FILES = 300

FILTERED = """
const done = arguments[arguments.length - 1];
const field = document.getElementById(arguments[0]);
const began = performance.now();
field.value = arguments[1];
field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input"));
requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
"""
"""sets a field of the bar (id, value) and gives the milliseconds until the frame after the list was drawn"""


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Medians, in milliseconds; bytes of the page, and how many of the findings stand in it."""

    size: int
    in_page: int
    first_paint: float
    first_search: float
    """the first one reads the page"""
    search: float
    severity: float
    all_again: float


def large_run(findings: int = 10_000, tests: int = 60) -> Run:
    """A run with so many deviations, spread over its tests as they are in a company: half of them are of three."""
    few = findings // 2 // (tests - 3)
    many = (findings - few * (tests - 3)) // 3
    sizes = [few] * (tests - 3) + [many] * 3
    sizes[0] += findings - sum(sizes)
    controls = tuple(_result(number, size) for number, size in enumerate(sizes))
    return msgspec.structs.replace(
        started_run(),
        complete=True,
        incomplete_because=None,
        as_of=AsOf(_MOMENT, "option"),
        programme=Programme("Acme Payments Platform", ("availability", "confidentiality"), "0" * 64),
        criteria=criteria_rows(controls, ("availability", "confidentiality")),
        controls=controls,
        evidence=tuple(_entry(number) for number in range(_FILES)),
    )


def _result(number: int, size: int) -> ControlResult:
    id = f"BIG-{number:02}"
    findings = tuple(_finding(id, number, place) for place in range(size))
    return ControlResult(
        id=id,
        title=f"Every thing of the kind {number} is as the policy of the company wants it to be.",
        criteria=(_CRITERIA[number % len(_CRITERIA)],),
        supports={},
        verdict=Verdict.FAIL,
        reason=None,
        severity=_SEVERITIES[number % len(_SEVERITIES)],
        operates="continuously",
        limits={},
        population=size * 3,
        population_digest="0" * 64,
        passed=size * 2,
        deviations=size,
        waived=0,
        unknown=0,
        errors=0,
        findings=findings,
        evidence=tuple(sorted({str(finding.evidence) for finding in findings})),
        by_source={source: _of_source(findings, source) for source in _SOURCES},
        rests_on=("system",),
    )


def _of_source(findings: Sequence[Finding], source: str) -> SourceResult:
    size = sum(finding.source == source for finding in findings)
    return SourceResult(
        population=size * 3,
        passed=size * 2,
        deviations=size,
        pending=0,
        unknown=0,
        errors=0,
        verdict=Verdict.FAIL,
    )


def _finding(id: str, number: int, place: int) -> Finding:
    source = _SOURCES[place % len(_SOURCES)]
    resource = f"arn:aws:rds:eu-west-1:012345678901:db:acme-prod-{number:02}-{place:05}"
    digest = hashlib.sha256(f"{id}/{resource}".encode()).hexdigest()[:16]
    return Finding(
        id=digest,
        resource=resource,
        kind="RelationalDatabase",
        source=source,
        outcome="deviation",
        fact="encrypted",
        message=f"not encrypted, and open to the internet since 2026-08-{place % 28 + 1:02}, limit {place % 90} days",
        evidence=_entry(place % _FILES).id,
    )


def _entry(number: int) -> EvidenceEntry:
    path = f"aws/012345678901/eu-west-1/rds.describe-db-instances.{number:03}.json"
    return EvidenceEntry(
        id=path,
        path=path,
        source=_SOURCES[number % len(_SOURCES)],
        operation="rds describe-db-instances",
        sha256=hashlib.sha256(path.encode()).hexdigest(),
        collected_at=_MOMENT - timedelta(hours=number),
        records=100,
        complete=True,
    )


def browser(*arguments: str) -> Any:
    """A Chromium without a window, driven by Debian's driver. Raises where either is not installed."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    # in a container there is no sandbox within the sandbox, and /dev/shm is small
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", *arguments):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def measure(page: Path, turns: int) -> Figures:
    """Open the page so many times, and search and filter in each."""
    found: dict[str, list[float]] = {}
    in_page = 0
    driver = browser()
    try:
        driver.set_window_size(1280, 900)
        for _ in range(turns):
            driver.get(page.resolve().as_uri())
            in_page = driver.execute_script("return document.querySelectorAll('ul.findings > li').length")
            paint = "return performance.getEntriesByName('first-contentful-paint')[0].startTime"
            found.setdefault("first_paint", []).append(driver.execute_script(paint))
            for name, field, value in (
                ("first_search", "q", "acme-prod-57"),
                ("search", "q", "acme-prod-0"),
                ("all_again", "q", ""),
                ("severity", "by-severity", "critical"),
            ):
                found.setdefault(name, []).append(driver.execute_async_script(FILTERED, field, value))
    finally:
        driver.quit()
    medians = {name: statistics.median(values) for name, values in found.items()}
    return Figures(size=page.stat().st_size, in_page=in_page, **medians)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--findings", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "matrix.html")
        page.write_bytes(MatrixHtml().render(large_run(given.findings)))
        figures = measure(page, given.turns)
    print(f"{given.findings} findings, {figures.in_page} of them in the page of {figures.size:,} bytes")
    for name in ("first_paint", "first_search", "search", "severity", "all_again"):
        print(f"{name.replace('_', ' '):<14}{getattr(figures, name):8.0f} ms")


if __name__ == "__main__":
    main()
