"""People who come back: several rows of one address are the times of one person's work, as long as they follow."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from soc2test import Context
from soc2test_plugins.registers.days import as_moments, lies_ahead
from soc2test_plugins.registers.sameness import Numbered, by_id, what_it_says

__all__ = ["EARLIER", "SPELLS", "mistimed", "with_spells"]

Fault = tuple[tuple[str | int, ...], str]

SPELLS, EARLIER = "spells", "earlier"
"""Keys of an arranged entry that no schema has: all times of work, and why a row is no person by itself."""


def mistimed(body: Mapping[str, Any], places: Sequence[str], context: Context) -> Iterator[Fault]:
    """What is wrong with the times of work of each person."""
    for number, entry in enumerate(body["entries"]):
        if isinstance(entry, dict) and (text := _alone(entry, body, context)):
            yield ("entries", number, "ended_at"), text
    for group in by_id("people", body["entries"]).values():
        rows = _different(group)
        if len(rows) > 1:
            yield from _in_turn(rows, places)


def _alone(entry: Mapping[str, Any], body: Mapping[str, Any], context: Context) -> str:
    """What is wrong with the times of one row."""
    started, ended = entry.get("started_at"), entry.get("ended_at")
    if entry.get("active") is False and ended is None and not lies_ahead(entry, "started_at", body, context):
        return "is needed, since active is false: the last day of work"
    if type(started) is str and type(ended) is str and ended[:10] < started[:10]:
        return "lies before started_at"
    return ""


def _different(group: Sequence[Numbered]) -> list[Numbered]:
    """The rows without those that say what an earlier one says."""
    rows: dict[str, Numbered] = {}
    for number, entry in group:
        rows.setdefault(what_it_says(entry), (number, entry))
    return list(rows.values())


def _in_turn(rows: Sequence[Numbered], places: Sequence[str]) -> Iterator[Fault]:
    """All rows of a person of whom two are at one time, or are in no order that anybody can tell: both are named."""
    clash = _clash(rows)
    if clash is None:
        return
    for number, _ in rows:
        place = places[clash[1] if number == clash[0] else clash[0]]
        text = f"has the address of {place}, and the rows of the address are not one after the other"
        yield ("entries", number), f"{text}: end the earlier one (ended_at), or keep one of them"


def _clash(rows: Sequence[Numbered]) -> tuple[int, int] | None:
    """The numbers of two rows that are no times of work one after the other; None where all are."""
    for number, entry in rows:
        if type(entry.get("started_at")) is not str:
            return number, next(other for other, _ in rows if other != number)
    in_order = sorted(rows, key=lambda row: str(row[1]["started_at"]))
    for (number, entry), (other, later) in pairwise(in_order):
        if not _before(entry, later):
            return number, other
    return None


def _before(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """True where one has ended when the other starts; a change on one day is no overlap."""
    ended, started, began = one.get("ended_at"), str(other["started_at"]), str(one["started_at"])
    return type(ended) is str and ended[:10] <= started[:10] and began[:10] < started[:10]


def with_spells(body: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    """The entries, of which the last that has begun tells of each person and holds all times of work."""
    entries = [dict(entry) for entry in body["entries"]]
    for entry in entries:
        if entry.get("active") is False and lies_ahead(entry, "started_at", body, context):
            entry[EARLIER] = "has not begun to work here"
    for group in by_id("people", entries).values():
        begun = [(number, entry) for number, entry in group if EARLIER not in entry]
        rows = _different(begun)
        if len(begun) > 1:
            _join([entries[number] for number, _ in begun], [entries[number] for number, _ in rows], context)
    return entries


def _join(begun: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]], context: Context) -> None:
    in_order = sorted(rows, key=lambda entry: str(entry["started_at"])) if len(rows) > 1 else rows
    last = in_order[-1]
    for entry in begun:
        if entry is not last:
            entry[EARLIER] = "an earlier time of work of somebody who came back, or a row that is there twice"
    if len(in_order) > 1:
        times = [{key: entry.get(key) for key in ("started_at", "ended_at")} for entry in in_order]
        last[SPELLS] = [as_moments("people", spell, context) for spell in times]
