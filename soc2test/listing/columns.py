"""Which columns the list of a control's population has."""

from soc2test.code_reading.named import names_in
from soc2test.code_reading.reads import facts_read, located_reads
from soc2test.controls.control import Control
from soc2test.resources.resource import every_kind, fact_names

__all__ = ["FIXED", "OF_PERIODS", "facts_listed", "head"]

FIXED = ("id", "kind", "outcome", "finding", "event_date", "source", "nature", "scope", "evidence")
"""The first columns of every list. `finding` is the id in findings.ndjson, `nature` what tells the member: a system or
rows kept by hand; `evidence` the export that told it first, in which the entry with this id is its record."""

OF_PERIODS = ("first_seen", "last_seen", "when")
"""Further ones of a list over a period: the snapshots that show the member, and from when to when it deviated or was
exempt."""


def facts_listed(control: Control) -> tuple[str, ...]:
    """The facts of its kind, and of special cases of it, that a control reads: in `where`, its body and its helpers."""
    kind = control.kinds[0]
    named = dict.fromkeys(facts_read(control))
    for special in every_kind(kind):
        named |= dict.fromkeys(names_in(special, control.where, control.function))
    for read, _ in located_reads(control):
        related = issubclass(read.kind, kind) or issubclass(kind, read.kind)
        if related and read.fact in fact_names(read.kind):
            named[read.fact] = None
    return tuple(named)


def head(control: Control, *, period: bool = False) -> tuple[str, ...]:
    """The first line of its list."""
    between = OF_PERIODS if period else ()
    return (*FIXED, *between, *(f"fact.{name}" for name in facts_listed(control)))
