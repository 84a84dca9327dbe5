"""`Reference`: what the items of one call name, and the other call's list that must hold it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from soc2test.errors import PluginError, UnknownFact
from soc2test.evidence.times import parse_time
from soc2test.resources.resource import Resource
from soc2test.sources.calling import call
from soc2test.sources.facts import Named
from soc2test.sources.item import Subject
from soc2test.sources.paging import path_values

if TYPE_CHECKING:
    from soc2test.sources.operation import Operation

__all__ = ["Reference", "check_references", "references_in"]

IdOf = Callable[[Subject, str], str | None]


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A place in each item of a call that names a member of another list.

    A machine names its network: where the list of networks is whole and does not hold it, the population of networks
    has a gap, however well the list reads by itself.

    at     key path of the name, from the item down ("VpcId", "SecurityGroups[].GroupId", "SecurityGroups[]")
    of     the kind whose list must hold it
    id     gets the `Subject` of the export and the name, and gives the id in that list; None where it is no member of
           the same scope (another account's)
    kinds  the populations that lack it (default: that of `of`)
    since  key beside the name with the moment from which on it was there: an older list is not missing it
    """

    at: str
    of: type[Resource]
    id: IdOf
    kinds: Sequence[type[Resource]] = ()
    since: str = ""


def check_references(source: str, references: Sequence[Reference]) -> tuple[Reference, ...]:
    """The references of an operation. Raises `PluginError` where one of them is none, or says no place."""
    for reference in references:
        if not isinstance(reference, Reference):
            raise PluginError(source, f"references=: a {type(reference).__name__} is no Reference")
        if not reference.at:
            raise PluginError(source, "Reference(at='') names no key of the item")
    return tuple(references)


def references_in(operation: "Operation", item: Any, at: Subject) -> Iterator[Named]:
    """What an item names that other lists must hold. What is no text names nothing: its reading function judges it.

    Raises `PluginError` where the plugin's function for the id raised.
    """
    for reference in operation.references:
        parent, _, key = reference.at.rpartition(".")
        for holder in path_values(item, parent) if parent else [item]:
            for name in path_values(holder, key):
                if isinstance(name, str) and name and (id := _id(operation, reference, at, name)) is not None:
                    since = _since(holder, reference.since)
                    yield Named(id, reference.of, tuple(reference.kinds) or (reference.of,), since)


def _id(operation: "Operation", reference: Reference, at: Subject, name: str) -> str | None:
    id: str | None = call(operation.source, "id of a reference", reference.id, at, name, check=_id_or_none)
    return id


def _id_or_none(given: Any) -> str | None:
    return None if given is None or (isinstance(given, str) and given) else f"a {type(given).__name__}, not an id"


def _since(holder: Any, key: str) -> datetime | None:
    """The moment beside a name; none where it is not told or can't be read: then it was always there."""
    try:
        return parse_time(holder[key]) if key and isinstance(holder, dict) and key in holder else None
    except (UnknownFact, ValueError, TypeError):
        return None
