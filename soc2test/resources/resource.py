"""Resources: frozen typed records whose unknown facts raise when they are read."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Self

import msgspec

from soc2test.errors import NoSuchFact, UnknownFact

__all__ = [
    "MEMBER",
    "NOWHERE",
    "Origin",
    "Resource",
    "build",
    "every_kind",
    "fact_names",
    "fact_types",
    "kind_of",
    "kind_of_class",
    "known_and_unknown",
    "unknown_reads",
]  # fmt: skip


class Origin(msgspec.Struct, frozen=True, gc=False):
    """Which evidence told a resource: `source` name, the ids of its evidence, and fact -> evidence id.

    `facts` may be empty where one evidence told them all. `tenant` is the scope that its list was about, such as an
    account or a cluster, its parts joined by "/"; "" for a source without scopes.
    `documented` are the facts that a document shows which is there. `by_hand` are those of a system's resource that
    rows kept by hand tell, `MEMBER` among them where only such rows name it.
    """

    source: str
    evidence: tuple[str, ...] = ()
    facts: Mapping[str, str] = {}
    tenant: str = ""
    documented: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()

    def of(self, names: tuple[str, ...]) -> str | None:
        """The id of the evidence that told the last of the named facts that one told, else the first."""
        if self.facts:
            for name in reversed(names):
                if name in self.facts:
                    return self.facts[name]
        return self.evidence[0] if self.evidence else None


NOWHERE = Origin("")
MEMBER = "*"
"""In `Origin.by_hand`: that the resource is there at all is known from rows kept by hand."""


class Resource(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Base of all kinds. A kind is a subclass; each annotated field is a fact.

    `id` is unique among the resources of a kind; `origin` says which evidence told it.
    A field has no default: a fact that no evidence told is *unknown*, and reading it raises `UnknownFact`.
    `None` and `False` mean that the evidence says so. Times are aware UTC datetimes.
    Two resources are equal when kind and id are: comparing or hashing them reads no fact.
    """

    id: str
    origin: Origin = NOWHERE

    @property
    def source(self) -> str:
        """Name of the source that told it ("aws")."""
        return self.origin.source

    @property
    def tenant(self) -> str:
        """The account, organization, cluster ... that it is of; "" where its source has one alone."""
        return self.origin.tenant

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Resource) and self.id == other.id and kind_of(self) is kind_of(other)

    def __ne__(self, other: object) -> bool:  # msgspec has one of its own, which compares fact by fact
        return not self == other

    if not TYPE_CHECKING:  # a type checker would take it for a promise that each name is there

        def __getattr__(self, name: str) -> Any:
            """Asked only for what is no fact: to read it is a mistake, also with a default or in a `match`."""
            if name.startswith("_") or name == _WHY:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            __tracebackhide__ = True  # a debugger lands where it is read
            kind = kind_of(self)
            raise NoSuchFact(kind.__name__, name, (*fact_names(kind), "id"))

    def __hash__(self) -> int:
        return hash(self.id)  # kinds that share an id are few

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id})"

    def __reduce__(self) -> tuple[object, ...]:
        known, why = known_and_unknown(self)
        return (build, (kind_of(self), self.id, known, why, self.origin))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


type_ = type
Why = tuple[str, str]
"""Why a fact is unknown: a reason code of `soc2test.populations.GapCode`, and a sentence."""

_WHY = "soc2_unknown"


@cache
def fact_names(kind: type[Resource]) -> tuple[str, ...]:
    """The names of a kind's facts, in the order of their declaration, without `id` and `origin`."""
    return tuple(name for name in kind.__struct_fields__ if name not in ("id", "origin", _WHY))


@cache
def fact_types(kind: type[Resource]) -> dict[str, Any]:
    """Fact -> the type that its kind declares."""
    return {field.name: field.type for field in msgspec.structs.fields(kind)}


def known_and_unknown(resource: Resource) -> "tuple[dict[str, Any], dict[str, Why]]":
    """The facts that are known of a resource with their values, and why the others are not; as `build` takes them."""
    kind = kind_of(resource)
    why: Mapping[str, Why] = getattr(resource, _WHY, {}) if type(resource) is not kind else {}
    return {name: getattr(resource, name) for name in fact_names(kind) if name not in why}, dict(why)


def kind_of(resource: Resource) -> type[Resource]:
    """The declared kind of a resource, also where some of its facts are unknown."""
    return kind_of_class(type(resource))


def kind_of_class(cls: type[Resource]) -> type[Resource]:
    """The declared kind behind a class that stands for it where facts are unknown."""
    return _DECLARED.get(cls, cls)


_DECLARED: dict[type[Resource], type[Resource]] = {}


def every_kind(kind: type[Resource] = Resource) -> list[type[Resource]]:
    """All loaded kinds below `kind`, each after the one that it specialises."""
    own = [each for each in kind.__subclasses__() if each not in _DECLARED]
    return [found for each in own for found in (each, *every_kind(each))]


def build(
    kind: type[Resource],
    id: str,
    known: Mapping[str, Any],
    unknown: Mapping[str, Why] | None = None,
    origin: Origin = NOWHERE,
) -> Resource:
    """A resource of `kind` with the `known` facts; every other fact is unknown, for its reason in `unknown`.

    Raises `msgspec.ValidationError` where a known value is not of the fact's type: the string "false" is no bool.
    """
    names = fact_names(kind)
    missing = tuple(name for name in names if name not in known)
    if not missing:
        return msgspec.convert({"id": id, "origin": origin, **known}, kind)
    given = unknown or {}
    why = {name: given.get(name, ("unknown_fact", "no evidence tells it")) for name in missing}
    partial = _partial(kind, missing)
    resource = msgspec.convert({"id": id, "origin": origin, **known, _WHY: why}, partial)
    for slot in _slots(kind, missing):
        slot.__delete__(resource)  # asdict, astuple, replace and JSON read slots, not properties: an empty one raises
    return resource


@lru_cache(maxsize=4096)
def _partial(kind: type[Resource], missing: tuple[str, ...]) -> type[Resource]:
    fields: list[Any] = [(name, Any, None) for name in missing]
    partial: type[Resource] = msgspec.defstruct(  # type: ignore[assignment]  # defstruct forgets its bases' types
        kind.__name__,
        [*fields, (_WHY, dict[str, Any])],
        bases=(kind,),
        module=kind.__module__,
        frozen=True,
        gc=False,
        kw_only=True,
    )
    for name in missing:
        setattr(partial, name, property(_raiser(kind.__name__, name)))
    _DECLARED[partial] = kind
    return partial


_watched: list[tuple[str, str]] | None = None


@contextmanager
def unknown_reads() -> Iterator[list[tuple[str, str]]]:
    """Within, each unknown fact that is read is noted with the id of its resource, also where nobody hears it raise."""
    global _watched  # noqa: PLW0603  # one derivation at a time
    outer, _watched = _watched, []
    try:
        yield _watched
    finally:
        _watched = outer


def _raiser(kind: str, fact: str) -> Any:
    def read(self: Resource) -> Any:
        if _watched is not None:
            _watched.append((self.id, fact))
        code, reason = getattr(self, _WHY)[fact]
        raise UnknownFact(fact, reason, kind=kind, resource=self.id, code=code)

    return read


@lru_cache(maxsize=4096)
def _slots(kind: type[Resource], missing: tuple[str, ...]) -> tuple[Any, ...]:
    def slot(name: str) -> Any:
        return next(base.__dict__[name] for base in reversed(kind.__mro__) if name in base.__dict__)

    return tuple(slot(name) for name in missing)
