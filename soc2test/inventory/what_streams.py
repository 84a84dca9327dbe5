"""Which operations stream: their exports are read item by item, in flat memory.

A kind streams where a single operation tells it, that operation asks for it (`stream=True`), and no control joins it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from soc2test.resources.resource import Resource
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["streamable"]


def streamable(sources: Mapping[str, Source], joined: Sequence[type[Resource]]) -> Callable[[Operation], bool]:
    """Which operations stream, given the kinds that some control joins."""
    tellers = _tellers(sources.values())
    decided: dict[tuple[str, str], bool] = {}

    def streams(operation: Operation) -> bool:
        key = operation.source, operation.name
        if key not in decided:
            decided[key] = decide(operation)
        return decided[key]

    def decide(operation: Operation) -> bool:
        derived = [kind for kind, _ in sources[operation.source].derived]
        looked_up = any(issubclass(operation.kind, kind) for kind in (*joined, *derived))
        told_alone = len(operation.kinds) == 1 and tellers[operation.kind] == 1
        return _can_stream(operation) and told_alone and not looked_up

    return streams


def _tellers(sources: Iterable[Source]) -> Counter[type[Resource]]:
    """How many operations tell each kind: facts of several are merged, for which all of them are held."""
    return Counter(kind for source in sources for operation in source.operations.values() for kind in operation.kinds)


def _can_stream(operation: Operation) -> bool:
    asks_for_it = operation.stream and operation.lists
    return asks_for_it and _lists_at_one_key(operation) and not _needs_whole_body(operation)


def _lists_at_one_key(operation: Operation) -> bool:
    """Whether the items are the file's own list, or one at a key of its top."""
    return operation.items is not None and not {".", "["} & set(operation.items)


def _needs_whole_body(operation: Operation) -> bool:
    """Whether something must be done with the whole body first, or with what else was told."""
    asked_of_the_body = (
        operation.schema, operation.prepare, operation.per, operation.types, operation.checks, operation.arrange
    )  # fmt: skip
    declared = any(asked is not None for asked in asked_of_the_body)
    return declared or bool(operation.documents) or bool(operation.references)
