"""Two entries of one id: equal ones are one entry, others contradict each other, and nobody knows which is right."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from soc2test import Unknown
from soc2test_plugins.registers.schemas import IDS

__all__ = ["by_id", "contradicting", "what_it_says"]

Fault = tuple[tuple[str | int, ...], str]
Numbered = tuple[int, Mapping[str, Any]]
"""The number of an entry, from 0, and the entry."""


def by_id(register: str, entries: Sequence[Any]) -> dict[tuple[str, ...], list[Numbered]]:
    """The entries of each id; addresses are one in any case. What has no id is left out: the schema refuses it."""
    keys = IDS.get(register, ("id",))
    groups: dict[tuple[str, ...], list[Numbered]] = {}
    for number, entry in enumerate(entries):
        if not isinstance(entry, dict):
            continue
        parts = [_folded(key, entry[key]) for key in keys if type(entry.get(key)) is str]
        if len(parts) == len(keys):
            groups.setdefault(tuple(parts), []).append((number, entry))
    return groups


def contradicting(register: str, entries: Sequence[Any], places: Sequence[str]) -> Iterator[Fault]:
    """Each entry whose id another one has that says something else; both are named. `places` say where each stands."""
    for group in by_id(register, entries).values():
        if len(group) == 1:
            continue
        words = [(number, what_it_says(entry)) for number, entry in group]
        first, said = words[0]
        other = next((number for number, word in words if word != said), None)
        if other is None:
            continue
        for number, word in words:
            place = places[other if word == said else first]
            yield ("entries", number), f"has the id of {place}, and says something else: keep one of them"


def what_it_says(entry: Mapping[str, Any]) -> str:
    """One text for all entries that say the same; null and a key that is left out are one."""
    return json.dumps(_plain(entry), sort_keys=True, ensure_ascii=False, default=str)


def _plain(value: Any) -> Any:
    if type(value) is Unknown:
        return {"unknown": True}
    if isinstance(value, str) and type(value) is not str:  # a secret stands there: a look at its content would raise
        return {"secret": True}
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _folded(key: str, part: str) -> str:
    return part.strip().lower() if key.endswith("email") else part.strip()
