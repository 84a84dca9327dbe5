"""Which vendors get personal data, by whatever tells it: their own row, the record of processing, the disclosures."""

from datetime import datetime
from operator import call

from soc2test import Disclosure, Population, ProcessingActivity, Vendor, any_of

__all__ = ["gets_personal_data", "went_on"]


def gets_personal_data(
    vendor: Vendor,
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
    as_of: datetime,
) -> bool:
    """Its row says so, the record of processing names it as a recipient, or a disclosure to it goes on.

    That a row says no takes the vendor out of no test that the other two name it for. What they may lack takes none in:
    a company that keeps neither has the word of the row alone.
    """
    ways = (
        lambda: vendor.personal_data,
        lambda: bool(activities.all("recipients", vendor.id).hits),
        lambda: any_of(disclosures.all("recipient", vendor.id).hits, lambda flow: _goes_on(flow, as_of)),
    )
    return any_of(ways, call)


def went_on(disclosure: Disclosure, moment: datetime) -> bool:
    """True where somebody got data at a moment."""
    return disclosure.began_at <= moment and _goes_on(disclosure, moment)


def _goes_on(disclosure: Disclosure, as_of: datetime) -> bool:
    return disclosure.ended_at is None or disclosure.ended_at > as_of
