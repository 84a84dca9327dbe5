"""YAML with YAML 1.2 core scalars, built from PyYAML's events: no tags, aliases or merges, no duplicate keys.

PyYAML's own constructors read `no` as False, 012345 as octal and 22:22 as 1342, keep the last of two equal keys and
hang on alias bombs; none of that may touch evidence.
"""

import math
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import yaml

from soc2test.errors import EvidenceError
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.sizes import too_deep, too_many

__all__ = ["Faults", "Lines", "parse_documents", "parse_with_faults", "parse_yaml"]

T = TypeVar("T")
Lines = dict[tuple[str | int, ...], int]
"""Key path -> line, from 1."""
Faults = list[tuple[tuple[str | int, ...], str]]
"""Key path -> why what stands there is not read: tags, aliases, merges, keys that stand twice."""

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+", re.ASCII)
_WORDS: dict[str, bool | None] = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_DIGITS = 4000
_NO_LIMITS = ReadLimits()


def parse_yaml(data: bytes, file: str, limits: ReadLimits = _NO_LIMITS) -> tuple[Any, Lines]:
    """The value of the one document in `data`, and the line of each key path.

    An integer with a leading zero stays text. Raises `EvidenceError` with the line, never quoting content.
    """
    return _built(data, file, limits, _Builder.document)


def parse_with_faults(data: bytes, file: str, limits: ReadLimits = _NO_LIMITS) -> tuple[Any, Lines, Faults]:
    """As `parse_yaml`, but what is not read in one place is told with its key path, and the rest is read.

    For files whose entries stand each for itself. The value at the place of a fault means nothing. Raises
    `EvidenceError` where the file as a whole is no YAML.
    """
    faults: Faults = []
    value, lines = _built(data, file, limits, lambda builder: builder.told(faults).document())
    return value, lines, faults


def parse_documents(data: bytes, file: str, limits: ReadLimits = _NO_LIMITS) -> list[Any]:
    """The values of all documents in `data` that are not empty; else as `parse_yaml`."""
    return _built(data, file, limits, lambda builder: list(builder.documents()))


def _built(data: bytes, file: str, limits: ReadLimits, build: "Callable[[_Builder], T]") -> T:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise EvidenceError(file, "is not UTF-8", place=f"byte {error.start}") from None
    try:
        return build(_Builder(text, file, limits))
    except RecursionError:
        raise too_deep(file, limits.yaml_depth, "yaml_depth") from None
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark
        line = 1 if mark is None else int(mark.line) + 1
        if "nesting depth" in str(error.problem):  # libyaml's own limit, in newer releases of PyYAML
            raise too_deep(file, limits.yaml_depth, "yaml_depth", f"line {line}") from None
        raise EvidenceError(file, f"invalid YAML: {_safe(error.problem)}", place=f"line {line}") from None
    except yaml.reader.ReaderError as error:
        in_bytes = _LOADER is not yaml.SafeLoader  # libyaml counts these
        lines = data.count(b"\n", 0, error.position) if in_bytes else text.count("\n", 0, error.position)
        place = f"line {lines + 1}"
        raise EvidenceError(file, "invalid YAML: a character that it may not hold", place=place) from None
    except yaml.YAMLError:
        raise EvidenceError(file, "invalid YAML: syntax error") from None


def _safe(problem: str | None) -> str:
    """PyYAML's words, unless they quote content."""
    return problem if problem and not re.search("['\"`]", problem) else "syntax error"


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _Builder:
    def __init__(self, text: str, file: str, limits: ReadLimits) -> None:
        self._events = yaml.parse(text, Loader=_LOADER)
        self._file, self._limits, self._left = file, limits, limits.entries
        self._lines: Lines = {}
        self._faults: Faults | None = None

    def told(self, faults: Faults) -> "_Builder":
        """This one, which adds to `faults` what is wrong in one place, and goes on."""
        self._faults = faults
        return self

    def document(self) -> tuple[Any, Lines]:
        value: Any = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(event, "a second document; one file holds one")
                value = self._value(next(self._events), (), 0)
        return value, self._lines

    def documents(self) -> Iterator[Any]:
        for event in self._events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            first = next(self._events)
            self._lines = {}
            value = self._value(first, (), 0)
            nothing = isinstance(first, yaml.ScalarEvent) and not first.value and not first.style
            if not nothing:
                yield value

    def _error(self, event: Any, text: str, code: str = "unreadable") -> EvidenceError:
        return EvidenceError(self._file, text, place=f"line {_line(event)}", code=code)

    def _wrong(self, event: Any, path: tuple[str | int, ...], text: str, code: str = "unreadable") -> None:
        """What is wrong in one place: raised, or told where that is asked for."""
        if self._faults is None:
            raise self._error(event, text, code)
        self._faults.append((path, text))
        self._lines[path] = _line(event)

    def _skip(self, event: Any) -> None:
        """Pass over a node."""
        level = 0
        while True:
            level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if not level:
                return
            event = next(self._events)

    def _value(self, event: Any, path: tuple[str | int, ...], level: int) -> Any:
        if level >= self._limits.yaml_depth and not isinstance(event, yaml.ScalarEvent):
            raise too_deep(self._file, self._limits.yaml_depth, "yaml_depth", f"line {_line(event)}")
        if (left := self._left) < 0:
            raise too_many(self._file, self._limits, f"line {_line(event)}")
        self._left = left - 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._wrong(event, path, "anchors and aliases are not read; write the value out", "limit")
        if isinstance(event, yaml.AliasEvent):
            return None
        if event.tag not in (None, "!"):
            self._wrong(event, path, "tags are not read; write a plain value")
        self._lines[path] = _line(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, level)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, level)
        return self._scalar(event)

    def _mapping(self, path: tuple[str | int, ...], level: int) -> dict[str, Any]:
        value: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag not in (None, "!"):
                self._pass_over(event, path, "a key that is no plain text")
                continue
            key = event.value
            if key == "<<" and not event.style:
                self._pass_over(event, path, "merge keys are not read; write the keys out", "limit")
                continue
            if key in value:
                self._pass_over(event, (*path, key), "a key stands twice in one mapping")
                continue
            value[key] = self._value(next(self._events), (*path, key), level + 1)
            self._lines[(*path, key)] = _line(event)
        return value

    def _pass_over(self, event: Any, path: tuple[str | int, ...], text: str, code: str = "unreadable") -> None:
        """A key that is not read, and its value."""
        self._wrong(event, path, text, code)
        self._skip(event)
        self._skip(next(self._events))

    def _sequence(self, path: tuple[str | int, ...], level: int) -> list[Any]:
        value: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            value.append(self._value(event, (*path, len(value)), level + 1))
        return value

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.style or not event.implicit[0]:  # the C loader gives plain scalars the style ""
            return text
        if text in _WORDS:
            return _WORDS[text]
        if len(text) > _MOST_DIGITS:
            return text
        if _INT.fullmatch(text):
            return int(text)
        number = float(text) if _FLOAT.fullmatch(text) else math.inf
        return number if math.isfinite(number) else text
