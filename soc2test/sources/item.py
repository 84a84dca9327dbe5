"""`Item`: a JSON object as a plugin's function sees it; an absent key is unknown, never None."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from soc2test.errors import UnknownFact
from soc2test.evidence.redacted import Redacted
from soc2test.evidence.templates import unrendered
from soc2test.evidence.times import parse_time
from soc2test.resources.unknown import Unknown
from soc2test.sources.facts import Document

__all__ = ["OF_ITEMS", "Item", "Subject", "wrap"]

OF_ITEMS = frozenset(("first", "or_else", "raw", "then", "time"))
"""what a reading function may ask an item for and be told the same each time; what else it may is so of any object"""

_SHA256 = re.compile("[0-9A-Fa-f]{64}")
_LARGEST_EXPONENT = 9999
"""`int` of a number with a larger one takes minutes: a dozen bytes would stop the run"""


class Item:
    """One JSON object of an export. It has no `get`: say with `or_else` where the vendor documents a default."""

    __slots__ = ("_data", "_path")

    def __init__(self, data: Mapping[str, Any], path: str = "") -> None:
        self._data = data
        self._path = path

    def __getitem__(self, key: str) -> Any:
        """The value; an object as `Item`, a list as a list; `Unknown` where the key is absent."""
        try:
            value = self._data[key]
        except KeyError:
            return Unknown(f"the evidence has no key {self._path}.{key}", what=key)
        return value if _is_plain(value) else wrap(value, f"{self._path}.{key}")

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def items(self) -> Iterator[tuple[str, Any]]:
        """Its keys with their values, objects as `Item`."""
        return ((key, self[key]) for key in self._data)

    def __repr__(self) -> str:  # content may hold secrets
        return f"Item({self._path or '.'})"

    def __str__(self) -> str:
        raise UnknownFact(self._path.lstrip("."), "an object stands where a text belongs")

    def or_else(self, key: str, default: Any) -> Any:
        """The value, or `default` where the vendor documents what a missing key means."""
        return self[key] if key in self._data else default

    def then(self, key: str, make: Callable[[Any], Any]) -> Any:
        """`make(value)`, or `Unknown` where the key is absent or a template stands there."""
        value = self[key]
        return value if isinstance(value, Unknown) else make(value)

    def time(self, key: str) -> Any:
        """The value as aware UTC datetime, None where it says never (null, "", "N/A" ...), `Unknown` where absent.

        Raises `UnknownFact` where the value is no time.
        """
        return self.then(key, lambda value: as_time(value, f"{self._path}.{key}"))

    def first(self, *keys: str) -> Any:
        """The value of the first of `keys` that is there: one call's dialects (`Trails` or `trailList`)."""
        for key in keys:
            if key in self._data:
                return self[key]
        return Unknown(f"the evidence has none of the keys {', '.join(keys)} in {self._path or 'its body'}")

    def document(self, key: str) -> Document | None:
        """The file that it names, `{"file": "documents/policy.pdf", "sha256": "<64 hex digits>"}`; null is None.

        An absent key names none. Raises `UnknownFact` where what stands there is no such thing.
        """
        value = self._data.get(key)
        if value is None:
            return None
        file, digest = (value.get("file"), value.get("sha256")) if isinstance(value, Mapping) else (None, None)
        for part in (file, digest):
            if isinstance(part, Unknown):
                raise UnknownFact(key, part.reason, code=part.code)
        if not isinstance(file, str):
            raise UnknownFact(key, f"{key} names no file: write its path as file, and its digest as sha256")
        if not isinstance(digest, str) or not _SHA256.fullmatch(digest):
            raise UnknownFact(key, f"the sha256 of {key} is no SHA-256 of 64 hex digits")
        return Document(file=file, sha256=digest.lower())

    @property
    def raw(self) -> Mapping[str, Any]:
        """The plain mapping, for code that walks a documented format (IAM policies); absent keys are yours then."""
        return self._data


def as_time(value: Any, place: str) -> datetime | None:
    """The time that a vendor's value means, None for never; raises `UnknownFact` naming the place.

    A day that people wrote and a plugin read already keeps its distance from UTC, by which texts write that very day.
    """
    if isinstance(value, datetime) and isinstance(value.tzinfo, timezone):
        return value
    try:
        return parse_time(value)
    except ValueError as error:
        raise UnknownFact(place, f"the value at {place} is no time: {error}") from None


def _is_plain(value: Any) -> bool:
    """True for what `wrap` gives back as it is, whatever its place: most values, of which no place need be written."""
    kind = type(value)
    return kind is bool or value is None or (kind is str and "{" not in value)


def wrap(value: Any, path: str = "") -> Any:
    """A JSON value with its objects as `Item`; a template that was never rendered is unknown."""
    if isinstance(value, Redacted):  # any look at its content would raise
        return value
    if isinstance(value, str):
        return unrendered(value, path) if "{" in value else value
    if isinstance(value, Mapping):
        return Item(value, path)
    if isinstance(value, list):
        return [wrap(each, f"{path}[{place}]") for place, each in enumerate(value)]
    if type(value) is Decimal and abs(value.adjusted()) > _LARGEST_EXPONENT:
        place = path.lstrip(".")
        raise UnknownFact(place, f"the number at {place} is out of range")
    return value


class Subject(Mapping[str, str]):
    """What an export is about: scope (account, region, org) and subject (bucket, user); a missing part raises."""

    __slots__ = ("_parts",)

    def __init__(self, parts: Mapping[str, str]) -> None:
        self._parts = dict(parts)

    def __getitem__(self, key: str) -> str:
        if key not in self._parts:
            raise UnknownFact(key, f"neither path nor record of the export says which {key} it is about")
        return self._parts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def __contains__(self, key: object) -> bool:
        return key in self._parts

    def __repr__(self) -> str:
        return f"Subject({self._parts})"
