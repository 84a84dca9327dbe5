"""Two classes of one kind: a control would wait for ever for resources that are of the other class."""

from collections.abc import Iterable, Mapping

from soc2test.imports import as_imported
from soc2test.resources.resource import Resource
from soc2test.sources.source import Source

__all__ = ["tellers", "twin"]


def tellers(sources: Iterable[Source]) -> dict[type[Resource], str]:
    """The kinds that are told, each with a source that does."""
    operations = [each for source in sources for each in source.operations.values()]
    return {kind: each.source for each in operations for kind in each.kinds}


def twin(kinds: Iterable[type[Resource]], told: Mapping[type[Resource], str]) -> str | None:
    """What is wrong where a source tells a kind of the same name as one of `kinds`, and none tells that itself."""
    for kind in kinds:
        if kind.__module__.startswith("soc2test.") or any(issubclass(each, kind) for each in told):
            continue
        for other, source in told.items():
            if other.__qualname__ == kind.__qualname__:
                place = as_imported(other.__module__)
                return (
                    f"there are two classes {kind.__name__}: the control's own is of module {kind.__module__}, and "
                    f"source {source} tells that of {place}; write `from {place} import {kind.__name__}`"
                )
    return None
