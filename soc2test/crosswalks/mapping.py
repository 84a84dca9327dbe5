"""A mapping: which criteria touch which requirements of a framework, shipped or in a CSV file of the company's own."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import msgspec

from soc2test.criteria import CRITERIA
from soc2test.crosswalks.frameworks import FRAMEWORKS
from soc2test.errors import EvidenceError, ProgrammeError
from soc2test.evidence.csv_text import parse_csv
from soc2test.evidence.placeholders import is_placeholder
from soc2test.nearest import near
from soc2test.regular import read_regular

__all__ = ["STRENGTHS", "Crosswalk", "Pair", "read_mapping", "read_mappings", "shipped"]

STRENGTHS = ("strong", "partial", "loose")
"""The criterion asks for the same, for a part of it, or for something beside it."""

_COLUMNS = ("criterion", "framework", "requirement", "reason", "strength")
_OURS = "soc2test"
_WAY_OUT = f"a file has the columns {', '.join(_COLUMNS)}; shipped are {', '.join(FRAMEWORKS)}"


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion that touches a requirement, why and how far; `origin` is who says so: soc2test, or a file."""

    criterion: str | None
    """None: the row names a requirement that no criterion touches"""
    framework: str
    requirement: str
    reason: str
    strength: str
    origin: str


class Crosswalk(msgspec.Struct, frozen=True, kw_only=True):
    """All pairs of one origin, and the SHA-256 of the bytes that hold them."""

    origin: str
    sha256: str
    pairs: tuple[Pair, ...]


def read_mappings(names: Iterable[str], here: Path) -> tuple[Crosswalk, ...]:
    """Those of an option that is given once or more, each once. Raises `ProgrammeError`."""
    return tuple(read_mapping(name, here) for name in dict.fromkeys(names))


def read_mapping(name: str, here: Path) -> Crosswalk:
    """The shipped mapping to a framework, or that of a CSV file, relative to `here`. Raises `ProgrammeError`."""
    if name in FRAMEWORKS:
        return shipped(name)
    file = here / name
    try:
        data = read_regular(file)
    except FileNotFoundError:
        guess = near(name, FRAMEWORKS)
        raise ProgrammeError("--soc2-crosswalk", f"there is no framework or file {name!r}{guess}; {_WAY_OUT}") from None
    except OSError as error:
        raise ProgrammeError(file.name, f"can't be read: {error.strerror}") from None
    return _mapping(data, file.name, file.name)


def shipped(name: str) -> Crosswalk:
    """What soc2test says of a framework in `FRAMEWORKS`: written by hand, criterion by criterion."""
    data = files("soc2test.crosswalks").joinpath(f"data/{name}.csv").read_bytes()
    return _mapping(data, f"{name}.csv", _OURS)


def _mapping(data: bytes, file: str, origin: str) -> Crosswalk:
    try:
        body = parse_csv(data, file)
    except EvidenceError as error:
        raise ProgrammeError(file, f"{error.place}: {error.text}" if error.place else error.text) from None
    if sorted(body["columns"]) != sorted(_COLUMNS):
        raise ProgrammeError(file, f"has the columns {', '.join(body['columns'])}; {_WAY_OUT}", line=1)
    rows = zip(body["rows"], body["entries"], strict=True)
    pairs = tuple(_pair(_Row(file, line, entry), origin) for line, entry in rows)
    if not pairs:
        raise ProgrammeError(file, f"holds no pair below its header; {_WAY_OUT}")
    _check_twice(pairs, body["rows"], file)
    return Crosswalk(origin=origin, sha256=sha256(data).hexdigest(), pairs=pairs)


class _Row(msgspec.Struct, frozen=True):
    file: str
    line: int
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        """The text in a column."""
        return self.cells[name].strip()

    def refuse(self, column: str, text: str) -> ProgrammeError:
        """The error that names row and column."""
        return ProgrammeError(self.file, text, line=self.line, key=column)


def _pair(row: _Row, origin: str) -> Pair:
    criterion = row.cell("criterion") or None
    if criterion is not None and criterion not in CRITERIA:
        guess = near(criterion, CRITERIA) or "; `soc2test criteria` lists all"
        raise row.refuse("criterion", f"there is no criterion {criterion!r}{guess}")
    pair = Pair(
        criterion=criterion,
        framework=_framework(row),
        requirement=_requirement(row),
        reason=row.cell("reason"),
        strength=row.cell("strength"),
        origin=origin,
    )
    if criterion is None:
        return msgspec.structs.replace(pair, reason="", strength="loose")
    if is_placeholder(pair.reason):
        raise row.refuse("reason", f"says nothing: why does {criterion} touch {pair.requirement}?")
    if pair.strength not in STRENGTHS:
        guess = near(pair.strength, STRENGTHS)
        raise row.refuse("strength", f"is {pair.strength!r}{guess}; one of {', '.join(STRENGTHS)}")
    return pair


def _framework(row: _Row) -> str:
    """A name that is nearly a known one is a slip, whose requirements would be held against nothing."""
    name = row.cell("framework")
    if is_placeholder(name):
        raise row.refuse("framework", f"names none; known are {', '.join(FRAMEWORKS)}, others have a name of their own")
    if name not in FRAMEWORKS and (guess := near(name, FRAMEWORKS)):
        raise row.refuse("framework", f"there is no framework {name!r}{guess}; another one needs a name less like it")
    return name


def _requirement(row: _Row) -> str:
    id, framework = row.cell("requirement"), FRAMEWORKS.get(row.cell("framework"))
    if is_placeholder(id):
        raise row.refuse("requirement", "names none: write its id")
    if framework is not None and id not in framework.requirements:
        guess = near(id, framework.requirements)
        raise row.refuse("requirement", f"{framework.title} has no requirement {id!r}{guess}")
    return id


def _check_twice(pairs: Iterable[Pair], lines: Iterable[int], file: str) -> None:
    seen: dict[tuple[str | None, str, str], int] = {}
    for pair, line in zip(pairs, lines, strict=True):
        key = (pair.criterion, pair.framework, pair.requirement)
        if key in seen:
            text = f"{pair.criterion} and {pair.requirement} stand in line {seen[key]} already"
            raise ProgrammeError(file, text, line=line)
        seen[key] = line
