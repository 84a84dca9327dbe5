"""Tests that runs of the period had and today's has not: what those runs noted is told by their records alone."""

from collections.abc import Iterable, Iterator

from soc2test.controls.control import Control
from soc2test.period.calendar import Period
from soc2test.period.snapshots import Chosen
from soc2test.reports.ranges import records_text

__all__ = ["tests_of_then"]

_NOTED = {
    "fail": "a deviation",
    "accepted": "a deviation, accepted by a waiver",
    "error": "that it broke",
    "not_evaluated": "that it was not evaluated",
    "not_applicable": "that it was not applicable",
    "no_occurrences": "no occurrences",
    "pass": "no deviations",
}
"""from worst to best, what the run of a record noted of a test, by its verdict"""


def tests_of_then(chosen: Chosen, period: Period, loaded: Iterable[Control]) -> Iterator[str]:
    """A line for each such test, with the verdicts of the period's records, those too whose evidence was pruned."""
    known = {control.id for control in loaded}
    gone: dict[str, dict[int, str]] = {}
    for snapshot, link in (*chosen.links, *chosen.gone):
        verdicts = link.record.verdicts
        if verdicts is None or not period.start <= snapshot.as_of < period.end:
            continue
        for id in verdicts.controls.keys() - known:
            gone.setdefault(id, {})[snapshot.number] = verdicts.controls[id]
    pruned = set(chosen.pruned)
    for id, noted in sorted(gone.items()):
        tested = f"{id} was tested in {records_text(sorted(noted))} and is loaded no more"
        way_out = f"keep its file, or see `soc2test history {id}`"
        yield f"{tested}; its runs noted {', '.join(_noted(noted, pruned))}: {way_out}"


def _noted(noted: dict[int, str], pruned: set[int]) -> Iterator[str]:
    """What they noted, the worst first, with the records; of which of them the evidence was pruned."""
    for verdict, words in _NOTED.items():
        numbers = sorted(number for number, said in noted.items() if said == verdict)
        gone = sorted(pruned.intersection(numbers))
        which = "" if gone == numbers else f" of {records_text(gone)}"
        if numbers:
            yield f"{words} in {records_text(numbers)}" + (f" (the evidence{which} was pruned)" if gone else "")
