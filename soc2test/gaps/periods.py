"""When a Type 2 period could begin: only what is known, which is little while steps are open."""

from collections.abc import Sequence
from datetime import date

from soc2test.gaps.records import Period, Process, Step
from soc2test.gaps.shapes import counted
from soc2test.gaps.view import BESIDE
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["period_of"]

_MONTHS = {"quarters": 3, "months": 1}
"""limits of tests that count whole units of the calendar, with their months"""
_DECEMBER = 12


def period_of(steps: Sequence[Step], results: Sequence[ControlResult], today: date, *, store: bool) -> Period:
    """What is known of its first day. Steps whose end nobody knows leave it open."""
    waiting = [step for step in steps if step.kind not in BESIDE and (step.controls or step.criteria)]
    processes = tuple(_process(result, today) for result in results if _is_not_shown(result))
    kept = "" if store else "; soc2.yaml names no evidence store (`store:`), which keeps what each day showed"
    others = [step for step in waiting if step.kind != "process"]
    units = [process.next_unit for process in processes]
    if others:
        text = (
            f"not known: {counted(len(waiting), 'step')} open, and how long "
            f"{'it takes' if len(waiting) == 1 else 'they take'} stands in no export{kept}"
        )
        return Period(earliest=None, text=text, open_steps=len(waiting), processes=processes, store=store)
    if not processes:
        text = f"from the first record of the evidence store on: no step is open on {today}{kept}"
        return Period(earliest=today.isoformat(), text=text, open_steps=0, processes=(), store=store)
    known = [unit for unit in units if unit is not None]
    if len(known) < len(units):
        text = f"not known: {counted(len(processes), 'process', 'processes')} not shown, of which one has no calendar"
        return Period(earliest=None, text=text + kept, open_steps=len(waiting), processes=processes, store=store)
    text = f"{max(known)}, where each process is performed within its first quarter or month{kept}"
    return Period(earliest=max(known), text=text, open_steps=len(waiting), processes=processes, store=store)


def _is_not_shown(result: ControlResult) -> bool:
    """A process that deviates, or of which nothing is seen."""
    open_verdict = result.verdict in (Verdict.FAIL, Verdict.NOT_EVALUATED, Verdict.ERROR)
    return result.nature == "occurrence" and open_verdict


def _process(result: ControlResult, today: date) -> Process:
    months = next((_MONTHS[name] for name in result.limits if name in _MONTHS), None)
    return Process(
        control=result.id,
        title=result.title,
        interval=result.operates,
        next_unit=None if months is None else _next_unit(today, months).isoformat(),
    )


def _next_unit(today: date, months: int) -> date:
    """The first day of the next whole unit of so many months; today, where one begins today."""
    if today.day == 1 and (today.month - 1) % months == 0:
        return today
    following = (today.month - 1) // months * months + months + 1
    if following > _DECEMBER:
        return date(today.year + 1, following - _DECEMBER, 1)
    return date(today.year, following, 1)
