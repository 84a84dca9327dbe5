"""A control's result by source: a list that one source lacks must not hide that the others' were tested."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from soc2test.populations.population import Gap
from soc2test.verdicts import Finding, SourceResult, Verdict

__all__ = ["by_source"]

_SOURCE_AND_OUTCOME = attrgetter("source", "outcome")


def by_source(
    populations: Mapping[str, int], findings: Iterable[Finding], gaps: Sequence[Gap], everywhere: Verdict | None
) -> dict[str, SourceResult]:
    """The counts and the verdict of each source, by name.

    `populations` are the numbers of resources by source, `gaps` those of the kind under test. `everywhere` is what
    holds for all sources: a joined population with a gap, a control that failed or broke as a whole; only deviations
    are worse.
    """
    outcomes: dict[str, dict[str, int]] = {}
    for (source, outcome), count in Counter(map(_SOURCE_AND_OUTCOME, findings)).items():
        outcomes.setdefault(source, {})[outcome] = count
    missing = {gap.source for gap in gaps}
    if None in missing:  # of no source at all: it may be anybody's
        everywhere = everywhere or Verdict.NOT_EVALUATED
    names = {*populations, *outcomes, *(source for source in missing if source is not None)}
    return {
        source: _result(populations.get(source, 0), outcomes.get(source, {}), source in missing, everywhere)
        for source in sorted(names)
    }


def _result(population: int, outcomes: Mapping[str, int], partial: bool, everywhere: Verdict | None) -> SourceResult:
    open_ones, waived, pending, unknown, errors = (
        outcomes.get(name, 0) for name in ("deviation", "waived", "pending", "unknown", "error")
    )
    deviations = open_ones + waived
    return SourceResult(
        population=population,
        passed=population - deviations - pending - unknown - errors,
        deviations=deviations,
        pending=pending,
        unknown=unknown,
        errors=errors,
        verdict=_verdict(population, outcomes, partial, everywhere),
        waived=waived,
    )


def _verdict(population: int, outcomes: Mapping[str, int], partial: bool, everywhere: Verdict | None) -> Verdict:
    """From worst to best, as of the control."""
    if outcomes.get("deviation") or everywhere is Verdict.FAIL:
        return Verdict.FAIL
    if outcomes.get("error") or everywhere is Verdict.ERROR:
        return Verdict.ERROR
    if partial or outcomes.get("unknown") or everywhere is not None or (outcomes.get("exempt") and not population):
        return Verdict.NOT_EVALUATED
    if outcomes.get("waived"):
        return Verdict.ACCEPTED
    return Verdict.PASS if population > outcomes.get("pending", 0) else Verdict.NO_OCCURRENCES
