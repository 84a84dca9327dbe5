"""The subject that an answer names, held against its place: a loop may write one answer under every name."""

from collections.abc import Iterator
from typing import Any

from soc2test.errors import EvidenceError, PluginError, UnknownFact
from soc2test.evidence.record import Evidence
from soc2test.evidence.redacted import Redacted
from soc2test.sources.calling import call
from soc2test.sources.identity import About
from soc2test.sources.operation import Operation
from soc2test.sources.paging import path_values

__all__ = ["other_subject"]


def other_subject(operation: Operation, evidence: Evidence) -> str | None:
    """Why an export is of another subject than its place; None where nothing that it says contradicts it.

    Raises `PluginError` where a function of the plugin breaks on it.
    """
    if not operation.about:
        return None
    try:
        body = operation.prepared(evidence.body)
    except (UnknownFact, EvidenceError, PluginError):
        return None  # it is said where it is read
    for part, abouts in operation.about.items():
        if (place := evidence.subject.get(part)) is None:
            continue
        for about in abouts:
            named = next(_others(operation, about, body, place), None)
            if named is not None:
                return f"is of {part} {named} by its content, and of {place} by its place: export it again"
    return None


def _others(operation: Operation, about: About, body: Any, place: str) -> Iterator[str]:
    """Every name in an answer that is another one's, of those that can be compared."""
    own = about.meant(place)
    if own is None:
        return
    for name in _names(operation, about, body):
        meant = about.meant(name)
        if meant is not None and not about.same(meant, own):
            yield meant


def _names(operation: Operation, about: About, body: Any) -> Iterator[str]:
    """The names as texts; a number is one too, a secret in the place of one says nothing."""
    values = [value for path in about.at for value in path_values(body, path)]
    if about.of is not None:
        values += call(operation.source, "function of what it is about", _listed(about), body, check=_any)
    for value in values:
        if isinstance(value, str | int) and not isinstance(value, bool | Redacted):
            yield str(value)


def _listed(about: About) -> Any:
    def names(body: Any) -> list[Any]:
        assert about.of is not None  # noqa: S101  # asked before
        try:
            return list(about.of(body))
        except UnknownFact:
            return []  # what can't be read is said where it is read

    return names


def _any(given: Any) -> str | None:
    return None
