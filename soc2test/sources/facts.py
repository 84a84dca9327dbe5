"""What a plugin's function says of one item: facts, that it is none of its kind, or that it can't be read."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

import msgspec

from soc2test.resources.resource import Resource

__all__ = [
    "DERIVE", "EVERY", "Counted", "Derive", "Document", "Every", "Facts", "Missed", "Named", "Said", "Skip", "counted",
    "facts", "missed", "named", "or_skip", "skip",
]  # fmt: skip


class Every:
    """The type of `EVERY`, for annotations."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "EVERY"


EVERY: Final = Every()
"""Stands for the id where facts are told of all members of a kind in the scope of the export. It is no text, since a
register may hold any text as an id."""


class Derive:
    """The type of `DERIVE`, for annotations."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "DERIVE"


DERIVE: Final = Derive()
"""Stands for the value of a fact that an item of this shape never tells, so that a derivation tells it. An absent key,
null or a wrong type is no such thing: the fact is unknown then, and nothing that follows from others replaces it."""


class Document(msgspec.Struct, frozen=True, gc=False):
    """A file that a row kept by hand names: relative to the programme root, with the SHA-256 of its bytes in hex."""

    file: str
    sha256: str


class Facts(msgspec.Struct, gc=False, eq=False):
    """What one item of evidence tells about the resource `id` of `kind` (None: the operation's kind)."""

    id: str | Every
    kind: type[Resource] | None
    told: dict[str, Any]
    shown: tuple[tuple[Document, tuple[str, ...]], ...] = ()
    """documents, each with the facts that it shows"""

    def shown_by(self, document: "Document | None", *names: str) -> "Facts":
        """The same facts, those of these `names` shown by a document; as they are where the item names none.

        Such a fact is of nature "document" where no other row names the file, else a "record": what several rows name
        can't show what each of them says. Where the file is not there, or has another digest, the fact is unknown.
        """
        if document is None:
            return self
        return Facts(self.id, self.kind, self.told, (*self.shown, (document, names)))

    def __repr__(self) -> str:  # content may hold secrets
        return f"Facts({', '.join(self.told)})"


class Skip(msgspec.Struct, frozen=True, gc=False):
    """An item that is no resource of the kind, and why: "a deleted one"."""

    reason: str
    id: str | None = None
    """of what it is, where other exports name it: a list holds it, though it is no resource of its kind"""


class Missed(msgspec.Struct, frozen=True, gc=False):
    """An item that is there and is not read: members of `kinds` may be missing (none named: of every kind listed)."""

    text: str
    kinds: tuple[type[Resource], ...]
    unknown_type: str | None = None
    """the name of its type, where no table of the source knows it"""


class Named(msgspec.Struct, frozen=True, gc=False):
    """A thing that something else names: a list of `by` must hold it, else members of `kinds` may be missing."""

    id: str
    by: type[Resource]
    kinds: tuple[type[Resource], ...]
    since: datetime | None = None
    """from when on it was there: a list that is older can't hold it"""


class Counted(msgspec.Struct, frozen=True, gc=False):
    """How many members of a kind there are in the scope of an export, as it says itself; `kinds` hang on these."""

    number: int
    of: type[Resource]
    kinds: tuple[type[Resource], ...]


Said = Facts | Skip | Missed | Named | Counted


def facts(id: str | Every, kind: type[Resource] | None = None, /, **told: Any) -> Facts:
    """What this item tells about one resource: its id, and the facts by name; `EVERY` for all of the kind in scope.

    A value may be the `Unknown` that an absent key gave: the fact stays unknown, with the reason.
    """
    return Facts(id, kind, told)


def skip(reason: str, id: str | None = None) -> Skip:
    """What a reading function gives for an item that is no resource of its kind, with the reason ("deleted").

    With its `id` the list still holds it for what names it elsewhere: a disk of a machine that was terminated today.

    None, or no word at all, is an error: that is what a function gives that forgot its `return`, and rows would be
    missing from a complete population.
    """
    return Skip(reason, id)


def missed(text: str, *kinds: type[Resource]) -> Missed:
    """What a reading function gives for something that is there and that it can't read: a gap, never nothing.

    `kinds` are those that it may be a member of; where none is named, it may be of every kind that the source lists.
    """
    return Missed(text, kinds)


def named(id: str, by: type[Resource], /, *kinds: type[Resource], since: datetime | None = None) -> Named:
    """What a reading function gives, beside its facts, of a thing that an item names and that another list must hold.

    `Reference` declares the same for what stands in one place of each item.

    A grant on a bucket is no bucket, but says that there is one. Where the list of `by` is whole and does not hold
    `id`, the populations of `kinds` (none named: of every kind that the source lists) have a gap. One that was there
    only `since` a moment is not missed in a list that is older than that.
    """
    return Named(id, by, kinds, since)


def counted(number: int, of: type[Resource], /, *kinds: type[Resource]) -> Counted:
    """What a reading function gives, beside its facts, where the vendor counts what another call lists.

    Where the lists of exactly this kind hold fewer in the same scope, its population and those of `kinds` have a gap.
    More than were counted may have been made between the two exports.
    """
    return Counted(number, of, kinds)


def or_skip(words: Iterable[Said], reason: str) -> Iterator[Said]:
    """What was said, or a skip with the reason where nothing was: a firewall group without rules has none to list."""
    silent = True
    for word in words:
        silent = False
        yield word
    if silent:
        yield skip(reason)
