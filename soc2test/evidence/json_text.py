"""JSON that refuses what other parsers let pass: duplicate keys, NaN, lone surrogates, invalid UTF-8."""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

import jiter

from soc2test.errors import EvidenceError

__all__ = ["lines", "parse", "parse_line", "parse_many", "without_name"]

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_NAMED = re.compile(rb"\s*[A-Za-z_$][A-Za-z0-9_$]*\s*=(?=\s*[\[{])")
_TOO_DEEP = "nested over 200 levels, the most that is read of JSON: cut out what is deeper"
_PLACE = re.compile(r" at (line \d+ column \d+)$")


def parse(data: bytes, file: str) -> Any:
    """The value of one JSON document; numbers keep their digits (integers exact, others as Decimal).

    Raises `EvidenceError` with line and column, never quoting content.
    """
    try:
        return _load(data)
    except ValueError as error:
        _refuse(error, file)


def parse_line(data: bytes, file: str, line: int) -> Any:
    """The value of one line of NDJSON; as `parse`, with the line's number in the file."""
    try:
        return _load(data)
    except ValueError as error:
        text, place, code = _reason(error)
        column = place.rpartition(" ")[2]
        here = f"line {line} column {column}" if column else f"line {line}"
        raise EvidenceError(file, text, place=here, code=code) from None


def parse_many(data: bytes, file: str) -> list[Any]:
    """The values of one or more concatenated JSON documents, as `gh api --paginate` and `jq` print them."""
    try:
        return [_load(data)]
    except ValueError as error:
        if "trailing characters" not in str(error):
            _refuse(error, file)
    return [_document(part, file, number) for number, part in enumerate(_split(data, file), 1)]


def _document(data: bytes, file: str, number: int) -> Any:
    try:
        return parse(data, file)
    except EvidenceError as error:
        place = f"document {number} {error.place}".strip()
        raise EvidenceError(file, error.text, place=place, code=error.code) from None


def without_name(data: bytes) -> bytes:
    """A script that gives one value a name (`results = {...};`), with blanks for all but the value."""
    if (match := _NAMED.match(data)) is None:
        return data
    rest = data[match.end() :].rstrip()
    return re.sub(rb"[^\r\n]", b" ", match[0]) + rest.removesuffix(b";")


def lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that are not blank. Only LF ends one: U+2028 may stand in a string."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip(b" \t\r"):
            yield number, line


def _load(data: bytes) -> Any:
    return jiter.from_json(data, catch_duplicate_keys=True, allow_inf_nan=False, float_mode="decimal")


def _split(data: bytes, file: str) -> Iterator[bytes]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise EvidenceError(file, "is not UTF-8", place=f"byte {error.start}") from None
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        try:
            _, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            place = f"line {error.lineno} column {error.colno}"
            raise EvidenceError(file, "is no JSON from here on", place=place) from None
        except RecursionError:
            raise EvidenceError(file, _TOO_DEEP, code="limit") from None
        except ValueError:  # an integer of over 4,300 digits
            raise EvidenceError(file, "holds a number out of range", place=f"after byte {at}") from None

        yield text[at:end].encode()
        at = end
        while at < len(text) and text[at] in " \t\r\n":
            at += 1


def _reason(error: ValueError) -> tuple[str, str, str]:
    """Text, place and code."""
    text = str(error)
    match = _PLACE.search(text)
    place = match[1] if match else ""
    if "recursion limit" in text:
        return _TOO_DEEP, place, "limit"
    return f"invalid JSON: {_QUOTED.sub('', _PLACE.sub('', text)).strip()}", place, "unreadable"


def _refuse(error: ValueError, file: str) -> NoReturn:
    text, place, code = _reason(error)
    raise EvidenceError(file, text, place=place, code=code) from None
