"""What every report says of the company's own controls in the same words."""

from collections.abc import Mapping

from soc2test.reports.view import GLYPHS, STATUS_WORDS, VERDICT_WORDS, headline
from soc2test.run import CompanyControlRow, CompanyControls, Run, TestOfControl
from soc2test.verdicts import ControlResult

__all__ = [
    "COMPANY_GLYPHS",
    "COMPANY_STATUSES",
    "company_counts",
    "company_text",
    "controls_of",
    "describing",
    "done_by",
    "found_by",
    "results_by_id",
    "tests_text",
    "without_lines",
]

COMPANY_STATUSES = {
    **{
        status: words
        for status, words in STATUS_WORDS.items()
        if status not in ("no_control", "not_relevant", "out_of_scope")
    },
    "no_test": "no test looks at it",
    "not_in_force": "not in force",
}
"""A company control's status, from worst to best; then where nothing was looked at."""

COMPANY_GLYPHS = {**GLYPHS, "no_test": "-", "not_in_force": "·"}
"""A sign for each; the tick is for one of them alone."""


def company_counts(described: CompanyControls) -> dict[str, int]:
    """How many controls have each status, from worst to best; only those that some have."""
    found = [row.status for row in described.controls]
    return {status: found.count(status) for status in COMPANY_STATUSES if status in found}


def company_text(described: CompanyControls) -> str:
    """The counts in a line."""
    parts = [f"{count} {COMPANY_STATUSES[status]}" for status, count in company_counts(described).items()]
    return ", ".join(parts) or "none is described"


def done_by(row: CompanyControlRow) -> str:
    """Who answers for it and does it, how, how often and since when, in a line."""
    performer = f"performed by {row.performer}" if row.performer is not None else "performed by a system"
    how = f"{row.frequency}, {row.type}, {row.execution}"
    until = f" until {row.until}" if row.until is not None else ""
    about = f"; system: {row.system}" if row.system is not None else ""
    risks = f"; answers {', '.join(row.risks)}" if row.risks else ""
    return f"{how}; owner {row.owner}, {performer}; since {row.since}{until}{about}{risks}"


def results_by_id(run: Run) -> dict[str, ControlResult]:
    """The result of each test."""
    return {result.id: result for result in run.controls}


def found_by(test: TestOfControl, results: Mapping[str, ControlResult]) -> str:
    """What one test found: its verdict and, where there is more to say, its headline, or that of the control's days."""
    if test.verdict is None:
        return "is not loaded"
    words = VERDICT_WORDS[test.verdict]
    if test.sentence is not None:
        return f"{words}: {test.sentence}"
    result = results.get(test.id)
    return f"{words}: {headline(result)}" if result is not None else words


def tests_text(row: CompanyControlRow, most: int) -> str:
    """The tests that look at a control with their verdicts, the first of many; empty where none does."""
    told = [f"{test.id} {_verdict(test)}" for test in row.tests[:most]]
    if len(row.tests) > most:
        told.append(f"and {len(row.tests) - most} more")
    return ", ".join(told)


def _verdict(test: TestOfControl) -> str:
    return "not loaded" if test.verdict is None else VERDICT_WORDS[test.verdict]


def without_lines(described: CompanyControls) -> list[tuple[str, tuple[str, ...]]]:
    """What no control in force names: in words, with the ids; nothing where there is none."""
    told = (
        ("criteria in scope that no control names", described.criteria_without),
        ("tests that belong to no control", described.tests_without),
    )
    return [(words, ids) for words, ids in told if ids]


def controls_of(run: Run) -> dict[str, list[str]]:
    """Test -> the ids of the controls in force that it looks at; empty where the programme describes none."""
    named: dict[str, list[str]] = {}
    for row in run.company_controls.controls if run.company_controls is not None else ():
        for test in row.tests if row.status != "not_in_force" else ():
            named.setdefault(test.id, []).append(row.id)
    return named


def describing(run: Run) -> dict[str, list[str]]:
    """Criterion -> the ids of the controls in force that are there for it; empty where the programme describes none."""
    named: dict[str, list[str]] = {}
    for row in run.company_controls.controls if run.company_controls is not None else ():
        for criterion in row.criteria if row.status != "not_in_force" else ():
            named.setdefault(criterion, []).append(row.id)
    return named
