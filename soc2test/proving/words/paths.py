"""Where a word stands in a body: `Volumes[].State`, or `[type=PASSWORD].status` of entries that say what they are."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

__all__ = ["Entries", "Path", "Step", "path_of", "places", "text_of"]


class Entries(NamedTuple):
    """The entries of a list: all of them, or those whose `key` holds `value`."""

    key: str = ""
    value: str = ""


Step = str | Entries
Path = tuple[Step, ...]
Place = tuple[Any, str | int]
"""An object or list of a body, and the key or number in it."""

_STEP = re.compile(r'\.?"([^"]*)"|\[([^\]=]*)=?([^\]]*)\]|\.?([^."\[\]]+)')
_PLAIN = re.compile(r"[\w$-]+")


def text_of(path: Path) -> str:
    """The path as tables write it. A key that is no plain word stands in quotes."""
    said = ""
    for step in path:
        if isinstance(step, Entries):
            said += f"[{step.key}={step.value}]" if step.key else "[]"
        else:
            said += ("." if said else "") + (step if _PLAIN.fullmatch(step) else f'"{step}"')
    return said


def path_of(text: str) -> Path:
    """The path of a text. Raises `ValueError` where it is none."""
    steps: list[Step] = []
    at = 0
    while at < len(text):
        match = _STEP.match(text, at)
        if match is None:
            raise ValueError(f"{text!r} is no path of a leaf: its character {at} begins no step")
        quoted, key, value, plain = match.groups()
        steps.append(Entries(key, value) if key is not None else quoted or plain)
        at = match.end()
    return tuple(steps)


def places(body: Any, path: Path) -> Iterator[Place]:
    """Each place of the body where the leaf stands, or could: the key may be absent from an object that is there.

    Of a list of words each word; its first place where it is empty.
    """
    *above, last = path
    holders: list[Any] = [body]
    for step in above:
        holders = [inner for holder in holders for inner in _below(holder, step)]
    for holder in holders:
        if isinstance(last, Entries):
            yield from ((holder, number) for number in range(len(holder) if isinstance(holder, list) else 0))
        elif isinstance(holder, dict):
            yield holder, last


def _below(holder: Any, step: Step) -> Iterator[Any]:
    if isinstance(step, Entries):
        for entry in holder if isinstance(holder, list) else ():
            if not step.key or (isinstance(entry, dict) and entry.get(step.key) == step.value):
                yield entry
    elif isinstance(holder, dict) and step in holder:
        yield holder[step]
