"""The calls that `soc2test collect` may make of a source, told from declarations and controls, without exports."""

import re
from collections.abc import Iterable, Sequence

from soc2test.cli.evidence_wanted import joined, waiting
from soc2test.cli.here import Here
from soc2test.finding.places import is_kept_by_hand
from soc2test.linting.looked_at import LookedAt
from soc2test.linting.unread_facts import Facts, facts_read
from soc2test.resources.resource import Resource, fact_names
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["BY_HAND", "asked_of", "can_be_asked"]

BY_HAND = re.compile(r"<[a-z]")
"""In a template that names what it can't know: `trivy image ... <image of {target}>`."""

Kind = type[Resource]


def can_be_asked(operation: Operation) -> bool:
    """True where a command of the operation can be run as it stands; others people keep or complete by hand."""
    return not is_kept_by_hand(operation) and " " in operation.command and BY_HAND.search(operation.command) is None


def asked_of(sources: Iterable[Source], here: Here) -> dict[str, list[Operation]]:
    """The operations of each source that may be asked for the loaded controls, by name: in doubt one is among them.

    An operation is asked for where it lists a kind that a control needs, or tells a fact of one that some code may
    read; the lists of what it is called for once each, and who is signed in, come with it.
    """
    kinds = _needed_kinds(here)
    read = facts_read(LookedAt(packs=tuple(here.packs), plugins=here.plugins, config=here.config))
    return {source.name: _asked(source, kinds, read) for source in sources}


def _asked(source: Source, kinds: Sequence[Kind], read: Facts) -> list[Operation]:
    able = [operation for operation in source.operations.values() if can_be_asked(operation)]
    asked = {operation.name for operation in able if _is_needed(operation, kinds, read)}
    if asked and source.collecting.whoami is not None:
        asked.add(source.collecting.whoami.operation)
    while more := _parents(able, asked) - asked:
        asked |= more
    return sorted((operation for operation in able if operation.name in asked), key=lambda operation: operation.name)


def _needed_kinds(here: Here) -> list[Kind]:
    direct = waiting(here)
    return [*direct, *joined(direct, here)]


def _is_needed(operation: Operation, kinds: Sequence[Kind], read: Facts) -> bool:
    wanted = [kind for kind in operation.kinds if any(_related(kind, needed) for needed in kinds)]
    creates = any(kind in operation.creates for kind in wanted)
    return creates or any(_tells(operation, kind, read) for kind in wanted)


def _tells(operation: Operation, kind: Kind, read: Facts) -> bool:
    """Whether it tells a fact of the kind that may be read, as that of a more general or a special kind too."""
    facts = set(operation.tells) & set(fact_names(kind))
    return any(fact in facts and _related(kind, of) for of, fact in read)


def _parents(able: Sequence[Operation], asked: set[str]) -> set[str]:
    """The lists that name what asked operations are called for once each."""
    per = {operation.per for operation in able if operation.name in asked and operation.per is not None}
    return {
        operation.name
        for operation in able
        if any(_related(created, kind) for created in operation.creates for kind in per)
    }


def _related(one: Kind, other: Kind) -> bool:
    return issubclass(one, other) or issubclass(other, one)
