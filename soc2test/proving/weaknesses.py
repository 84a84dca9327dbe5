"""What a control should have noticed, told from probes of its facts."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from soc2test.code_reading.reads import facts_that_decide
from soc2test.controls.control import Control
from soc2test.proving.outcomes import Asked, Outcome
from soc2test.proving.probing import Probe
from soc2test.proving.records import Weakness
from soc2test.proving.smallest import in_words, shrunk, value_text
from soc2test.proving.values import is_ordered
from soc2test.proving.world import World, with_fact
from soc2test.resources.resource import Resource, kind_of

__all__ = ["escapes", "islands", "joined_spots", "never_asked", "swallowed", "unasked"]

_QUIET = (Outcome.HOLDS, Outcome.LEFT_OUT, Outcome.PENDING)


def swallowed(asked: Asked, probes: Sequence[Probe]) -> Iterator[Weakness]:
    """A fact that is unknown, and the control holds, though there is a value of it with which it deviates."""
    for found in probes:
        outcomes = [(found.value, found.before), *found.tried]
        bad = next((value for value, outcome in outcomes if outcome is Outcome.DEVIATES), None)
        if found.unknown not in _QUIET or Outcome.DEVIATES not in [outcome for _, outcome in outcomes]:
            continue

        def shows(world: World, found: Probe = found, bad: object = bad) -> bool:
            site = found.site
            unknown = asked.outcome(site.unknown(world))
            return unknown is found.unknown and asked.outcome(site.become(world, bad)) is Outcome.DEVIATES

        small = shrunk(found.world, shows, {found.site.resource: found.site.fact})
        text = f"where {found.site.name} is unknown it {found.unknown}, and with {value_text(bad)} it deviates"
        yield Weakness("unknown_passes", text, in_words(found.site.unknown(small)), found.site.names)


def escapes(asked: Asked, probes: Sequence[Probe]) -> Iterator[Weakness]:
    """A value with which the resource deviates takes it out of the population."""
    if asked.control.where is None:
        return
    bare = asked.without_where()
    for found in probes:
        if found.before is not Outcome.HOLDS or bare.outcome(found.world) is not Outcome.HOLDS:
            continue
        for value in found.values(Outcome.LEFT_OUT):
            world = found.site.become(found.world, value)
            if bare.outcome(world) is Outcome.DEVIATES:
                small = shrunk(
                    world,
                    lambda less: asked.outcome(less) is Outcome.LEFT_OUT and bare.outcome(less) is Outcome.DEVIATES,
                    {found.site.resource: found.site.fact},
                )
                text = f"with {found.site.name} {value_text(value)} it would deviate, and `where` leaves it out"
                yield Weakness("where_escapes", text, in_words(small), found.site.names)
                break


def islands(asked: Asked, probes: Sequence[Probe]) -> Iterator[Weakness]:
    """One value alone deviates: a little less and a little more both hold, so that it is no limit.

    Without a limit in numbers that may be meant: a port, a code.
    """
    limits = [limit.value for limit in asked.limits.items().values()]
    numeric = any(is_ordered(value) for value in limits)
    for found in probes:
        if not numeric and not isinstance(found.value, datetime):
            continue
        for first, second in zip(found.edges, found.edges[1:], strict=False):
            alone = first.above == second.below and first.at_above is Outcome.DEVIATES
            if alone and first.at_below is second.at_above is Outcome.HOLDS:
                text = f"{found.site.name} deviates with {value_text(first.above)} alone: less and more both hold"
                world = found.site.become(found.world, first.above)
                yield Weakness("no_limit", text, in_words(world), found.site.names)


def joined_spots(asked: Asked, probes: Sequence[Probe]) -> Iterator[Weakness]:
    """Members of joined populations whose absence or contradiction goes unnoticed."""
    for name, kind in asked.control.populations.items():
        deviating = [found for found in probes if _is_joined(found, kind) and found.values(Outcome.DEVIATES)]
        yield from _vanishing(asked, deviating, name)
        yield from _outvoted(asked, deviating, name)


def never_asked(control: Control, probes: Sequence[Probe]) -> Iterator[Weakness]:
    """Facts that stand in its code, and that it read in none of the worlds: of them nothing was shown."""
    for kind, fact in unasked(control, probes):
        name = f"{kind.__name__}.{fact}"
        yield Weakness("never_asked", f"its code names {name}, and asked for it in no world", "", (name,))


def unasked(control: Control, probes: Sequence[Probe]) -> Iterator[tuple[type[Resource], str]]:
    """The facts that its code names, but for those of its messages, and that were not changed yet."""
    for kind in dict.fromkeys(control.kinds):
        asked = {found.site.fact for found in probes if isinstance(found.site.resource, kind)}
        yield from ((kind, fact) for fact in facts_that_decide(control, kind) if fact not in asked)


def _is_joined(found: Probe, kind: type[Resource]) -> bool:
    resource = found.site.resource
    return isinstance(resource, kind) and resource != found.world.subject and found.before is Outcome.HOLDS


def _vanishing(asked: Asked, probes: Sequence[Probe], name: str) -> Iterator[Weakness]:
    for found in probes:
        less = found.world.changed(found.site.resource, None)
        if asked.outcome(less) is Outcome.HOLDS and _was_given(found.world, found.site.resource):
            bad = found.values(Outcome.DEVIATES)[0]
            kind = kind_of(found.site.resource).__name__
            text = f"without the {kind} of {name} it holds, and with {found.site.fact} {value_text(bad)} it deviates"
            yield Weakness("absence_passes", text, in_words(_small(asked, found, less)), (name,))
            return


def _outvoted(asked: Asked, probes: Sequence[Probe], name: str) -> Iterator[Weakness]:
    for found in probes:
        bad = found.values(Outcome.DEVIATES)[0]
        resource = found.site.resource
        second = with_fact(resource, found.site.fact, bad, id=f"{resource.id}~2")
        more = found.world.joined_by(second)
        if asked.outcome(more) is Outcome.HOLDS and _was_given(more, second):
            other = f"another with {found.site.fact} {value_text(bad)}"
            text = f"of several {name} one that holds is enough: {other} changes nothing"
            yield Weakness("one_is_enough", text, in_words(_small(asked, found, more)), (name,))
            return


def _was_given(world: World, second: Resource) -> bool:
    """False where the control was given others by a join, and not this one: then it contradicts nobody."""
    given = [world.population(kind).given for kind in world.lists if isinstance(second, kind)]
    return any(second in members for members in given) or not any(given)


def _small(asked: Asked, found: Probe, world: World) -> World:
    keep = {found.site.resource: found.site.fact}
    return shrunk(world, lambda less: asked.outcome(less) is Outcome.HOLDS, keep)
