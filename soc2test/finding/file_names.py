"""What the name and place of a raw file say: operation, scope, subject, page."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import unquote

from soc2test.evidence.content import data_suffix
from soc2test.evidence.expanding import COMPRESSED
from soc2test.sources.export import Claim
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["SHEET", "by_name", "by_path", "may_hold", "prefixes", "stem_of", "unpacked_path"]

SHEET = ".xlsx"
"""The one format of spreadsheets that is read, of the operations that declare their columns."""

_SUFFIXES = (".json", ".ndjson", ".jsonl", ".js", ".yaml", ".yml", ".csv", ".tsv", ".txt", SHEET)


def by_path(place: str, source: Source) -> Claim | None:
    """The claim that a file's place and name below its source's folder make; None where they fit no operation."""
    folder, _, name = place.rpartition("/")
    scope = _scope_of(folder, source)
    fits = by_name(name, source) if scope is not None else None
    if scope is None or fits is None:
        return None
    return Claim(source.name, fits.operation, {**scope, **fits.subject}, fits.page)


@lru_cache(maxsize=256)  # the files of a folder come one after the other
def _scope_of(folder: str, source: Source) -> Mapping[str, str] | None:
    """The scope that a folder below that of a source stands for; None where it has more levels or fewer."""
    levels = folder.split("/")[1:]
    if len(levels) != len(source.scope):
        return None
    return {key: unquote(level) for key, level in zip(source.scope, levels, strict=True)}


def by_name(name: str, source: Source) -> Claim | None:
    """The same by the name alone, without a scope."""
    return _by_name(name, source, len(source.operations))


@lru_cache(maxsize=10_000)  # each account has files of the same names
def _by_name(name: str, source: Source, _: int) -> Claim | None:
    """A plugin may still declare more operations: their number tells one state of the source from the next."""
    stem, page = _page(stem_of(name))
    known, end = _by_prefix(source), len(stem)
    if (operation := known.get(stem)) is not None and may_hold(name, operation):
        return Claim(source.name, operation.name, {}, page)
    while (end := stem.rfind(".", 0, end)) > 0:  # longest first: "pulls.list-reviews" before "pulls.list"
        operation = known.get(stem[:end])
        if operation is not None and operation.subject and may_hold(name, operation):
            subject = _subject(stem[end + 1 :], operation)
            return None if subject is None else Claim(source.name, operation.name, subject, page)
    return None


def may_hold(name: str, operation: Operation) -> bool:
    """True where a file of this name may hold the operation's answer: a spreadsheet is one of some alone."""
    return operation.columns is not None or data_suffix(name) != SHEET


def prefixes(source: Source) -> list[tuple[str, Operation]]:
    """Longest first: "pulls.list-reviews" before "pulls.list"."""
    key = (source, len(source.operations))  # a plugin may still declare more
    if key not in _prefixes:
        pairs = [(operation.prefix, operation) for operation in source.operations.values()]
        _prefixes[key] = sorted(pairs, key=lambda pair: -len(pair[0]))
    return _prefixes[key]


def _by_prefix(source: Source) -> dict[str, Operation]:
    key = (source, len(source.operations))
    if key not in _operations:
        _operations[key] = {operation.prefix: operation for operation in reversed(source.operations.values())}
    return _operations[key]


_operations: dict[tuple[Source, int], dict[str, Operation]] = {}
_prefixes: dict[tuple[Source, int], list[tuple[str, Operation]]] = {}


def stem_of(name: str) -> str:
    """The name without one suffix of compression and one of format: a subject may end like one ("data.csv.json")."""
    for suffixes in (COMPRESSED, _SUFFIXES):
        name = _without(name, suffixes)
    return name


def unpacked_path(path: PurePosixPath) -> PurePosixPath:
    """The path without a suffix of compression: what a file is does not depend on how it is packed."""
    return path.with_name(_without(path.name, COMPRESSED) or path.name)


def _without(name: str, suffixes: tuple[str, ...]) -> str:
    suffix = next((each for each in suffixes if name.lower().endswith(each)), "")
    return name[: len(name) - len(suffix)]


def _page(stem: str) -> tuple[str, int | None]:
    rest, _, last = stem.rpartition(".")
    number = last.removeprefix("page")
    return (rest, int(number)) if rest and last.startswith("page") and number.isdecimal() else (stem, None)


def _subject(text: str, operation: Operation) -> dict[str, str] | None:
    parts = text.split("~")
    if len(parts) != len(operation.subject):
        return None
    return {key: unquote(part) for key, part in zip(operation.subject, parts, strict=True)}
