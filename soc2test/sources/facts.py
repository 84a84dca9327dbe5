"""`facts(id, ...)`: what a plugin's function says about one resource."""

from typing import Any, Final

import msgspec

from soc2test.resources.resource import Resource

__all__ = ["SKIP", "Facts", "Skip", "facts"]


class Facts(msgspec.Struct, gc=False, eq=False):
    """What one item of evidence tells about the resource `id` of `kind` (None: the operation's kind)."""

    id: str
    kind: type[Resource] | None
    told: dict[str, Any]

    def __repr__(self) -> str:  # content may hold secrets
        return f"Facts({', '.join(self.told)})"


class Skip:
    """The type of `SKIP`, for annotations (`-> Facts | Skip`)."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "SKIP"


SKIP: Final = Skip()
"""What a reading function returns for an item that is no resource of its kind, a deleted one for instance. None is an
error: it is what a function gives that forgot its `return`, and rows would be missing from a complete population."""


def facts(id: str, kind: type[Resource] | None = None, /, **told: Any) -> Facts:
    """What this item tells about one resource: its id, and the facts by name.

    A value may be the `Unknown` that an absent key gave: the fact stays unknown, with the reason.
    """
    return Facts(id, kind, told)
