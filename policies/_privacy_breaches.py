"""Whether all is told that may have reached personal data: incidents, and what vendors told of."""

from datetime import datetime

from soc2test import Incident, Population, PrivacyAssessment, Processor, SystemCount, UnknownFact, deviation
from soc2test_policies._ages import WINDOW, in_window
from soc2test_policies._privacy_counts import must_tie

__all__ = ["breaches_told", "no_breaches"]


def breaches_told(
    assessments: Population[PrivacyAssessment],
    incidents: Population[Incident],
    processors: Population[Processor],
    counts: Population[SystemCount],
    as_of: datetime,
) -> None:
    """Each incident of the year was assessed, and as many notices of vendors as came in at our addresses for them."""
    for incident in incidents:
        if in_window(incident.detected_at, WINDOW, as_of) and not assessments.all("incident", incident.id):
            deviation(incident, f"nobody assessed what incident {incident.id} did to personal data")
    addresses = {processor.notice_address for processor in processors}
    named = {address for address in addresses if address is not None}
    assert named, "no agreement with a vendor names an address of ours for notices"
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
    assert address is not None, f"{vendor} told of something, and nothing says to which address of ours it writes"
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
