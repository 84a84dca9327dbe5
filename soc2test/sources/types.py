"""`Types`: which types of things a source finds in lists of everything, and what becomes of each.

Cloud Asset Inventory, Terraform plans, Kubernetes lists and AWS Config name the type of each row. A type that nobody
reads is not nothing: either a table says why no control tests it, or it is a gap.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from soc2test.resources.resource import Resource
from soc2test.sources.facts import Missed, Skip, missed, skip

__all__ = ["Types", "Word"]

Word = str | tuple[type[Resource], ...]
"""Why no control tests a type; or the kinds that it belongs to, where it is known and not read."""

_NAME = re.compile(r"[\w.:/@*-]{1,120}", re.ASCII)


class Types:
    """The table of one list's types.

    `read` names those that the source reads. `others` gives the rest, and is called when the first of them is met: a
    vendor may have a thousand, and most runs meet few.
    """

    def __init__(self, *, read: Iterable[str], others: Callable[[], Mapping[str, Word]]) -> None:
        self.read = frozenset(read)
        self._make = others

    @cached_property
    def others(self) -> Mapping[str, Word]:
        """The types that are known and not read, each with the word on it."""
        return self._make()

    def judge(self, name: str) -> Skip | Missed | None:
        """None for a type that is read; else what a reading function gives for a thing of the type."""
        if name in self.read:
            return None
        word = self.others.get(name)
        if word is None:
            shown = name if _NAME.fullmatch(name) else "that is no name"
            return Missed(f"type {shown} is in no table of this source: it may be anything", (), shown)
        if isinstance(word, str):
            return skip(f"{name}: {word}")
        return missed(f"type {name} is known and not read", *word)
