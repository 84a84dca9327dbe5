"""What a reader has to see first: the worst deviations, and the gaps whose closing lets most tests be evaluated."""

from collections import Counter
from typing import NamedTuple

from soc2test.reports.view import VERDICT_WORDS, by_severity, ordered, to_export
from soc2test.run import ChangedVerdict, Run, Since
from soc2test.verdicts import ControlResult, Finding, Verdict

__all__ = [
    "Gap",
    "Gaps",
    "Worst",
    "WorstFindings",
    "first_gaps",
    "not_shown_text",
    "since_text",
    "verdict_change",
    "worst_findings",
]

_WORST = 6
_OF_ONE_TEST = 2
"""findings: a test with a thousand deviations must not hide that another one fails"""
_GAPS = 5
_FAILING = (Verdict.FAIL, Verdict.ERROR)
_BAD = ("deviation", "error")


class Worst(NamedTuple):
    """A deviation of a failing test; None where the test fails as a whole, without a resource."""

    result: ControlResult
    finding: Finding | None


class WorstFindings(NamedTuple):
    """Those that are shown, and how many there are."""

    shown: tuple[Worst, ...]
    findings: int
    tests: int


class Gap(NamedTuple):
    """Something to export, the tests that wait for it, and how many of them wait for nothing else."""

    text: str
    tests: tuple[str, ...]
    alone: int


class Gaps(NamedTuple):
    """Those that are shown, and how many there are."""

    shown: tuple[Gap, ...]
    total: int


def worst_findings(run: Run) -> WorstFindings:
    """By severity; first one of each test, then a second one, as far as there is room."""
    failing = by_severity(result for result in run.controls if result.verdict in _FAILING)
    bad = {result.id: [each for each in ordered(result.findings) if each.outcome in _BAD] for result in failing}
    rounds: list[Worst] = []
    for turn in range(_OF_ONE_TEST):
        for result in failing:
            found = bad[result.id]
            if turn < len(found):
                rounds.append(Worst(result, found[turn]))
            elif turn == 0:
                rounds.append(Worst(result, None))
    place = {result.id: number for number, result in enumerate(failing)}
    shown = sorted(rounds[:_WORST], key=lambda worst: place[worst.result.id])
    return WorstFindings(tuple(shown), findings=sum(map(len, bad.values())), tests=len(failing))


def not_shown_text(run: Run, found: WorstFindings) -> str:
    """How many more there are, and what else no tick is: a short list of deviations must not look like good news."""
    verdicts = Counter(result.verdict for result in run.controls)
    if found.tests:
        said = f"{len(found.shown)} of {found.findings} deviations and errors, of {found.tests} tests"
    elif verdicts.keys() <= {Verdict.NOT_EVALUATED, Verdict.NOT_APPLICABLE}:
        said = "No test was evaluated, so that nothing is known"
    else:
        said = "No test that was evaluated found a deviation that nobody accepts"
    statuses = Counter(row.status for row in run.criteria)
    beside = [
        f"{count} {words}"
        for count, words in (
            (verdicts[Verdict.NOT_EVALUATED], "tests were not evaluated"),
            (verdicts[Verdict.ACCEPTED], "have deviations that are accepted"),
            (verdicts[Verdict.NOT_APPLICABLE], "are not applicable"),
            (statuses["no_deviations_partial"], "criteria are partial"),
            (statuses["statement_only"], "criteria rest on a statement alone"),
            (statuses["no_control"], "criteria have no test"),
        )
        if count
    ]
    return f"{said}. Beside them: {', '.join(beside)}." if beside else f"{said}."


def first_gaps(run: Run) -> Gaps:
    """Those for which most tests wait and wait for nothing else; then those for which most wait at all."""
    gaps = to_export(run)
    waiting = Counter(id for _, ids in gaps for id in ids)
    found = [Gap(text=text, tests=tuple(ids), alone=sum(waiting[id] == 1 for id in ids)) for text, ids in gaps]
    # `to_export` gives the worst first, and sorting leaves that order where the counts are the same
    found.sort(key=lambda gap: (-gap.alone, -len(gap.tests)))
    return Gaps(tuple(found[:_GAPS]), total=len(found))


def since_text(since: Since) -> str:
    """The counts of a comparison in a line. What is not told any more is never counted as closed."""
    parts = [
        f"{count} {words}"
        for count, words in (
            (len(since.new), "new deviations"),
            (since.closed, "closed"),
            (since.not_told, "not told any more, which closes none"),
            (since.other_limit, "gone with a changed limit"),
            (since.exempt, "exempt now"),
            (since.still, "still there"),
            (sum(each.worse for each in since.verdicts), "tests with a worse verdict"),
        )
        if count
    ]
    whole = "" if since.complete else ", which was not complete"
    return f"since record {since.record} as of {since.as_of}{whole}: {', '.join(parts) or 'no deviation then or now'}"


def verdict_change(changed: ChangedVerdict) -> str:
    """From which verdict to which: "no deviations -> deviation"."""
    return f"{_verdict(changed.before)} -> {_verdict(changed.after)}"


def _verdict(verdict: str | None) -> str:
    return "not there" if verdict is None else VERDICT_WORDS[Verdict(verdict)]
