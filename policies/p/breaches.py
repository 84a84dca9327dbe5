"""What incidents, and what vendors tell of, did to personal data, and who was told."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Incident, Person, Population, PrivacyAssessment, ProcessingActivity, control
from soc2test_policies._ages import WINDOW, disorder, due_in_window, in_hours
from soc2test_policies._joins import allowed, problems
from soc2test_policies._people import named_problem
from soc2test_policies._privacy_breaches import breaches_told, in_hours_of_learning, no_breaches, reached

_TOLD_THE_AUTHORITY = {"unlikely": False, "some": True, "high": True}
_FOR_OTHERS = "instructions"
_EARLIER = "what became known more than a year ago was another period's"
_RECONCILED = "is asked where the register is held against incidents and counts, which no single row shows"


def _is_breach(assessment: PrivacyAssessment, limits: Any, as_of: datetime) -> bool:
    longest = timedelta(hours=max(limits.authority_hours, limits.people_hours))
    return due_in_window(assessment.learnt_at, longest, WINDOW, as_of) and reached(assessment)


def _is_recorded(assessment: PrivacyAssessment, limits: Any, as_of: datetime) -> bool:
    """A vendor told of it, or it is a breach."""
    lately = due_in_window(assessment.learnt_at, timedelta(hours=limits.assess_hours), WINDOW, as_of)
    return lately and (assessment.vendor is not None or reached(assessment))


@control(
    "PRV-09",
    criteria=["P6.3"],
    nature="event",
    dated="detected_at",
    severity="high",
    operates="per event",
    where=lambda incident, limits, as_of: due_in_window(
        incident.detected_at, timedelta(hours=limits.assess_hours), WINDOW, as_of
    ),
    limits={"assess_hours": 72},
    looser={"assess_hours": "higher"},
    blind_spots={
        "Incident.detected_at": _EARLIER,
    },
)
def test_incidents_are_assessed_for_personal_data(
    incident: Incident,
    assessments: Population[PrivacyAssessment],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """For each incident of the year somebody decided in hours, with reasons, whether personal data was reached.

    P6.3: an unauthorised disclosure is recorded where each incident is asked for one; an empty record shows nothing.
    """
    limit = timedelta(hours=limits.assess_hours)
    rows = assessments.all("incident", incident.id)
    problem = problems(lambda row: _undecided(incident, row, persons, limit, as_of), rows)
    if not rows:
        problem = in_hours(("detected", incident.detected_at), ("assessed", None), limit, as_of)
    assert not problem, f"whether personal data was reached: {problem}"


def _undecided(
    incident: Incident, row: PrivacyAssessment, persons: Population[Person], limit: timedelta, as_of: datetime
) -> str:
    decided = row.assessed_at
    problem = in_hours(("detected", incident.detected_at), ("assessed", decided), limit, as_of)
    if problem or decided is None:
        return problem
    problem = named_problem("assessor", row.assessed_by, decided, persons)
    return problem or ("" if row.reasoning else "assessed, and nobody says why")


@control(
    "PRV-10",
    criteria=["P6.3", "P6.5"],
    nature="event",
    dated="learnt_at",
    severity="high",
    operates="per event",
    where=_is_recorded,
    limits={"assess_hours": 72, "learnt_hours": 24},
    looser={"assess_hours": "higher", "learnt_hours": "higher"},
    on_empty="no_occurrences",
    agrees=no_breaches,
    complete=breaches_told,
    blind_spots={"PrivacyAssessment.learnt_at": _EARLIER},
)
def test_breaches_are_recorded_with_their_scope(
    assessment: PrivacyAssessment,
    incidents: Population[Incident],
    activities: Population[ProcessingActivity],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Each breach of the year, and each notice of a vendor, was taken up in hours, and its scope is recorded.

    The scope is how many people, which data of which purposes, who could see it, and from when until when. The record
    holds each incident of the year, and as many notices as came in at the address that vendors' agreements name. The
    hours run from when somebody learnt of it, at the latest `learnt_hours` after its incident was detected.

    P6.3: a record of unauthorised disclosures says what was disclosed, of whom and to whom.
    P6.5: what a vendor tells of is handled where somebody assesses it at once.
    """
    limit, look_into = timedelta(hours=limits.assess_hours), timedelta(hours=limits.learnt_hours)
    decided = assessment.assessed_at
    problem = in_hours_of_learning(assessment, ("assessed", decided), incidents, look_into, limit, as_of)
    assert not problem, problem
    assert decided is not None
    problem = named_problem("assessor", assessment.assessed_by, decided, persons)
    assert not problem, problem
    assert assessment.reasoning, "was assessed, and nobody says why"
    if reached(assessment):
        _check_scope(assessment, activities, as_of)


def _check_scope(assessment: PrivacyAssessment, activities: Population[ProcessingActivity], as_of: datetime) -> None:
    assert assessment.subjects_affected is not None, "nobody knows how many people's data was reached"
    assert assessment.activities, "names no entry of the record of processing whose data was reached"
    assert assessment.data_categories, "does not say which data was reached"
    kept: set[str] = set()
    for id in assessment.activities:
        activity = activities.one("id", id)
        assert activity is not None, f"the record of processing has no {id}"
        kept |= {*activity.data_categories}
    more = sorted({*assessment.data_categories} - kept)
    assert not more, f"reached {', '.join(more)}, which by the record of processing is not held there"
    assert assessment.exposed_to, "does not say who could see the data"
    assert assessment.exposed_from is not None, "does not say since when the data could be seen"
    assert assessment.exposed_until is not None, "does not say until when the data could be seen"
    steps = ("exposed", assessment.exposed_from), ("no more so", assessment.exposed_until)
    problem = disorder(as_of, *steps) or disorder(as_of, steps[0], ("learnt", assessment.learnt_at))
    assert not problem, problem


@control(
    "PRV-11",
    criteria=["P6.6"],
    nature="event",
    dated="learnt_at",
    severity="critical",
    operates="per event",
    where=_is_breach,
    limits={"authority_hours": 72, "people_hours": 168, "learnt_hours": 24},
    looser={"authority_hours": "higher", "people_hours": "higher", "learnt_hours": "higher"},
    on_empty="no_occurrences",
    agrees=no_breaches,
    complete=breaches_told,
    blind_spots={
        "PrivacyAssessment.learnt_at": _EARLIER,
        "PrivacyAssessment.vendor": _RECONCILED,
    },
)
def test_breaches_are_notified_in_the_legal_time(
    assessment: PrivacyAssessment,
    incidents: Population[Incident],
    activities: Population[ProcessingActivity],
    limits: Any,
    as_of: datetime,
) -> None:
    """Each breach of the year was told to the authority in hours, unless harm is unlikely, and to people at high risk.

    Of data that is held on behalf of others these are told, beside the authority where other data was reached too: the
    ground of each purpose says which is which. The hours of the law run from
    when the company is aware that data was reached; a short look into what happened comes before that. So they run from
    when the row says that somebody learnt of it, at the latest `learnt_hours` after its incident was detected.

    P6.6: people can protect themselves, and authorities act, where they hear of a breach in time.
    """
    assert assessment.risk is not None, "nobody judged the risk for the people affected"
    look_into = timedelta(hours=limits.learnt_hours)

    def told_late(step: str, moment: datetime | None, hours: int) -> str:
        return in_hours_of_learning(assessment, (step, moment), incidents, look_into, timedelta(hours=hours), as_of)

    if allowed("risk", assessment.risk, _TOLD_THE_AUTHORITY):
        held, ours = _of_whom(assessment, activities)
        controllers = assessment.controllers_notified_at, assessment.controllers
        if ours or controllers == (None, None):
            problem = told_late("told to the authority", assessment.authority_notified_at, limits.authority_hours)
            assert not problem, problem
            assert assessment.authority, "the authority was told, and nobody says which"
        if held and (ours or controllers != (None, None)):
            whom = f"told to those for whom data of {', '.join(held)} is held"
            problem = told_late(whom, assessment.controllers_notified_at, limits.authority_hours)
            assert not problem, problem
            assert assessment.controllers, f"was {whom}, and nobody says to whom"
    else:
        assert assessment.not_notified_reason, "the authority was not told, and nobody says why"
    if assessment.risk == "high":
        problem = told_late("told to those affected", assessment.subjects_notified_at, limits.people_hours)
        assert not problem, problem


def _of_whom(assessment: PrivacyAssessment, activities: Population[ProcessingActivity]) -> tuple[list[str], list[str]]:
    """The purposes whose data is held on the instructions of others, and all other ones. What no row names is ours."""
    held: list[str] = []
    ours: list[str] = []
    for id in assessment.activities:
        activity = activities.one("id", id)
        of_others = activity is not None and activity.legal_basis == _FOR_OTHERS
        (held if of_others else ours).append(id)
    return held, ours if assessment.activities else [""]
