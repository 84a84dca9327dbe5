"""Why no source reads a file, in one sentence with the way out: what it looks like, and where that belongs."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import PurePosixPath

from soc2test.finding.file_names import SHEET, by_name, prefixes, stem_of
from soc2test.finding.formats import is_sheet, unread_format
from soc2test.finding.places import file_of, folder_of
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["why_unclaimed"]

_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{3,}(?![a-z])")
_IN_ALL = {"list", "get", "describe", "show", "export", "report", "all", "data", "for", "json", "csv"}
"""words that say nothing of what a call is about"""
_OPEN = "~$"
"""how the name of the file begins that Excel puts beside an open one"""
_NEAREST = 2
_ALIKE = 0.75  # less, and all calls that end in ".list" are alike
_NAMED = 3  # sources that know a call of this name


def why_unclaimed(path: PurePosixPath, sources: Mapping[str, Source]) -> str:
    """The reason. `path` is relative to the exports folder."""
    source = sources.get(path.parts[0]) if len(path.parts) > 1 else None
    if (wrong := unread_format(path)) is not None:
        as_xlsx = f"{path.stem}{SHEET}"
        hand_kept = source is not None and is_sheet(path) and by_name(as_xlsx, source) is not None
        return f"{wrong} ({as_xlsx})" if hand_kept else wrong
    if path.name.startswith(_OPEN):
        return "is what Excel keeps while a file is open: save it and close Excel"
    if source is not None and path.suffix.lower() == SHEET and not _keeps_tables(source):
        return f"is a spreadsheet, of which {source.name} reads none: export the data that it shows, as JSON"
    if source is None:
        return _outside(path.name, sources)
    fits = by_name(path.name, source)
    if len(path.parts) - 2 != len(source.scope):
        where = f"{source.name} reads files in {folder_of(source)}/"
        return f"{where}: put it there" if fits else f"{where}{_elsewhere(path.name, source, sources)}"
    return f"{source.name} reads no such operation{_no_operation(path.name, source, sources)}"


def _keeps_tables(source: Source) -> bool:
    return any(operation.columns is not None for operation in source.operations.values())


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
    every = f"`soc2test sources {source.name}` lists all"
    if files:
        return f", but {' and '.join(files)}; {every}"
    example = file_of(next(iter(source.operations.values()))) if source.operations else ""
    return f": a file is named after its call, such as {example}; {every}" if example else ""


def _nearest(stem: str, source: Source) -> list[Operation]:
    """The operations whose names are most alike, those of the same service first."""
    named = dict(prefixes(source))
    service = f"{stem.partition('.')[0]}."
    near = get_close_matches(stem, [prefix for prefix in named if prefix.startswith(service)], n=_NEAREST)
    near = near or get_close_matches(stem, list(named), n=_NEAREST, cutoff=_ALIKE) or _by_words(stem, source, named)
    return [named[prefix] for prefix in near]


def _by_words(stem: str, source: Source, names: Iterable[str]) -> list[str]:
    """The names with most of the words, lists first: "okta-users-export", as people name files, is listUsers."""
    lists = {operation.prefix: operation.lists for operation in source.operations.values()}
    wanted = _words(stem) - _words(source.name)
    shared = {name: len(wanted & _words(name)) for name in names}
    most = max(shared.values(), default=0)
    nearest = [name for name in names if most and shared[name] == most]
    return sorted(nearest, key=lambda name: (not lists[name], len(name), name))[:_NEAREST]


def _words(text: str) -> set[str]:
    return {word.lower().rstrip("s") for word in _WORD.findall(text)} - _IN_ALL


def _misnamed(stem: str, source: Source) -> Operation | None:
    """The operation whose name it begins with, where only the subject does not fit."""
    return next((operation for prefix, operation in prefixes(source) if stem.startswith(f"{prefix}.")), None)
