"""For tests of controls and plugins: build resources, run one control over them, run one reading function.

`resource(Identity, "ann", mfa=True)` builds a resource whose other facts are unknown; `check(test_x, a, b)` evaluates
a control over just these resources.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, TypeVar

from soc2test.controls.control import Control, control_of
from soc2test.errors import ControlDefinitionError
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.populations.population import Gap, Population
from soc2test.populations.teller import Teller
from soc2test.resources.resource import Origin, Resource, build
from soc2test.verdicts import ControlResult, Exemption

__all__ = ["AS_OF", "check", "resource"]

K = TypeVar("K", bound=Resource)

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)


def resource(kind: type[K], id: str, /, *, source: str = "test", tenant: str = "", **facts: Any) -> K:
    """A resource of `kind` with these facts; all others are unknown. Raises where a value is not of the fact's type."""
    return build(kind, id, facts, origin=Origin(source, ("test",), tenant=tenant))  # type: ignore[return-value]


def check(
    control: Callable[..., object],
    *resources: Resource,
    as_of: datetime = AS_OF,
    partial: Iterable[type[Resource]] = (),
    limits: dict[str, Any] | None = None,
    exempt: Sequence[Exemption] = (),
    zone: tzinfo = UTC,
    **fixtures: Any,
) -> ControlResult:
    """The result of a decorated control over `resources`; the populations of the `partial` kinds are not complete.

    `exempt` are exemptions of this control, each in force from its day on in `zone`.
    """
    spec = control_of(control)
    if spec is None:
        raise ControlDefinitionError(f"{control!r} is no control: decorate it with @control")
    kinds = _Given(spec, resources, tuple(partial))
    own = {spec.id: limits_of(spec, limits or {})}
    found = evaluate([spec], kinds, own, as_of, fixtures=fixtures, exempt={spec.id: exempt}, zone=zone)
    return found[spec.id].result


class _Given:
    """The populations of a test: just the given resources."""

    def __init__(self, control: Control, resources: Sequence[Resource], partial: tuple[type[Resource], ...]) -> None:
        self._resources = resources
        self._partial = partial

    def members(self, kind: type[Resource]) -> list[Resource]:
        return [each for each in self._resources if isinstance(each, kind)]

    def gaps(self, kind: type[Resource]) -> list[Gap]:
        return [Gap("partial", f"the test calls {kind.__name__} partial", "test")] if kind in self._partial else []

    def population(self, kind: type[Resource]) -> Population[Any]:
        return Population(kind, self.members(kind), self.gaps(kind))

    def sources(self, kind: type[Resource]) -> list[str]:
        return ["test"]

    def constants(self, kind: type[Resource]) -> dict[str, Any]:
        return {}

    def tellers(self, kind: type[Resource]) -> frozenset[Teller]:
        return frozenset({Teller("test", kind.__name__)})

    def nature(self, source: str) -> str:
        return "system"

    def declared(self, source: str | None) -> bool:
        return True
