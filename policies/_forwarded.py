"""Requests that were passed on: whom the data is held for answers them, and of our own data nobody else does."""

from soc2test import DataSubjectRequest, Population, ProcessingActivity
from soc2test_policies._joins import problems

__all__ = ["is_wrongly_forwarded", "wrongly_forwarded"]

_FOR_OTHERS = "instructions"


def wrongly_forwarded(request: DataSubjectRequest, activities: Population[ProcessingActivity]) -> str:
    """What is wrong where a request was forwarded whose data is not, all of it, held for others; "" of every other."""
    if request.outcome != "forwarded":
        return ""
    if not request.activities:
        return "was forwarded, and no entry of the record of processing is named for the data"

    def ours(id: str) -> str:
        activity = activities.one("id", id)
        if activity is None:
            return f"was forwarded, and the record of processing has no {id}"
        if activity.legal_basis == _FOR_OTHERS:
            return ""
        return f"was forwarded, and {id} rests on {activity.legal_basis or 'no ground'}: it is ours to answer"

    return problems(ours, request.activities)


def is_wrongly_forwarded(request: DataSubjectRequest, activities: Population[ProcessingActivity]) -> bool:
    """True where it was forwarded and is ours: no outcome takes it out of what it asked for."""
    return bool(wrongly_forwarded(request, activities))
