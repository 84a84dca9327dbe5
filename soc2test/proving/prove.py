"""`prove`: change the inputs of a control one at a time, and tell what it does not notice."""

from collections.abc import Iterable, Sequence

import msgspec

from soc2test.controls.control import Control
from soc2test.proving.outcomes import Asked, Outcome
from soc2test.proving.probing import Probe, Site
from soc2test.proving.records import Fact, Proof, Weakness
from soc2test.proving.smallest import in_words, shrunk, value_text
from soc2test.proving.study import Study
from soc2test.proving.weaknesses import escapes, islands, joined_spots, never_asked, swallowed
from soc2test.proving.world import World
from soc2test.resources.resource import fact_names

__all__ = ["FAULTS", "prove"]

FAULTS = (
    "cannot_fail", "unknown_passes", "where_escapes", "no_limit", "limit_unbound", "limit_direction", "moment_unread",
)  # fmt: skip
"""The codes of weaknesses that leave a control unproven; the others are blind spots that an author should know of."""


def prove(asked: Asked, worlds: Sequence[World], basis: str) -> Proof:
    """What changing single facts, resources, limits and the moment shows, over worlds that the control holds for."""
    study = Study(asked, worlds)
    study.change_facts()
    study.change_crowds()
    study.ask_the_rest()
    study.go_deeper()
    probes = study.probes
    faults = [*swallowed(asked, probes), *escapes(asked, probes), *islands(asked, probes), *study.limits.faults]
    faults += study.limits.unbound()
    if study.deviating is None:
        faults.insert(0, Weakness("cannot_fail", "no change makes it deviate", in_words(worlds[0])))
    found = [*faults, *joined_spots(asked, probes), *study.joins.unnoticed(), *never_asked(asked.control, probes)]
    weak = [_stated(asked.control, weakness) for weakness in found]
    return Proof(
        control=asked.control.id,
        basis=basis,
        facts=_facts(asked.control, probes),
        limits=tuple(study.limits.proofs),
        changes=study.changes,
        noticed=study.noticed,
        faults=_once(weakness for weakness in weak if weakness.code in FAULTS and not weakness.stated),
        blind_spots=_once(weakness for weakness in weak if weakness.code not in FAULTS or weakness.stated),
        deviates_with="" if study.deviating is None else _deviation(asked, study.deviating),
    )


def _facts(control: Control, probes: Sequence[Probe]) -> tuple[Fact, ...]:
    facts: dict[str, Fact] = {}
    for found in probes:
        name = _asked_for(control, found.site)
        known = facts.get(name, Fact(name=name, decides=False))
        edges = [
            f"{value_text(edge.below)} {edge.at_below}, {value_text(edge.above)} {edge.at_above}"
            for edge in found.edges
        ]
        facts[name] = Fact(
            name=name, decides=known.decides or found.decides, edge=known.edge or next(iter(edges), "")
        )  # fmt: skip
    return tuple(facts.values())


def _asked_for(control: Control, site: Site) -> str:
    """A fact by the kind that the control names, where that has it: "Identity.mfa" of an IamUser."""
    kinds = [kind for kind in control.kinds if isinstance(site.resource, kind) and site.fact in fact_names(kind)]
    return f"{kinds[0].__name__}.{site.fact}" if kinds else site.name


def _deviation(asked: Asked, world: World) -> str:
    small = shrunk(world, lambda less: asked.outcome(less) is Outcome.DEVIATES, {})
    return in_words(small) or "nothing at all"


def _once(found: Iterable[Weakness]) -> tuple[Weakness, ...]:
    """Of weaknesses that say the same the first."""
    first: dict[tuple[str, str], Weakness] = {}
    for weakness in found:
        first.setdefault((weakness.code, weakness.text), weakness)
    return tuple(first.values())


def _stated(control: Control, weakness: Weakness) -> Weakness:
    """With the reason that the control gives for it, where it gives one."""
    reasons = [control.blind_spots[name] for name in weakness.about if name in control.blind_spots]
    return msgspec.structs.replace(weakness, stated=reasons[0]) if reasons else weakness
