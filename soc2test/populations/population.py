"""Populations: all resources of a kind, and whether these are really all."""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

import msgspec

from soc2test.errors import AmbiguousJoin, NoSuchFact, UnknownFact
from soc2test.populations.likeness import looks_like, normal_email
from soc2test.resources.resource import Resource, every_kind, fact_names

__all__ = ["Gap", "Matches", "Population"]

K = TypeVar("K", bound=Resource)


class Gap(msgspec.Struct, frozen=True):
    """Why a population can't be relied on.

    `code` is one of: missing, denied, failed, empty, unreadable, partial, stale, future, undated, identity, unnamed,
    unread, unknown_type, unknown_fact, plugin; docs/exports-and-evidence.md says of each what is wrong.
    `text` says what to do ("export `aws iam list-users` for account 012345678901").
    `source` is the plugin's source, None where no source tells the kind; `evidence` an evidence id, if one is at fault.
    """

    code: str
    text: str
    source: str | None = None
    evidence: str | None = None
    operation: str | None = None
    """the call that would close it, with the scope and subject that it must be made for"""
    at: tuple[tuple[str, str], ...] = ()
    kinds: tuple[type[Resource], ...] = ()
    """the kinds whose members may be missing, each as its source lists it; none where it may be any"""


class Population(Generic[K]):
    """All resources of `kind` (subclasses included), for joins in a control.

    A population that has gaps lets no join miss silently: iterating, counting or missing raises `UnknownFact`
    once what is known was given out.
    """

    def __init__(self, kind: type[K], members: Iterable[K], gaps: Iterable[Gap] = ()) -> None:
        self.kind = kind
        self.members: tuple[K, ...] = tuple(members)
        self.gaps = tuple(gaps)
        self.given: list[K] = []
        """the members that joins gave out since somebody emptied it, for whoever cites their evidence"""
        self._indexes: dict[str, tuple[dict[Any, list[K]], UnknownFact | None]] = {}
        self._looks: dict[str, dict[str, set[Any]]] = {}
        self._parts: dict[tuple[str, Any], Population[K]] = {}

    @property
    def complete(self) -> bool:
        """True where every resource of the kind is known to be in."""
        return not self.gaps

    def __iter__(self) -> Iterator[K]:
        yield from self.members
        self._raise_if_partial()

    def __len__(self) -> int:
        self._raise_if_partial()
        return len(self.members)

    def __bool__(self) -> bool:
        return bool(self.members) or len(self) > 0

    def __contains__(self, resource: object) -> bool:
        if resource in self.members:
            return True
        self._raise_if_partial()
        return False

    def __repr__(self) -> str:
        return f"Population[{self.kind.__name__}]({len(self.members)}{'' if self.complete else ', partial'})"

    def one(self, fact: str, value: Any) -> K | None:
        """The member whose `fact` equals `value`, None where there is none for certain.

        Raises `UnknownFact` on a miss over a partial population or one where a member's key is unknown,
        `AmbiguousJoin` where several members match. E-mail facts compare without case (`normal_email`), and one that
        only looks the same is no certain miss; a fact that holds several values (a tuple) matches by any of them.
        """
        hits = self.all(fact, value).hits
        if len(hits) > 1:
            raise AmbiguousJoin(self.kind.__name__, fact, len(hits))
        if hits:
            return hits[0]
        self._raise_if_unsure(fact, value)
        return None

    def all(self, fact: str, value: Any) -> "Matches[K]":
        """Every member whose `fact` equals `value`; iterating raises `UnknownFact` last where there may be more."""
        index, _ = self._index(fact)
        hits = tuple(index.get(_key(fact, value), ()))
        self.given.extend(hits)
        return Matches(hits, lambda: self._raise_if_unsure(fact, value))

    def part(self, fact: str, value: Any) -> "Population[K]":
        """The members whose `fact` is `value`, for joins among them alone: what others tell is not asked for.

        It is as partial as the whole, and also where the `fact` of a member is unknown.
        """
        if (fact, value) not in self._parts:
            index, unknown = self._index(fact)
            gaps = self.gaps
            if unknown is not None:
                gaps = (*gaps, Gap(code=unknown.code, text=str(unknown)))
            part = Population(self.kind, index.get(_key(fact, value), ()), gaps)
            part.given = self.given
            self._parts[fact, value] = part
        return self._parts[fact, value]

    def alike(self, fact: str, value: str) -> tuple[K, ...]:
        """Members whose `fact` is not `value` but looks like it: another case or width, blanks, invisible characters.

        A login in another case may be the same account or another one, as the provider has it: whoever joins by it
        must not take such a miss for certain. Says nothing of completeness.
        """
        index, _ = self._index(fact)
        if fact not in self._looks:
            looks: dict[str, set[Any]] = {}
            for key in index:
                if isinstance(key, str):
                    looks.setdefault(looks_like(key), set()).add(key)
            self._looks[fact] = looks
        others = self._looks[fact].get(looks_like(value), set()) - {_key(fact, value)}
        return tuple(member for key in sorted(others) for member in index[key])

    def _index(self, fact: str) -> tuple[dict[Any, list[K]], UnknownFact | None]:
        if fact not in self._indexes:
            if fact != "id" and not _has(self.kind, fact):
                raise NoSuchFact(self.kind.__name__, fact, fact_names(self.kind))
            index: dict[Any, list[K]] = {}
            unknown: UnknownFact | None = None
            of_emails = _is_email(fact)
            for member in self.members:
                try:
                    value = member.id if fact == "id" else getattr(member, fact)
                except UnknownFact as error:
                    unknown = error
                    continue
                for each in value if isinstance(value, tuple) else (value,):
                    key = normal_email(each) if of_emails and isinstance(each, str) else each
                    index.setdefault(key, []).append(member)
            self._indexes[fact] = index, unknown
        return self._indexes[fact]

    def _raise_if_unsure(self, fact: str, value: Any) -> None:
        self._raise_if_partial()
        _, unknown = self._index(fact)
        if unknown is not None:
            raise unknown
        if _is_email(fact) and isinstance(value, str) and (near := self.alike(fact, value)):
            raise UnknownFact(
                fact,
                f"the {fact} of {near[0]!r} looks like the one that is looked for and differs in a letter or an "
                "invisible character: write both alike",
                code="conflict",
            )

    def _raise_if_partial(self) -> None:
        if self.gaps:
            gap = self.gaps[0]
            raise UnknownFact("", f"not all of {self.kind.__name__} is known: {gap.text}", code=gap.code)


class Matches(Generic[K]):
    """The members that a join found; iterating, counting or testing raises last where more may exist."""

    def __init__(self, hits: tuple[K, ...], check: Any) -> None:
        self.hits = hits
        self._check = check

    def __iter__(self) -> Iterator[K]:
        yield from self.hits
        self._check()

    def __len__(self) -> int:
        self._check()
        return len(self.hits)

    def __bool__(self) -> bool:
        return bool(self.hits) or len(self) > 0


def _has(kind: type[Resource], fact: str) -> bool:
    """True also for a fact of a special case of the kind."""
    return fact in fact_names(kind) or any(fact in fact_names(each) for each in every_kind(kind))


def _key(fact: str, value: Any) -> Any:
    return normal_email(value) if isinstance(value, str) and _is_email(fact) else value


def _is_email(fact: str) -> bool:
    return fact == "email" or fact.endswith("_email")
