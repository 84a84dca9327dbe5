"""Incidents: which are of the window, and what the company's own privacy assessments say of them."""

from datetime import datetime
from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_registers import ANN

from soc2test import Incident, PrivacyAssessment
from soc2test.testing import check
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc7.incident_actions import test_what_postmortems_decide_is_done as done
from soc2test_policies.cc7.incidents import test_customers_are_told_of_incidents as told
from soc2test_policies.cc7.incidents import test_incidents_are_acknowledged_in_time as acknowledged
from soc2test_policies.cc7.incidents import test_incidents_are_rated_and_led as led
from soc2test_policies.cc7.incidents import test_incidents_are_resolved_with_their_cause as resolved
from soc2test_policies.cc7.incidents import test_severe_incidents_are_learnt_from as learnt

HANDLED = made(
    Incident, "I1", severity="high", detected_at=before(days=9), acknowledged_at=before(days=9, hours=-1),
    resolved_at=before(days=8), commander_email="ann@acme.example", root_cause="a full disk",
    postmortem_at=before(days=7), actions=1, actions_closed_at=before(days=2), customers_affected=True,
    notified_at=before(days=8), postmortem=None,
)  # fmt: skip
YEARS_AGO = HANDLED.but(
    detected_at=before(days=980), acknowledged_at=before(days=980, hours=-1), resolved_at=before(days=979),
    postmortem_at=before(days=978), actions_closed_at=before(days=970), notified_at=before(days=979),
)  # fmt: skip
ALL = [acknowledged, led, resolved, learnt, told, done]
ASSESSED = made(
    PrivacyAssessment, "A1", incident="I1", assessed_at=before(days=8), subjects_affected=40, risk="high"
)  # fmt: skip


def over(control: Any, *makes: Made, **more: Any) -> ControlResult:
    return check(control, *(each.build() for each in makes), **more)


@pytest.mark.parametrize("control", ALL)
def test_incidents_of_years_ago_show_nothing_of_this_one(control: Any) -> None:
    assert over(control, HANDLED, ANN).verdict is Verdict.PASS
    assert over(control, YEARS_AGO, ANN).verdict is Verdict.NOT_EVALUATED
    result = over(control, YEARS_AGO, ANN, limits={"since_days": 980})
    assert (result.verdict, result.population) == (Verdict.PASS, 1)


@pytest.mark.parametrize("control", [led, resolved])
@pytest.mark.parametrize(
    ("detected", "over_for", "counts"),
    [
        (365, 364, True),
        (366, 365, True),  # its last day is of the window
        (367, 366, False),
        (367, None, True),  # it goes on
        (367, 368, True),  # one of both days is wrong
        (-1, -1, True),
    ],
)
def test_an_incident_counts_that_was_detected_or_went_on_in_the_window(
    control: Any, detected: float, over_for: float | None, counts: bool
) -> None:
    ended = None if over_for is None else before(days=over_for)
    incident = HANDLED.but(detected_at=before(days=detected), resolved_at=ended)
    assert over(control, incident, ANN).population == int(counts)


@pytest.mark.parametrize(("control", "step", "due"), [(acknowledged, "acknowledged_at", 3), (told, "notified_at", 3)])
def test_what_had_to_follow_within_the_window_counts(control: Any, step: str, due: int) -> None:
    """However long before the window it was over: by the day on which the step was due, or was taken."""
    edge = 365 + due
    over_before = HANDLED.but(detected_at=before(days=edge), resolved_at=before(days=edge - 0.5), **{step: None})
    earlier = over_before.but(detected_at=before(days=edge + 1), resolved_at=before(days=edge + 0.5))
    assert over(control, over_before, ANN).deviations == 1
    assert over(control, earlier, ANN).population == 0
    assert over(control, earlier.but(**{step: before(days=365)}), ANN).deviations == 1
    assert over(control, earlier.but(**{step: before(days=366)}), ANN).population == 0


@pytest.mark.parametrize(
    ("over_for", "held", "population"),
    [(379, None, 1), (380, None, 0), (380, 365, 1), (380, 366, 0), (372, 371, 1), (900, 1, 1)],
)
def test_a_postmortem_that_fell_due_or_was_held_in_the_window_is_asked_for(
    over_for: int, held: int | None, population: int
) -> None:
    when = None if held is None else before(days=held)
    incident = HANDLED.but(
        severity="critical", detected_at=before(days=1000), resolved_at=before(days=over_for), postmortem_at=when
    )
    assert over(learnt, incident, ANN).population == population


@pytest.mark.parametrize(("closed", "counts"), [(None, True), (365, True), (366, False)])
def test_what_a_postmortem_decided_counts_until_it_is_done(closed: float | None, counts: bool) -> None:
    when = None if closed is None else before(days=closed)
    assert over(done, YEARS_AGO.but(actions_closed_at=when)).population == int(counts)
    assert over(done, YEARS_AGO.but(actions_closed_at=None, actions=0)).population == 0


def test_a_postmortem_held_in_the_window_counts_whenever_its_incident_was() -> None:
    assert over(done, YEARS_AGO.but(postmortem_at=before(days=365), actions=0)).population == 1


@pytest.mark.parametrize("fact", ["detected_at", "resolved_at"])
@pytest.mark.parametrize("control", ALL)
def test_an_incident_whose_days_are_unknown_is_not_left_out(control: Any, fact: str) -> None:
    years_ago = YEARS_AGO.but(actions_closed_at=None, actions=0) if control is done else YEARS_AGO
    verdict = check(control, years_ago.build(without=fact), HANDLED.but().build(), ANN.build()).verdict
    assert verdict is Verdict.NOT_EVALUATED


def test_an_assessment_that_tells_of_people_contradicts_a_row_of_no_affected_customer() -> None:
    unharmed = HANDLED.but(customers_affected=False)
    other = made(Incident, "I2", **HANDLED.facts)
    assert over(told, unharmed, other).verdict is Verdict.PASS
    result = over(told, unharmed, other, ASSESSED)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert result.reason is not None
    assert "by its row I1 affected no customer, and A1 tells of people" in result.reason.text
    assert over(told, HANDLED, ASSESSED).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"subjects_affected": 0}, Verdict.PASS),
        ({"subjects_affected": None}, Verdict.NOT_EVALUATED),  # it is done, and nobody knows how many
        ({"subjects_affected": None, "assessed_at": None}, Verdict.PASS),  # PRV-09 asks that it ends
        ({"subjects_affected": 1, "assessed_at": None}, Verdict.NOT_EVALUATED),
        ({"incident": "I3"}, Verdict.PASS),
    ],
)
def test_what_an_assessment_says_of_people(facts: dict[str, Any], verdict: Verdict) -> None:
    unharmed, other = HANDLED.but(customers_affected=False), made(Incident, "I2", **HANDLED.facts)
    assert over(told, unharmed, other, ASSESSED.but(**facts)).verdict is verdict


def test_an_assessment_whose_numbers_are_unknown_leaves_it_open() -> None:
    unharmed, other = HANDLED.but(customers_affected=False).build(), made(Incident, "I2", **HANDLED.facts).build()
    assert check(told, unharmed, other, ASSESSED.build(without="subjects_affected")).verdict is Verdict.NOT_EVALUATED


def test_customers_who_were_not_told_deviate_whatever_else_is_contradicted() -> None:
    unharmed, untold = (
        HANDLED.but(customers_affected=False),
        made(Incident, "I2", **HANDLED.but(notified_at=None).facts),
    )
    assert over(told, unharmed, untold, ASSESSED).verdict is Verdict.FAIL


def test_a_high_risk_for_people_contradicts_a_low_severity() -> None:
    low, other = HANDLED.but(severity="low", customers_affected=False), made(Incident, "I2", **HANDLED.facts)
    assert over(learnt, low, other).verdict is Verdict.PASS
    result = over(learnt, low, other, ASSESSED)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert result.reason is not None
    assert "I1 is rated low, and A1 tells of a high risk for people" in result.reason.text
    assert over(learnt, low, other, ASSESSED.but(risk="some")).verdict is Verdict.PASS
    assert over(learnt, HANDLED, ASSESSED).verdict is Verdict.PASS
    # what customers suffered is severe, whatever its row rates it, unless the company says otherwise
    long_over = {"detected_at": before(days=30), "resolved_at": before(days=20), "postmortem_at": None}
    suffered = HANDLED.but(severity="low", customers_affected=True, **long_over)
    assert over(learnt, suffered).verdict is Verdict.FAIL
    rated = check(learnt, suffered.build(), limits={"affecting_customers": "as rated"})
    assert rated.verdict is not Verdict.FAIL


@pytest.mark.parametrize(
    ("taken", "over_at", "verdict"),
    [
        (before(days=9, hours=-2), before(days=9, hours=-1), Verdict.NOT_EVALUATED),
        (before(days=9, hours=-2), before(days=9, hours=-2), Verdict.PASS),
        (before(days=9, hours=-2), before(days=9).replace(hour=0, minute=0), Verdict.PASS),  # any moment of that day
    ],
)
def test_what_was_over_before_anybody_took_it_on_contradicts_itself(
    taken: datetime, over_at: datetime, verdict: Verdict
) -> None:
    row = HANDLED.but(severity="medium", detected_at=before(days=9), acknowledged_at=taken, resolved_at=over_at)
    assert over(acknowledged, row).verdict is verdict


@pytest.mark.parametrize(("control", "facts"), [(told, {"customers_affected": False}), (learnt, {"severity": "low"})])
def test_what_is_contradicted_of_another_period_holds_nothing_up(control: Any, facts: dict[str, Any]) -> None:
    old = made(Incident, "I0", **YEARS_AGO.but(**facts).facts)
    assert over(control, old, HANDLED, ASSESSED.but(incident="I0")).verdict is Verdict.PASS
