"""Which exceptions and statements are in force, once it is known who works here; all others are refused by name."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import msgspec

from soc2test.controls.control import Control
from soc2test.errors import ProgrammeError
from soc2test.evaluation.limits import Limits
from soc2test.evidence.documents import Documents
from soc2test.exceptions.exempting import exemptions_in_force
from soc2test.exceptions.looser_limits import limits_in_force
from soc2test.exceptions.named_people import People
from soc2test.exceptions.not_relevant import not_relevant_in_force
from soc2test.exceptions.records import Declared, Place, ScopeOut
from soc2test.exceptions.scope_outs import Loaded, wrong_scope_out
from soc2test.exceptions.statements import statements_in_force
from soc2test.exceptions.waiving import WaiversInForce, waivers_in_force
from soc2test.nearest import near
from soc2test.populations.population import Population
from soc2test.resources.kinds import Person, Vendor
from soc2test.run import Statement
from soc2test.verdicts import Exemption

__all__ = ["InForce", "Known", "judge"]


class Known(msgspec.Struct, frozen=True):
    """What exceptions are judged by: the controls by id, people, vendors, documents and the moment.

    `as_of` is in the time zone of the company.
    `all_loaded` is false where a policy file or a plugin did not load: then a control that nobody knows may be its.
    """

    controls: Mapping[str, Control]
    persons: Population[Person]
    vendors: Population[Vendor]
    documents: Documents
    as_of: datetime
    policies: Collection[tuple[str, str]] = ()
    """id and title of each policy of the register"""
    all_loaded: bool = True


class InForce(msgspec.Struct, frozen=True):
    """The exceptions in force, and why each of the others is not.

    An entry of `scope_outs` still depends on what controls find (`refused_by_results`).
    """

    limits: Mapping[str, Limits]
    """of each control"""
    scope_outs: Mapping[str, ScopeOut] = msgspec.field(default_factory=dict)
    not_relevant: Mapping[str, str] = msgspec.field(default_factory=dict)
    """criterion -> management's reason"""
    exemptions: Mapping[str, tuple[Exemption, ...]] = msgspec.field(default_factory=dict)
    """by the id of their control"""
    waivers: WaiversInForce = WaiversInForce()
    statements: tuple[Statement, ...] = ()
    refused: tuple[ProgrammeError, ...] = ()


def judge(declared: Declared, own: Mapping[str, Mapping[str, Any]], known: Known, file: str) -> InForce:
    """Judge what a programme declares; `own` are its limits by control, `file` is where they stand."""
    people, today = People(known.persons, known.as_of), known.as_of.date()
    limits, refused = _limits(declared, own, known, people, Place(file, ("limits",), declared.lines))
    outs, wrong_outs = _scope_outs(declared, known, people)
    relevant, wrong_relevant = not_relevant_in_force(declared.not_relevant.values(), people, today)
    exemptions, wrong_exemptions = exemptions_in_force(
        declared.exemptions, known.controls, people, today, all_loaded=known.all_loaded
    )
    waivers = waivers_in_force(declared.waivers, known.controls, people, today, all_loaded=known.all_loaded)
    wrong_waivers = [each.error for each in waivers.refused]
    statements, wrong_statements = statements_in_force(declared.statements, people, known.documents, today)
    return InForce(
        limits=limits,
        scope_outs=outs,
        not_relevant=relevant,
        exemptions=exemptions,
        waivers=waivers,
        statements=statements,
        refused=(*refused, *wrong_outs, *wrong_relevant, *wrong_exemptions, *wrong_waivers, *wrong_statements),
    )


def _limits(
    declared: Declared, own: Mapping[str, Mapping[str, Any]], known: Known, people: People, place: Place
) -> tuple[dict[str, Limits], list[ProgrammeError]]:
    limits: dict[str, Limits] = {}
    refused: list[ProgrammeError] = []
    for id, control in known.controls.items():
        clauses = declared.clauses.get(id, {})
        limits[id], wrong = limits_in_force(control, own.get(id, {}), clauses, people, place.at(id), known.policies)
        refused += wrong
    return limits, refused


def _scope_outs(declared: Declared, known: Known, people: People) -> tuple[dict[str, ScopeOut], list[ProgrammeError]]:
    good: dict[str, ScopeOut] = {}
    refused = []
    loaded = Loaded(known.controls, declared.scope_outs)
    for id, entry in declared.scope_outs.items():
        if id in known.controls:
            wrong = wrong_scope_out(entry, loaded, people, known.vendors, known.as_of.date())
        else:
            wrong = _unknown_control(entry, known)
        if wrong is not None:
            refused.append(wrong)
        elif id in known.controls:
            good[id] = entry
    return good, refused


def _unknown_control(entry: ScopeOut, known: Known) -> ProgrammeError | None:
    if not known.all_loaded:
        return None
    guess = near(entry.control, known.controls) or "; `soc2test controls` lists all"
    return entry.place.refuse(f"no loaded control has this id{guess}; a criterion is left out under not_relevant")
