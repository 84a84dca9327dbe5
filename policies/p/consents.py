"""Consent: what people may choose, that they did before their data was used, and that a no is followed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from operator import call
from typing import Any

from soc2test import (
    CollectionPoint,
    Consent,
    Population,
    PrivacyNotice,
    ProcessingActivity,
    SystemCount,
    UnknownFact,
    any_of,
    control,
)
from soc2test_policies._ages import WINDOW, day, disorder, in_hours, in_window
from soc2test_policies._consents import (
    consents_counted,
    is_told_to_ask,
    rests_on_consent,
    was_used_since,
    withdrawals_counted,
)
from soc2test_policies._joins import allowed, problems
from soc2test_policies._notices import in_force
from soc2test_policies._open_events import of_the_year
from soc2test_policies._personal_names import sounds_sensitive

_ACTS = {"signed": True, "typed": True, "double_opt_in": True, "ticked_box": True, "said": True, "went_on": False}
"""What somebody does to consent; to go on without doing anything is none."""
_WITHOUT = ("legal_obligation", "vital_interests", "public_task", "instructions")
"""Grounds on which sensitive data is processed without asking the person: of the last, others have to."""
_EARLIER = "what happened more than a year ago was another period's"


def _asks(
    point: CollectionPoint,
    activities: Population[ProcessingActivity],
    consents: Population[Consent],
    counts: Population[SystemCount],
) -> bool:
    if not point.in_use:
        return was_used_since(point, consents, counts)
    ways = (lambda: rests_on_consent(point, activities), lambda: is_told_to_ask(point, consents, counts))
    return any_of(ways, call)


@control(
    "PRV-19",
    criteria=["P2.1"],
    nature="state",
    severity="medium",
    where=_asks,
)
def test_choices_are_explained_where_consent_is_asked(
    point: CollectionPoint,
    activities: Population[ProcessingActivity],
    consents: Population[Consent],
    counts: Population[SystemCount],
) -> None:
    """Every place that asks for consent says what one may choose, what a no means, and how to take back a yes.

    Nothing is chosen there before the person chooses. A place asks for consent where the record of processing says so
    of a purpose, where it offers a choice, where consents were given, or where a system counts sign-ups or withdrawals.
    One of its purposes rests on consent then: a yes to what is done anyway is none. A place that is not in use by its
    row has no consent and no sign-up from after it was last seen.

    P2.1: a choice is one where people know that they have it, and what follows from it.
    """
    assert point.in_use, "is not in use by its row, and people consented there after it was last seen"
    named = ", ".join(point.activities) or "nothing"
    assert rests_on_consent(point, activities), f"people consent there, and {named} rests on no consent by its record"
    assert point.choice, f"does not say what one may choose for {_asked_for(point, activities)}"
    assert point.consequence, "does not say what follows from a no"
    assert point.withdrawal, "does not say how a yes can be taken back"
    assert not point.preselected, "has chosen before the person does"


def _asked_for(point: CollectionPoint, activities: Population[ProcessingActivity]) -> str:
    return ", ".join(activity.id for id in point.activities for activity in activities.all("id", id).hits)


@control(
    "PRV-20",
    criteria=["P2.1"],
    nature="event",
    dated="given_at",
    severity="high",
    operates="per event",
    where=lambda consent, as_of: in_window(consent.given_at, WINDOW, as_of),
    limits={"unused_days": 92},
    looser={"unused_days": "higher"},
    on_empty="no_occurrences",
    agrees=consents_counted,
    complete=consents_counted,
    blind_spots={
        "Consent.given_at": _EARLIER,
        "limits.unused_days": "it decides where no consent to a purpose was used, which is more than one change",
        "consents": "those to other purposes say nothing, and one that was used shows that first uses are told",
    },
)
def test_consent_comes_before_use(
    consent: Consent,
    points: Population[CollectionPoint],
    notices: Population[PrivacyNotice],
    consents: Population[Consent],
    limits: Any,
    as_of: datetime,
) -> None:
    """Each consent of the year was given by doing something, by a notice of that purpose, before the data was used.

    The notice was in force that day and names the purpose, so that a new purpose asks anew. The register holds as many
    consents as there were sign-ups at each place that asks for one, and at each other one that a system counted.
    Where no data of a purpose was ever used, and the first consent to it is older than `unused_days`, nobody tells when
    data is used: then it is unknown.

    P2.1: consent is recorded before processing where it is the ground of it, for each purpose anew.
    """
    assert allowed("how", consent.how, _ACTS), "nobody did anything to give it"
    point = points.one("id", consent.point)
    assert point is not None, f"was given at {consent.point}, which is no place that is told"
    assert consent.activity in point.activities, f"{consent.point} takes no data for {consent.activity}"
    assert consent.notice is not None, "no notice was shown"
    notice = notices.one("id", consent.notice)
    assert notice is not None, f"there is no notice {consent.notice}"
    given = consent.given_at
    assert in_force(notice, given), f"{consent.notice} was not in force on {day(given)}"
    assert consent.activity in notice.activities, f"{consent.notice} does not name {consent.activity}"
    problem = disorder(as_of, ("given", given), ("used", consent.first_used_at))
    assert not problem, problem
    if consent.first_used_at is None:
        _raise_where_uses_are_untold(consent, consents, limits.unused_days, as_of)


def _raise_where_uses_are_untold(consent: Consent, consents: Population[Consent], days: int, as_of: datetime) -> None:
    """Data that people consented to long ago is used some day: a register without one first use does not tell them."""
    same = consents.all("activity", consent.activity)
    if any_of(same, lambda other: other.first_used_at is not None):
        return
    if any_of(same, lambda other: as_of - other.given_at > timedelta(days=days)):
        since = f"and people consented more than {days} days ago"
        raise UnknownFact("first_used_at", f"no data of {consent.activity} was ever used by the register, {since}")


def _taken_back(consent: Consent, as_of: datetime) -> bool:
    back = consent.withdrawn_at
    return back is not None and of_the_year(back, consent.stopped_at, as_of=as_of)


@control(
    "PRV-21",
    criteria=["P2.1"],
    nature="event",
    dated="withdrawn_at",
    severity="high",
    operates="per event",
    where=_taken_back,
    limits={"stop_hours": 48},
    looser={"stop_hours": "higher"},
    on_empty="no_occurrences",
    agrees=withdrawals_counted,
    complete=withdrawals_counted,
    blind_spots={"Consent.withdrawn_at": "where nobody took a consent back there is nothing to follow"},
)
def test_withdrawals_of_consent_are_followed(consent: Consent, limits: Any, as_of: datetime) -> None:
    """Whoever took back a consent is left alone within the allowed hours.

    Asked for are those taken back or followed within the year, and those that nobody followed, however old. The
    register holds as many consents taken back as the systems counted at each place, whatever its purposes rest on, and
    one for each request by which a withdrawal was granted.

    P2.1: a choice may be changed, and the change is followed in time.
    """
    back = consent.withdrawn_at
    assert back is not None
    problem = disorder(as_of, ("given", consent.given_at), ("taken back", back))
    assert not problem, problem
    limit = timedelta(hours=limits.stop_hours)
    problem = in_hours(("taken back", back), ("stopped", consent.stopped_at), limit, as_of)
    assert not problem, problem


def _is_sensitive(activity: ProcessingActivity) -> bool:
    """By the record's own word, or by what its categories are called."""
    called_so = any(sounds_sensitive(category) for category in activity.data_categories)
    return called_so or bool(activity.sensitive)


@control(
    "PRV-22",
    criteria=["P3.2"],
    nature="state",
    severity="critical",
    where=lambda activity: _is_sensitive(activity) and activity.legal_basis not in _WITHOUT,
    limits={"explicit": ("signed", "typed", "double_opt_in")},
    looser={"explicit": "more"},
    words={"explicit": tuple(_ACTS)},
    blind_spots={
        "consents": "nobody may have consented yet; PRV-20 holds their number against the sign-ups",
        "ProcessingActivity.legal_basis": "where a law asks for the data, or it is held for others, nobody is asked",
    },
)
def test_sensitive_data_is_taken_by_explicit_consent_alone(
    activity: ProcessingActivity,
    points: Population[CollectionPoint],
    consents: Population[Consent],
    limits: Any,
) -> None:
    """Sensitive data rests on explicit consent, given knowing what a no means, or on a ground that asks for none.

    Left out by the word of their row are the grounds on which nobody is asked: `legal_obligation`, `vital_interests`,
    `public_task`, and `instructions` of others, who have to ask. Which law, task or instruction that is, is not asked.
    Sensitive is what the record of processing calls so, and what its categories are called by (health, belief ...).
    Each consent to it is an act that can mean nothing else.

    P3.2: who gives sensitive data says so explicitly, and knew what follows from not giving it.
    """
    assert activity.legal_basis == "explicit_consent", f"takes sensitive data on {activity.legal_basis or 'no ground'}"
    places, given = points.all("activities", activity.id), consents.all("activity", activity.id)
    asked: tuple[Iterable[CollectionPoint | Consent], ...] = (places, given)
    problem = problems(lambda each: _unclear(each, limits.explicit), *asked)
    assert not problem, problem
    in_use = any_of(places, lambda point: point.in_use)
    assert in_use, "no place in use is told where consent to it is asked for"


def _unclear(asked: CollectionPoint | Consent, explicit: Sequence[str]) -> str:
    """What a place that asks for consent does not say, or why a consent is not explicit."""
    if isinstance(asked, Consent):
        allowed("how", asked.how, _ACTS)
        return "" if asked.how in explicit else f"{asked.id} was given as {asked.how}, which is not explicit"
    explained = not asked.in_use or asked.consequence
    return "" if explained else f"{asked.id} does not say what follows from a no"
