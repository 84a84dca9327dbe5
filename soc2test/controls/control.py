"""A control: what `@control` says about a test function."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from soc2test.resources.resource import Resource
from soc2test.verdicts import LimitValue

__all__ = ["ATTRIBUTE", "Control", "Second", "control_of"]

ATTRIBUTE = "__soc2_control__"
"""where a decorated function holds its control"""


@dataclass(frozen=True)
class Second:
    """A function that asks second sources whether nothing, or nothing else, occurred; it raises where they disagree."""

    function: Callable[..., object] = field(repr=False)
    populations: Mapping[str, type[Resource]]
    injected: tuple[str, ...]

    def values(self, populations: Callable[[type[Resource]], Any], given: Mapping[str, Any]) -> dict[str, Any]:
        """What it is called with."""
        own = {name: given[name] for name in self.injected}
        return own | {name: populations(kind) for name, kind in self.populations.items()}


@dataclass(frozen=True)
class Control:
    """What `@control` says about a function; see `control` for the meaning of each."""

    id: str
    title: str
    description: str
    criteria: tuple[str, ...]
    supports: Mapping[str, str]
    severity: str
    operates: str
    where: Callable[..., object] | None
    limits: Mapping[str, LimitValue]
    on_empty: str
    function: Callable[..., object] = field(repr=False)
    kind: type[Resource] | None
    """the kind under test; None for a control over populations alone"""
    parameter: str | None
    """name of the parameter that takes the resource under test"""
    populations: Mapping[str, type[Resource]]
    """parameter name -> kind of the populations it joins"""
    injected: tuple[str, ...]
    """which of `limits` and `as_of` the function takes"""
    fixtures: tuple[str, ...]
    """names of the pytest fixtures it takes"""
    through: Mapping[str, type[Resource]] = field(default_factory=dict)
    """name -> kind of the populations that those fixtures build on: it needs them as those that it takes itself"""
    built: tuple[str, ...] = ()
    """those of the fixtures that build on populations"""
    file: str = ""
    """path within its pack, with forward slashes"""
    pack: str = ""
    least: Mapping[str, float] = field(default_factory=dict)
    """limit -> the least number that soc2.yaml may set"""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """limit -> the words that soc2.yaml may set"""
    joins: Mapping[str, Callable[..., object]] = field(default_factory=dict)
    """parameter name -> which members of the population that it joins matter"""
    beside: tuple[str, ...] = ()
    """parameters whose populations only add to what others tell: what they lack holds nothing up by itself"""
    against: tuple[str, ...] = ()
    """those of `beside` whose populations can but contradict: a verdict that they leave alone does not rest on them"""
    looser: Mapping[str, str] = field(default_factory=dict)
    """limit -> in which direction it gets looser: "higher", "lower", "fewer", "more\""""
    nature: str = "state"
    reliance: bool = False
    agrees: "Second | None" = None
    """the second source that an empty population of events needs"""
    dated: "str | Callable[..., object] | None" = None
    """when an event or an occurrence happened: a fact of the kind under test, or a function of the resource"""
    complete: "Second | None" = None
    """what names, from other sources, what its population may lack"""
    blind_spots: Mapping[str, str] = field(default_factory=dict)
    """what it does not notice on purpose, by "Kind.fact", "limits.name", "as_of" or parameter -> why"""
    between: str = ""
    """of a state: the control of events that looks at what changed between two moments, as far as logs tell"""

    @property
    def kinds(self) -> tuple[type[Resource], ...]:
        """Every kind whose population it needs."""
        first = (self.kind,) if self.kind is not None else ()
        return (*first, *self.needed.values())

    @property
    def needed(self) -> dict[str, type[Resource]]:
        """Name -> kind of the populations that it takes itself or by way of fixtures."""
        return {**self.populations, **self.through}

    @property
    def besides(self) -> tuple[type[Resource], ...]:
        """The kinds of the populations that only add to what others tell."""
        return tuple(self.populations[name] for name in self.beside)

    @property
    def seconds(self) -> tuple[type[Resource], ...]:
        """The kinds that a second source is asked for where its own population is empty."""
        return tuple(self.agrees.populations.values()) if self.agrees is not None else ()

    @property
    def completing(self) -> tuple[type[Resource], ...]:
        """The kinds that are asked for what its own population may lack; what these lack holds nothing up by itself."""
        return tuple(self.complete.populations.values()) if self.complete is not None else ()


def control_of(function: object) -> Control | None:
    """The control that `function` was decorated as, None where it is none."""
    spec = getattr(function, ATTRIBUTE, None)
    return spec if isinstance(spec, Control) else None
