"""`ResourceMaker`: the resources of a stream's items, made of what a reading function told.

There is one rule of what is kept of an id and of a value (`telling/told_values.py`), and a short way for items whose
facts are all known, which are nearly all: one conversion checks the types, and proves that nothing is unknown.
"""

from collections.abc import Mapping
from typing import Any, get_args

import msgspec
from msgspec import convert

from soc2test.errors import UnknownFact
from soc2test.evidence.record import Evidence
from soc2test.resources.fitting import build_fitting
from soc2test.resources.resource import MEMBER, Origin, Resource, Why, build, fact_names
from soc2test.resources.unknown import Unknown
from soc2test.sources.facts import DERIVE, Facts
from soc2test.sources.operation import Operation
from soc2test.telling.told_values import is_out_of_range, kept, kept_id

__all__ = ["ResourceMaker"]


class ResourceMaker:
    """Makes the resources of one streamed export.

    `may_hold_secrets` says that the reading function may come by a secret, so that each value must be looked at.
    """

    def __init__(self, operation: Operation, evidence: Evidence, *, may_hold_secrets: bool) -> None:
        self._kind = operation.kind
        self._evidence_id = evidence.id
        self.origin = _origin(evidence, operation.tenant(evidence.subject))
        proves = _conversion_proves(self._kind) and not may_hold_secrets
        self._proving_count = len(fact_names(self._kind)) if proves else -1
        """as many values, once converted, are all facts and all known; no number where that proves nothing"""
        self._floats = _float_facts(self._kind)

    def plain(self, said: Any) -> Resource:
        """The resource of an item that is plain. Raises anything where it is not: then it is to be read once more."""
        if (said.kind is not None and said.kind is not self._kind) or said.shown or said.id == "":
            raise ValueError
        told = said.told
        if len(told) == self._proving_count and not (self._floats and self._any_out_of_range(told)):
            told["id"], told["origin"] = said.id, self.origin  # it was made for this item: a copy would cost more
            try:
                return convert(told, self._kind)
            except msgspec.ValidationError:  # something is unknown, or no value of its fact's type
                del told["id"], told["origin"]
        known, unknown = _known_and_unknown(told)
        return build(self._kind, kept_id(said.id), known, unknown, self.origin)

    def fitting(self, said: Facts, place: str) -> Resource:
        """The resource of any item: a value of a wrong type makes its fact unknown, with the item's place.

        Raises `UnknownFact` where what was told is of no resource, or of one that only memory can hold.
        """
        kind = said.kind or self._kind
        if kind is not self._kind:
            raise UnknownFact("", f"tells of {kind.__name__}, which its operation does not name")
        if said.shown:  # it would be taken without a look at the document
            text = "names a document, which is looked at in memory alone: declare the operation stream=False"
            raise UnknownFact("", text)
        known, unknown = _known_and_unknown(said.told)
        told_at = f"{self._evidence_id}: {place}: "
        return build_fitting(kind, kept_id(said.id), known, unknown, self.origin, told_at)

    def _any_out_of_range(self, told: Mapping[str, Any]) -> bool:
        """Whether a fact would be infinite, which is above each limit: the conversion would let it pass."""
        for name in self._floats:  # noqa: SIM110  # asked for each item, of which a generator would cost most
            if is_out_of_range(told.get(name)):
                return True
        return False


def _known_and_unknown(told: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Why]]:
    """The values that are known, and of the others why they are not."""
    known: dict[str, Any] = {}
    unknown: dict[str, Why] = {}
    for name, given in told.items():
        if given is DERIVE:
            continue
        value = kept(given)
        if type(value) is Unknown:
            unknown[name] = (value.code, value.reason)
        else:
            known[name] = value
    return known, unknown


def _conversion_proves(kind: type[Resource]) -> bool:
    """Whether converting as many values as the kind has facts proves that all of them are told and known.

    A fact that takes anything would take an unknown value too, and a default would hide that none was told.
    """
    facts = [field for field in msgspec.structs.fields(kind) if field.name in fact_names(kind)]
    return all(field.required and field.type not in (Any, object) for field in facts)


def _float_facts(kind: type[Resource]) -> list[str]:
    fields = msgspec.structs.fields(kind)
    return [field.name for field in fields if float in (field.type, *get_args(field.type))]


def _origin(evidence: Evidence, tenant: str) -> Origin:
    by_hand = (MEMBER,) if evidence.nature == "record" else ()
    return Origin(evidence.source, (evidence.id,), tenant=tenant, by_hand=by_hand)
