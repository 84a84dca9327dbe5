"""Vendors that handle personal data: whether they keep to their agreement, and tell of breaches."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Disclosure, Person, Population, ProcessingActivity, Processor, Vendor, control
from soc2test_policies._ages import day, disorder, overdue
from soc2test_policies._people import is_a_leavers, named_problem
from soc2test_policies._personal_data import gets_personal_data, vendors_told

_DAY = timedelta(days=1)


def _handles_personal_data(
    vendor: Vendor, activities: Population[ProcessingActivity], disclosures: Population[Disclosure], as_of: datetime
) -> bool:
    return vendor.active and gets_personal_data(vendor, activities, disclosures, as_of)


@control(
    "PRV-07",
    criteria=["P6.4"],
    nature="state",
    severity="high",
    operates="yearly",
    where=_handles_personal_data,
    complete=vendors_told,
    limits={"assess_days": 365, "correct_days": 180},
    looser={"assess_days": "higher", "correct_days": "higher"},
)
def test_processors_keep_to_their_agreement(
    vendor: Vendor,
    processors: Population[Processor],
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every vendor in use with personal data was assessed on its agreement in the year, and corrected what failed.

    What failed has a day by which it is corrected, not long after, and was corrected by then. Which vendors have
    personal data is told as for PRV-04.

    P6.4: an agreement protects data where somebody looks whether the vendor keeps to it, and has failures corrected.
    """
    processor = processors.one("vendor", vendor.id)
    assert processor is not None, "handles personal data, and no entry says how it keeps to its agreement"
    assessed = processor.privacy_assessed_at
    problem = overdue("last assessed", assessed, limits.assess_days, as_of)
    assert not problem, problem
    assert assessed is not None
    problem = named_problem("assessor", processor.privacy_assessed_by, assessed, persons)
    assert not problem, problem
    assert processor.failures is not None, f"was assessed on {day(assessed)}, and nobody counted what failed"
    if processor.failures:
        problem = _uncorrected(processor, assessed, timedelta(days=limits.correct_days), as_of)
        assert not problem, f"{processor.failures} failures found on {day(assessed)} {problem}"


def _uncorrected(processor: Processor, assessed: datetime, limit: timedelta, as_of: datetime) -> str:
    due, done = processor.correct_by, processor.corrected_at
    if due is None:
        return "have no day by which they are corrected"
    if due - assessed > limit:
        return f"have until {day(due)}, limit {limit.days} days"
    if problem := disorder(as_of, ("assessed", assessed), ("corrected", done)):
        return f"were {problem}"
    if (done or as_of) >= due + _DAY:
        return f"were to be corrected by {day(due)}, and {'are not' if done is None else f'were on {day(done)}'}"
    return ""


@control(
    "PRV-08",
    criteria=["P6.5"],
    nature="state",
    severity="high",
    operates="yearly",
    where=_handles_personal_data,
    complete=vendors_told,
    limits={"notice_hours": 48, "test_days": 365, "answer_days": 7},
    looser={"notice_hours": "higher", "test_days": "higher", "answer_days": "higher"},
)
def test_processors_have_to_tell_of_breaches(
    vendor: Vendor,
    processors: Population[Processor],
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every vendor in use with personal data is bound to tell of breaches, and its contact answered within the year.

    Where the agreement names hours they leave time to tell others; it names an address of ours, which is not that of
    somebody who left. Somebody wrote to the vendor's contact within the year, and it answered to that address in days.
    Which vendors have personal data is told as for PRV-04.

    P6.5: a vendor tells of a breach in time where it is bound to, and both sides know whom to write to.
    """
    processor = processors.one("vendor", vendor.id)
    assert processor is not None, "handles personal data, and no entry says what binds it"
    assert processor.notice_clause, "no agreement binds it to tell of breaches"
    hours = processor.notice_hours
    assert hours is None or hours <= limits.notice_hours, f"may take {hours} hours to tell, limit {limits.notice_hours}"
    assert processor.notice_address, "its agreement names no address of ours for notices"
    lost = is_a_leavers(processor.notice_address, persons, as_of)
    assert not lost, f"it sends notices to {processor.notice_address}, who left"
    asked, answered = processor.contact_tested_at, processor.contact_answered_at
    problem = overdue("last tried", asked, limits.test_days, as_of)
    assert not problem, f"its contact was {problem}"
    assert asked is not None
    problem = named_problem("tester", processor.contact_tested_by, asked, persons)
    assert not problem, problem
    assert answered is not None, f"its contact was tried on {day(asked)}, and did not answer"
    problem = disorder(as_of, ("tried", asked), ("answered", answered))
    assert not problem, f"its contact {problem}"
    took = (answered - asked).days
    assert took <= limits.answer_days, f"its contact answered after {took} days, limit {limits.answer_days}"
