"""Complaints about what is done with personal data, and the yearly review of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from soc2test import (
    BodyMember,
    Complaint,
    DataSubjectRequest,
    Person,
    Population,
    PrivacyAssessment,
    PrivacyReview,
    control,
    deviation,
)
from soc2test_policies._ages import WINDOW, day, disorder, late, overdue
from soc2test_policies._bodies import decided_problem
from soc2test_policies._joins import allowed
from soc2test_policies._newest import newest
from soc2test_policies._one_person import are_two
from soc2test_policies._open_events import of_the_year
from soc2test_policies._people import named_problem
from soc2test_policies._privacy_breaches import reached
from soc2test_policies._privacy_counts import complaints_counted

_UPHELD = {"upheld": True, "rejected": False, "taken_back": False}
_DAY = timedelta(days=1)
_NEXT_DAY = timedelta(hours=36)
"""The next day begins 23 to 25 hours after one: clocks are put forward and back."""


def _lately(complaint: Complaint, as_of: datetime) -> bool:
    """Where who complains is right, what was wrong has to be set right too."""
    received, answered = complaint.received_at, complaint.answered_at
    if of_the_year(received, answered, as_of=as_of):
        return True
    upheld = complaint.outcome is not None and allowed("outcome", complaint.outcome, _UPHELD)
    return upheld and of_the_year(received, complaint.remedied_at, as_of=as_of)


@control(
    "PRV-24",
    criteria=["P8.1"],
    nature="event",
    dated="received_at",
    severity="medium",
    operates="per event",
    where=_lately,
    limits={"answer_days": 30, "remedy_days": 60},
    looser={"answer_days": "higher", "remedy_days": "higher"},
    on_empty="no_occurrences",
    agrees=complaints_counted,
    complete=complaints_counted,
    blind_spots={
        "Complaint.channel": "is asked where the register is held against the counts, which no single row shows",
    },
)
def test_complaints_are_answered_and_remedied(
    complaint: Complaint, persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Each complaint of the year was answered in time with an explanation, and what was wrong was set right.

    Of the year is what came in, was answered or remedied in it, and what nobody answered or remedied, however old.
    The register holds as many complaints as the systems count at each place where the notices in force say that one can
    turn to.

    P8.1: complaints are addressed where each is answered, and those who are right see it remedied.
    """
    received, answered = complaint.received_at, complaint.answered_at
    problem = disorder(as_of, ("received", received), ("answered", answered))
    problem = problem or late("answered", answered, received, timedelta(days=limits.answer_days), as_of)
    assert not problem, problem
    assert answered is not None
    problem = named_problem("answerer", complaint.answered_by, answered, persons)
    assert not problem, problem
    assert complaint.explanation, "was answered, and nobody says what with"
    assert complaint.outcome is not None, "was answered, and nobody says with what outcome"
    if allowed("outcome", complaint.outcome, _UPHELD):
        remedied, limit = complaint.remedied_at, timedelta(days=limits.remedy_days)
        problem = disorder(as_of, ("received", received), ("remedied", remedied))
        problem = problem or late("remedied", remedied, received, limit, as_of)
        assert not problem, problem


@control(
    "PRV-25",
    criteria=["P8.1"],
    nature="state",
    severity="medium",
    operates="yearly",
    limits={"review_days": 365, "after_days": 92, "correct_days": 180},
    looser={"review_days": "higher", "after_days": "higher", "correct_days": "higher"},
    on_empty="fail",
    beside=["members"],
    blind_spots={
        "reviews": "of several reviews the last counts, and the one before only by the day on which it ends",
        "persons": "of several rows of one person one that worked here then is enough",
        "requests": "they are counted, so that only what came in the days of the review matters",
        "complaints": "they are counted, so that only what came in the days of the review matters",
        "assessments": "they are counted, so that only what became known in the days of the review matters",
        "PrivacyAssessment.subjects_affected": "with 0 it was no breach, and with any number or none it counts as one",
    },
)
def test_privacy_is_reviewed_each_year(
    reviews: Population[PrivacyReview],
    requests: Population[DataSubjectRequest],
    complaints: Population[Complaint],
    assessments: Population[PrivacyAssessment],
    persons: Population[Person],
    members: Population[BodyMember],
    limits: Any,
    as_of: datetime,
) -> None:
    """How commitments about personal data are kept was reviewed within the year, and reported to another person.

    Who it is reported to works here, or sits on a board.

    The last review looks at a whole year that was over at most `after_days` before, and leaves out no day since the
    review before. It names as many requests, complaints and breaches of these days as the registers hold; of two that
    were done on one day each does. What it found not to be kept is corrected by a day that is not far.

    P8.1: compliance with commitments is monitored where trends are looked at and failures corrected.
    """
    done = [review for review in reviews if review.done_at is not None]
    last = newest(done, lambda review: review.done_at)
    assert last, "was never reviewed"
    for review in last:
        problem = overdue("last reviewed", review.done_at, limits.review_days, as_of)
        problem = problem or _unreported(review, persons, members, as_of)
        problem = problem or _not_of_the_year(review, limits.after_days) or _leaves_out(review, done, last)
        problem = problem or _uncorrected(review, limits.correct_days, as_of)
        problem = problem or _miscounted(review, requests, complaints, assessments)
        if problem:
            deviation(review, problem)


def _unreported(
    review: PrivacyReview, persons: Population[Person], members: Population[BodyMember], as_of: datetime
) -> str:
    done, reported = review.done_at, review.reported_at
    assert done is not None
    if problem := named_problem("reviewer", review.done_by, done, persons):
        return problem
    if reported is None or review.reported_to is None or review.done_by is None:
        return f"was done on {day(done)}, and reported to nobody"
    problem = disorder(as_of, ("done", done), ("reported", reported))
    problem = problem or decided_problem("reader", review.reported_to, reported, persons, members)
    if not problem and not are_two(review.done_by, review.reported_to, persons):
        return f"{review.done_by} reported it to nobody else"
    return problem


def _not_of_the_year(review: PrivacyReview, after_days: int) -> str:
    """It looks at as many days as a year has, and these were over, not long before."""
    assert review.done_at is not None
    days = (review.last_day - review.first_day).days + 1
    if days < WINDOW:
        return f"looks at {days} days, limit {WINDOW}"
    if review.last_day > review.done_at:
        return f"was done on {day(review.done_at)}, before its days were over"
    after = (review.done_at - review.last_day).days
    return f"was done {after} days after {day(review.last_day)}, limit {after_days}" if after > after_days else ""


def _leaves_out(review: PrivacyReview, done: Sequence[PrivacyReview], last: Sequence[PrivacyReview]) -> str:
    """Days between the review before and this one that neither looks at; the first of all has none before."""
    before = [each.last_day for each in done if each not in last]
    if not before or review.first_day - max(before) < _NEXT_DAY:
        return ""
    return f"begins on {day(review.first_day)}, and the review before ends on {day(max(before))}"


def _uncorrected(review: PrivacyReview, limit: int, as_of: datetime) -> str:
    findings, due, done = review.findings, review.correct_by, review.corrected_at
    if not findings:
        return "nobody counted what it found" if findings is None else ""
    assert review.done_at is not None
    if due is None:
        return f"{findings} findings have no day by which they are corrected"
    if (due - review.done_at).days > limit:
        return f"{findings} findings have until {day(due)}, limit {limit} days"
    if problem := disorder(as_of, ("corrected", done)):
        return f"findings were {problem}"
    if (done or as_of) >= due + _DAY:
        return f"{findings} findings were to be corrected by {day(due)}, and were not"
    return ""


def _miscounted(
    review: PrivacyReview,
    requests: Population[DataSubjectRequest],
    complaints: Population[Complaint],
    assessments: Population[PrivacyAssessment],
) -> str:
    breaches = [assessment.learnt_at for assessment in assessments if reached(assessment)]
    came = (
        ("requests", review.requests, [request.received_at for request in requests]),
        ("complaints", review.complaints, [complaint.received_at for complaint in complaints]),
        ("breaches", review.breaches, breaches),
    )
    for what, told, moments in came:
        held = len([moment for moment in moments if review.first_day <= moment < review.last_day + _DAY])
        if told != held:
            return f"names {'no number of' if told is None else told} {what}, and the register holds {held} of its days"
    return ""
