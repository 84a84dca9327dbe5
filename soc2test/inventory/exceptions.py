"""What is in force of a programme's exceptions, once its exports are read and tell who works there."""

from collections.abc import Mapping
from typing import Any

import msgspec

from soc2test.controls.control import Control
from soc2test.evidence.documents import Documents
from soc2test.exceptions.judge import InForce, Known, judge
from soc2test.exceptions.looser_limits import policies_named
from soc2test.exceptions.moved import moved_limits
from soc2test.exceptions.records import Place
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Loaded
from soc2test.populations.population import Population
from soc2test.programme.programme import Config
from soc2test.resources.kinds import Person, PolicyDocument, Vendor

__all__ = ["in_force_of", "known_of", "listed_by_a_vendor"]


def known_of(config: Config, loaded: Loaded, controls: Mapping[str, Control], *, all_loaded: bool) -> Known:
    """What exceptions are judged by. `all_loaded` is false where a file did not load, whose controls are unknown."""
    return Known(
        controls=controls,
        persons=_people(config, loaded, Person),
        vendors=_people(config, loaded, Vendor),
        documents=Documents(config.root),
        as_of=loaded.as_of.time.astimezone(config.zone),
        policies=tuple(policies_named(_people(config, loaded, PolicyDocument).members)),
        all_loaded=all_loaded,
    )


def in_force_of(config: Config, controls: Mapping[str, Control], known: Known) -> InForce:
    """The exceptions in force, and why each of the others is not."""
    limits = Place(config.file.name, ("limits",), config.lines)
    moved = tuple(moved_limits(config.limits, controls, limits))
    in_force = judge(config.exceptions, config.limits, known, config.file.name)
    return msgspec.structs.replace(in_force, refused=(*moved, *in_force.refused))


def listed_by_a_vendor(inventory: Inventory, control: Control) -> bool:
    """True where a source of a vendor's own exports, of which there are some, lists what a control applies to."""
    systems = {each.source for each in inventory.natures() if each.nature == "system"}
    return not systems.isdisjoint(inventory.sources(control.kinds[0]))


def _people(config: Config, loaded: Loaded, kind: type[Any]) -> Population[Any]:
    """The population of a kind, nobody where the programme names nobody: to build it takes time."""
    return loaded.inventory.population(kind) if config.names_people else Population(kind, ())
