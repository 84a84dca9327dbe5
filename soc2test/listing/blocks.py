"""`Block`: some members of a population that went by together, as parts of the lines that they become."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from soc2test.listing.cells import quoted

__all__ = ["Block", "Row", "block_of", "packed", "unpacked"]

Row = tuple[str, ...]
"""The cells of one member: id, as it is, kind, day and the rest; `outcome` and `finding` are not among them yet."""


class Block(NamedTuple):
    """Members in their order. Until it is known what was found their ids are as they are."""

    ids: Sequence[str]
    kinds: Sequence[str]
    days: Sequence[str]
    tails: Sequence[str]
    """what stands behind the day in each line, as CSV"""
    several: Mapping[str, Sequence[str]] = MappingProxyType({})
    """of members that stand for several events, by their ids, the days of all"""


def block_of(rows: Sequence[Row]) -> Block:
    """The block of some rows."""
    return Block(
        ids=[row[0] for row in rows],
        kinds=[row[1] for row in rows],
        days=[row[2] for row in rows],
        tails=[",".join(map(quoted, row[3:])) for row in rows],
    )


def packed(block: Block) -> str:
    """A block as one line of JSON, which keeps ids that no UTF-8 can hold."""
    return json.dumps([*block[:-1], dict(block.several)], separators=(",", ":"))


def unpacked(line: str) -> Block:
    """The block of such a line."""
    return Block(*json.loads(line))
