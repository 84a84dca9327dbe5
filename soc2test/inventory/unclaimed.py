"""Why no source reads a file, in one sentence with the way out: what it looks like, and where that belongs."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import PurePosixPath

from soc2test.inventory.names import by_name, prefixes, stem_of
from soc2test.inventory.places import file_of, folder_of
from soc2test.sources.source import Operation, Source

__all__ = ["why_unclaimed"]

_NEAREST = 2
_ALIKE = 0.75  # less, and all calls that end in ".list" are alike
_NAMED = 3  # sources that know a call of this name


def why_unclaimed(path: PurePosixPath, sources: Mapping[str, Source]) -> str:
    """The reason. `path` is relative to the exports folder."""
    source = sources.get(path.parts[0]) if len(path.parts) > 1 else None
    if source is None:
        return _outside(path.name, sources)
    fits = by_name(path.name, source)
    if len(path.parts) - 2 != len(source.scope):
        where = f"{source.name} reads files in {folder_of(source)}/"
        return f"{where}: put it there" if fits else f"{where}{_elsewhere(path.name, source, sources)}"
    return f"{source.name} reads no such operation{_no_operation(path.name, source, sources)}"


def _outside(name: str, sources: Mapping[str, Source]) -> str:
    known = ", ".join(sorted(sources)) or "no source is loaded"
    fitting = _fitting(name, sources)
    belongs = f"; by its name it belongs into {' or '.join(fitting)}" if fitting else ""
    return f"lies below no source's folder ({known}) and no plugin claims it{belongs}"


def _fitting(name: str, sources: Mapping[str, Source]) -> list[str]:
    """The folders of the sources that read a call of this name."""
    found = (source for _, source in sorted(sources.items()) if by_name(name, source))
    return [f"{folder_of(source)}/" for source in found][:_NAMED]


def _elsewhere(name: str, source: Source, sources: Mapping[str, Source]) -> str:
    others = {key: each for key, each in sources.items() if each is not source}
    fitting = _fitting(name, others)
    return f"; by its name it belongs into {' or '.join(fitting)}" if fitting else ""


def _no_operation(name: str, source: Source, sources: Mapping[str, Source]) -> str:
    if elsewhere := _elsewhere(name, source, sources):
        return elsewhere
    stem = stem_of(name)
    for call, reason in source.unread.items():
        if f"{stem}.".startswith(f"{call.replace(' ', '.')}."):
            return f": {call} is known and not read ({reason})"
    if (named := _misnamed(stem, source)) is not None:
        return f"; the file of {named.prefix} is named {file_of(named)}"
    files = [file_of(operation) for operation in _nearest(stem, source)]
    every = f"`soc2test sources {source.name}` lists"
    return f", but {' and '.join(files)}; {every} all" if files else f"; {every} what it reads"


def _nearest(stem: str, source: Source) -> list[Operation]:
    """The operations whose names are most alike, those of the same service first."""
    named = dict(prefixes(source))
    service = f"{stem.partition('.')[0]}."
    near = get_close_matches(stem, [prefix for prefix in named if prefix.startswith(service)], n=_NEAREST)
    near = near or get_close_matches(stem, list(named), n=_NEAREST, cutoff=_ALIKE)
    return [named[prefix] for prefix in near]


def _misnamed(stem: str, source: Source) -> Operation | None:
    """The operation whose name it begins with, where only the subject does not fit."""
    return next((operation for prefix, operation in prefixes(source) if stem.startswith(f"{prefix}.")), None)
