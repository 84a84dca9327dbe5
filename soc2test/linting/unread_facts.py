"""Facts that exports are read for, and that no control asks for.

A fact counts as read where its name stands in the code of a control that takes a kind related to its own, where a
derivation of a fact that is read names it, or where the calls for single resources are made of it. So what is found
here is read by nobody for certain; what is not found may be.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence

from soc2test.code_reading.reached import reached
from soc2test.faults import place_of_code
from soc2test.imports import as_imported
from soc2test.linting.controls_code import reached_by
from soc2test.linting.finding import LintFinding
from soc2test.linting.kept import KEPT, Kept, kept_by
from soc2test.linting.looked_at import Kind, LookedAt
from soc2test.resources.resource import Resource, fact_names
from soc2test.sources.source import Source

__all__ = ["Facts", "facts_read", "facts_unread"]

Facts = set[tuple[Kind, str]]


def facts_unread(looked_at: LookedAt) -> Iterator[LintFinding]:
    """Facts that no control reads and that no kept.yaml names, and entries of kept.yaml that are not needed.

    Nothing is said where something did not load: it may be what reads them.
    """
    packs = [pack for pack in looked_at.packs if looked_at.config is None or pack.version is None]
    kept = [kept_by(pack) for pack in packs]
    for each in kept:
        yield from each.wrong
    if not looked_at.all_loaded:
        return
    unread = _unread(looked_at)
    named = {entry.name for each in kept for entry in each.facts}
    for name, kind in sorted(unread.items()):
        if name not in named:
            yield _finding(kind, name)
    for each in kept:
        yield from _not_needed(each, unread, looked_at)


def _finding(kind: Kind, name: str) -> LintFinding:
    file, line = _place(kind)
    text = f"no control reads it; read it in one, take it out, or name it in {KEPT} beside the policies with the reason"
    return LintFinding(file=file, line=line, rule="fact-unread", subject=name, text=text)


def _place(kind: Kind) -> tuple[str, int]:
    """Where a kind is declared; of one that no text shows its module alone."""
    try:
        _, line = inspect.getsourcelines(kind)
        return place_of_code(inspect.getsourcefile(kind) or "", None, kind.__module__), line
    except (OSError, TypeError):
        return as_imported(kind.__module__), 1


def _not_needed(kept: Kept, unread: dict[str, Kind], looked_at: LookedAt) -> Iterator[LintFinding]:
    for entry in kept.facts:
        if entry.name in unread:
            continue
        kind_name, _, fact = entry.name.partition(".")
        kinds = [kind for kind in looked_at.kinds if kind.__name__ == kind_name]
        declaring = [kind for kind in kinds if fact in fact_names(kind)]
        if not declaring:
            yield kept.finding(entry, "there is no such fact; take the entry out, or mend its name")
        elif (owner := _declaring(declaring[0], fact)) is not declaring[0]:
            yield kept.finding(entry, f"{kind_name} has this fact of {owner.__name__}: name it as that kind's")
        elif not looked_at.is_own(owner):
            yield kept.finding(entry, "is a fact of no plugin of this programme, and not asked for; take it out")
        else:
            yield kept.finding(entry, "a control reads this fact; take the entry out")


def _unread(looked_at: LookedAt) -> dict[str, Kind]:
    """The facts that nobody reads, as "Device.name", each with the kind that declares it."""
    read = facts_read(looked_at)
    nobody: dict[str, Kind] = {}
    for kind in looked_at.kinds:
        for fact in fact_names(kind):
            owner = _declaring(kind, fact)
            if looked_at.is_own(owner):
                nobody[f"{owner.__name__}.{fact}"] = owner
    for kind, fact in read:
        nobody.pop(f"{_declaring(kind, fact).__name__}.{fact}", None)
    return nobody


def facts_read(looked_at: LookedAt) -> Facts:
    """The facts that a control, a derivation of what one reads, or the name of a call may read, each with its kind."""
    read = _read_by_controls(looked_at) | _asked_for_by_calls(looked_at)
    while more := _read_by_derivations(looked_at, read) - read:
        read |= more
    return read


def _read_by_controls(looked_at: LookedAt) -> Facts:
    read: Facts = set()
    for placed in looked_at.controls:
        control = placed.control
        for taken in {*control.kinds, *control.seconds, *control.completing}:
            read |= _of_related(looked_at, taken, reached_by(control).may_read)
            if isinstance(control.dated, str):
                read |= _of_related(looked_at, taken, {control.dated}.__contains__)
    return read


def _asked_for_by_calls(looked_at: LookedAt) -> Facts:
    """The facts by which a call for a single resource is named."""
    read: Facts = set()
    for source in looked_at.plugins.sources.values():
        for operation in source.operations.values():
            if operation.subject:
                names = frozenset((*operation.named_by.values(), *operation.subject, "name"))
                for kind in (operation.per,) if operation.per is not None else operation.kinds:
                    read |= _of_related(looked_at, kind, names.__contains__)
    return read


def _read_by_derivations(looked_at: LookedAt, read: Facts) -> Facts:
    kinds_of: dict[str, list[Kind]] = {}
    for kind, fact in read:
        kinds_of.setdefault(fact, []).append(kind)
    found: Facts = set()
    for source in looked_at.plugins.sources.values():
        found |= _read_in(looked_at, source, kinds_of)
    return found


def _read_in(looked_at: LookedAt, source: Source, kinds_of: Mapping[str, Sequence[Kind]]) -> Facts:
    """What the derivations of a source read, for facts that are read of these kinds."""
    found: Facts = set()
    for (derived, fact), (function, joined) in source.derived.items():
        if any(_related(kind, derived) for kind in kinds_of.get(fact, ())):
            for origin in (derived, joined):
                if origin is not None:
                    found |= _of_related(looked_at, origin, reached(function).may_read)
    return found


def _of_related(looked_at: LookedAt, kind: Kind, may_read: Callable[[str], bool]) -> Facts:
    """The facts whose names may be read, of a kind, of its bases and of its special cases."""
    related = (each for each in looked_at.kinds if _related(each, kind))
    return {(each, fact) for each in related for fact in fact_names(each) if may_read(fact)}


def _related(one: Kind, other: Kind) -> bool:
    return issubclass(one, other) or issubclass(other, one)


def _declaring(kind: Kind, fact: str) -> Kind:
    """The kind that declares a fact, which its special cases have from it."""
    bases = [base for base in kind.__mro__ if issubclass(base, Resource) and base is not Resource]
    return [base for base in bases if fact in fact_names(base)][-1]
