"""What is told of tests over a period that no list of deviations names: a note that many share stands once."""

from collections.abc import Iterator, Sequence

import msgspec

from soc2test.reports.period_view import NAMED_IN_SENTENCES, period_lines
from soc2test.reports.view import headline
from soc2test.run import Run
from soc2test.verdicts import ControlPeriod, ControlResult, Verdict

__all__ = ["days_seen", "notes", "sentences", "without_deviations"]

_LISTED = (Verdict.FAIL, Verdict.ERROR)
"""verdicts of tests that stand among deviations and errors, with their notes"""


def without_deviations(run: Run) -> list[ControlResult]:
    """Those evaluated over a period in which nothing deviated or broke; those that pass first, so that no cut hides
    what is to be told of a tick."""
    found = [each for each in run.controls if each.period is not None and each.verdict not in _LISTED]
    return sorted(found, key=lambda each: (each.verdict is not Verdict.PASS, each.id))


def days_seen(period: ControlPeriod) -> str:
    """On how many of its days a test's population was seen, and how many tell nothing: in short."""
    if period.due:
        return f"{len(period.due)} due"
    parts = [f"{period.observed} of {period.days} days observed"]
    for words, stretches in (("not evidenced", period.not_evidenced), ("not applicable", period.not_applicable)):
        if stretches:
            parts.append(f"{sum(each.days for each in stretches)} {words}")
    return ", ".join(parts)


def sentences(results: Sequence[ControlResult]) -> list[tuple[Verdict, str, list[str]]]:
    """What may be said, with the ids of the tests of which it may: each once."""
    told: dict[tuple[Verdict, str], list[str]] = {}
    for result in results:
        told.setdefault((result.verdict, headline(result)), []).append(result.id)
    return [(verdict, text, ids) for (verdict, text), ids in told.items()]


def notes(results: Sequence[ControlResult]) -> Iterator[tuple[list[str], str]]:
    """Each note with the ids of its tests: first each test's own, then those that several share, then what was lacking.

    Days that are not evidenced stand in the sentence, and are told here where it names some of them alone.
    """
    tests: dict[str, list[str]] = {}
    lacking: dict[str, list[str]] = {}
    for result in results:
        if result.period is None:
            continue
        for line in dict.fromkeys(_beside(result.period)):
            tests.setdefault(line, []).append(result.id)
        for line in dict.fromkeys(result.period.lacking):
            lacking.setdefault(line, []).append(result.id)
    yield from ((ids, line) for line, ids in tests.items() if len(ids) == 1)
    yield from ((ids, line) for line, ids in tests.items() if len(ids) > 1)
    yield from ((ids, line) for line, ids in lacking.items())


def _beside(period: ControlPeriod) -> Iterator[str]:
    said = len(period.not_evidenced) <= NAMED_IN_SENTENCES
    unsaid = msgspec.structs.replace(period, lacking=(), not_evidenced=() if said else period.not_evidenced)
    return period_lines(unsaid)
