"""`Mappable`: what the columns of an operation's tables may be mapped to in soc2.yaml, and the presets for it."""

from collections.abc import Mapping
from typing import Literal

import msgspec

__all__ = ["Form", "Mappable", "Preset"]

Form = Literal["text", "day", "moment", "word", "yes or no", "other"]
"""What a key holds: "moment" is a day or a time with its zone, "word" one of a list, "other" what no text of an export
is turned into (a list, a number, a document)."""
Word = str | bool


class Preset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The columns of one vendor's export, as the vendor documents them."""

    title: str
    """the product and its export, for people"""
    register: str
    """the operation that it is for"""
    sources: tuple[str, ...]
    """where the vendor says so: title, URL and when it was read"""
    columns: Mapping[str, str | tuple[str, ...]]
    """key -> the header of its column; several are joined by a blank"""
    dates: str = ""
    """how its dates are written; "" where the vendor does not say, or leaves it to whoever exports"""
    time_zone: str = ""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, Word]] = msgspec.field(default_factory=dict)
    """key -> word of the export -> word of the register"""
    unknown: tuple[str, ...] = ()
    """keys that the export does not hold"""


class Mappable(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of an entry by what they hold, the words of those that are one of a list, and the presets by name."""

    forms: Mapping[str, Form]
    ids: tuple[str, ...] = ()
    """the keys that tell one entry from the others, which no table may leave unknown"""
    words: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    presets: Mapping[str, Preset] = msgspec.field(default_factory=dict)
