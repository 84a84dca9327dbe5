"""`Case`: for one shipped control, resources over which it holds, what must be found once one is changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from soc2test import Resource
from soc2test.controls.control import Control, control_of
from soc2test.testing import AS_OF, check, resource
from soc2test.verdicts import ControlResult

__all__ = ["Bad", "Case", "Made", "bad", "before", "made"]


@dataclass(frozen=True)
class Made:
    """A resource to be built: its kind, id, source and the facts that are told."""

    kind: type[Resource]
    id: str
    source: str
    facts: dict[str, Any] = field(hash=False)

    def build(self, *, without: str = "") -> Resource:
        facts = {name: value for name, value in self.facts.items() if name != without}
        return resource(self.kind, self.id, source=self.source, **facts)

    def but(self, **facts: Any) -> "Made":
        """The same resource with other facts."""
        return Made(self.kind, self.id, self.source, {**self.facts, **facts})


@dataclass(frozen=True)
class Bad:
    """Resources that replace those of the same id, ids to leave out, and what must come of it."""

    makes: tuple[Made, ...]
    says: str
    deviates: tuple[str, ...] | None
    drop: tuple[str, ...]
    certain: bool
    """a deviation also where the populations that it joins may not be all"""


@dataclass(frozen=True)
class Case:
    """`clean` resources, told only the facts that the control needs or `spare` names ("id.fact"), and what is `bad`."""

    control: Callable[..., object]
    clean: Sequence[Made]
    bad: Sequence[Bad]
    spare: frozenset[str] = frozenset()
    limits: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """those that the company must set, since they have no default with which anything is examined"""

    def check(self, *resources: Resource, partial: Iterable[type[Resource]] = ()) -> ControlResult:
        """The result of the control over `resources`."""
        return check(self.control, *resources, partial=partial, limits=dict(self.limits))

    @property
    def spec(self) -> Control:
        spec = control_of(self.control)
        assert spec is not None
        return spec

    @property
    def kind(self) -> type[Resource]:
        """The kind whose members are counted as the population."""
        return self.spec.kinds[0]

    def planted(self, bad: Bad) -> list[Resource]:
        """The clean resources with the planted ones in their place."""
        makes = {(each.kind, each.id): each for each in (*self.clean, *bad.makes)}
        return [each.build() for each in makes.values() if each.id not in bad.drop]

    def deviating(self, bad: Bad) -> list[str]:
        """The ids that must be found."""
        own = tuple(each.id for each in bad.makes if issubclass(each.kind, self.kind))
        return sorted(own if bad.deviates is None else bad.deviates)


def made(kind: type[Resource], id: str, /, source: str = "test", **facts: Any) -> Made:
    """A resource of `kind` told by `source`."""
    return Made(kind, id, source, facts)


def bad(
    *makes: Made, says: str, deviates: Iterable[str] | None = None, drop: Iterable[str] = (), certain: bool = True
) -> Bad:
    """What is planted; without `deviates` the planted resources of the control's kind must be found, and only these."""
    return Bad(makes, says, None if deviates is None else tuple(deviates), tuple(drop), certain)


def before(days: float = 0, hours: float = 0) -> datetime:
    """A moment so long before the tests' `as_of`."""
    return AS_OF - timedelta(days=days, hours=hours)
