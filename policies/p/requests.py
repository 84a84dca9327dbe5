"""Requests of people for the data that is held of them."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import DataSubjectRequest, Disclosure, Person, Population, ProcessingActivity, control
from soc2test_policies._ages import day, disorder, late
from soc2test_policies._forwarded import is_wrongly_forwarded, wrongly_forwarded
from soc2test_policies._joins import allowed, known, problems
from soc2test_policies._open_events import of_the_year
from soc2test_policies._people import named_problem
from soc2test_policies._personal_data import went_on
from soc2test_policies._privacy_counts import requests_counted

_DENIED = {
    "granted": False, "partly": True, "denied": True, "forwarded": False, "taken_back": False, "nothing_held": False,
}  # fmt: skip
_CHECKED = {
    "granted": True, "partly": True, "denied": False, "forwarded": False, "taken_back": False, "nothing_held": True,
}  # fmt: skip
"""Outcomes by which data is given out or changed: then it has to be known for whom. So it has where nothing is held."""


_BLIND_SPOTS = {
    "DataSubjectRequest.channel": "is asked where the register is held against the counts, which no single row shows",
}


def _lately(request: DataSubjectRequest, as_of: datetime) -> bool:
    return of_the_year(request.received_at, request.answered_at, as_of=as_of)


def _denied(request: DataSubjectRequest, as_of: datetime) -> bool:
    return _lately(request, as_of) and request.outcome is not None and allowed("outcome", request.outcome, _DENIED)


def _corrected(request: DataSubjectRequest, activities: Population[ProcessingActivity], as_of: datetime) -> bool:
    """One that was not passed on stays: whether anybody else has the data is for the test to say."""
    if request.kind != "correction":
        return False
    if request.outcome not in ("granted", "partly"):
        return _lately(request, as_of) and is_wrongly_forwarded(request, activities)
    steps = request.answered_at, request.corrected_at, request.passed_on_at
    return of_the_year(request.received_at, *steps, as_of=as_of)


def _told(request: DataSubjectRequest, activities: Population[ProcessingActivity], as_of: datetime) -> bool:
    if request.kind != "access" or not _lately(request, as_of):
        return False
    return request.outcome in ("granted", "partly", "nothing_held") or is_wrongly_forwarded(request, activities)


@control(
    "PRV-01",
    criteria=["P5.1", "P5.2"],
    nature="event",
    dated="received_at",
    severity="high",
    operates="per event",
    where=_lately,
    limits={"answer_days": 30, "extended_days": 90},
    looser={"answer_days": "higher", "extended_days": "higher"},
    on_empty="no_occurrences",
    agrees=requests_counted,
    complete=requests_counted,
    blind_spots=_BLIND_SPOTS,
)
def test_requests_of_people_are_answered_in_time(
    request: DataSubjectRequest,
    activities: Population[ProcessingActivity],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Each request of a person for the own data is answered in time, and it was known who asked.

    Asked for are those that came in or were answered within the year, and those that nobody answered, however old. It
    takes longer where the person was told so within the first limit. Where data was given out or changed, the identity
    was checked before, and it is told how. Only what is held on the instructions of others may be forwarded to them: of
    each purpose that the request names the ground says so. The register holds as many requests as the systems count at
    each place where the notices in force say that one can ask.

    P5.1: who asks for the own data gets it in time, and nobody gets that of others.
    P5.2: a correction that comes late, or for somebody else, is none.
    """
    received, answered = request.received_at, request.answered_at
    problem = disorder(as_of, ("received", received), ("answered", answered))
    problem = problem or late("answered", answered, received, _limit(request, limits, as_of), as_of)
    assert not problem, f"{request.kind}, {problem}"
    assert request.outcome is not None, "was answered, and nobody says with what outcome"
    assert answered is not None
    problem = wrongly_forwarded(request, activities)
    assert not problem, f"{request.kind}, {problem}"
    problem = named_problem("answerer", request.answered_by, answered, persons)
    assert not problem, problem
    if allowed("outcome", request.outcome, _CHECKED):
        checked = request.identity_checked_at
        assert checked is not None, f"{request.outcome} without a check of who asked"
        problem = disorder(as_of, ("received", received), ("checked", checked), ("answered", answered))
        assert not problem, f"who asked: {problem}"
        assert request.identity_checked_how, "who asked was checked, and nobody says how"


def _limit(request: DataSubjectRequest, limits: Any, as_of: datetime) -> timedelta:
    """The longer one where the person was told within the shorter one."""
    first = timedelta(days=limits.answer_days)
    if (request.answered_at or as_of) - request.received_at <= first:
        return first
    told = request.extended_at
    in_time = told is not None and timedelta() <= told - request.received_at <= first
    return timedelta(days=max(limits.extended_days, limits.answer_days)) if in_time else first


@control(
    "PRV-02",
    criteria=["P5.1", "P5.2"],
    nature="event",
    dated="received_at",
    severity="medium",
    operates="per event",
    where=_denied,
    on_empty="no_occurrences",
    agrees=requests_counted,
    complete=requests_counted,
    blind_spots=_BLIND_SPOTS,
)
def test_denied_requests_are_explained(request: DataSubjectRequest) -> None:
    """Whoever was denied a request of the last year, wholly or in part, was told why, and where to complain.

    Of the year is what came in or was answered in it, and what nobody answered.

    P5.1: a denial that is explained can be contested.
    P5.2: who is denied a correction learns the reason, and how to object to it.
    """
    assert request.answered_at is not None, f"{request.outcome}, and nobody answered"
    assert request.denial_reason, f"{request.outcome} on {day(request.answered_at)} without a reason"
    assert request.remedy_told, f"{request.outcome} on {day(request.answered_at)}, and not told where to complain"


@control(
    "PRV-03",
    criteria=["P5.2"],
    nature="event",
    dated="received_at",
    severity="medium",
    operates="per event",
    where=_corrected,
    limits={"pass_on_days": 30},
    looser={"pass_on_days": "higher"},
    on_empty="no_occurrences",
    agrees=requests_counted,
    complete=requests_counted,
    blind_spots=_BLIND_SPOTS,
)
def test_corrections_reach_those_who_have_the_data(
    request: DataSubjectRequest,
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
    limits: Any,
    as_of: datetime,
) -> None:
    """Each correction of the last year was made by the answer, and passed on in time to all who had that data.

    Who had it is told by the entries of the record of processing that the request names, and by the disclosures of
    their data that went on when it was corrected: those who got none before are left out, those who get none any more
    are not. One of our own data was not made by forwarding it. Of the year is what came in or was done in it, and what
    was not made, answered or passed on until now, however old it is.

    P5.2: data that is corrected here and stays wrong with others goes on to do harm.
    """
    problem = wrongly_forwarded(request, activities)
    assert not problem, problem
    corrected = request.corrected_at
    assert corrected is not None, "was granted, and nothing was corrected"
    problem = disorder(
        as_of, ("received", request.received_at), ("corrected", corrected), ("told", request.answered_at)
    )
    assert not problem, problem
    others = _recipients(request, corrected, activities, disclosures)
    if others:
        _check_passed_on(request, corrected, others, limits, as_of)
    for id in request.activities:
        len(disclosures.all("activity", id))  # raises where others may have had it


def _check_passed_on(
    request: DataSubjectRequest, corrected: datetime, others: set[str], limits: Any, as_of: datetime
) -> None:
    missing = sorted(others - {*request.passed_on_to})
    limit = timedelta(days=limits.pass_on_days)
    if missing and request.passed_on_at is not None:
        assert not missing, f"was not passed on to {', '.join(missing)}"
    problem = late("passed on", request.passed_on_at, corrected, limit, as_of)
    assert not problem, f"{problem}, to {', '.join(missing or sorted(others))}"
    problem = disorder(as_of, ("corrected", corrected), ("passed on", request.passed_on_at))
    assert not problem, problem


def _recipients(
    request: DataSubjectRequest,
    corrected: datetime,
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
) -> set[str]:
    """Who had the data when it was corrected."""
    assert request.activities, "was corrected, and no entry of the record of processing is named for the data"
    found: set[str] = set()
    for id in request.activities:
        activity = activities.one("id", id)
        assert activity is not None, f"the record of processing has no {id}"
        flows = disclosures.all("activity", id).hits
        had = {flow.recipient for flow in flows if went_on(flow, corrected)}
        since = {flow.recipient for flow in flows if flow.began_at > corrected} - had
        found |= had | ({*activity.recipients} - since)
    return found


@control(
    "PRV-12",
    criteria=["P6.7"],
    nature="event",
    dated="received_at",
    severity="medium",
    operates="per event",
    where=_told,
    on_empty="no_occurrences",
    agrees=requests_counted,
    complete=requests_counted,
    blind_spots=_BLIND_SPOTS,
)
def test_people_are_told_what_is_held_and_who_got_it(
    request: DataSubjectRequest, activities: Population[ProcessingActivity], disclosures: Population[Disclosure]
) -> None:
    """Whoever got access in the last year was told all data held for each purpose, and everybody who gets it.

    Of the year is what came in or was answered in it, and what nobody answered.

    What is held and who gets it is told by the record of processing and the disclosures that went on when the answer
    was given. Access to our own data was not given by forwarding the request. Where access was granted in part, some
    data may be left out, and no recipient. Who was told that nothing is held stands in the register with that word for
    the outcome, and with no data beside it.

    P6.7: an account of data held and of disclosures is whole where it names each of them.
    """
    answered = request.answered_at
    assert answered is not None, "was granted, and nobody answered"
    problem = wrongly_forwarded(request, activities)
    assert not problem, problem
    if request.outcome == "nothing_held":
        told = *request.activities, *request.told_categories, *request.told_recipients
        assert not told, f"was told that nothing is held, and the register names {', '.join(told)}"
        return
    assert request.activities, (
        f"{request.outcome}, and no entry of the record of processing is named for the data: where none is held, the "
        "outcome is nothing_held"
    )
    assert request.told_categories, f"{request.outcome}, and no data was told"
    problem = problems(lambda id: _unaccounted(request, answered, id, activities, disclosures), request.activities)
    assert not problem, problem


def _unaccounted(
    request: DataSubjectRequest,
    answered: datetime,
    id: str,
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
) -> str:
    """What the answer left out of the data and the recipients of one purpose."""
    activity = activities.one("id", id)
    if activity is None:
        return f"the record of processing has no {id}"
    untold = sorted({*activity.data_categories} - {*request.told_categories})
    if untold and request.outcome == "granted":
        return f"was not told of {', '.join(untold)}, which {id} needs"
    flows, unknown = known(disclosures.all("activity", id), lambda flow: went_on(flow, answered))
    hidden = sorted({flow.recipient for flow in flows} - {*request.told_recipients})
    if unknown is not None and not hidden:
        raise unknown
    return f"was not told that {', '.join(hidden)} got data of {id}" if hidden else ""
