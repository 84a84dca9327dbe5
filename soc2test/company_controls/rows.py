"""From what tests found to what the company's own controls show: never better than the tests that look at each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from soc2test.company_controls.lookups import Lookups
from soc2test.company_controls.over_period import OverPeriod
from soc2test.company_controls.records import CompanyControl
from soc2test.coverage.causes import causes
from soc2test.coverage.statuses import STATUSES, rests_on, status_of
from soc2test.criteria import CRITERIA, criterion_order
from soc2test.run import AgeLimit, CompanyControlRow, CompanyControls, TestOfControl
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["company_controls"]

_GREEN, _LESS = "no_deviations", "no_deviations_partial"


def company_controls(
    controls: Iterable[CompanyControl],
    results: Iterable[ControlResult],
    lookups: Lookups,
    *,
    scope: Iterable[str],
    not_relevant: Iterable[str] = (),
    older: Mapping[str, Sequence[AgeLimit]] | None = None,
    over: Sequence[OverPeriod] | None = None,
) -> CompanyControls:
    """The controls of controls.yaml by id, with the tests and the criteria in `scope` that none of them names.

    `older` maps tests to the sources that they look at whose evidence may be older than by their own limit. `over`
    holds the controls as the snapshots of a period say, in the place of `controls`.
    """
    found = {result.id: result for result in results}
    days = None if over is None else {own.control.id: own for own in over}
    controls = sorted(controls if over is None else [own.control for own in over], key=lambda control: control.id)
    in_force = [control for control in controls if _in_force(control, lookups, days)]
    tested = {id for control in in_force for id in control.tests}
    described = {id for control in in_force for id in control.criteria} | set(not_relevant)
    categories = {"security", *scope}
    return CompanyControls(
        controls=tuple(
            _row(control, found, lookups, older or {}, None if days is None else days[control.id])
            for control in controls
        ),
        tests_without=tuple(id for id, result in sorted(found.items()) if id not in tested and _is_in_scope(result)),
        criteria_without=tuple(
            id for id, each in CRITERIA.items() if each.category in categories and id not in described
        ),
    )


def _in_force(control: CompanyControl, lookups: Lookups, over: Mapping[str, OverPeriod] | None) -> bool:
    """On the day of the run, or on a day of its period."""
    return control.in_force(lookups.today) if over is None else over[control.id].in_force


def _is_in_scope(result: ControlResult) -> bool:
    return result.reason is None or result.reason.code != "scope"


def _row(
    control: CompanyControl,
    found: Mapping[str, ControlResult],
    lookups: Lookups,
    older: Mapping[str, Sequence[AgeLimit]],
    over: OverPeriod | None,
) -> CompanyControlRow:
    own = {} if over is None else _of_its_days(found, over)
    found = {**found, **own}
    direct = [found[id] for id in sorted(control.tests) if id in found]
    in_force = control.in_force(lookups.today) if over is None else over.in_force
    notes = (
        *(() if over is None else over.less),
        *_lost(control, found),
        *causes(direct, older),
        *_scoped_out(direct),
        *_falls_short(control, direct, lookups),
    )
    status = _status(control, direct, older, worse=bool(notes)) if in_force else "not_in_force"
    force = tuple(_out_of_force(control)) if not in_force else ()
    return CompanyControlRow(
        id=control.id,
        wording=control.wording,
        owner=control.owner,
        performer=control.performer,
        frequency=control.frequency,
        type=control.type,
        execution=control.execution,
        system=control.system,
        since=control.since.isoformat(),
        until=control.until.isoformat() if control.until is not None else None,
        risks=control.risks,
        criteria=tuple(sorted((id for id in control.criteria if id in CRITERIA), key=criterion_order)),
        tests=tuple(_test(id, found.get(id), its_days=id in own) for id in sorted(control.tests)),
        status=status,
        rests_on=rests_on(direct),
        notes=(*force, *notes, *(() if over is None else over.said)),
        in_force=None if over is None else over.days,
    )


def _of_its_days(found: Mapping[str, ControlResult], over: OverPeriod) -> dict[str, ControlResult]:
    """What came of the days on which a test looked at it; one that soc2.yaml takes out on all days stays so."""
    return {
        id: result
        for id, result in over.results.items()
        if id in found and found[id].verdict is not Verdict.NOT_APPLICABLE
    }


def _status(
    control: CompanyControl,
    direct: Sequence[ControlResult],
    older: Mapping[str, Sequence[AgeLimit]],
    *,
    worse: bool,
) -> str:
    """That of the tests by the rules of a criterion, and less where the control says what nothing bears out."""
    if not control.tests:
        return "no_test"
    status = status_of(direct, older=set(older))
    if len(direct) < len(control.tests) or not _all_known(control):
        status = min(status, "not_evaluated", key=STATUSES.index)
    if status == "no_control":
        return "no_test"
    return _LESS if status == _GREEN and worse else status


def _all_known(control: CompanyControl) -> bool:
    return all(id in CRITERIA for id in control.criteria)


def _test(id: str, result: ControlResult | None, *, its_days: bool) -> TestOfControl:
    if result is None:
        return TestOfControl(id=id, verdict=None, population=0, passed=0, deviations=0)
    return TestOfControl(
        id=id,
        verdict=result.verdict,
        population=result.population,
        passed=result.passed,
        deviations=result.deviations,
        sentence=_sentence(result) if its_days else None,
    )


def _sentence(result: ControlResult) -> str:
    """What may be said of the days on which the test looked at the control."""
    said = "" if result.period is None else result.period.said
    reason = "" if result.reason is None or result.reason.text == said else result.reason.text
    pending = f" ({result.pending} pending)" if result.pending else ""
    return "; ".join(filter(None, (f"{said}{pending}", reason)))


def _lost(control: CompanyControl, found: Mapping[str, ControlResult]) -> Iterator[str]:
    for id in control.criteria:
        if id not in CRITERIA:
            yield f"it names the criterion {id}, which there is not"
    for id in control.tests:
        if id not in found:
            yield f"it names the test {id}, which is not loaded"


def _scoped_out(direct: Sequence[ControlResult]) -> Iterator[str]:
    """Tests that were not asked, since their criteria are of no category in scope."""
    for result in direct:
        if result.verdict is Verdict.NOT_APPLICABLE and result.taken_out is None and result.reason is not None:
            yield f"{result.id}: {result.reason.text}"


def _falls_short(control: CompanyControl, direct: Sequence[ControlResult], lookups: Lookups) -> Iterator[str]:
    """What the control says beyond what its tests test, and whom or what the registers do not know."""
    tested = {id for result in direct for id in result.criteria}
    beyond = [id for id in control.criteria if id in CRITERIA and id not in tested]
    if beyond and direct:
        yield f"none of its tests tests {', '.join(sorted(beyond, key=criterion_order))}"
    yield from lookups.wrong(control)


def _out_of_force(control: CompanyControl) -> Iterator[str]:
    if control.until is not None:
        yield f"in force from {control.since} to {control.until}"
    else:
        yield f"in force from {control.since}"
