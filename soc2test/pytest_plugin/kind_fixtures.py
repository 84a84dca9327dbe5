"""Every kind as pytest fixtures: what `pytest --soc2 --fixtures` lists, and what fixtures of a conftest.py build on.

A control that takes a kind by its name gets it from the evaluation, as one that annotates it does; these fixtures are
for what stands between pytest and a control. They last for one control alone: a population that a fixture of a wider
scope kept would reach controls which nobody knows to need it.
"""

import inspect
from collections.abc import Callable, Mapping
from textwrap import wrap
from types import ModuleType
from typing import Any

import pytest

from soc2test.errors import Soc2Error
from soc2test.inventory.inventory import FRAMEWORK_KINDS
from soc2test.populations.population import Population
from soc2test.pytest_plugin.items import ControlItem
from soc2test.resources.fixture_names import Claim, claims, two_claim
from soc2test.resources.resource import Resource, fact_names
from soc2test.sources.source import Source
from soc2test.sources.tellers import listers

__all__ = ["KindFixtures"]

Kind = type[Resource]
_WIDTH = 110


class MisusedFixture(Soc2Error):
    """A population was asked for where its control can't be held to it."""


class KindFixtures:
    """Gives pytest a fixture for each name of each kind, once it knows those of everybody else."""

    def __init__(
        self, config: pytest.Config, sources: Mapping[str, Source], population: Callable[[Kind], Population[Any]]
    ) -> None:
        self._config, self._sources, self._population = config, sources, population

    @pytest.hookimpl(trylast=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Register them; a name that a plugin of pytest has already stays with it, and no control gets it by name."""
        manager = getattr(session, "_fixturemanager", None)  # there is no public way to ask for a name
        holder = ModuleType("soc2test_kinds", "The kinds of resources, by their names.")
        shown = self._config.option.showfixtures or self._config.option.show_fixtures_per_test
        for name, claimed in claims().items():
            if manager is None or not manager.getfixturedefs(name, session):
                said = self._said(name, claimed) if shown else ""
                setattr(holder, name, _fixture(name, said, self._give(name, claimed)))
        self._config.pluginmanager.register(holder, holder.__name__)

    def _give(self, name: str, claimed: tuple[Claim, ...]) -> Callable[[pytest.FixtureRequest], Population[Any]]:
        def give(request: pytest.FixtureRequest) -> Population[Any]:
            item = request.node
            if not isinstance(item, ControlItem):
                pytest.fail(_only_for_controls(name), pytrace=False)
            if (wrong := _wrong(name, claimed, item)) is not None:
                raise MisusedFixture(wrong)
            item.given.add(name)
            return self._population(claimed[0].kind)

        return give

    def _said(self, name: str, claimed: tuple[Claim, ...]) -> str:
        """Meaning, facts and sources, without an empty line: pytest shows what stands before the first."""
        if len(claimed) > 1:
            return f"No fixture: {two_claim(name, claimed)}"
        (claim,) = claimed
        kind = claim.kind
        own = inspect.cleandoc(vars(kind).get("__doc__") or "")  # not that of the kind which it is a special case of
        meaning = own.partition("\n")[0].rstrip(".")
        what = "the population" if claim.whole else "the resource under test"
        lines = [f"{kind.__name__}, {what}: {meaning or 'not described'}."]
        lines += wrap(f"facts: {', '.join(('id', *fact_names(kind)))}", _WIDTH, subsequent_indent="  ")
        lines += wrap(f"sources: {self._listed_by(kind)}", _WIDTH, subsequent_indent="  ")
        return "\n".join(lines)

    def _listed_by(self, kind: Kind) -> str:
        if kind in FRAMEWORK_KINDS:
            return "soc2test itself, from soc2.yaml and the exports"
        return ", ".join(sorted(listers(self._sources, kind))) or "no loaded source lists it"


def _fixture(name: str, said: str, give: Callable[[pytest.FixtureRequest], Population[Any]]) -> Any:
    def population_or_resource(request: pytest.FixtureRequest) -> Population[Any]:
        return give(request)

    population_or_resource.__doc__ = said
    return pytest.fixture(name=name)(population_or_resource)


def _only_for_controls(name: str) -> str:
    return (
        f"{name} is a fixture of controls, and this test is none: no verdict would say what its evidence lacks. "
        'Move it to a file below policies/ and tag it with @pytest.mark.soc2("CC6.1", id="OWN-04")'
    )


def _wrong(name: str, claimed: tuple[Claim, ...], item: ControlItem) -> str | None:
    """Why a fixture that a control takes can't build on a kind; None where it can."""
    if len(claimed) > 1:
        return two_claim(name, claimed)
    (claim,) = claimed
    if not claim.whole:
        return f"{name} is the resource under test, which no fixture can be given: take {name} in the control itself"
    if name not in item.control.through:
        return (
            f"a fixture asks for {name} in a way that the text of conftest.py does not show (getfixturevalue, autouse, "
            f"usefixtures, or a fixture of a library), so that {item.control.id} would not be held to what "
            f"{claim.kind.__name__} lacks: let a fixture of conftest.py take {name} as a parameter, and the control "
            "take that fixture"
        )
    return None
