"""Which vendors get personal data, by whatever tells it: their own row, the record of processing, the disclosures."""

from collections.abc import Iterator
from datetime import datetime
from operator import call

from soc2test import DeclaredScope, Disclosure, Population, ProcessingActivity, Resource, Vendor, any_of, deviation
from soc2test_policies._hosts import hosts_told
from soc2test_policies._joins import known, told

__all__ = ["flows_to", "gets_personal_data", "vendors_told", "went_on"]


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


def flows_to(vendor: Vendor, disclosures: Population[Disclosure], as_of: datetime) -> Iterator[Disclosure]:
    """The disclosures to a vendor that go on. Raises `UnknownFact` last where further ones may."""
    going_on, unknown = known(disclosures.all("recipient", vendor.id), lambda flow: _goes_on(flow, as_of))
    yield from going_on
    if unknown is not None:
        raise unknown


def vendors_told(
    scopes: Population[DeclaredScope],
    vendors: Population[Vendor],
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
    as_of: datetime,
) -> None:
    """The register has, as in use, who hosts each declared source and whom our own registers give personal data.

    These are the recipients of the record of processing, and those of a disclosure that goes on. A row can't take its
    vendor out of what is examined by `active: false` while data goes there, and neither can a row that is not there.
    """
    hosts_told(scopes, vendors)
    for row, recipient in _recipients(activities, disclosures, as_of):
        rows = [vendor for vendor in vendors.members if vendor.id == recipient]
        if not rows:
            deviation(row, f"{row.id} gives personal data to {recipient}, of which there is no row: enter the vendor")
        elif not any(told(lambda vendor=vendor: vendor.active, True) for vendor in rows):  # type: ignore[misc]
            deviation(row, f"{row.id} gives personal data to {recipient}, which by its row is in use no more")


def _recipients(
    activities: Population[ProcessingActivity], disclosures: Population[Disclosure], as_of: datetime
) -> Iterator[tuple[Resource, str]]:
    """Who gets data, each with the row that says so; what rows do not tell, their own tests say."""
    nobody: tuple[str, ...] = ()
    for activity in activities.members:
        for recipient in told(lambda activity=activity: activity.recipients, nobody):  # type: ignore[misc]
            yield activity, recipient
    for flow in disclosures.members:
        recipient = told(lambda flow=flow: flow.recipient if _goes_on(flow, as_of) else "", "")  # type: ignore[misc]
        if recipient:
            yield flow, recipient


def went_on(disclosure: Disclosure, moment: datetime) -> bool:
    """True where somebody got data at a moment."""
    return disclosure.began_at <= moment and _goes_on(disclosure, moment)


def _goes_on(disclosure: Disclosure, as_of: datetime) -> bool:
    return disclosure.ended_at is None or disclosure.ended_at > as_of
