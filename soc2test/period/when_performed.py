"""When what is due within a span of the moment was performed, in words."""

from collections.abc import Sequence
from datetime import date

from soc2test.period.event_notes import LATE

__all__ = ["not_due_text", "performed_text"]

_NAMED = 3


def performed_text(days: Sequence[date], late: Sequence[str]) -> str:
    """The days on which something was performed, with how many were first seen late and the first of these."""
    named = ", ".join(map(str, days[:_NAMED])) + _more(len(days))
    if not late:
        return f"performed on {named}"
    return f"performed on {named}, {len(late)} of them {LATE} ({'; '.join(late[:_NAMED])}{_more(len(late))})"


def not_due_text(last: date | None, late: str) -> str:
    """`late` says which records did not show it on its day; empty where it was seen in time."""
    if last is None:
        return "not due: not performed in the period; its operation was not tested"
    seen = f", {LATE} ({late})" if late else ""
    return f"not due: last performed on {last}, before the period{seen}; its operation was not tested"


def _more(count: int) -> str:
    return f" and {count - _NAMED} more" if count > _NAMED else ""
