"""One snapshot tested once more: by today's tests, with what was promised then."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from functools import partial
from typing import Any

import msgspec

from soc2test.code_reading.repeatable import Repeatable
from soc2test.controls.control import Control
from soc2test.errors import ProgrammeError
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import Limits
from soc2test.evaluation.remembering import Remembered
from soc2test.evaluation.running import Raises
from soc2test.exceptions.judge import InForce
from soc2test.inventory.dating import Clock
from soc2test.inventory.exceptions import in_force_of, known_of
from soc2test.inventory.items_read import ItemsRead
from soc2test.inventory.load import Loaded
from soc2test.inventory.log_spans import LogSpan
from soc2test.inventory.older_evidence import older_of
from soc2test.inventory.opening import opened, request_for
from soc2test.period.dated_only import DatedOnly
from soc2test.period.edits import Replacing
from soc2test.period.looked import Looked
from soc2test.period.members_seen import Sinks, sink
from soc2test.period.noted_then import NotedThen, noted_then
from soc2test.period.observed import Key, Snapshot
from soc2test.period.out_then import taken_out_then
from soc2test.period.working_copy import WorkingCopy
from soc2test.programme.limit_values import check_controls
from soc2test.programme.programme import Config, check_sources, load_programme
from soc2test.resources.resource import Resource
from soc2test.sources.item import OF_ITEMS
from soc2test.sources.loading import Plugins
from soc2test.store.chain import Link, Store
from soc2test.store.listing import EXPORTS
from soc2test.subservice.watched import watched_by
from soc2test.telling.calls_read import CallsRead
from soc2test.verdicts import ControlResult

__all__ = ["Before", "Replay", "Tests", "replay"]


class Tests(msgspec.Struct, frozen=True, kw_only=True):
    """The tests of today, which are asked of each snapshot."""

    __test__ = False  # no class of tests to pytest

    controls: Sequence[Control]
    """those that are evaluated"""
    loaded: Sequence[Control]
    """all that are loaded"""
    plugins: Plugins
    raises: Raises
    all_loaded: bool = True
    remember: bool = True
    """whether what does not change from one snapshot to the next is looked at once; the results are the same"""

    @property
    def without_fixtures(self) -> list[Control]:
        """Those that can be evaluated over what is past: a fixture has none."""
        return [control for control in self.controls if not control.fixtures]


class Before:
    """What is known from the snapshots before."""

    def __init__(self) -> None:
        readers = partial(Repeatable(trusted=("soc2test", "soc2test_plugins")), names=OF_ITEMS)
        self.items_read, self.calls_read = ItemsRead(readers), CallsRead(readers)
        self.remembered = Remembered()


class Replay(msgspec.Struct, kw_only=True):
    """A snapshot that is open: its exports are read, and controls can be asked."""

    snapshot: Snapshot
    config: Config
    loaded: Loaded
    in_force: InForce
    tests: Tests
    remembered: Remembered | None
    """what the controls found in the snapshot before"""
    then: NotedThen
    """what the run noted that recorded it"""

    @property
    def zone(self) -> tzinfo:
        """The company's time zone."""
        return self.config.zone

    @property
    def wrong_waivers(self) -> Sequence[ProgrammeError]:
        """What is wrong with entries of its waivers.yaml."""
        return self.config.wrong_waivers

    def look(self, own: Mapping[str, Limits] | None = None) -> Looked:
        """What it shows by itself, by these limits; by default by those that it says itself."""
        controls = self.tests.without_fixtures
        sinks = Sinks(controls, self.in_force.exemptions)
        exempt: dict[str, dict[Key, Resource]] = {control.id: {} for control in controls}
        found = evaluate(
            controls, self.loaded.inventory, self.in_force.limits if own is None else own, self.loaded.as_of.time,
            raises=self.tests.raises, exempt=self.in_force.exemptions, members=sinks.take,
            exempted={id: sink(into) for id, into in exempt.items()}, zone=self.zone,
            asked=watched_by(self.in_force.scope_outs.values(), self.config.organisations), remembered=self.remembered,
        )  # fmt: skip
        return Looked(
            results={id: each.result for id, each in found.items()},
            heard=sinks.of,
            exempt={id: resources for id, resources in exempt.items() if resources},
            lacks={id: each.lacks for id, each in found.items() if each.lacks},
            scopes=self._scopes(controls),
            outs=taken_out_then(controls, self.config, self.loaded, self.in_force, found),
            older=older_of(self.loaded.ages.longer, self.loaded.inventory, controls),
            logs={control.id: self._logs(control) for control in controls if control.between},
            taken=self.loaded.inventory.taken(),
        )

    def _scopes(self, controls: Sequence[Control]) -> dict[str, dict[str, bool]]:
        """What is declared for each control."""
        declared: dict[type[Resource], frozenset[str]] = {}
        found: dict[str, dict[str, bool]] = {}
        for control in controls:
            scopes = found[control.id] = {}
            for kind in (*control.kinds, *control.completing):
                if kind not in declared:
                    declared[kind] = frozenset(self.loaded.inventory.declared_for(kind))
                for name in declared[kind]:
                    scopes[name] = scopes.get(name, False) or kind is control.kinds[0]
        return found

    def _logs(self, control: Control) -> dict[str, LogSpan | None]:
        """Of which time logs of changes tell, where a state names a control that looks at them and is evaluated."""
        by = next((each for each in self.tests.without_fixtures if each.id == control.between), None)
        return self.loaded.inventory.log_spans(
            control.kinds[0], None if by is None else by.kinds[0], self.loaded.as_of.time
        )

    def ask(
        self,
        control: Control,
        limits: Limits,
        only: tuple[date, date] | None = None,
        moment: datetime | None = None,
    ) -> ControlResult:
        """The result with other limits, as of the snapshot's own moment or another one.

        `only` leaves of what it tests what is dated between two days.
        """
        kinds: Any = self.loaded.inventory
        if only is not None:
            kinds = DatedOnly(kinds, control, only, self.zone)
        return self._evaluated(control, limits, kinds, moment)

    def ask_as_told(self, control: Control, limits: Limits, before: Mapping[Key, Resource]) -> ControlResult:
        """The result where some resources of its kind were as they were told `before`."""
        if control.kind is None:
            raise ValueError(f"{control.id} is about no single resources")
        return self._evaluated(control, limits, Replacing(self.loaded.inventory, control.kind, before))

    def _evaluated(self, control: Control, limits: Limits, kinds: Any, moment: datetime | None = None) -> ControlResult:
        found = evaluate(
            [control], kinds, {control.id: limits}, moment or self.loaded.as_of.time, raises=self.tests.raises,
            exempt=self.in_force.exemptions, zone=self.zone,
        )  # fmt: skip
        return found[control.id].result


def replay(
    store: Store, snapshot: Snapshot, link: Link, copy: WorkingCopy, tests: Tests, before: Before | None = None
) -> Replay:
    """Open a snapshot, with what is known from those before it; without that each item is read anew.

    Raises `StoreError` for its pieces, `ProgrammeError` where today's tool can't read what it promised, `EvidenceError`
    where the exports as a whole are refused.
    """
    copy.show(store, link.record)
    config = load_programme(copy.folder / "soc2.yaml")
    declared = check_sources(config, tests.plugins.sources, tests.plugins.unloaded)
    check_controls(config, tests.loaded, all_loaded=tests.all_loaded)
    clock, exports = _clock(link, snapshot), copy.folder / EXPORTS
    request = request_for(
        config, tests.plugins, declared, tests.loaded, exports, clock, all_loaded=tests.all_loaded
    )  # fmt: skip
    if before is not None:
        before.items_read.begin()
        request = msgspec.structs.replace(
            request, items_read=before.items_read, calls_read=before.calls_read, held=copy.held()
        )
    loaded = opened(config, request)
    by_id = {control.id: control for control in tests.loaded}
    known = known_of(config, loaded, by_id, all_loaded=tests.all_loaded)
    return Replay(
        snapshot=snapshot,
        config=config,
        loaded=loaded,
        in_force=in_force_of(config, by_id, known),
        tests=tests,
        remembered=None if before is None else before.remembered,
        then=noted_then(store, link),
    )


def _clock(link: Link, snapshot: Snapshot) -> Clock:
    """The clock of the run that recorded: the same evidence was too old for it, or from the future."""
    verdicts = link.record.verdicts
    given = snapshot.as_of if verdicts is not None and verdicts.as_of_source == "option" else None
    return Clock(snapshot.recorded_at, given)
