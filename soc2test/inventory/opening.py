"""From a programme to what is to be loaded: `pytest --soc2` and `soc2test evidence` read the exports alike."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path

import msgspec

from soc2test.company_controls.records import CompanyControl
from soc2test.controls.control import Control
from soc2test.evidence.read_limits import ReadLimits
from soc2test.exceptions.ages import Ages, ages_in_force, ages_without_approval, needs_people
from soc2test.exceptions.looser_limits import Policies, policies_named
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import Place
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test.inventory.named_controls import Named, OwnControl
from soc2test.inventory.scopes import Declared
from soc2test.populations.population import Population
from soc2test.programme.programme import Config
from soc2test.resources.kinds import Commitment, Person, PolicyDocument, Risk, Vendor
from soc2test.sources.loading import Plugins

__all__ = ["looking_up", "named_of", "opened", "request_for"]

_LOOKED_UP = (Person, Vendor, PolicyDocument, Risk, Commitment)
"""kinds in which whoever and whatever the programme's files name is looked up: they can't stream"""


def request_for(
    config: Config | None,
    plugins: Plugins,
    declared: Declared,
    controls: Sequence[Control],
    exports: Path,
    clock: Clock,
    *,
    all_loaded: bool = True,
) -> Request:
    """What to load for these controls; without a programme with the sources' own ages and the common limits.

    They are all that there are, but where not `all_loaded`. Evidence may be as old as needs no approval (`opened` looks
    whether there is one). Raises `ProgrammeError` for registers of soc2.yaml that `check_sources` refuses.
    """
    joined = [kind for each in controls for kind in (*each.needed.values(), *each.seconds, *each.completing)]
    in_own_pass = [control.kind for control in controls if control.kind is not None and control.fixtures]
    ages = ages_without_approval(config.max_age if config else {}, plugins.sources.values())
    reading = config.reading if config else ReadLimits()
    named = named_of(config, controls, all_loaded=all_loaded)
    return Request(
        exports, plugins.sources, plugins.ask, declared, ages, reading, clock, (*joined, *in_own_pass),
        plugins.unloaded, config.root if config else None, config.zone if config else UTC, named=named,
        organisations=() if config is None else config.organisations,
        tables={} if config is None else config.tables(plugins.sources, plugins.unloaded),
    )  # fmt: skip


def looking_up(config: Config | None, request: Request) -> Request:
    """The request, with what the programme's files name in memory where they name anything: it is looked up there."""
    if config is None or not config.names_people:
        return request
    return msgspec.structs.replace(request, joined=(*request.joined, *_LOOKED_UP))


def named_of(config: Config | None, controls: Sequence[Control], *, all_loaded: bool = True) -> Named:
    """The controls that registers may name: those that loaded, and the company's own."""
    own = () if config is None else tuple(_own(control, config.zone) for control in config.company_controls)
    return Named(tests=tuple(control.id for control in controls), own=own, whole=all_loaded)


def _own(control: CompanyControl, zone: tzinfo) -> OwnControl:
    def begin(day: date) -> datetime:
        return datetime.combine(day, time(), zone)

    last = None if control.until is None else begin(control.until)
    return OwnControl(control.id, begin(control.since), last)


def opened(config: Config | None, request: Request) -> Loaded:
    """The exports, read with evidence as old as somebody approved, who is looked up in what needs no approval.

    Raises `EvidenceError` where the folder as a whole is refused.
    """
    if config is None or not needs_people(config.max_age, config.exceptions.ages, request.sources):
        loaded = load_inventory(request)
        if config is None:
            return loaded
        nobody = People(Population(Person, ()), loaded.as_of.time)
        return msgspec.structs.replace(loaded, ages=_ages(config, request, nobody, ()))
    joined = (*request.joined, Person, PolicyDocument)
    loaded = load_inventory(msgspec.structs.replace(request, joined=joined))
    people = People(loaded.inventory.population(Person), loaded.as_of.time.astimezone(config.zone))
    policies = tuple(policies_named(loaded.inventory.population(PolicyDocument).members))
    ages = _ages(config, request, people, policies)
    if ages.longer:
        loaded = load_inventory(msgspec.structs.replace(request, joined=joined, max_age=ages.allowed))
    return msgspec.structs.replace(loaded, ages=ages)


def _ages(config: Config, request: Request, people: People, policies: Policies) -> Ages:
    place = Place(config.file.name, ("sources",), config.lines)
    return ages_in_force(config.max_age, config.exceptions.ages, request.sources, people, policies, place)
