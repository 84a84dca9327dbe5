"""What reached personal data, whether all is told that may have (incidents, notices of vendors), and since when."""

from datetime import datetime, timedelta
from operator import call

from soc2test import (
    Incident,
    Population,
    PrivacyAssessment,
    Processor,
    SystemCount,
    UnknownFact,
    any_of,
    deviation,
)
from soc2test_policies._ages import WINDOW, day, in_hours, in_window
from soc2test_policies._privacy_counts import must_tie

__all__ = ["breaches_told", "in_hours_of_learning", "no_breaches", "reached"]


def reached(assessment: PrivacyAssessment) -> bool:
    """Personal data was reached, or nobody knows whether.

    Raises `UnknownFact` where a row counts nobody whose data was reached, and says all the same which data that was,
    who could see it, or who was told: one of both is wrong, and a number must not take a breach out of its tests.
    """
    if assessment.subjects_affected != 0:
        return True
    told = (
        lambda: bool(assessment.activities),
        lambda: bool(assessment.data_categories),
        lambda: assessment.exposed_to is not None,
        lambda: assessment.exposed_from is not None,
        lambda: assessment.exposed_until is not None,
        lambda: assessment.authority_notified_at is not None,
        lambda: assessment.subjects_notified_at is not None,
    )
    if any_of(told, call):
        text = "it counts nobody whose data was reached, and says what was reached, who could see it or who was told"
        raise UnknownFact("subjects_affected", text)
    return False


def in_hours_of_learning(
    assessment: PrivacyAssessment,
    step: tuple[str, datetime | None],
    incidents: Population[Incident],
    look_into: timedelta,
    limit: timedelta,
    as_of: datetime,
) -> str:
    """What is wrong where a step ("assessed") must come within hours of when somebody here learnt of a breach.

    The law's hours run from when a company is aware that personal data was reached. It may look for a short time into
    what happened before it is, and no longer: so they run from the row's own moment, and at the latest from `look_into`
    after the detection of the incident that the row is of, whatever the row says.
    """
    learnt = assessment.learnt_at
    if assessment.incident is not None:
        incident = incidents.one("id", assessment.incident)
        if incident is None:
            return f"is of {assessment.incident}, which is no incident of the register: since when it is known is open"
        latest = incident.detected_at + look_into
        if latest < learnt:
            problem = in_hours(("known", latest), step, limit, as_of)
            if problem:
                return f"{problem}, as {incident.id} was detected on {day(incident.detected_at)}"
    return in_hours(("learnt", learnt), step, limit, as_of)


def breaches_told(
    assessments: Population[PrivacyAssessment],
    incidents: Population[Incident],
    processors: Population[Processor],
    counts: Population[SystemCount],
    as_of: datetime,
) -> None:
    """Each incident of the year was assessed, and as many notices of vendors as came in at our addresses for them.

    That the register of incidents may not be all is for the control to say, which joins it.
    """
    for incident in incidents.members:
        if in_window(incident.detected_at, WINDOW, as_of) and not assessments.all("incident", incident.id):
            deviation(incident, f"nobody assessed what incident {incident.id} did to personal data")
    addresses = {processor.notice_address for processor in processors}
    named = {address for address in addresses if address is not None}
    if not named:
        raise UnknownFact("", "no agreement with a vendor names an address of ours for notices")
    came = [
        (_address(assessment.vendor, processors), assessment.learnt_at)
        for assessment in assessments
        if assessment.vendor is not None
    ]
    must_tie("vendor_notices", came, named, counts, as_of)


def _address(vendor: str, processors: Population[Processor]) -> str:
    """Where a vendor's notices come in."""
    processor = processors.one("vendor", vendor)
    address = None if processor is None else processor.notice_address
    if address is None:
        raise UnknownFact("", f"{vendor} told of something, and nothing says to which address of ours it writes")
    return address


def no_breaches(
    assessments: Population[PrivacyAssessment],
    incidents: Population[Incident],
    processors: Population[Processor],
    counts: Population[SystemCount],
    as_of: datetime,
) -> None:
    """No breach is believed where incidents were assessed, and none of them nor a vendor's notice was one.

    A company that registered no incident at all may have looked for none: then nothing agrees.
    """
    breaches_told(assessments, incidents, processors, counts, as_of)
    lately = [incident for incident in incidents if in_window(incident.detected_at, WINDOW, as_of)]
    if not lately:
        raise UnknownFact("", "no incident of the year is registered, so that nobody had anything to assess")
