"""Which source and operation a file belongs to: by its path, by its records, or by a plugin's word."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote

from soc2test.evidence.content import head
from soc2test.evidence.expanding import COMPRESSED
from soc2test.evidence.files import Found
from soc2test.evidence.record import RECORD
from soc2test.sources.export import Claim, Export
from soc2test.sources.source import Operation, Source

__all__ = ["RECORDS", "Unclaimable", "claim"]

RECORDS = "records"
"""A file of evidence records: each says itself what it is."""

_SUFFIXES = (".json", ".ndjson", ".jsonl", ".yaml", ".yml", ".csv", ".txt", ".js")
_RECORD_MARK = RECORD.encode()


class Unclaimable(Exception):
    """No source reads the file; the text says why, and what to do."""


def claim(found: Found, sources: Mapping[str, Source], ask: Callable[[Export], Sequence[Claim]]) -> Claim | str:
    """The claim on a file, or `RECORDS`. Raises `Unclaimable`."""
    if found.refused:
        raise Unclaimable(found.refused)
    if found.path.suffix.lower() in (".json", ".ndjson", ".jsonl", *COMPRESSED) and _RECORD_MARK in head(found):
        return RECORDS
    source = sources.get(found.path.parts[0]) if len(found.path.parts) > 1 else None
    if source is not None and (own := _by_path(found.path, source)) is not None:
        return own
    claims = ask(Export(found.path, found.size, lambda: head(found)))
    if len(claims) > 1:
        raise Unclaimable(
            f"claimed by {' and '.join(sorted(each.source for each in claims))}; move it below one's folder"
        )
    if claims:
        return _known(claims[0], sources)
    raise Unclaimable(_why(found.path, source, sources))


def _known(claim: Claim, sources: Mapping[str, Source]) -> Claim:
    if claim.source not in sources or claim.operation not in sources[claim.source].operations:
        raise Unclaimable(f"a plugin claims it for {claim.source} {claim.operation!r}, which no source declares")
    return claim


def _by_path(path: PurePosixPath, source: Source) -> Claim | None:
    *levels, name = path.parts[1:]
    if len(levels) != len(source.scope):
        return None
    scope = {key: unquote(level) for key, level in zip(source.scope, levels, strict=True)}
    stem = _stem(name)
    stem, page = _page(stem)
    for prefix, operation in _prefixes(source):
        if stem == prefix:
            return Claim(source.name, operation.name, scope, page)
        if stem.startswith(f"{prefix}.") and operation.subject:
            subject = _subject(stem[len(prefix) + 1 :], operation)
            return None if subject is None else Claim(source.name, operation.name, {**scope, **subject}, page)
    return None


def _prefixes(source: Source) -> list[tuple[str, Operation]]:
    """Longest first: "pulls.list-reviews" before "pulls.list"."""
    pairs = [(operation.prefix, operation) for operation in source.operations.values()]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _stem(name: str) -> str:
    """The name without one suffix of compression and one of format: a subject may end like one ("data.csv.json")."""
    for suffixes in (COMPRESSED, _SUFFIXES):
        suffix = next((each for each in suffixes if name.lower().endswith(each)), "")
        name = name.removesuffix(name[len(name) - len(suffix) :])
    return name


def _page(stem: str) -> tuple[str, int | None]:
    rest, _, last = stem.rpartition(".")
    number = last.removeprefix("page")
    return (rest, int(number)) if rest and last.startswith("page") and number.isdecimal() else (stem, None)


def _subject(text: str, operation: Operation) -> dict[str, str] | None:
    parts = text.split("~")
    if len(parts) != len(operation.subject):
        return None
    return {key: unquote(part) for key, part in zip(operation.subject, parts, strict=True)}


def _why(path: PurePosixPath, source: Source | None, sources: Mapping[str, Source]) -> str:
    if source is None:
        known = ", ".join(sorted(sources)) or "no source is loaded"
        return f"lies below no source's folder ({known}) and no plugin claims it"
    levels = "/".join(f"<{level}>" for level in source.scope)
    if len(path.parts) - 2 != len(source.scope):
        return f"{source.name} reads files in {'/'.join(filter(None, ('exports', source.name, levels)))}/"
    return f"{source.name} reads no such operation; `soc2test sources {source.name}` lists what it reads"
