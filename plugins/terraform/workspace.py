"""A workspace: its records, and which of them belongs to which."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from soc2test import Said, Unknown, UnknownFact
from soc2test_plugins.terraform.configuration import Configuration, Reference
from soc2test_plugins.terraform.documents import Config, Record, deleted, entries

__all__ = ["READERS", "Workspace", "agreed", "reader"]

T = TypeVar("T")

_KEYS = ("id", "arn", "name", "bucket", "key_id", "identifier", "self_link")
"""Attributes by whose value another resource may name one."""
_SAME = object()


class Workspace:
    """What one document says of one workspace."""

    def __init__(self, name: str, body: Mapping[str, Any]) -> None:
        self.name = name
        found = list(entries(body))
        self.records = [entry for entry in found if isinstance(entry, Record)]
        self.others = [entry for entry in found if not isinstance(entry, Record)]
        self.deleted = deleted(body)
        self.configuration = Configuration(body)
        self._by_type: dict[str, list[Record]] = {}
        self._by_config: dict[Config, list[Record]] = {}
        for each in self.records:
            self._by_type.setdefault(each.type, []).append(each)
            self._by_config.setdefault(each.config, []).append(each)
        self._valued: dict[tuple[str, ...], dict[Any, list[Record]]] = {}
        self._named: dict[tuple[str, ...], tuple[dict[str, list[Record]], bool]] = {}
        self._owned: dict[tuple[str, ...], tuple[dict[str, list[Record]], UnknownFact | None]] = {}

    def left_out(self, record: Record, argument: str) -> bool:
        """A new resource's text does not set the argument, so its value is the provider's to choose."""
        unknown = isinstance(record.values[argument], Unknown)
        return unknown and record.created and not self.configuration.sets(record.config, argument)

    def id(self, record: Record, *parts: str) -> str:
        """The id of a resource: "prod/aws_s3_bucket.logs", "prod/plan/aws_s3_bucket.logs"."""
        return "/".join((self.name, *(("plan",) if record.planned else ()), record.address, *parts))

    def target(self, record: Record, argument: str, *types: str, value: Any = _SAME) -> Record | None:
        """Which record of `types` an argument names; None where it names none of this workspace.

        By the value where it is known, else by what the configuration refers to. `value` is that of a nested block's
        argument, `argument` then the block's. Raises `UnknownFact` where neither tells.
        """
        value = record.values[argument] if value is _SAME else value
        if isinstance(value, Unknown):
            return self._referred(record, argument, types, set())
        if value in (None, ""):
            return None
        named, all_named = self._called(types)
        hits = named.get(value, []) if isinstance(value, str) else []
        if hits or all_named:
            return self._one(record, argument, hits) if hits else None
        return self._referred(record, argument, types, set())

    def _called(self, types: tuple[str, ...]) -> tuple[dict[str, list[Record]], bool]:
        """The records of `types` by what others may call them, and whether each has such a name."""
        if types not in self._named:
            named: dict[str, list[Record]] = {}
            all_ = True
            for each in self._of(types):
                names = set(_names(each))
                all_ &= bool(names)
                for name in names:
                    named.setdefault(name, []).append(each)
            self._named[types] = named, all_
        return self._named[types]

    def _of(self, types: tuple[str, ...]) -> Iterator[Record]:
        return (each for type_ in types for each in self._by_type.get(type_, ()))

    def _referred(self, record: Record, argument: str, types: tuple[str, ...], seen: set[str]) -> Record:
        references = self.configuration.references(record.config, argument)
        hits = {each.address: each for reference in references for each in self._instances(record, reference)}
        hits.pop(record.address, None)
        direct = [each for each in hits.values() if each.type in types]
        if direct:
            return self._one(record, argument, direct)
        for each in hits.values():  # one resource beside a bucket may name another instead of the bucket
            if each.address not in seen and argument in each.values:
                return self._referred(each, argument, types, seen | {record.address})
        raise _unsure(record, argument)

    def _instances(self, record: Record, reference: Reference) -> list[Record]:
        """The instances that a reference may mean."""
        near = [each for each in self._by_config.get(reference.to, ()) if _related(each, record)]
        if reference.index:
            return [each for each in near if each.index == reference.index]
        same = [each for each in near if each.index == record.index] if reference.each else []
        return same or near

    @staticmethod
    def _one(record: Record, argument: str, hits: list[Record]) -> Record:
        if len(hits) > 1:
            raise _unsure(record, argument)
        return hits[0]

    def attached(self, owner: Record, argument: str, *types: str) -> Iterator[Record]:
        """The records of `types` whose argument names `owner`; raises `UnknownFact` last where there may be more."""
        owned, unsure = self._attached(owner, argument, types)
        yield from owned
        if unsure is not None:
            raise unsure

    def _attached(
        self, owner: Record, argument: str, types: tuple[str, ...]
    ) -> tuple[list[Record], UnknownFact | None]:
        key = (owner.type, argument, *types)
        if key not in self._owned:
            self._owned[key] = self._owners(owner.type, argument, types)
        owned, unsure = self._owned[key]
        return owned.get(owner.address, []), unsure

    def _owners(
        self, type_: str, argument: str, types: tuple[str, ...]
    ) -> tuple[dict[str, list[Record]], UnknownFact | None]:
        owned: dict[str, list[Record]] = {}
        unsure: UnknownFact | None = None
        for each in self._of(types):
            try:
                owner = self.target(each, argument, type_)
            except UnknownFact as error:
                unsure = error
                continue
            if owner is not None:
                owned.setdefault(owner.address, []).append(each)
        return owned, unsure

    def certain(self, owner: Record, argument: str, *types: str) -> list[Record]:
        """Those records that are its own for certain; there may be more."""
        return self._attached(owner, argument, types)[0]

    def has(self, owner: Record, argument: str, *types: str) -> bool:
        """Whether one such record is there for certain."""
        return bool(self.certain(owner, argument, *types))

    def one(self, owner: Record, argument: str, *types: str) -> Record | None:
        """The record that sets something of `owner`; None where there is none for certain.

        Raises `UnknownFact` where several set it and do not agree: which of them was applied last no document tells.
        """
        found = list(self.attached(owner, argument, *types))
        agreed((_content(each) for each in found), " and ".join(each.address for each in found[:2]))
        return found[0] if found else None

    def naming(self, argument: str, value: Any, *types: str) -> list[Record]:
        """The records of `types` whose argument has this value; none where it is not known."""
        key = (argument, *types)
        if key not in self._valued:
            valued: dict[Any, list[Record]] = {}
            for each in self._of(types):
                told = each.values.or_else(argument, None)
                if isinstance(told, str):
                    valued.setdefault(told, []).append(each)
            self._valued[key] = valued
        return self._valued[key].get(value, []) if isinstance(value, str) else []


def agreed(values: Iterable[T], tellers: str) -> T | None:
    """What several say of one thing; None where nobody does. Raises `UnknownFact` where they do not say the same."""
    told = list(values)
    if any(each != told[0] for each in told[1:]):
        raise UnknownFact("", f"{tellers} set the same thing, each otherwise; which of them is in force is not told")
    return told[0] if told else None


def _content(record: Record) -> Any:
    """What it sets, without its own name."""
    return {key: value for key, value in record.values.raw.items() if key != "id"}


def _names(record: Record) -> list[str]:
    values = [record.values[key] for key in _KEYS if key in record.values]
    return [each for each in values if not isinstance(each, Unknown) and isinstance(each, str) and each]


def _related(one: Record, other: Record) -> bool:
    """In the same instance of a module, or one in a module that the other's calls."""
    if len(one.config[0]) == len(other.config[0]):
        return one.module == other.module or one.config[0] != other.config[0]
    inner, outer = (one, other) if len(one.config[0]) > len(other.config[0]) else (other, one)
    below = outer.config[0] == inner.config[0][: len(outer.config[0])]
    return not below or not outer.module or inner.module.startswith(f"{outer.module}.")


def _unsure(record: Record, argument: str) -> UnknownFact:
    return UnknownFact(argument, f"which resource {record.address} belongs to is known only after apply")


Reader = Callable[[Record, Workspace], Iterable[Said]]

READERS: dict[str, Reader] = {}
"""By the type of resource."""


def reader(*types: str) -> Callable[[Reader], Reader]:
    """The decorated function reads resources of these types."""

    def declare(function: Reader) -> Reader:
        READERS.update(dict.fromkeys(types, function))
        return function

    return declare
