"""The map of the data as a part of `Run`: stores, how they lie open, where their data goes and what reads it."""

from datetime import datetime

import msgspec

__all__ = ["DataMap", "Destination", "Exposure", "Reader", "StoreEntry"]


class Exposure(msgspec.Struct, frozen=True):
    """One way in which a store lies open, in words, and the criteria whose tests look at the fact that shows it."""

    fact: str
    text: str
    criteria: tuple[str, ...]


class Destination(msgspec.Struct, frozen=True, kw_only=True):
    """A place to which data of a store goes."""

    place: str | None
    """id of the store, else the place as its source names it; None: the source names none"""
    held: str
    """how the data is held there: "vendor" (at one), "weaker" (by its label, or it has none), "unknown", "alike\""""
    label: str | None
    """the company's class of what lies there; None: no store that is known, no label, or not told"""
    vendor: str | None
    """id of the vendor; None: of none, or nobody says so"""
    told_by: tuple[str, ...]
    """the sources that tell of it"""


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """What reads a store, and who answers for it."""

    job: str | None
    """None: people do"""
    owners: tuple[str, ...]
    """none: nobody is named, or not told"""


class StoreEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A store that holds sensitive data, or of which nobody can say that it does not."""

    id: str
    kind: str
    source: str
    label: str | None
    """the company's class of its data; None: none, or not told"""
    owner: str | None
    sensitive: str
    """yes, no or unknown: by its label and by what scanners found"""
    found: tuple[str, ...]
    """sorts of data that scanners met, in their words"""
    searched_at: datetime | None
    exposed: tuple[Exposure, ...]
    """the worst first"""
    untold: tuple[str, ...]
    """facts of how it lies open that no export tells"""
    goes_to: tuple[Destination, ...] = ()
    """where flows take its data, the worst first; none: no flow from it is told, which is not that there is none"""
    read_by: tuple[Reader, ...] = ()
    """what reads it, by the flows from it and within it; none: not told, which is not nobody"""


class DataMap(msgspec.Struct, frozen=True, kw_only=True):
    """Where sensitive data lives."""

    stores: tuple[StoreEntry, ...] = ()
    """the most exposed first"""
    more: int = 0
    """how many there are beside these"""
    others: int = 0
    """stores that their labels and a scanner say to hold nothing sensitive"""
    lacks: tuple[str, ...] = ()
    """why these may not be all stores"""
    flows_lack: tuple[str, ...] = ()
    """why flows may be missing from `goes_to` and `read_by`"""
    astray: int = 0
    """flows of which it is not known where they come from: of any of these stores"""
    streamed: bool = False
    """the stores are read from streamed exports, which a run reads once: `soc2test data` lists them"""
