"""The exceptions of a run: judged once the evidence is read, and those of `not_applicable` again by what was found."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from soc2test.company_controls.lookups import Lookups
from soc2test.controls.control import Control
from soc2test.errors import ProgrammeError
from soc2test.evaluation.limits import Limits
from soc2test.exceptions.judge import InForce
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import ScopeOut
from soc2test.exceptions.scope_outs import refused_by_results, taken_out
from soc2test.inventory.exceptions import in_force_of, known_of, listed_by_a_vendor
from soc2test.inventory.load import Loaded
from soc2test.populations.population import Population
from soc2test.programme.programme import Config
from soc2test.pytest_plugin.compensating import Compensating
from soc2test.reports.left_out import taken_out_text
from soc2test.reports.veil import Veil
from soc2test.resources.kinds import Risk
from soc2test.subservice.watched import watched_by
from soc2test.verdicts import (
    ControlPeriod,
    ControlResult,
    Exemption,
    OutDays,
    Reason,
    TakenOut,
    Verdict,
    Waiver,
)

__all__ = ["Exceptions"]

Results = Callable[[str], ControlResult | None]


class Exceptions:
    """What is in force of what soc2.yaml, exemptions.yaml, waivers.yaml and statements.yaml say."""

    def __init__(
        self,
        config: Config,
        controls: Iterable[Control],
        loaded: Loaded,
        *,
        all_loaded: bool = True,
        in_force: InForce | None = None,
    ) -> None:
        """`all_loaded` is false where a plugin or a policy file did not load, whose controls nobody knows.

        `in_force` is what was in force over a period, where the run is about one.
        """
        self._loaded, self._organisations = loaded, config.organisations
        self._periods: dict[str, ControlPeriod] = {}
        """what was told over the period of controls that are taken out, by id"""
        self._controls = {control.id: control for control in controls}
        known = known_of(config, loaded, self._controls, all_loaded=all_loaded)
        self.in_force = in_force or in_force_of(config, self._controls, known)
        """all but what depends on the results of controls"""
        self.lookups = Lookups(
            today=known.as_of.date(),
            people=People(known.persons, known.as_of),
            risks=loaded.inventory.population(Risk) if _names_risks(config) else Population(Risk, ()),
        )
        """what the company's own controls name, where it is known"""
        self.compensating = Compensating(self.in_force.waivers.compensating, self.in_force.scope_outs)

    @property
    def problems(self) -> list[str]:
        """Why some of it is not in force, whatever the controls find."""
        return [str(refused) for refused in (*self._loaded.ages.refused, *self.in_force.refused)]

    def limits(self, control: Control) -> Limits:
        """The limits of a control, the tool's own in the place of those that nobody approved."""
        return self.in_force.limits[control.id]

    def exemptions(self, control: Control) -> Mapping[str, tuple[Exemption, ...]]:
        """The exemptions of one control by its id; empty where it has none."""
        given = self.in_force.exemptions.get(control.id, ())
        return {control.id: given} if given else {}

    def waivers(self, control: Control) -> Mapping[str, tuple[Waiver, ...]]:
        """The waivers of one control by its id; empty where it has none."""
        given = self.in_force.waivers.by_test.get(control.id, ())
        return {control.id: given} if given else {}

    def asked(self, control: Control) -> Mapping[str, tuple[str, ...]]:
        """The organisations that a control is to watch, by its id; empty where it watches none."""
        watched = watched_by(self.in_force.scope_outs.values(), self._organisations).get(control.id)
        return {control.id: watched} if watched else {}

    def result(self, result: ControlResult, results: Results, veil: Veil) -> ControlResult:
        """The result of a control, "not applicable" where it is taken out by rights; all that it found stays."""
        entry = self.in_force.scope_outs.get(result.id)
        if entry is None or self._refused(entry, results) is not None:
            return result
        out = veil.taken_out(taken_out(entry, result.verdict))
        reason = Reason(out.form, taken_out_text(out, result))
        period = result.period
        if period is not None:
            self._periods[result.id] = period
            period = _not_applicable(period, out)
        return msgspec.structs.replace(
            result, verdict=Verdict.NOT_APPLICABLE, reason=reason, taken_out=out, period=period
        )

    def unused(self, results: Iterable[ControlResult]) -> list[str]:
        """The waivers that accept nothing, though all that their test applies to was seen, a text each."""
        way_out = "the deviation is gone, or its id is another: take the waiver out"
        return [
            f"waivers.yaml: {waiver.id} names no deviation of {result.id} in this run: {way_out}"
            for result in results
            for waiver in result.waivers
            if waiver.unused
        ]

    def settle(self, results: dict[str, ControlResult]) -> list[str]:
        """Put right, in the results of the whole run, what is taken out and is not by rights; why, a text an entry."""
        return [str(refused) for refused in self._settled(results)]

    def _settled(self, results: dict[str, ControlResult]) -> Iterator[ProgrammeError]:
        final = dict(results)
        for id, entry in self.in_force.scope_outs.items():
            if id not in final or _was_not_tested(final[id]):
                continue
            if entry.applies_to_nothing and final[id].taken_out is not None:
                continue  # by what it found itself, which was judged then
            refused = self._refused(entry, lambda asked: _with_a_part(final.get(asked)))
            if refused is not None:
                results[id] = _put_back(final[id], refused, self._periods.get(id))
                yield refused

    def _refused(self, entry: ScopeOut, results: Results) -> ProgrammeError | None:
        control = self._controls[entry.control]
        system = entry.applies_to_nothing and listed_by_a_vendor(self._loaded.inventory, control)
        return refused_by_results(entry, results, system=system)


def _names_risks(config: Config) -> bool:
    return any(control.risks for control in config.company_controls)


def _was_not_tested(result: ControlResult) -> bool:
    """True of a control that had no part in the run, or is of no category in scope."""
    return result.reason is not None and result.reason.code in ("deselected", "stopped", "scope", "definition")


def _with_a_part(result: ControlResult | None) -> ControlResult | None:
    """The result of a control that had a part in the run, None of another one."""
    return None if result is None or _was_not_tested(result) else result


def _not_applicable(period: ControlPeriod, out: TakenOut) -> ControlPeriod:
    """Of a control that each snapshot takes out nothing is said but that, and what was found all the same."""
    days = f"{period.days} day{'s' * (period.days != 1)}"
    sentence = f"not applicable on any of {days}; evaluated all the same: {period.said}"
    return msgspec.structs.replace(
        period,
        verdict="not_applicable",
        sentence=sentence,
        observed=0,
        not_evidenced=(),
        bridged=(),
        by_register=(),
        not_applicable=(OutDays(first=period.first, last=period.last, days=period.days, by=out),),
    )


def _put_back(result: ControlResult, refused: ProgrammeError, period: ControlPeriod | None) -> ControlResult:
    if result.taken_out is None:
        return result
    reason = Reason("not_applicable", f"it is not taken out: {refused}")
    return msgspec.structs.replace(result, verdict=result.taken_out.found, reason=reason, taken_out=None, period=period)
