"""Exports held against the place where they lie: what proves to be another account's counts for none.

Once one export of a scope names another owner, nothing of the scope counts: the login that made it made the others.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from soc2test.evidence.record import Evidence
from soc2test.merging.same_scope import SameScope
from soc2test.sources.identity import Owner
from soc2test.sources.source import Source
from soc2test.telling.hearing import Heard, hear

__all__ = ["Contradictions"]

Wrong = tuple[str, str]
"""Code and text of a gap."""
Place = tuple[str, tuple[tuple[str, str], ...]]
"""Source, and scope levels with their values from the outermost to the one that is meant."""


class _Named(NamedTuple):
    """A name that an export gave, as it wrote it, and the export."""

    value: str
    evidence: str


class Contradictions:
    """What the exports of a run say against the places where they lie."""

    def __init__(self, sources: Mapping[str, Source], evidence: Iterable[Evidence]) -> None:
        self._sources = sources
        self._told: dict[Place, dict[str, dict[str, _Named]]] = {}
        """place -> anchor -> owner in small letters -> who named it first"""
        self.faults: list[str] = []
        """what rules of plugins raised"""
        self._files: dict[str, Wrong] = {}
        """exports that are about another subject, or whose owner can't be told, by evidence id"""
        self.others: dict[str, str] = {}
        """why exports are about another subject than their place is, by evidence id"""
        self._refused: dict[Place, str] = {}
        self._of_scope: dict[tuple[str, tuple[str, ...], tuple[str | None, ...]], tuple[Place, ...]] = {}
        """source, levels of a call and their values -> the places of its exports: few of many"""
        everything = list(evidence)
        shared = SameScope((each.source, self._scope(each)) for each in everything)
        for each in everything:
            self._take(each, hear(sources[each.source], each, once=shared.may(each.source)), shared)
        for place, text in (*self._refuse(), *shared.refused()):
            self._refused.setdefault(place, text)

    def _take(self, evidence: Evidence, heard: Heard, shared: SameScope) -> None:
        """What one export says. Of its subject it concerns it alone: others of its loop were asked for rightly."""
        if heard.login is not None:
            for place in self._places(evidence)[:1]:
                self._refused[place] = f"does not count: {heard.login}: export it with its own"
        for owner in heard.owners:
            self._owner(evidence, owner)
        if heard.once:
            shared.hear(evidence, self._scope(evidence), heard.once)
        if heard.untold is not None:
            self._files.setdefault(evidence.id, ("identity", heard.untold))
        for text in heard.broke:
            self._files[evidence.id] = ("plugin", text)
            self.faults.append(f"{evidence.id}: {text}")
        if heard.other is not None:
            self.others[evidence.id] = heard.other

    def of(self, evidence: Evidence) -> Wrong | None:
        """Why an export does not count; None where nothing speaks against it."""
        wrong = self._files.get(evidence.id)
        if wrong is not None:
            return wrong
        for place in self._places(evidence):
            if place in self._refused:
                return "identity", self._refused[place]
        return None

    def _places(self, evidence: Evidence) -> tuple[Place, ...]:
        """The places of an export, from the outermost level to the innermost that its call has."""
        source = self._sources[evidence.source]
        of_call = source.operations[evidence.operation].scope
        key = source.name, of_call, tuple([evidence.subject.get(level) for level in source.scope])
        if key not in self._of_scope:
            self._of_scope[key] = tuple(_places(source, of_call, evidence.subject))
        return self._of_scope[key]

    def _scope(self, evidence: Evidence) -> tuple[tuple[str, str], ...]:
        """All levels of the place of an export."""
        places = self._places(evidence)
        return places[-1][1] if places else ()

    def _owner(self, evidence: Evidence, owner: Owner) -> None:
        place = next((place for place in self._places(evidence) if place[1][-1][0] == owner.part), None)
        if place is not None:
            named = self._told.setdefault(place, {}).setdefault(owner.anchor, {})
            named.setdefault(owner.value.casefold(), _Named(owner.value, evidence.id))
        elif owner.part in evidence.subject and owner.part not in self._sources[evidence.source].scope:
            about = evidence.subject[owner.part]
            if about.casefold() != owner.value.casefold():
                text = f"is of {owner.part} {owner.value} by its content, and of {about} by its place: export it again"
                self._files.setdefault(evidence.id, ("identity", text))

    def _refuse(self) -> Iterator[tuple[Place, str]]:
        for place, anchors in self._told.items():
            level, name = place[1][-1]
            for anchor, named in anchors.items():
                text = self._against(self._sources[place[0]], level, name, named, anchor)
                if text is not None:
                    yield place, text
        yield from self._twice()

    @staticmethod
    def _against(source: Source, level: str, name: str, named: Mapping[str, _Named], anchor: str) -> str | None:
        """What the owners that were named say against the name of the folder."""
        assert source.identity is not None  # noqa: S101  # what it told stands here
        others = [each for value, each in named.items() if value != name.casefold()]
        if not anchor and source.identity.comparable(level, name) and others:
            login = f"{others[0].evidence} is of {level} {others[0].value}, though it lies in the folder of {name}"
            wrong = f"the login, or the {level} that was asked, was another one's, or the file lies in the wrong folder"
            return f"does not count: {login}; {wrong}: export {name} again"
        if len(named) > 1:
            first, second, *_ = named.values()
            both = f"{first.evidence} is of {first.value} and {second.evidence} of {second.value}"
            return f"does not count: {both}, so nobody knows which {level} {name} is: export each into its own folder"
        return None

    def _twice(self) -> Iterator[tuple[Place, str]]:
        """Folders that hold one owner's exports under two names."""
        holders: dict[tuple[str, tuple[tuple[str, str], ...], str, str, str], list[tuple[Place, _Named]]] = {}
        for place, anchors in self._told.items():
            for anchor, named in anchors.items():
                for value, each in named.items():
                    key = (place[0], place[1][:-1], place[1][-1][0], anchor, value)
                    holders.setdefault(key, []).append((place, each))
        for (source, _, level, _, value), places in holders.items():
            if len(places) > 1:
                yield from self._same(self._sources[source], level, value, places)

    @staticmethod
    def _same(
        source: Source, level: str, value: str, places: Sequence[tuple[Place, _Named]]
    ) -> Iterator[tuple[Place, str]]:
        names = ", ".join(place[1][-1][1] for place, _ in places)
        for place, named in places:
            name = place[1][-1][1]
            if name.casefold() != value:
                text = f"{named.evidence} is of {level} {named.value}, as are exports in other folders ({names})"
                yield place, f"does not count: {text}; one login filled several: export each with its own"


def _places(source: Source, of_call: Sequence[str], subject: Mapping[str, str]) -> Iterator[Place]:
    levels: list[tuple[str, str]] = []
    for level in source.scope:
        if level not in of_call or level not in subject:
            return
        levels.append((level, subject[level]))
        yield source.name, tuple(levels)
