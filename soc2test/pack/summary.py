"""A page for customers: which tests management runs. It tells nothing of what they found."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from soc2test.company_controls.records import CompanyControl
from soc2test.criteria import CRITERIA
from soc2test.verdicts import Verdict

__all__ = ["Told", "summary"]

_TESTED = (Verdict.PASS, Verdict.FAIL, Verdict.ACCEPTED, Verdict.NO_OCCURRENCES)
"""verdicts of tests that looked at something; one that could not be made is no test that is run"""


_EVIDENCE = "the evidence itself"
"""what tests look at that are of no criterion"""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the page is made of."""

    system: str
    categories: Sequence[str]
    tests: Sequence[Mapping[str, Any]]
    """the lines of controls.ndjson that are of tests"""
    controls: Sequence[CompanyControl]
    """the company's own, in force"""
    schedule: str | None
    """how often the tests are due to run: "daily", "weekdays", "weekly"; None: nobody says"""
    since: str | None
    """the day of the first run whose evidence was kept; None: none is"""


def summary(told: Told) -> str:
    """The page as Markdown."""
    run = {test["id"]: test for test in told.tests if test["verdict"] in _TESTED}
    return "\n".join([*_head(told), *_controls(told, run), *_tests(told, run), ""])


def _head(told: Told) -> Iterable[str]:
    yield f"# {told.system}: what management tests"
    yield ""
    yield (
        f"Written by {told.system}'s management. It says which tests management runs, not what they found. It is not a "
        "SOC 2® or SOC 3® report; no CPA examined it. SOC 2® and SOC 3® are marks of the AICPA."
    )
    yield ""
    yield f"Categories in scope: {', '.join(each.replace('_', ' ') for each in told.categories)}."
    often = {"daily": "each day", "weekdays": "each working day", "weekly": "each week"}.get(told.schedule or "")
    if often is not None:
        yield f"The tests are scheduled to run {often}."
    if told.since is not None:
        yield f"Their evidence is kept since {told.since}."


def _controls(told: Told, run: Mapping[str, Any]) -> Iterable[str]:
    """Those that at least one test looks at."""
    controls = [each for each in told.controls if any(test in run for test in each.tests)]
    if not controls:
        return
    yield from ("", "## Controls that tests look at", "")
    for each in sorted(controls, key=lambda one: one.id):
        yield f"- **{each.id}** {_plain(each.wording)} ({_plain(each.frequency)})"


def _tests(told: Told, run: Mapping[str, Any]) -> Iterable[str]:
    of_category: dict[str, list[Mapping[str, Any]]] = {}
    for _, test in sorted(run.items()):
        of_category.setdefault(_category(test), []).append(test)
    for category in (*told.categories, _EVIDENCE):
        tests = of_category.get(category, [])
        if tests:
            yield from ("", f"## Tests: {category.replace('_', ' ')}", "")
        for test in tests:
            criteria = f" (criteria {', '.join(test['criteria'])})" if test["criteria"] else ""
            yield f"- {_plain(test['title'])}{criteria}"


def _category(test: Mapping[str, Any]) -> str:
    return CRITERIA[test["criteria"][0]].category if test["criteria"] else _EVIDENCE


def _plain(text: str) -> str:
    """One line that Markdown takes for nothing but text."""
    flat = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in flat)
