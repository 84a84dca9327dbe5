"""Completeness: is everything of a kind in? One rule for all plugins.

A concrete kind of a source is complete where, for each scope, one of the operations that list it was exported whole.
A lister that is called once for each member of a parent kind needs one export for each.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

import msgspec

from soc2test.errors import UnknownFact
from soc2test.evidence.record import Evidence
from soc2test.finding.suggested import command
from soc2test.finding.unexported import Unexported, unexported
from soc2test.inventory.listers import listers_of
from soc2test.inventory.log_spans import LogSpans
from soc2test.inventory.scopes import Scopes
from soc2test.merging.ledger import Ledger
from soc2test.merging.told import Told
from soc2test.populations.population import Gap
from soc2test.resources.resource import Resource, fact_names, kind_of
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source
from soc2test.telling.call_record import Entry, Mention

__all__ = ["Completeness"]

T = TypeVar("T")


class Members(Protocol):
    """What is asked of the inventory."""

    def placed(self, kind: type[Resource]) -> Iterator[tuple[Resource, Mapping[str, str]]]:
        """Members of a kind, each with the scope that its list was about."""
        ...

    def unlisted(self, kind: type[Resource]) -> Iterator[Told]:
        """What was told of resources that no list names."""
        ...

    def lists(self, kind: type[Resource], id: str) -> bool:
        """True where a list of exactly this kind holds the id."""
        ...


class Completeness:
    """Finds the gaps of each kind's population."""

    def __init__(self, sources: Mapping[str, Source], ledger: Ledger, scopes: Scopes, members: Members) -> None:
        self._sources, self._ledger, self._scopes, self._members = sources, ledger, scopes, members
        self._known = listers_of(sources)
        self._listers = self._known.of
        self.logs = LogSpans(self._listers, ledger, scopes)
        """of which time logs tell"""
        self._found: dict[tuple[str, type[Resource]], tuple[Gap, ...]] = {}
        """the gaps of one kind of one source: many kinds and scopes ask for those of their parents"""
        self._parents: dict[tuple[type[Resource], tuple[str, ...]], _ByPlace[Resource]] = {}
        self._listed: dict[tuple[type[Resource], tuple[str, ...]], Counter[tuple[str | None, ...]]] = {}
        self._lacking: dict[tuple[str, type[Resource], tuple[str, ...]], _ByPlace[Gap]] = {}
        """the gaps of parents by the scope levels of the lists that are called for each of them"""

    def sources(self, kind: type[Resource]) -> tuple[str, ...]:
        """Names of the sources that can list a kind."""
        return self._known.tellers(kind)

    def declared_for(self, kind: type[Resource]) -> Iterator[str]:
        """What soc2.yaml declares of the sources that list a kind, as far as their lists are about it, in words."""
        for source, levels in self._known.scopes(kind):
            yield from self._scopes.declared_of(source, levels)

    def gaps(self, kind: type[Resource]) -> Iterator[Gap]:
        """What the population of a kind lacks, over all sources that are declared or were exported."""
        for source, text in self._scopes.lost_of(kind):
            yield Gap("plugin", text, source)
        tellers = self.sources(kind)
        present = [source for source in tellers if self._scopes.of_interest(source)]
        # of lists that are kept apart one may be missing without loss, as long as another source lists the kind
        interesting = [each for each in present if not self._sources[each].apart or self._told(each, kind)] or present
        if not interesting:
            names = ", ".join(tellers)
            text = f"declare {names} in soc2.yaml and export it" if names else "no loaded plugin tells it"
            yield Gap("missing", f"no source tells {kind.__name__}: {text}")
        for source in interesting:
            for listed in [listed for name, listed in self._listers if name == source and issubclass(listed, kind)]:
                yield from self._of(source, listed)
            yield from self._lost(source)
            yield from self._unread(source, kind)
            yield from self._unnamed(source, kind)
            yield from self._uncounted(source, kind)
        for source in sorted({unread.source for unread in self._ledger.unread} - {*tellers}):
            yield from self._unread(source, kind, certain=True)  # there is one, though nothing of the source lists any

    def _told(self, source: str, kind: type[Resource]) -> bool:
        """True where anything of the kind was exported, or something that can't be told apart from it."""
        operations = self._sources[source].operations.values()
        about = (each for each in operations if any(issubclass(told, kind) for told in each.kinds))
        return source in self._ledger.lost or any(each in self._ledger for each in about)

    def _unread(self, source: str, kind: type[Resource], *, certain: bool = False) -> Iterator[Gap]:
        """What stands in exports and is not read, where it may be of the kind; with `certain` only what says so."""
        for unread in self._ledger.unread:
            anything = not unread.kinds and not certain
            of_kind = anything or any(issubclass(may_be, kind) for may_be in unread.kinds)
            if unread.source == source and of_kind:
                yield Gap(unread.entry.code, unread.entry.text, source, unread.entry.evidence, kinds=unread.kinds)

    def _unnamed(self, source: str, kind: type[Resource]) -> Iterator[Gap]:
        """What exports name and no list holds, where it may be of the kind; the first of what one list lacks."""
        lacking: dict[type[Resource], list[tuple[Mention, Evidence]]] = {}
        for mention, evidence in self._ledger.named.items():
            of_kind = not mention.kinds or any(issubclass(may_be, kind) for may_be in mention.kinds)
            if mention.source == source and of_kind and not self._holds(mention):
                lacking.setdefault(mention.by, []).append((mention, evidence))
        for by, mentions in lacking.items():
            listers = self._listers.get((source, by), [])
            if listers and any(True for _ in self._of_listers(source, listers)):
                continue  # the list itself is a gap already
            missed = [each for each in mentions if not self._came_later(*each, listers)]
            if not missed:
                continue
            first, evidence = missed[0]
            more = f" and {len(missed) - 1} more" if missed[1:] else ""
            again = f": export `{self._commands(listers, evidence.subject)}` again" if listers else ""
            text = f"{evidence.id} names {first.id}{more}, which no list holds{again}"
            yield Gap("unnamed", text, source, evidence.id, kinds=first.kinds)

    def _holds(self, mention: Mention) -> bool:
        """True where a list holds what was named, be it as a resource or as what is none."""
        left_out = (mention.by, mention.id) in self._ledger.left_out
        return left_out or self._members.lists(mention.by, mention.id)

    def _came_later(self, mention: Mention, evidence: Evidence, listers: Sequence[Operation]) -> bool:
        """True where each list of its scope is older than what was named; one of unknown age is not."""
        since = mention.since
        calls = [self._ledger.get(lister, evidence.subject) for lister in listers]
        lists = [entry for entry in calls if entry is not None]
        if since is None or not lists:
            return False
        return all(entry.made_at is not None and entry.made_at < since for entry in lists)

    def _uncounted(self, source: str, kind: type[Resource]) -> Iterator[Gap]:
        """What exports count and the lists hold fewer of, in the scope of the export that counts."""
        for operation, said, evidence in self._ledger.counted:
            of_kind = any(issubclass(may_be, kind) for may_be in (said.of, *said.kinds))
            if operation.source != source or not of_kind:
                continue
            listed = self._listed_in(said.of, operation.scope)[_place(operation.scope, evidence.subject)]
            listers = self._listers.get((source, said.of), [])
            if listed < said.number and not any(True for _ in self._of_listers(source, listers)):
                again = f": export `{self._commands(listers, evidence.subject)}` again" if listers else ""
                text = f"{evidence.id} counts {said.number} {said.of.__name__}, and {listed} are listed{again}"
                yield Gap("partial", text, source, evidence.id, kinds=(said.of, *said.kinds))

    def _listed_in(self, kind: type[Resource], levels: tuple[str, ...]) -> Counter[tuple[str | None, ...]]:
        """How many members of exactly a kind are listed in each scope."""
        if (kind, levels) not in self._listed:
            placed = (at for member, at in self._members.placed(kind) if kind_of(member) is kind)
            self._listed[kind, levels] = Counter(_place(levels, at) for at in placed)
        return self._listed[kind, levels]

    def _lost(self, source: str) -> Iterator[Gap]:
        for name in (source, ""):
            if (entry := self._ledger.lost.get(name)) is not None:
                yield Gap(entry.code, entry.text, source, entry.evidence)

    def _of(self, source: str, kind: type[Resource]) -> tuple[Gap, ...]:
        if (source, kind) not in self._found:
            found = self._find(source, kind)
            self._found[source, kind] = tuple(msgspec.structs.replace(gap, kinds=(kind,)) for gap in found)
        return self._found[source, kind]

    def _find(self, source: str, kind: type[Resource]) -> Iterator[Gap]:
        if (source, kind) not in self._listers:  # a list per parent whose parents nothing lists
            yield Gap("missing", f"no operation of {source} lists {kind.__name__}", source)
            return
        found = list(self._of_listers(source, self._listers[source, kind]))

        yield from found
        for told in self._members.unlisted(kind):
            text = (
                f"{told.evidence[0]} tells of {kind.__name__} {told.id}, which no list names: "
                f"export `{self._commands(self._listers[source, kind], told.at)}` again"
            )
            if not found and (kind, told.id) not in self._ledger.left_out:
                yield Gap("unnamed", text, source, told.evidence[0])

    def _of_listers(self, source: str, listers: Sequence[Operation]) -> Iterator[Gap]:
        """Each scope needs one of the listers; the gap is told in the words of the one that came closest."""
        per_scope: dict[tuple[tuple[str, str], ...], list[Gap]] = {}
        for operation in listers:
            for scope in self._scopes.each(source, operation.scope):
                gaps = list(self._call(operation, scope, listers))
                key = tuple(scope.items())
                is_missing = bool(gaps) and all(gap.code == "missing" for gap in gaps)
                if is_missing and key not in per_scope and _is_said_by(listers[0], operation):
                    continue
                per_scope[key] = gaps if not gaps else _closest(per_scope.get(key), gaps)
        wholes = [dict(key) for key, gaps in per_scope.items() if not gaps]
        for key, gaps in per_scope.items():
            if gaps and not any(_covers(whole, dict(key)) or _covers(dict(key), whole) for whole in wholes):
                yield from gaps

    def _call(self, operation: Operation, scope: dict[str, str], listers: Sequence[Operation]) -> Iterator[Gap]:
        if operation.per is None:
            entry = self._ledger.get(operation, scope)
            if entry is None:
                yield _missing(listers[0], scope, f"{self._call_of(listers[0], scope)}{_for(scope)}")
            elif entry.code:
                yield _gap(operation, entry, scope)
            return
        yield from self._gaps_of_parents(operation, scope)
        for parent in self._parents_in(operation.per, scope):
            try:
                subject = {**scope, operation.subject[0]: _subject_of(operation, parent)}
            except UnknownFact as error:
                yield Gap("unknown_fact", f"{parent!r} has no known name: {error.reason}", operation.source)
                continue
            entry = self._ledger.get(operation, subject)
            if entry is None:
                yield _missing(operation, subject, f"{self._call_of(operation, subject)}{_for(scope)}")
            elif entry.code:
                yield _gap(operation, entry, subject)

    def _gaps_of_parents(self, operation: Operation, scope: Mapping[str, str]) -> list[Gap]:
        """Those that concern a scope: of the others it is told where these are looked at."""
        assert operation.per is not None  # noqa: S101  # it is asked once for each parent
        key = operation.source, operation.per, tuple(scope)
        if key not in self._lacking:
            gaps = self._of(operation.source, operation.per)
            self._lacking[key] = _ByPlace(tuple(scope), ((gap, dict(gap.at)) for gap in gaps))
        return self._lacking[key].within(scope)

    def _parents_in(self, kind: type[Resource], scope: Mapping[str, str]) -> list[Resource]:
        """The members of a kind whose list was about this scope, as far as it says."""
        levels = tuple(scope)
        if (kind, levels) not in self._parents:
            self._parents[kind, levels] = _ByPlace(levels, self._members.placed(kind))
        return self._parents[kind, levels].within(scope)

    def _call_of(self, operation: Operation, known: Mapping[str, str]) -> Unexported:
        return unexported(self._sources[operation.source], operation, known)

    @staticmethod
    def _commands(listers: Sequence[Operation], scope: Mapping[str, str]) -> str:
        return command(listers[0], scope)


def _subject_of(operation: Operation, parent: Resource) -> str:
    """What the call for a parent is named by: the fact of the part's name where it has one, else its `name`."""
    part = operation.subject[0]
    fact = part if part in fact_names(type(parent)) else "name"
    return str(getattr(parent, fact))


class _ByPlace(Generic[T]):
    """Resources or gaps by the values of scope levels: there may be as many of either as accounts."""

    def __init__(self, levels: tuple[str, ...], placed: Iterable[tuple[T, Mapping[str, str]]]) -> None:
        self._exact: dict[tuple[str, ...], list[T]] = {}
        self._partly: list[tuple[T, Mapping[str, str]]] = []
        """those of which some level is not known: they may be in any"""
        for one, at in placed:
            if all(level in at for level in levels):
                self._exact.setdefault(tuple(at[level] for level in levels), []).append(one)
            else:
                self._partly.append((one, {level: at[level] for level in levels if level in at}))

    def within(self, scope: Mapping[str, str]) -> list[T]:
        """Those in a scope with exactly these levels."""
        loose = [one for one, known in self._partly if _covers(known, scope)]
        return [*self._exact.get(tuple(scope.values()), ()), *loose]


def _place(levels: Sequence[str], at: Mapping[str, str]) -> tuple[str | None, ...]:
    return tuple(at.get(level) for level in levels)


def _missing(operation: Operation, subject: Mapping[str, str], text: str) -> Gap:
    return Gap("missing", text, operation.source, None, operation.name, tuple(subject.items()))


def _gap(operation: Operation, entry: Entry, subject: Mapping[str, str]) -> Gap:
    return Gap(entry.code, entry.text, operation.source, entry.evidence, operation.name, tuple(subject.items()))


def _closest(before: list[Gap] | None, now: list[Gap]) -> list[Gap]:
    """Of two listers for one scope: the one that is there whole, else one that was exported, else the first."""
    if before is None:
        return now
    if not before:
        return before
    tried = [each for each in (before, now) if any(gap.code != "missing" for gap in each)]
    return tried[0] if tried else before


def _is_said_by(first: Operation, operation: Operation) -> bool:
    """True where the gaps of the first lister, in its own scopes, say that this one's list is missing too.

    Scopes of other levels, an organization's beside projects', are no part of one another.
    """
    own, other = set(first.scope), set(operation.scope)
    return operation is not first and (own <= other or other <= own)


def _covers(whole: Mapping[str, str], scope: Mapping[str, str]) -> bool:
    """True where a complete list over `whole` (fewer levels) holds everything of `scope`."""
    return all(scope.get(level) == value for level, value in whole.items())


def _for(scope: Mapping[str, str]) -> str:
    named = ", ".join(f"{level} {value}" for level, value in scope.items() if value)
    return f" for {named}" if named else ""
