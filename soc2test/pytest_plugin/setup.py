"""From pytest's options to a programme with its plugins and packs; all that can be wrong here is a usage error."""

import sys
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import pytest

from soc2test.company_controls.checking import Checked, check_company_controls
from soc2test.controls.control import Control
from soc2test.controls.packs import Pack, load_pack, pack_folders
from soc2test.coverage.scoping import scoped_out
from soc2test.criteria import CRITERIA
from soc2test.crosswalks.mapping import Crosswalk, read_mappings
from soc2test.errors import ProgrammeError
from soc2test.evaluation.limits import Limits, limits_of
from soc2test.exceptions.waiving import wrong_waivers
from soc2test.inventory.dating import Clock, given_moment
from soc2test.inventory.load import Loaded
from soc2test.inventory.opening import looking_up, opened, request_for
from soc2test.nearest import near
from soc2test.programme.baseline import Baseline
from soc2test.programme.limit_values import check_controls
from soc2test.programme.programme import Config, check_sources, load_programme
from soc2test.progress.watch import Watch, nobody
from soc2test.pytest_plugin.baseline_option import baseline_asked
from soc2test.pytest_plugin.early import programme_of, report_folder_of
from soc2test.pytest_plugin.exports_place import ExportsPlace, place_of
from soc2test.pytest_plugin.hiding import pseudonym_key
from soc2test.pytest_plugin.period_options import PeriodAsked, period_asked, with_categories_of
from soc2test.pytest_plugin.record_options import check_recording
from soc2test.pytest_plugin.sudden_end import no_sudden_end
from soc2test.reports.formats import FORMATS
from soc2test.reports.secret_values import redact
from soc2test.run import Writer
from soc2test.sources.loading import Plugins, load_plugins
from soc2test.subservice.checking import CheckedSubservice, check_subservice

__all__ = ["Setup", "load", "programme_file", "report_folder"]


class Setup(msgspec.Struct, dict=True):
    """A programme, ready to be tested."""

    config: Config
    plugins: Plugins
    packs: list[Pack]
    declared: dict[str, dict[str, tuple[str, ...]]]
    clock: Clock
    place: ExportsPlace
    """where the exports lie"""
    refused: dict[str, str]
    """place -> what is wrong with a control that can't run though its file loads: an error of its own"""
    crosswalks: tuple[Crosswalk, ...] = ()
    """the mappings to other frameworks that are asked for; none in a worker, which writes no report"""
    formats: tuple[Writer, ...] = ()
    """those of other tools that are asked for; none in a worker"""
    pseudonym_key: bytes | None = None
    """for tokens in the place of people, where they are asked for"""
    period: PeriodAsked | None = None
    baseline: Baseline | None = None
    """known deviations that do not fail the run"""
    """None where the run is about a moment"""

    def controls(self) -> list[Control]:
        """All loaded controls, each id once."""
        by_id: dict[str, Control] = {}
        for pack in self.packs:
            for file in pack.files:
                for control in file.controls:
                    by_id.setdefault(control.id, control)
        return list(by_id.values())

    def refusal(self, id: str) -> str | None:
        """What is wrong with the control of this id where it can't do its work."""
        return next((file.refused[id] for pack in self.packs for file in pack.files if id in file.refused), None)

    def limits(self, control: Control) -> Limits:
        """The limits of a control as soc2.yaml sets them, whoever approved them."""
        return limits_of(control, self.config.limits.get(control.id, {}))

    def scoped_out(self, control: Control) -> str | None:
        """Why a control is of no category in scope, None where it is: one that is not is not evaluated."""
        return scoped_out(control, self.config.categories)

    def inventory(self, watch: Watch = nobody) -> Loaded:
        """Read the exports; `watch` is told how far. Raises `EvidenceError` where the folder as a whole is refused."""
        request = request_for(
            self.config, self.plugins, self.declared, self.controls(), self.place.folder, self.clock,
            all_loaded=self.all_loaded,
        )  # fmt: skip
        request = msgspec.structs.replace(request, watch=watch, lost=self.place.lost)
        return opened(self.config, looking_up(self.config, request))

    @cached_property
    def company(self) -> Checked:
        """The company's own controls, held against the ids of tests and criteria."""
        ids = {control.id for control in self.controls()}
        return check_company_controls(self.config.company_controls, ids, all_loaded=self.all_loaded)

    @cached_property
    def subservice(self) -> CheckedSubservice:
        """The subservice organisations, held against the ids of criteria, of tests and of the company's controls."""
        ids = {control.id for control in self.controls()} | {control.id for control in self.company.controls}
        config = self.config
        return check_subservice(config.organisations, config.user_entity_controls, ids, all_loaded=self.all_loaded)

    @property
    def all_loaded(self) -> bool:
        """False where a plugin or a policy file did not load: its controls are not known."""
        return not self.plugins.unloaded and not any(pack.broken for pack in self.packs)


def programme_file(config: pytest.Config) -> Path:
    """Where soc2.yaml is: as given, else in the folder of the call, else in pytest's root folder."""
    return programme_of(config, config.getoption("soc2_config"))


def report_folder(config: pytest.Config) -> Path:
    """Where the artifacts go."""
    return report_folder_of(config, config.getoption("soc2_config"), config.getoption("soc2_report"))


def load(config: pytest.Config, now: datetime, told: Mapping[str, Any] | None = None) -> Setup:
    """Load programme, plugins and packs, for a run that began `now`. Raises `pytest.UsageError`.

    `told` is where a worker finds the copy of exports that the controller made.
    """
    if sys.flags.optimize:
        raise pytest.UsageError("soc2test needs asserts: run Python without -O and without PYTHONOPTIMIZE")
    try:
        with no_sudden_end():
            return _load(config, now, told)
    except ProgrammeError as error:
        raise pytest.UsageError(redact(str(error))) from None


def _load(config: pytest.Config, now: datetime, told: Mapping[str, Any] | None) -> Setup:
    key = pseudonym_key(config)
    programme = load_programme(programme_file(config))
    plugins = load_plugins(programme.root / "plugins")
    packs = [load_pack(*each) for each in pack_folders(programme.root)]
    clock, nowhere = _clock(config, now), ExportsPlace(folder=programme.root / programme.exports)
    setup = Setup(programme, plugins, packs, {}, clock, nowhere, _refused(packs), _crosswalks(config), (), key)
    setup.formats = _formats(config)
    setup.declared = check_sources(programme, plugins.sources, plugins.unloaded)
    check_controls(programme, setup.controls(), all_loaded=setup.all_loaded)
    _check_waivers(setup)
    _check_selection(config, setup)
    if not hasattr(config, "workerinput"):
        check_recording(config, programme)
    setup.baseline = baseline_asked(config)
    setup.period = period_asked(config, programme, now)
    if setup.period is not None:
        setup.config = with_categories_of(setup.period, programme)
    setup.place = place_of(config, programme, told)  # last: a copy of what lies elsewhere may take long
    return setup


def _check_waivers(setup: Setup) -> None:
    """A waiver that is none ends the run before it begins. Raises `pytest.UsageError` with all of them."""
    today = (setup.clock.given or setup.clock.now).astimezone(setup.config.zone).date()
    controls = {control.id: control for control in setup.controls()}
    entries = setup.config.exceptions.waivers
    wrong = [*setup.config.wrong_waivers, *wrong_waivers(entries, controls, today, all_loaded=setup.all_loaded)]
    if wrong:
        raise pytest.UsageError(redact("\n".join(map(str, wrong))))


def _crosswalks(config: pytest.Config) -> tuple[Crosswalk, ...]:
    names = () if hasattr(config, "workerinput") else config.getoption("soc2_crosswalk")
    return read_mappings(names, config.invocation_params.dir)


def _formats(config: pytest.Config) -> tuple[Writer, ...]:
    """The writers of the formats that are asked for, each once."""
    if hasattr(config, "workerinput"):
        return ()
    names = [name.strip() for given in config.getoption("soc2_format") for name in given.split(",")]
    for name in names:
        if name not in FORMATS:
            there = f"there are {', '.join(sorted(FORMATS))}"
            raise pytest.UsageError(f"--soc2-format: there is no format {name!r}{near(name, FORMATS)}; {there}")
    return tuple(FORMATS[name] for name in dict.fromkeys(names))


def _clock(config: pytest.Config, now: datetime) -> Clock:
    given = config.getoption("soc2_as_of")
    try:
        return Clock(now, given_moment(given) if given else None)
    except ValueError as error:
        raise pytest.UsageError(f"--soc2-as-of: {error}") from None


def _refused(packs: list[Pack]) -> dict[str, str]:
    seen: dict[str, str] = {}
    refused: dict[str, str] = {}
    for pack in packs:
        for file in pack.files:
            for control in file.controls:
                place = f"{pack.name}/{file.name}"
                if control.id in seen:
                    refused[f"{place}::{control.function.__name__}"] = (
                        f"the id {control.id} is that of a control in {seen[control.id]}; give each its own"
                    )
                seen.setdefault(control.id, place)
                if control.id in file.refused:
                    refused[f"{place}::{control.function.__name__}"] = file.refused[control.id]
    return refused


def _check_selection(config: pytest.Config, setup: Setup) -> None:
    for criterion in config.getoption("soc2_criterion"):
        if criterion not in CRITERIA:
            raise pytest.UsageError(
                f"--soc2-criterion: there is no criterion {criterion!r}{near(criterion, CRITERIA)}; "
                "`soc2test criteria` lists all"
            )
    known = {control.id for control in setup.controls()}
    lost = [each.plugin for each in setup.plugins.unloaded]
    lost += [f"policies/{each.name}" for pack in setup.packs for each in pack.broken]
    for id in config.getoption("soc2_control"):
        if id not in known:
            raise pytest.UsageError(
                f"--soc2-control: no loaded control has the id {id!r}{near(id, known)}; `soc2test controls` lists all"
                + (f" (did not load: {'; '.join(lost)})" if lost else "")
            )
