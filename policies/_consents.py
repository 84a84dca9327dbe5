"""Where consent is asked for, and whether as many are told as the systems counted there."""

from datetime import datetime

from soc2test import CollectionPoint, Consent, Population, ProcessingActivity, SystemCount
from soc2test_policies._privacy_counts import must_tie

__all__ = ["consents_counted", "rests_on_consent", "withdrawals_counted"]

_CONSENT = ("consent", "explicit_consent")


def rests_on_consent(point: CollectionPoint, activities: Population[ProcessingActivity]) -> bool:
    """Data is taken there for a purpose whose ground is consent."""
    named = [activities.one("id", id) for id in point.activities]
    return any(activity is not None and activity.legal_basis in _CONSENT for activity in named)


def consents_counted(
    consents: Population[Consent],
    counts: Population[SystemCount],
    points: Population[CollectionPoint],
    activities: Population[ProcessingActivity],
    as_of: datetime,
) -> None:
    """The register holds as many consents as there were sign-ups at each place that asks for one."""
    asking = [point.id for point in points.members if point.in_use and rests_on_consent(point, activities)]
    must_tie("sign_ups", [(consent.point, consent.given_at) for consent in consents.members], asking, counts, as_of)


def withdrawals_counted(
    consents: Population[Consent],
    counts: Population[SystemCount],
    points: Population[CollectionPoint],
    activities: Population[ProcessingActivity],
    as_of: datetime,
) -> None:
    """The register holds as many consents taken back as the systems counted at each place that asks for one."""
    asking = [point.id for point in points.members if point.in_use and rests_on_consent(point, activities)]
    back = [(consent.point, consent.withdrawn_at) for consent in consents.members if consent.withdrawn_at is not None]
    must_tie("withdrawals", back, asking, counts, as_of)
