"""Whether the kinds and facts that controls look at are told by any loaded source at all."""

from collections.abc import Iterator

from soc2test.code_reading.reads import facts_read, has_fact
from soc2test.faults import place_of_code
from soc2test.inventory.inventory import FRAMEWORK_KINDS
from soc2test.linting.controls_code import reads_by
from soc2test.linting.finding import LintFinding
from soc2test.linting.looked_at import Kind, LookedAt, Placed
from soc2test.nearest import near
from soc2test.resources.resource import fact_names
from soc2test.sources.tellers import listers, tellers

__all__ = ["facts_untold", "kinds_untold"]


def kinds_untold(looked_at: LookedAt) -> Iterator[LintFinding]:
    """Controls on kinds whose members no loaded source lists: they can never see one."""
    for placed in looked_at.controls:
        control = placed.control
        for kind in dict.fromkeys((*control.kinds, *control.seconds, *control.completing)):
            if not _is_supplied(looked_at, kind):
                text = (
                    f"looks at {kind.__name__}, of which no loaded source lists members, so that it never sees one; "
                    f"`soc2test kinds {kind.__name__}` says who tells it, and a plugin with `lists=True` would list it"
                )
                yield placed.finding("kind-untold", text, subject=f"{control.id} {kind.__name__}")


def _is_supplied(looked_at: LookedAt, kind: Kind) -> bool:
    return (
        issubclass(kind, FRAMEWORK_KINDS)
        or bool(listers(looked_at.plugins.sources, kind))
        or looked_at.may_be_told(kind)
    )


def facts_untold(looked_at: LookedAt) -> Iterator[LintFinding]:
    """Facts that a control reads and that no loaded source tells, or that its kind does not have."""
    asked: dict[tuple[Kind, str], str | None] = {}
    """many controls read the same"""
    for placed in looked_at.controls:
        for kind, fact, file, line in dict.fromkeys(_facts_of(placed)):
            if (kind, fact) not in asked:
                asked[kind, fact] = _wrong(looked_at, kind, fact)
            if (wrong := asked[kind, fact]) is not None:
                subject = f"{placed.control.id} {kind.__name__}.{fact}"
                yield LintFinding(file=file, line=line, rule="fact-untold", subject=subject, text=wrong)


def _facts_of(placed: Placed) -> Iterator[tuple[Kind, str, str, int]]:
    """Kind, fact, file and line of what a control reads; in its own line what is only known to stand in its code."""
    control = placed.control
    followed: set[str] = set()
    for read, function in reads_by(control):
        place = place_of_code(function.__code__.co_filename, None, function.__module__)
        followed.add(read.fact)
        yield read.kind, read.fact, place, read.line
    if control.kind is not None:
        for fact in facts_read(control):
            if fact not in followed:
                yield control.kind, fact, placed.file, placed.line


def _wrong(looked_at: LookedAt, kind: Kind, fact: str) -> str | None:
    if not has_fact(kind, fact):
        guess = near(fact, (*fact_names(kind), "id")) or f"; `soc2test kinds {kind.__name__}` lists them"
        return f"{kind.__name__} has no fact {fact!r}{guess}"
    is_fact = any(fact in fact_names(each) for each in looked_at.kinds if issubclass(each, kind))
    if not is_fact or issubclass(kind, FRAMEWORK_KINDS) or looked_at.may_be_told(kind):
        return None
    if tellers(looked_at.plugins.sources, kind, fact):
        return None
    return (
        f"no loaded source tells the fact {fact} of {kind.__name__}, so that the control is never evaluated; read one "
        f"that `soc2test kinds {kind.__name__}` shows as told, or let a plugin tell it"
    )
