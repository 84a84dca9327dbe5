"""`ScopeIdentity` and `About`: whose an export is by its own word, so that it can be held against where it lies.

A collecting script with one login fills the folders of two accounts with the first one's data. The items say so: their
ARNs, owners, tenants and organisations are evidence of where they came from. A loop over users that writes one answer
under every name is told in the same way, by the user that the answer names.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

import msgspec

from soc2test.errors import PluginError

__all__ = ["About", "Owner", "ScopeIdentity", "abouts"]


class Owner(msgspec.Struct, frozen=True):
    """What one item says of whose it is.

    part    a level of the scope ("account"), or a part of the subject ("repo"), which then concerns that export alone
    value   the account, organisation, tenant ... it names
    anchor  what in it says so, where names of several kinds are no equals ("uid of namespace kube-system"). A value
            with an anchor is no name of the level, and is held against others of its anchor alone
    """

    part: str
    value: str
    anchor: str = ""


Of = Callable[[Mapping[str, str], str, Any], Iterable[Owner]]
Once = Callable[[Mapping[str, str], str, Any], Iterable[str]]


class ScopeIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """How a source's exports say whose they are; declared once, asked of every export.

    of     gets the subject, the operation's name and one item (of a whole body: the body), as plain values, and gives
           what it says; nothing where it says nothing, or names what others own too. Left out where no item names whose
           it is
    names  scope level -> pattern of the names that the vendor itself gives. A folder that bears one must hold exports
           that name the same. One that bears another name (`prod`) can't be compared: all its exports must name one
           owner, and no other folder's may name the same

    once   gets the same as `of`, and gives the ids in an item that the vendor gives once (a uid): two folders that
           hold one of them are one scope under two names. Not what two may have in common: a person, a default

    Raises `PluginError` where a pattern is none, or where neither `of` nor `once` tells anything.
    """

    of: Of | None = None
    names: Mapping[str, str] = msgspec.field(default_factory=dict)
    once: Once | None = None

    def __post_init__(self) -> None:
        if self.of is None and self.once is None:
            raise PluginError("", "ScopeIdentity() tells nothing: give it of= or once=, or leave it out")
        for level, pattern in self.names.items():
            try:
                re.compile(pattern)
            except re.error as wrong:
                raise PluginError("", f"ScopeIdentity(names={{{level!r}: ...}}) is no pattern: {wrong}") from None

    def comparable(self, part: str, name: str) -> bool:
        """True where a folder's name is one that the vendor gives, so that exports must name the same."""
        pattern = self.names.get(part)
        return pattern is not None and re.fullmatch(pattern, name, re.ASCII) is not None


class About(msgspec.Struct, frozen=True, kw_only=True):
    """Where the answer to one call says which subject it is of.

    at     key paths of what names it ("Users[].UserName"), from the body down
    of     or a function from the plain body to the names
    form   pattern of a name as the vendor writes it; its groups are what is compared, of the name in the place too.
           What does not fit can't be compared: a key is asked for by its alias, and the answer has its id
    exact  the vendor tells names apart that differ in the case of letters alone

    Raises `PluginError` where the pattern is none, or where neither `at` nor `of` says where to look.
    """

    at: Sequence[str] = ()
    of: Callable[[Any], Iterable[Any]] | None = None
    form: str = "(.+)"
    exact: bool = False

    def __post_init__(self) -> None:
        if not self.at and self.of is None:
            raise PluginError("", "About() needs key paths (at=) or a function (of=)")
        try:
            groups = re.compile(self.form).groups
        except re.error as wrong:
            raise PluginError("", f"About(form=...) is no pattern: {wrong}") from None
        if not groups:
            raise PluginError("", "About(form=...) has no group: what is in it is compared")

    def meant(self, name: str) -> str | None:
        """What of a name is compared; None where it is of another form."""
        match = re.fullmatch(self.form, name, re.ASCII | re.DOTALL)
        return None if match is None else "/".join(unquote(group) for group in match.groups() if group)

    def same(self, one: str, other: str) -> bool:
        """Whether what is compared of two names means one subject."""
        return one == other if self.exact else one.casefold() == other.casefold()


Abouts = Mapping[str, str | About | Sequence[About]]
"""A part of the subject -> where answers name it: a key path, or what `About` says, or several ways to name it."""


def abouts(given: Abouts) -> dict[str, tuple[About, ...]]:
    """What was declared, in one form."""
    return {part: _about(said) for part, said in given.items()}


def _about(said: str | About | Sequence[About]) -> tuple[About, ...]:
    if isinstance(said, str):
        return (About(at=(said,)),)
    return (said,) if isinstance(said, About) else tuple(said)
