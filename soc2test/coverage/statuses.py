"""The status of each criterion: the worst of the tests that test it directly, and never more than they rest on."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from soc2test.coverage.causes import causes
from soc2test.criteria import CRITERIA
from soc2test.run import AgeLimit, CriterionRow, Statement
from soc2test.verdicts import FACT_NATURES, ControlResult, Verdict

__all__ = ["STATUSES", "criteria_rows", "natures_seen", "rests_on", "status_of"]

STATUSES = (
    "deviation",
    "not_evaluated",
    "accepted_deviation",
    "statement_only",
    "no_deviations_partial",
    "no_deviations",
    "no_occurrences",
    "no_control",
    "carved_out",
    "not_relevant",
    "out_of_scope",
)
"""From worst to best of what tests can give; then where none tests, and what the programme or management leaves out."""

_BAD = {
    Verdict.FAIL: "deviation",
    Verdict.ERROR: "not_evaluated",
    Verdict.NOT_EVALUATED: "not_evaluated",
    Verdict.ACCEPTED: "accepted_deviation",
}


def criteria_rows(
    results: Iterable[ControlResult],
    categories: Iterable[str],
    *,
    statements: Sequence[Statement] = (),
    not_relevant: Mapping[str, str] | None = None,
    not_tested: Mapping[str, tuple[str, ...]] | None = None,
    older: Mapping[str, Sequence[AgeLimit]] | None = None,
    organisations: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[CriterionRow, ...]:
    """All 61 rows.

    `categories` are those in scope; the rows of others are out of scope even where a control tests them. `statements`
    are those in force: beside tests they neither raise nor lower a status. `not_relevant` maps criteria that management
    holds not relevant to its reason, `not_tested` criteria to what none of the shipped tests shows of them, and
    `older` tests to the sources that they look at whose evidence may be older than by their own limit. `organisations`
    maps criteria to the subservice organisations on which they rest too: these are named, and change no status.
    """
    results = sorted(results, key=lambda result: result.id)
    scope = {"security", *categories}
    rows = []
    for id, criterion in CRITERIA.items():
        direct = [result for result in results if id in result.criteria]
        stated = tuple(statement.id for statement in statements if id in statement.criteria)
        status, why = status_of(direct, stated=bool(stated), older=set(older or ())), causes(direct, older or {})
        if id in (not_relevant or {}) and status not in _BAD.values():
            status, why = "not_relevant", ((not_relevant or {})[id], *why)
        rows.append(
            CriterionRow(
                id=id,
                category=criterion.category,
                status=status if criterion.category in scope else "out_of_scope",
                controls=tuple(result.id for result in direct),
                supported_by=tuple(result.id for result in results if id in result.supports),
                partial=tuple(result.id for result in direct if _is_out(result)),
                loosened=tuple(result.id for result in direct if _is_loosened(result, set(older or ()))),
                no_occurrences=_ids(direct, Verdict.NO_OCCURRENCES),
                rests_on=rests_on(direct),
                not_tested=(not_tested or {}).get(id, ()),
                reason="; ".join(why) or None,
                statements=stated,
                organisations=(organisations or {}).get(id, ()),
            )
        )
    return tuple(rows)


def rests_on(direct: Sequence[ControlResult]) -> tuple[str, ...]:
    """The natures behind the verdicts of several tests, strongest first."""
    seen = {nature for result in direct for nature in natures_seen(result)}
    return tuple(nature for nature in FACT_NATURES if nature in seen)


def natures_seen(result: ControlResult) -> tuple[str, ...]:
    """The natures behind a verdict; none where nothing was seen, whichever sources could have told it."""
    unseen = result.verdict is Verdict.NOT_EVALUATED and not result.population
    return () if unseen else result.rests_on


def status_of(direct: Sequence[ControlResult], *, stated: bool = False, older: Collection[str] = ()) -> str:
    """The status that tests give together: the worst of them, and never more than they rest on.

    `stated` tells of a statement where no test is, `older` names tests whose evidence may be older than by their limit.
    """
    bad = [_BAD[result.verdict] for result in direct if result.verdict in _BAD]
    bad += ["accepted_deviation" for result in direct if _deviates_outside(result)]
    if bad:
        return min(bad, key=STATUSES.index)
    examined = [result for result in direct if result.verdict is Verdict.PASS]
    if examined:
        return _examined(examined, direct, older)
    if any(result.verdict is Verdict.NO_OCCURRENCES for result in direct):
        return "no_occurrences"
    if direct:
        return _all_out(direct)
    return "statement_only" if stated else "no_control"


def _examined(examined: Sequence[ControlResult], direct: Sequence[ControlResult], older: Collection[str]) -> str:
    """Rows kept by hand vouch for nothing but themselves, however many tests look at them."""
    if all(result.kept_by_hand for result in examined):
        return "statement_only"
    partly = any(_is_out(result) or _is_loosened(result, older) for result in direct)
    return "no_deviations_partial" if partly else "no_deviations"


def _is_loosened(result: ControlResult, older: Collection[str]) -> bool:
    """It asked less than it would by itself: resources are exempt, a limit is or was looser, or evidence may be
    older."""
    exempt = result.exempt > 0 or any(entry.matched for entry in result.exemptions)
    looser = any(limit.looser for limit in result.limits.values())
    looser_then = result.period is not None and bool(result.period.looser)
    return exempt or result.id in older or looser or looser_then


def _is_out(result: ControlResult) -> bool:
    """It was taken out, over a period perhaps for some of its days."""
    out_for_days = result.period is not None and bool(result.period.not_applicable)
    return result.verdict is Verdict.NOT_APPLICABLE or out_for_days


def _deviates_outside(result: ControlResult) -> bool:
    """It was taken out, and deviates all the same: that is a deviation which management accepts, and no less."""
    outs = [] if result.taken_out is None else [result.taken_out]
    if result.period is not None:
        outs += [days.by for days in result.period.not_applicable]
    return any(out.found in (Verdict.FAIL, Verdict.ACCEPTED) for out in outs)


def _all_out(direct: Sequence[ControlResult]) -> str:
    """All its tests were taken out: nothing was tested, whatever the forms; a carve-out says who else does it."""
    forms = {result.taken_out.form for result in direct if result.taken_out is not None}
    if "carved_out" in forms:
        return "carved_out"
    return "no_occurrences" if forms == {"no_population"} else "no_control"


def _ids(results: Iterable[ControlResult], verdict: Verdict) -> tuple[str, ...]:
    return tuple(result.id for result in results if result.verdict is verdict)
