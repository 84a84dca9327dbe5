"""Where consent is asked for, by whatever tells it, and whether as many are told as the systems counted there."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import call

from soc2test import (
    CollectionPoint,
    Consent,
    DataSubjectRequest,
    Population,
    ProcessingActivity,
    SystemCount,
    any_of,
    deviation,
)
from soc2test_policies._ages import WINDOW, day, in_window
from soc2test_policies._privacy_counts import must_tie

__all__ = ["consents_counted", "is_told_to_ask", "rests_on_consent", "was_used_since", "withdrawals_counted"]

_CONSENT = ("consent", "explicit_consent")
_GRANTED = ("granted", "partly")
_DAY = timedelta(days=1)
_SIGN_UPS = "sign_ups"
_COUNTED = (_SIGN_UPS, "withdrawals")
"""What systems count only where something rests on consent."""


def rests_on_consent(point: CollectionPoint, activities: Population[ProcessingActivity]) -> bool:
    """Data is taken there for a purpose whose ground is consent."""
    named = [activities.one("id", id) for id in point.activities]
    return any_of(named, lambda activity: activity is not None and activity.legal_basis in _CONSENT)


def is_told_to_ask(point: CollectionPoint, consents: Population[Consent], counts: Population[SystemCount]) -> bool:
    """Something else than the ground of its purposes says that consent is asked for there.

    It offers a choice, a consent was given there, or a system counts sign-ups or withdrawals: the ground of a purpose
    is one word of a row, and another word must not take the place out of the tests of consent.
    """
    ways = (
        lambda: bool(point.choice),
        lambda: any_of(consents.all("point", point.id), lambda consent: True),
        lambda: any_of(counts.all("channel", point.id), lambda count: count.what in _COUNTED),
    )
    return any_of(ways, call)


def was_used_since(point: CollectionPoint, consents: Population[Consent], counts: Population[SystemCount]) -> bool:
    """Somebody consented there after the place was last seen, or a system counted sign-ups from a later day on."""
    seen = point.seen_at
    ways = (
        lambda: any_of(consents.all("point", point.id), lambda consent: seen is None or consent.given_at > seen),
        lambda: any_of(counts.all("channel", point.id), lambda count: _signed_up_since(count, seen)),
    )
    return any_of(ways, call)


def _signed_up_since(count: SystemCount, seen: datetime | None) -> bool:
    return count.what == _SIGN_UPS and count.count > 0 and (seen is None or count.first_day > seen)


def consents_counted(
    consents: Population[Consent],
    counts: Population[SystemCount],
    points: Population[CollectionPoint],
    activities: Population[ProcessingActivity],
    as_of: datetime,
) -> None:
    """The register holds as many consents as there were sign-ups at each place that asks for one or is counted."""
    asking = [point.id for point in points.members if point.in_use and rests_on_consent(point, activities)]
    must_tie(_SIGN_UPS, [(consent.point, consent.given_at) for consent in consents.members], asking, counts, as_of)


def withdrawals_counted(
    consents: Population[Consent],
    counts: Population[SystemCount],
    points: Population[CollectionPoint],
    activities: Population[ProcessingActivity],
    requests: Population[DataSubjectRequest],
    as_of: datetime,
) -> None:
    """The register holds as many consents taken back as the systems counted at each place, whatever its ground.

    So it does for each request of the year by which a withdrawal was granted: of each of its purposes one was taken
    back while it was answered.
    """
    asking = [point.id for point in points.members if point.in_use and rests_on_consent(point, activities)]
    back = [(consent.point, consent.withdrawn_at) for consent in consents.members if consent.withdrawn_at is not None]
    must_tie("withdrawals", back, asking, counts, as_of)
    _each_request_is_followed(requests, consents, as_of)


def _each_request_is_followed(
    requests: Population[DataSubjectRequest], consents: Population[Consent], as_of: datetime
) -> None:
    granted = [request for request in requests.members if request.kind == "withdrawal" and request.outcome in _GRANTED]
    used: set[str] = set()
    for request in sorted(granted, key=lambda request: (request.answered_at or as_of, request.id)):
        if not in_window(request.answered_at, WINDOW, as_of):
            continue
        if not request.activities:
            deviation(request, f"{request.id} was granted, and names no purpose whose consent was taken back")
        for id in request.activities:
            consent = _taken_back_by(request, consents.all("activity", id), used, as_of)
            if consent is None:
                text = f"the withdrawal {request.id} was granted, received on {day(request.received_at)}"
                deviation(request, f"{text}, and no consent to {id} was taken back in these days")
            else:
                used.add(consent.id)


def _taken_back_by(
    request: DataSubjectRequest, consents: Iterable[Consent], used: set[str], as_of: datetime
) -> Consent | None:
    """The first consent, of those that no other request has taken back, that ended while the request was answered."""
    begins, ends = request.received_at - _DAY, (request.answered_at or as_of) + _DAY
    for consent in consents:
        back = consent.withdrawn_at
        if consent.id not in used and back is not None and begins <= back <= ends:
            return consent
    return None
