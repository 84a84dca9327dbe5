"""`Heard`: what one export says of whose it is and of which subject, to be held against its place."""

from typing import Any

import msgspec

from soc2test.errors import EvidenceError, PluginError, UnknownFact
from soc2test.evidence.record import EMPTY, Evidence
from soc2test.sources.calling import fault
from soc2test.sources.identity import Owner, ScopeIdentity
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source
from soc2test.telling.body_items import items_of, shells_of
from soc2test.telling.logins import wrong_login
from soc2test.telling.subjects import other_subject

__all__ = ["SILENT", "Heard", "hear"]


class Heard(msgspec.Struct, frozen=True):
    """What an export says of itself."""

    owners: tuple[Owner, ...] = ()
    """whom it names as its owners, each once"""
    once: tuple[str, ...] = ()
    """ids that the vendor gives once"""
    login: str | None = None
    """why it proves that the exports of its scope were made with another login"""
    untold: str | None = None
    """why it does not say whose it is"""
    other: str | None = None
    """why it is about another subject than its place"""
    broke: tuple[str, ...] = ()
    """the faults of a plugin's functions that broke on it"""


SILENT = Heard()


def hear(source: Source, evidence: Evidence, *, once: bool) -> Heard:
    """What an export says; nothing of one that can't be read, which is said where it is. `once` asks for ids too."""
    if evidence.problem is not None or evidence.code is not None or evidence.body is EMPTY:
        return SILENT
    operation = source.operations[evidence.operation]
    hearing = _Hearing()
    if source.identity is not None:
        _hear_items(source.identity, operation, evidence, hearing, once=once)
    other: str | None = None
    try:
        other = other_subject(operation, evidence)
    except PluginError as broke:
        hearing.broke.append(str(broke))
    return Heard(
        owners=tuple(hearing.owners),
        once=tuple(hearing.once),
        login=wrong_login(source.collecting.whoami, evidence),
        untold=hearing.untold,
        other=other,
        broke=tuple(hearing.broke),
    )


class _Hearing(msgspec.Struct):
    owners: dict[Owner, None] = msgspec.field(default_factory=dict)
    once: dict[str, None] = msgspec.field(default_factory=dict)
    untold: str | None = None
    broke: list[str] = msgspec.field(default_factory=list)


def _hear_items(
    identity: ScopeIdentity, operation: Operation, evidence: Evidence, hearing: _Hearing, *, once: bool
) -> None:
    """A secret in the place of a name hides what it says of this item alone, and is no fault of the rule."""
    subject, name = evidence.subject, operation.name
    try:
        for item in _items(operation, evidence.body):
            try:
                for owner in identity.of(subject, name, item) if identity.of is not None else ():
                    owner.value.casefold()  # raises for a secret, which is compared with nothing
                    hearing.owners[owner] = None
            except UnknownFact as unknown:
                hearing.untold = hearing.untold or f"does not say whose it is: {unknown.reason}"
            if once and identity.once is not None:
                hearing.once.update(_ids(identity, evidence, name, item))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # a plugin's fault hides no other export and ends nothing
        rule = identity.of or identity.once or _hear_items
        hearing.broke.append(str(fault(operation.source, "identity rule", rule, error)))


def _ids(identity: ScopeIdentity, evidence: Evidence, name: str, item: Any) -> dict[str, None]:
    """The ids that an item holds, as far as they are told: a secret in the place of one says nothing."""
    ids: dict[str, None] = {}
    assert identity.once is not None  # noqa: S101  # asked before
    try:
        for id in identity.once(evidence.subject, name, item):
            ids[id] = None
    except UnknownFact:
        pass
    return ids


def _items(operation: Operation, body: Any) -> list[Any]:
    """The items of a body, after what stands around them; none where it can't be read, which is said where it is."""
    try:
        prepared = operation.prepared(body)
        one = operation.documents and not isinstance(prepared, list)
        whole = [prepared] if one else prepared
        return [*shells_of(operation, whole), *(item for _, item in items_of(operation, whole))]
    except (LookupError, UnknownFact, EvidenceError, PluginError):
        return []
