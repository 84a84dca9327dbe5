"""Third parties that get personal data: why they do, and whether people were told."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from soc2test import (
    Disclosure,
    Person,
    Population,
    PrivacyNotice,
    ProcessingActivity,
    UnknownFact,
    Vendor,
    any_of,
    control,
)
from soc2test_policies._ages import day, disorder
from soc2test_policies._joins import problems
from soc2test_policies._notices import in_force
from soc2test_policies._people import named_problem
from soc2test_policies._personal_data import flows_to, gets_personal_data, vendors_told

_BASES = (
    "consent", "explicit_consent", "contract", "legal_obligation", "vital_interests", "public_task",
    "legitimate_interests", "instructions",
)  # fmt: skip


@control(
    "PRV-04",
    criteria=["P6.1"],
    nature="state",
    severity="high",
    where=lambda vendor, activities, disclosures, as_of: (
        vendor.active and gets_personal_data(vendor, activities, disclosures, as_of)
    ),
    complete=vendors_told,
)
def test_people_know_which_vendors_get_their_data(
    vendor: Vendor,
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
    notices: Population[PrivacyNotice],
    as_of: datetime,
) -> None:
    """Every vendor in use with personal data gets it for a recorded purpose with a legal basis, and by a notice of it.

    Every notice in force for a purpose that the vendor is named for names the vendor too: of two that differ people may
    have read either. Of data that is held on behalf of others the notice is what these were told, such as a list of
    subprocessors.

    In use with personal data is what its row says so of, what the record of processing names as a recipient, and what a
    disclosure that goes on goes to. What it gets by such a disclosure the record and the notices name it for as well.
    Whom these two name and the register of vendors lacks, or calls in use no more, keeps the test from being evaluated.

    P6.1: personal data goes to third parties only for purposes that people were told of, on a ground that allows it.
    """
    served = activities.all("recipients", vendor.id)
    assert served, "handles personal data, and no entry of the record of processing names it"
    looks: tuple[Callable[[], str], ...] = (
        lambda: problems(lambda activity: _untold(vendor, activity, notices, as_of), served),
        lambda: problems(lambda flow: _unnamed(vendor, flow, activities), flows_to(vendor, disclosures, as_of)),
    )
    problem = problems(lambda look: look(), looks)
    assert not problem, problem


def _unnamed(vendor: Vendor, flow: Disclosure, activities: Population[ProcessingActivity]) -> str:
    """What is wrong where the record of processing does not name a vendor for what a disclosure gives it.

    What it does name it for, its notices are held against.
    """
    named = any_of(activities.all("id", flow.activity), lambda activity: vendor.id in activity.recipients)
    return "" if named else f"gets data for {flow.activity} by {flow.id}, which the record does not name it for"


def _untold(vendor: Vendor, activity: ProcessingActivity, notices: Population[PrivacyNotice], as_of: datetime) -> str:
    if activity.legal_basis is None:
        return f"gets data for {activity.id} without a legal basis"
    if activity.legal_basis not in _BASES:
        raise UnknownFact("legal_basis", f"it is none of {', '.join(_BASES)}")

    def silent(notice: PrivacyNotice) -> str:
        if not in_force(notice, as_of) or vendor.id in notice.recipients:
            return ""
        return f"gets data for {activity.id}, and {notice.id}, which is in force, does not name it"

    naming = notices.all("activities", activity.id)
    if problem := problems(silent, naming):
        return problem
    told = any_of(naming, lambda notice: in_force(notice, as_of))
    return "" if told else f"gets data for {activity.id}, and no notice in force of that names it"


@control(
    "PRV-05",
    criteria=["P6.2"],
    nature="state",
    severity="medium",
    where=lambda activity: bool(activity.recipients),
)
def test_each_flow_to_a_third_party_is_recorded(
    activity: ProcessingActivity, disclosures: Population[Disclosure], vendors: Population[Vendor], as_of: datetime
) -> None:
    """Every third party that gets data for a purpose all the time has an entry of its own among the disclosures.

    By the register of vendors and partners it is in use, and handles personal data.

    P6.2: a record of disclosures is complete where it holds each recipient of each purpose.
    """
    problem = problems(lambda name: _unrecorded(activity, name, disclosures, vendors, as_of), activity.recipients)
    assert not problem, problem


def _unrecorded(
    activity: ProcessingActivity,
    recipient: str,
    disclosures: Population[Disclosure],
    vendors: Population[Vendor],
    as_of: datetime,
) -> str:
    def goes_on(disclosure: Disclosure) -> bool:
        return disclosure.activity == activity.id and (disclosure.ended_at is None or disclosure.ended_at > as_of)

    if not any_of(disclosures.all("recipient", recipient), goes_on):
        return f"{recipient} gets data, and no disclosure to it that goes on is recorded"
    vendor = vendors.one("id", recipient)
    if vendor is None:
        return f"{recipient} gets data, and is not in the register of vendors"
    if not (vendor.active and vendor.personal_data):
        return f"{recipient} gets data, and by the register of vendors is not in use with personal data"
    return ""


@control(
    "PRV-06",
    criteria=["P6.2"],
    nature="event",
    dated="began_at",
    severity="high",
    operates="per event",
    limits={"single_days": 31},
    looser={"single_days": "higher"},
)
def test_disclosures_were_allowed_before(
    disclosure: Disclosure,
    activities: Population[ProcessingActivity],
    notices: Population[PrivacyNotice],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every disclosure was allowed beforehand by a person who worked here, on a ground, of data within its purpose.

    One that goes on goes to a recipient that the record of processing names. Of it, and of one that went on for more
    than `single_days`, people were told when it began: a notice in force on that day names purpose and recipient.

    P6.2: what is recorded is an authorised disclosure where somebody allowed it before any data went out.
    """
    allowed_at = disclosure.authorised_at
    assert allowed_at is not None, f"began on {day(disclosure.began_at)}, and nobody allowed it"
    steps = ("allowed", allowed_at), ("begun", disclosure.began_at), ("ended", disclosure.ended_at)
    problem = disorder(as_of, *steps)
    assert not problem, problem
    problem = named_problem("authoriser", disclosure.authorised_by, allowed_at, persons)
    assert not problem, problem
    assert disclosure.basis, "was allowed on no ground that is told"
    activity = activities.one("id", disclosure.activity)
    assert activity is not None, f"the record of processing has no {disclosure.activity}"
    assert disclosure.data_categories, "nobody says what is given out"
    more = sorted({*disclosure.data_categories} - {*activity.data_categories})
    assert not more, f"gives out {', '.join(more)}, which {activity.id} does not need"
    began, ended, recipient = disclosure.began_at, disclosure.ended_at, disclosure.recipient
    if ended is not None and ended - began <= timedelta(days=limits.single_days):
        return
    named = ended is not None or recipient in activity.recipients
    assert named, f"goes on, and {activity.id} does not name {recipient}"
    was_told = any_of(
        notices.all("activities", activity.id),
        lambda notice: recipient in notice.recipients and in_force(notice, began),
    )
    assert was_told, f"began on {day(began)}, and no notice in force then names {recipient} for {activity.id}"
