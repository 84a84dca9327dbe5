"""The sentence that may be said of a control over a period, and no more.

"No deviations noted" is said of what passes alone: never where nothing was tested, or something is unknown.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from soc2test.period.coverage import Coverage
from soc2test.period.event_notes import LATE
from soc2test.period.events import Events
from soc2test.period.observed import WHOLE, Key
from soc2test.period.pruned_then import told_of_pruned
from soc2test.period.talking import days_text, stretches_text
from soc2test.reports.period_view import out_text
from soc2test.verdicts import Finding

if TYPE_CHECKING:
    from soc2test.period.folding import Folded

__all__ = ["sentence"]


def sentence(
    fold: "Folded",
    covered: Coverage,
    name: str,
    members: int,
    outcomes: Mapping[Key, Finding],
    aside: Mapping[Key, Finding],
    *,
    whole: bool,
) -> str:
    """What may be said where the verdict has this name over the period.

    `aside` are exempt, beside the population; `whole`: the control deviates as a whole, which is none of its members.
    """
    if name == "not_due":
        return fold.not_due
    return "; ".join([*_clauses(fold, covered, name, members, outcomes, whole=whole), *_beside(fold, aside)])


def _beside(fold: "Folded", aside: Mapping[Key, Finding]) -> Iterator[str]:
    """What was exempt, each resource once: beside the population, or in it for what was found on other days."""
    if aside:
        deviate = sum(each.found == "deviation" for each in aside.values())
        yield f"{len(aside)} exempt, of which {deviate} deviate"
    counted = [key for key in fold.exempting.deviating if key not in aside and key != WHOLE]
    if counted:
        yield f"{len(counted)} of those counted exempt on some of the days"
    if fold.out_days:
        yield out_text(fold.out_days)


def _clauses(
    fold: "Folded", covered: Coverage, name: str, members: int, outcomes: Mapping[Key, Finding], *, whole: bool
) -> Iterator[str]:
    deviations = sum(each.outcome == "deviation" for each in outcomes.values())
    seen = _seen(fold, covered)
    if covered.not_evidenced:
        days = sum(each.days for each in covered.not_evidenced)
        yield f"not evidenced for {days_text(days)} ({stretches_text(covered.not_evidenced)})"
    if name == "deviations":
        untold = sum(each.outcome in ("unknown", "error") for key, each in outcomes.items() if key != WHOLE)
        known = sum(each.outcome == "deviation" for key, each in outcomes.items() if key != WHOLE)
        of = _of(covered, known, members, untold, whole=whole)
        if fold.pruned:
            of = told_of_pruned(fold.pruned, known, members, whole=whole)
        yield f"deviations noted ({of}; {seen})"
    elif name == "no_deviations" and fold.performed and not outcomes:
        yield f"{fold.performed}; {seen}"
    elif name == "no_deviations" and isinstance(fold.marks, Events):
        yield f"no deviations noted among {_events_text(members)} of the period{_late(fold.marks, outcomes)}; {seen}"
    elif name == "no_deviations":
        yield f"no deviations noted on the {seen}; {fold.between.sentence}"
    else:
        yield from _not_tested(fold, name, members, outcomes)
        yield seen if isinstance(fold.marks, Events) else f"{seen}; {fold.between.sentence}"
    if isinstance(fold.marks, Events) and (earlier := fold.marks.earlier()):
        day = fold.marks.by_oldest_limits
        by = f" by the limits of {day}" if day is not None else ""
        yield f"{len(earlier)} of before the period deviate in its snapshots{by}"
    if fold.accepting.resources and deviations:
        yield f"{fold.accepting.resources} accepted by a waiver for some of these days, and noted all the same"


def _late(events: Events, outcomes: Mapping[Key, Finding]) -> str:
    """How many of those that hold no snapshot shows that was made when they were to be seen."""
    late = len(events.late_ones().keys() - outcomes.keys())
    return f", {late:,} of them {LATE}" if late else ""


def _not_tested(fold: "Folded", name: str, members: int, outcomes: Mapping[Key, Finding]) -> Iterator[str]:
    """What is said where it neither passes nor deviates."""
    of_events = isinstance(fold.marks, Events)
    unknown, pending = (sum(each.outcome == of for each in outcomes.values()) for of in ("unknown", "pending"))
    if name == "error":
        yield "the control broke, so that it tells nothing"
    elif not members:
        yield "no event of the period is told" if of_events else "nothing was seen that it applies to"
    elif unknown:
        yield f"not known of {unknown:,} of {_events_text(members) if of_events else f'{members:,}'}"
    elif pending == members:
        yield f"nothing has fallen due: {_events_text(members)} pending"
    elif of_events:
        yield f"{_events_text(members)} of the period told"


def _of(covered: Coverage, deviations: int, members: int, untold: int, *, whole: bool) -> str:
    """How many deviate of how many; that it is the whole population where a day showed it, and all of it is known.

    What deviates of the control as a whole is no member, and stands first.
    """
    unknown = f"; not known of {untold:,}" if untold else ""
    if not members or (whole and not deviations):
        return f"the control as a whole{unknown}"
    of_all = ", whole population" if covered.observed and not covered.not_evidenced and not untold else ""
    return f"{'the control as a whole, and ' if whole else ''}{deviations} of {members:,}{of_all}{unknown}"


def _seen(fold: "Folded", covered: Coverage) -> str:
    """On how many days its population was seen; what stands for the others where its register does."""
    out = len(fold.applying.days_out)
    applied = " on which it applied" if out else ""
    days = f"{covered.observed} of {days_text(fold.period.days - out)}"
    if not covered.by_register:
        return f"{days} observed{applied}"
    as_it_was = f"by its register as it was on {fold.register_day}, seen on {days}{applied}"
    return f"{as_it_was}: rows that were taken out before are not known"


def _events_text(count: int) -> str:
    return f"{count:,} event{'s' * (count != 1)}"
