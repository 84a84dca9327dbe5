"""What the exports lack that controls need: each gap once, with other ways to close it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from soc2test.finding.unexported import Unexported, unexported
from soc2test.gaps.records import Call, Wanted
from soc2test.inventory.inventory import FRAMEWORK_KINDS, Inventory
from soc2test.inventory.listers import listers_of
from soc2test.populations.population import Gap
from soc2test.resources.resource import Resource
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["NOT_THERE", "wanted"]

Kind = type[Resource]
NOT_THERE = ("missing", "denied", "failed", "stale", "unreadable")
"""codes of gaps of a list that is not there, or not to be relied on"""
Declared = Mapping[str, Mapping[str, Sequence[str]]]


def wanted(
    kinds: Iterable[Kind],
    inventory: Inventory,
    sources: Mapping[str, Source],
    declared: Declared,
    filled: Mapping[str, Mapping[str, int]],
) -> tuple[Wanted, ...]:
    """What the populations of these kinds lack, and the calls about their single members that nobody exported.

    `declared` are the scopes of soc2.yaml by source and level. `filled` are the rows that `soc2test init --from` would
    write, by register and source: how many rows another register needs is not known.
    """
    looking = _Looking(inventory, sources, declared, filled)
    found: dict[str, Wanted] = {}
    for kind in kinds:
        if kind in FRAMEWORK_KINDS:
            continue
        for gap in inventory.gaps(kind):
            looking.add(found, looking.of_gap(gap, kind))
        lists = [gap for gap in inventory.gaps(kind) if gap.code in NOT_THERE and gap.operation is not None]
        failed = [call for call, _ in inventory.failed(kind)]
        for call in (*inventory.unexported(kind), *failed):
            looking.add(found, looking.of_call(call, kind, lists))
    return tuple(found.values())


class _Looking:
    """Makes what is wanted of gaps and calls."""

    def __init__(
        self,
        inventory: Inventory,
        sources: Mapping[str, Source],
        declared: Declared,
        filled: Mapping[str, Mapping[str, int]],
    ) -> None:
        self._inventory, self._sources, self._declared, self._filled = inventory, sources, declared, filled
        self._titles = {name: source.title for name, source in sources.items()}
        # of what is stale no row was read: then its manifest may say how many there are
        told = {each.id: each.records if each.records > 0 else each.expected for each in inventory.exports()}
        self._rows = {id: rows for id, rows in told.items() if rows}

    @staticmethod
    def add(found: dict[str, Wanted], new: Wanted) -> None:
        """One more kind may lack what others lack too: another source helps where it lists all of them."""
        before = found.get(new.text)
        if before is None:
            found[new.text] = new
            return
        found[new.text] = msgspec.structs.replace(
            before,
            kinds=tuple(dict.fromkeys((*before.kinds, *new.kinds))),
            others=tuple(name for name in before.others if name in new.others),
        )

    def of_gap(self, gap: Gap, kind: Kind) -> Wanted:
        source = self._sources.get(gap.source or "")
        operation = source.operations.get(gap.operation or "") if source is not None else None
        if source is None or operation is None:
            return Wanted(
                text=gap.text,
                code=gap.code,
                source=gap.source,
                title=source.title if source is not None else "",
                evidence=gap.evidence,
                kinds=(kind,),
                others=self._inventory.sources(kind) if gap.source is None else (),
                titles=self._titles,
                rows=self._rows.get(gap.evidence or ""),
            )
        call = unexported(source, operation, self._known(source, dict(gap.at)))
        is_missing = gap.code == "missing"
        from_source, rows = self._to_write(operation) if is_missing and call.by_hand else (None, None)
        return Wanted(
            text=gap.text,
            code=gap.code,
            source=source.name,
            title=source.title,
            operation=operation.name,
            command=call.line,
            file=call.file,
            evidence=gap.evidence,
            by_hand=call.by_hand,
            has_template=operation.columns is not None and operation.schema is not None,
            about=_about(operation) if call.by_hand else "",
            kinds=(kind,),
            titles=self._titles,
            others=self._in_its_stead(source, kind) if is_missing else (),
            same=tuple(self._same(source, operation, gap)) if is_missing else (),
            rows=rows if is_missing else self._rows.get(gap.evidence or ""),
            rows_from=from_source,
        )

    def of_call(self, call: Unexported, kind: Kind, lists: Iterable[Gap]) -> Wanted:
        """A call about a single member. Where the list of its scope is not there, that comes first."""
        source = self._sources[call.source]
        operation = source.operations[call.operation]
        scope = call.file.rpartition("/")[0]
        after = [gap.text for gap in lists if gap.source == call.source and self._folder(gap) == scope]
        return Wanted(
            text=str(call),
            code="missing",
            source=call.source,
            title=source.title,
            operation=call.operation,
            command=call.line,
            file=call.file,
            by_hand=call.by_hand,
            single=True,
            about=_about(operation) if call.by_hand else "",
            has_template=operation.columns is not None and operation.schema is not None,
            kinds=(kind,),
            after=tuple(text for text in after if text != str(call)),
        )

    def _folder(self, gap: Gap) -> str:
        source = self._sources[gap.source or ""]
        call = unexported(source, source.operations[gap.operation or ""], self._known(source, dict(gap.at)))
        return call.file.rpartition("/")[0]

    def _known(self, source: Source, at: Mapping[str, str]) -> dict[str, Any]:
        """The scope of a call; of a level that it does not name the first that is declared, as `soc2test evidence`."""
        first = {level: values[0] for level, values in self._declared.get(source.name, {}).items() if values}
        return {**first, **{level: value for level, value in at.items() if value}}

    def _to_write(self, operation: Operation) -> tuple[str | None, int | None]:
        """The source that lists the most of what a register is about, and how much that is."""
        by_source = self._filled.get(operation.name, {})
        if not by_source:
            return None, None
        source = max(sorted(by_source), key=by_source.__getitem__)
        return source, by_source[source]

    def _in_its_stead(self, source: Source, kind: Kind) -> tuple[str, ...]:
        """Other sources that list the kind, where the lists of this one are not missed beside theirs."""
        if not source.apart:
            return ()
        names = self._inventory.sources(kind)
        return tuple(name for name in names if not self._sources[name].apart and name not in self._declared)

    def _same(self, source: Source, operation: Operation, gap: Gap) -> Iterator[Call]:
        """Other calls of the source that list the same in this scope, or in one that holds it."""
        at = dict(gap.at)
        for kind in gap.kinds:
            for other in listers_of(self._sources).of.get((source.name, kind), ()):
                if other is operation or other.per is not None or not set(other.scope) <= set(operation.scope):
                    continue
                scope = {level: at[level] for level in other.scope if level in at}
                call = unexported(source, other, self._known(source, scope))
                yield Call(text=str(call), command=call.line, file=call.file)


def _about(operation: Operation) -> str:
    """What a register holds, as its schema says it."""
    return str(operation.schema().get("description", "")) if operation.schema is not None else ""
