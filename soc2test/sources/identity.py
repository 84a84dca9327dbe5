"""`ScopeIdentity`: whose an export is by its own word, so that it can be held against the folder it lies in.

A collecting script with one login fills the folders of two accounts with the first one's data. The items say so: their
ARNs, owners, tenants and organisations are evidence of where they came from.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from soc2test.errors import PluginError

__all__ = ["Owner", "ScopeIdentity"]


class Owner(msgspec.Struct, frozen=True):
    """What one item says of whose it is.

    part    a level of the scope ("account"), or a part of the subject ("repo"), which then concerns that export alone
    value   the account, organisation, tenant ... it names
    anchor  what in it says so, where names of several kinds are no equals ("uid of namespace kube-system")
    """

    part: str
    value: str
    anchor: str = ""


Of = Callable[[Mapping[str, str], str, Any], Iterable[Owner]]


class ScopeIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """How a source's exports say whose they are; declared once, asked of every export.

    of     gets the subject, the operation's name and one item (of a whole body: the body), as plain values, and gives
           what it says; nothing where it says nothing, or names what others own too
    names  scope level -> pattern of the names that the vendor itself gives. A folder that bears one must hold exports
           that name the same. One that bears another name (`prod`) can't be compared: all its exports must name one
           owner, and no other folder's may name the same

    Raises `PluginError` where a pattern is none.
    """

    of: Of
    names: Mapping[str, str] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        for level, pattern in self.names.items():
            try:
                re.compile(pattern)
            except re.error as wrong:
                raise PluginError("", f"ScopeIdentity(names={{{level!r}: ...}}) is no pattern: {wrong}") from None

    def comparable(self, part: str, name: str) -> bool:
        """True where a folder's name is one that the vendor gives, so that exports must name the same."""
        pattern = self.names.get(part)
        return pattern is not None and re.fullmatch(pattern, name, re.ASCII) is not None
