"""What one call told, entry by entry, so that two readings of an export can be compared."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from soc2test.errors import PluginError, UnknownFact
from soc2test.populations.population import Gap, Population
from soc2test.resources.fitting import build_fitting
from soc2test.resources.resource import NOWHERE, Resource, Why, fact_names
from soc2test.resources.unknown import Unknown
from soc2test.sources.calling import call
from soc2test.sources.source import Source
from soc2test.telling.call_record import CallRecord

__all__ = ["Account", "Entry", "account_of"]

_Told = dict[tuple[type[Resource], str], dict[str, Any]]
_DERIVED_OF_DERIVED = 3
_ALONE = "this call alone does not tell it"


class Entry(NamedTuple):
    """What something is told of: a fact of a resource, a member, a skip, a gap."""

    sort: str
    kind: str = ""
    id: str = ""
    fact: str = ""


class Account(NamedTuple):
    """What is known by one reading, and what it can't tell: facts that are unknown, things missed, failures."""

    known: Mapping[Entry, str]
    troubles: Mapping[Entry, frozenset[str]]
    """why, in the reader's words"""


def account_of(source: Source, record: CallRecord) -> Account:
    """The account of a call, with the facts that follow from those that it told."""
    known: dict[Entry, str] = {}
    troubles: dict[Entry, frozenset[str]] = {}
    for entry, value in _entries(source, record):
        said, reason = _said(value)
        if reason is None:
            known[entry] = said
        elif not _is_untold(reason):
            troubles[entry] = troubles.get(entry, frozenset()) | {reason}
    return Account(known, troubles)


def _entries(source: Source, record: CallRecord) -> Iterator[tuple[Entry, Any]]:
    told: _Told = {}
    for word in record.words:
        told.setdefault((word.kind, word.id), {}).update(word.values)
        if word.listed:
            yield Entry("member", word.kind.__name__, word.id), True
    for (kind, id), values in told.items():
        for name, value in (*values.items(), *_derived(source, kind, id, values, told)):
            yield Entry("fact", kind.__name__, id, name), value
    yield from _of_others(record)
    yield from _gaps(record)


def _of_others(record: CallRecord) -> Iterator[tuple[Entry, Any]]:
    for of_all in record.of_all:
        for name, value in of_all.facts.items():
            yield Entry("fact of all", of_all.kind.__name__, " ".join(sorted(of_all.named)), name), value
    for mention, _ in record.named:
        yield Entry("named", mention.by.__name__, mention.id), True
    for kind, id in record.left_out:
        yield Entry("left out", kind.__name__, id), True
    for counted, _ in record.counted:
        yield Entry("counted", counted.of.__name__), counted.number


def _gaps(record: CallRecord) -> Iterator[tuple[Entry, Any]]:
    for unread in record.unread:
        yield Entry("unread"), Unknown(unread.entry.text, code=unread.entry.code)
    for note in record.notes:
        if note.code:
            yield Entry("failed"), Unknown(note.text, code=note.code)
        for reason, count in note.evidence.skipped.items():
            yield Entry("skipped", fact=reason), count


def _derived(
    source: Source, kind: type[Resource], id: str, values: Mapping[str, Any], told: _Told
) -> Iterator[tuple[str, Any]]:
    """The facts that a source derives and the call did not tell; of joined kinds it knows this call alone."""
    left = {fact: how for (of, fact), how in source.derived.items() if issubclass(kind, of) and fact not in values}
    found: dict[str, Any] = {}
    for _ in range(_DERIVED_OF_DERIVED if left else 0):
        resource = _built(kind, id, {**values, **found})
        asked = {
            fact: _asked(source.name, fact, read, (resource, *_joined(joins, told)))
            for fact, (read, joins) in left.items()
        }
        if asked.keys() == found.keys() and all(_same(asked[fact], found[fact]) for fact in asked):
            break
        found = asked
    yield from found.items()


def _same(one: Any, other: Any) -> bool:
    return _said(one) == _said(other)


def _joined(joins: type[Resource] | None, told: _Told) -> tuple[Population[Any], ...]:
    if joins is None:
        return ()
    members = [_built(kind, id, values) for (kind, id), values in told.items() if issubclass(kind, joins)]
    return (Population(joins, members, [Gap("missing", _ALONE)]),)


def _built(kind: type[Resource], id: str, values: Mapping[str, Any]) -> Resource:
    known = {name: value for name, value in values.items() if not isinstance(value, Unknown)}
    why: dict[str, Why] = dict.fromkeys((name for name in fact_names(kind) if name not in known), ("missing", _ALONE))
    why |= {name: (value.code, value.reason) for name, value in values.items() if isinstance(value, Unknown)}
    return build_fitting(kind, id, known, why, NOWHERE)


def _asked(source: str, fact: str, read: Any, given: tuple[Any, ...]) -> Any:
    try:
        return call(source, f"derivation of {fact}", read, *given, check=lambda value: None)
    except UnknownFact as error:
        return Unknown(error.reason, what=error.fact, code=error.code)
    except PluginError as error:
        return Unknown(str(error), code="plugin")


def _said(value: Any) -> tuple[str, str | None]:
    """The value as text; or why it, or something in it, is unknown."""
    try:
        return repr(value), None
    except UnknownFact as error:
        return "", error.reason


def _is_untold(reason: str) -> bool:
    """True where nothing is wrong but that other calls would have to tell it."""
    return all(part.endswith(_ALONE) for part in reason.split("; or "))
