"""The inventory and the verdicts of this process: read when the first control needs it, evaluated once a kind."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import pytest

from soc2test.controls.control import Control
from soc2test.evaluation.evaluate import Evaluated, evaluate
from soc2test.evaluation.tally import Members
from soc2test.inventory.load import Loaded
from soc2test.period.found import PeriodFound
from soc2test.progress.line import Line
from soc2test.pytest_plugin.doubts import doubt_of
from soc2test.pytest_plugin.exceptions_in_force import Exceptions
from soc2test.pytest_plugin.garbage import keeping
from soc2test.pytest_plugin.hiding import veil_for
from soc2test.pytest_plugin.items import ControlItem
from soc2test.pytest_plugin.outcome import empty_result
from soc2test.pytest_plugin.outlets import Outlets
from soc2test.pytest_plugin.over_period import over_period
from soc2test.pytest_plugin.problems import Problems
from soc2test.pytest_plugin.progress import watch_of
from soc2test.pytest_plugin.raises import RAISES
from soc2test.pytest_plugin.setup import Setup
from soc2test.pytest_plugin.workers import spool_of, tested
from soc2test.reports.personal import Pseudonyms
from soc2test.reports.veil import Veil
from soc2test.resources.kinds import EvidenceItem
from soc2test.resources.resource import Resource
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["Evaluating"]


class Evaluating:
    """Evaluates the controls of `items`, which are known once pytest has collected."""

    def __init__(self, config: pytest.Config, setup: Setup, outlets: Outlets, problems: Problems) -> None:
        self.config, self.setup, self.outlets, self.problems = config, setup, outlets, problems
        self.items: Sequence[ControlItem] = ()
        self.line: Line | None = None
        """what tells how far it is, where somebody looks"""
        self._loaded: Loaded | None = None
        self._exceptions: Exceptions | None = None
        self._failed: Exception | SystemExit | None = None
        self.over: PeriodFound | None = None
        """what came of a period, where the run is about one"""
        self._veil = Veil() if setup.pseudonym_key is None else None
        self._batch: dict[str, Evaluated] = {}
        self.spool = spool_of(config)
        """the members of what is evaluated, for the lists of populations"""

    @property
    def loaded(self) -> Loaded:
        """The inventory, read when the first control needs it."""
        if self._failed is not None:  # to read everything again for each control would fail each time
            raise self._failed
        if self._loaded is None:
            try:
                with keeping():
                    self._loaded = self._read()
            except (Exception, SystemExit) as error:
                self._failed = error
                raise
            finally:
                self._end_line()
            faults = set(self._loaded.faults)
            for (
                text
            ) in self._loaded.problems:  # an export's is a gap too: it fails the run where its source is declared
                self.problems.add(text, fails=text in faults)
            self.problems.extend(self.exceptions.problems)
        return self._loaded

    def _read(self) -> Loaded:
        """The exports of now; of a run over a period those of its newest snapshot, once all of them were evaluated."""
        if self.setup.period is None:
            return self.setup.inventory(watch_of(self.line))
        controls = self._alone()
        self.over = over_period(self.config, self.setup, controls, RAISES, watch_of(self.line))
        self.problems.extend(self.over.problems)
        return self.over.loaded

    @property
    def exceptions(self) -> Exceptions:
        """What is left out, loosened and stated, judged by the people that the inventory tells."""
        loaded = self.loaded
        if self._exceptions is None:
            config, in_force = (
                (self.setup.config, None) if self.over is None else (self.over.config, self.over.in_force)
            )
            self._exceptions = Exceptions(
                config, self.setup.controls(), loaded, all_loaded=self.setup.all_loaded, in_force=in_force
            )
        return self._exceptions

    def tested(self) -> dict[str, Any]:
        """What this process tested, as digests, for the controller to compare."""
        loaded = self._loaded
        as_of = f"{loaded.as_of.time.isoformat()} ({loaded.as_of.source})" if loaded is not None else ""
        read = loaded.inventory.digests() if loaded is not None else {}
        return tested(self.config, self.setup, as_of, read)

    def evaluate(self, item: ControlItem) -> Evaluated:
        """The result of an item's control; controls without fixtures are evaluated together, in one pass a kind."""
        control = item.control
        if item.scoped_out is not None:
            out = empty_result(control, Verdict.NOT_APPLICABLE, "scope", item.scoped_out)
            return Evaluated(self.veil.result(out), None)
        if self.setup.period is not None:
            return self._over_period(control)
        if EvidenceItem in control.kinds:
            self._stream()
        if control.id not in self._batch:
            doubt = doubt_of(item)
            if doubt is not None:
                self._batch[control.id] = Evaluated(self.veil.result(doubt), None)
            else:
                values = {name: item.funcargs[name] for name in control.fixtures}
                self._evaluate([control] if control.fixtures else self._together(control), values)
        evaluated = self._batch[control.id]
        result = self.exceptions.result(self._with_compensating(evaluated.result), self._found, self.veil)
        return evaluated if result is evaluated.result else msgspec.structs.replace(evaluated, result=result)

    def _with_compensating(self, result: ControlResult) -> ControlResult:
        """Once all is evaluated that this takes: a waiver of one control may name another, whose waiver names it."""
        told = self.exceptions.compensating.told(result, self._found)
        waivers = tuple(map(self.veil.doubt, told.waivers))
        return msgspec.structs.replace(told, waivers=waivers) if waivers else result

    def _over_period(self, control: Control) -> Evaluated:
        """What came of it over the period. One that takes fixtures is asked of no snapshot."""
        if control.id not in self._batch:
            self.loaded  # noqa: B018  # evaluates
            found = self.over.results.get(control.id) if self.over is not None else None
            text = "takes pytest fixtures, which have no past: it is not evaluated over a period"
            result = found or empty_result(control, Verdict.NOT_EVALUATED, "fixtures", text)
            self._batch[control.id] = Evaluated(self.veil.result(result), None)
        evaluated = self._batch[control.id]
        result = self.exceptions.result(evaluated.result, self._found, self.veil)
        return msgspec.structs.replace(evaluated, result=result)

    def _found(self, id: str) -> ControlResult | None:
        """What a control of this run finds, evaluated now where it was not yet; None of one that has no part in it."""
        if id not in self._batch:
            control = next((each for each in self._alone() if each.id == id), None)
            if control is None:
                return None
            if self.setup.period is not None:
                return self._over_period(control).result
            self._evaluate(self._together(control), {})
        return self._batch[id].result

    @property
    def veil(self) -> Veil:
        """What every text passes before it leaves."""
        if self._veil is None:
            key = self.setup.pseudonym_key or b""
            self._veil = Veil(Pseudonyms(key))  # of what happens while the exports are read
            with self.outlets.reading():
                self._veil = veil_for(key, lambda: self.loaded.inventory)
        return self._veil

    def _evaluate(self, group: list[Control], values: dict[str, Any]) -> None:
        loaded, zone = self.loaded, self.setup.config.zone
        listed = [] if self.config.getoption("soc2_no_populations") else group
        listing = {each.id: self.spool.sink(each, loaded.inventory.nature, zone) for each in listed}
        watching = self.exceptions.compensating.sinks(group)
        try:
            found = evaluate(
                group, loaded.inventory, {each.id: self.exceptions.limits(each) for each in group},
                loaded.as_of.time, fixtures=values, raises=RAISES,
                exempt={id: given for each in group for id, given in self.exceptions.exemptions(each).items()},
                waivers={id: given for each in group for id, given in self.exceptions.waivers(each).items()},
                asked={id: watched for each in group for id, watched in self.exceptions.asked(each).items()},
                members={id: _told([listing.get(id), watching.get(id)]) for id in {*listing, *watching}},
                exempted=listing, zone=zone, watch=watch_of(self.line),
            )  # fmt: skip
        finally:
            self._end_line()
        for each in group:
            self.exceptions.compensating.learn(each, found[each.id].result)
        veiled = {id: msgspec.structs.replace(each, result=self.veil.result(each.result)) for id, each in found.items()}
        self._batch |= veiled

    def _end_line(self) -> None:
        if self.line is not None:
            self.line.end()

    def _stream(self) -> None:
        """Evaluate what streams: the evidence is judged once it was read, and one reading serves both."""
        for each in self._alone():
            if each.id not in self._batch and each.kind is not None and self.loaded.inventory.streams(each.kind):
                self._evaluate(self._together(each), {})

    def _alone(self) -> list[Control]:
        """The controls of this run that are in scope and need no fixture."""
        return [each.control for each in self.items if each.scoped_out is None and not each.control.fixtures]

    def _together(self, control: Control) -> list[Control]:
        """The controls of this run on the same kind: a resource is decoded once for all of them."""
        same = [each for each in self._alone() if each.kind is control.kind]
        streams = control.kind is not None and self.loaded.inventory.streams(control.kind)
        return same if streams and control in same else [control]

    def values(self, item: ControlItem) -> dict[str, Any]:
        """What the control takes beside the resource under test."""
        control = item.control
        given = {"limits": self.exceptions.limits(control), "as_of": self.loaded.as_of.time}
        return {
            **{name: given[name] for name in control.injected},
            **{name: self.loaded.inventory.population(kind) for name, kind in control.populations.items()},
            **{name: item.funcargs[name] for name in control.fixtures},
        }


def _told(whom: Iterable[Members | None]) -> Members:
    """What is told the members of a population, for all who want to know."""
    wanted = [each for each in whom if each is not None]

    def take(resources: Sequence[Resource]) -> None:
        for each in wanted:
            each(resources)

    return take if len(wanted) > 1 else wanted[0]
