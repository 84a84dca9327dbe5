"""For tests of controls and plugins: build resources, run one control over them, run one reading function.

`resource(Identity, "ann", mfa=True)` builds a resource whose other facts are unknown; `check(test_x, a, b)` evaluates
a control over just these resources; `read(source, "users", body, account="acme")` tells what a source makes of an
answer.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from soc2test.controls.control import Control
from soc2test.controls.marked import control_in
from soc2test.errors import ControlDefinitionError, UnknownFact
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.finding.places import place_of
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Request, load_inventory
from soc2test.populations.population import Gap, Population
from soc2test.populations.teller import Teller
from soc2test.resources.resource import Origin, Resource, build
from soc2test.sources.source import Source
from soc2test.verdicts import ControlResult, Exemption

__all__ = ["AS_OF", "Read", "check", "read", "resource"]

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
    spec = control_in(control)
    if spec is None:
        raise ControlDefinitionError(f"{control!r} is no control: decorate it with @control")
    kinds = _Given(spec, resources, tuple(partial))
    own = {spec.id: limits_of(spec, limits or {})}
    found = evaluate([spec], kinds, own, as_of, fixtures=fixtures, exempt={spec.id: exempt}, zone=zone)
    return found[spec.id].result


class Read(msgspec.Struct, frozen=True):
    """What a source tells of one answer."""

    resources: tuple[Any, ...]
    """those that it makes, in the order of their ids"""
    gaps: tuple[Gap, ...]
    """what the populations of its kinds lack"""

    def unknown(self, id: str, fact: str) -> str | None:
        """Why a fact of the resource of that id is not known; None where it is known.

        Raises `LookupError` where there is no such resource.
        """
        found = next((each for each in self.resources if each.id == id), None)
        if found is None:
            raise LookupError(f"there is no {id}; there are {', '.join(each.id for each in self.resources) or 'none'}")
        try:
            getattr(found, fact)
        except UnknownFact as error:
            return error.reason
        return None


def read(source: Source, operation: str, body: Any, /, *, as_of: datetime = AS_OF, **subject: str) -> Read:
    """What `source` makes of the answer `body` to a call of `operation`: a JSON value, or text as it was printed.

    `subject` says what the call was about: each level of the source's scope, and what the operation itself asks for.
    Raises `ValueError` for an operation that there is not, or a subject that is not told or not asked for.
    """
    known = source.operations.get(operation)
    if known is None:
        raise ValueError(f"{source.name} reads no {operation!r}; it reads {', '.join(sorted(source.operations))}")
    wanted = {*known.scope, *known.subject}
    if wanted != subject.keys():
        raise ValueError(f"{operation} is about {', '.join(sorted(wanted)) or 'nothing'}: give just that")
    with tempfile.TemporaryDirectory() as folder:
        about = {level: subject.get(level, "any") for level in source.scope}  # of one that the call is not about
        place = Path(folder) / place_of(source, known, {**about, **subject})
        place.parent.mkdir(parents=True)
        place.write_text(body if isinstance(body, str) else json.dumps(body), "utf-8")
        exports, age = Path(folder) / "exports", {source.name: timedelta(days=source.max_age_days)}
        declared = {source.name: {level: [subject[level]] for level in known.scope}}
        found = load_inventory(
            Request(exports, {source.name: source}, lambda _: [], declared, age, ReadLimits(), Clock(as_of, as_of))
        )
        resources = {each.id: each for kind in known.kinds for each in found.inventory.members(kind)}
        gaps = {gap: None for kind in known.kinds for gap in found.inventory.gaps(kind)}
    return Read(tuple(each for _, each in sorted(resources.items())), tuple(gaps))


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
