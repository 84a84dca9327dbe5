"""What incidents did to personal data: records that are short or empty, moments at the edge, words nobody knows."""

from typing import Any

import pytest
from policy_case import Made, before
from policy_cases_privacy_breaches import (
    ACCESS,
    ANN,
    BREACH,
    EARLIER,
    FLOW,
    HIGH,
    MAIL,
    NEWS,
    NOTHING,
    NOTICE,
    NOTICES,
    OURS,
    OUTAGE,
    SINCE,
    SOME,
    UNLIKELY,
    UNSEEN,
)
from policy_cases_privacy_requests import counted

from soc2test.testing import check
from soc2test.verdicts import ControlResult
from soc2test_policies.p.breaches import test_breaches_are_notified_in_the_legal_time as notified
from soc2test_policies.p.breaches import test_breaches_are_recorded_with_their_scope as recorded
from soc2test_policies.p.breaches import test_incidents_are_assessed_for_personal_data as assessed
from soc2test_policies.p.requests import test_people_are_told_what_is_held_and_who_got_it as accounted


def result(control: Any, *makes: Made, **limits: Any) -> ControlResult:
    return check(control, *(each.build() for each in makes), limits=limits)


def reason(found: ControlResult) -> str:
    assert found.verdict.value == "not_evaluated"
    assert found.reason is not None
    return found.reason.text


def test_no_incident_is_nothing_that_was_assessed() -> None:
    assert result(assessed, EARLIER, NOTHING, ANN).verdict.value != "pass"


def test_an_incident_of_today_may_still_be_assessed() -> None:
    found = result(assessed, OUTAGE.but(detected_at=before(hours=71)), ANN)
    assert (found.pending, found.deviations) == (1, 0)


def test_each_assessment_of_an_incident_counts() -> None:
    late = Made(NOTHING.kind, "P9", "test", {**NOTHING.facts, "assessed_at": before(days=1)})
    assert result(assessed, OUTAGE, NOTHING, late, ANN).verdict.value == "fail"


@pytest.mark.parametrize("control", [recorded, notified])
def test_no_breach_is_believed_where_incidents_were_assessed_and_notices_counted(control: Any) -> None:
    none = counted(0, "vendor_notices")
    base = (NOTHING, NEWS, ANN, MAIL, OUTAGE)
    assert result(control, *base, none).verdict.value == "no_occurrences"
    assert "counts 1 at privacy@acme.example" in reason(result(control, *base, NOTICES))
    assert "nobody assessed what incident I1 did" in reason(result(control, NEWS, ANN, MAIL, OUTAGE, none))
    assert "no incident of the year is registered" in reason(result(control, NEWS, ANN, MAIL, EARLIER, none))
    assert "no agreement with a vendor names an address" in reason(
        result(control, NOTHING, NEWS, ANN, OUTAGE, none, MAIL.but(notice_address=None))
    )


def test_a_notice_that_no_row_has_leaves_the_record_open() -> None:
    base = (BREACH, NOTHING, NEWS, ANN, MAIL, OUTAGE)
    assert result(recorded, *base, NOTICES).verdict.value == "pass"
    assert "and the register holds 1" in reason(result(recorded, *base, counted(2, "vendor_notices")))


def test_a_notice_of_a_vendor_without_an_address_is_of_nobody_knows_where() -> None:
    found = result(recorded, BREACH.but(vendor="post"), NOTHING, NEWS, ANN, MAIL, OUTAGE, NOTICES)
    assert "post told of something, and nothing says to which address" in reason(found)


def test_a_notice_that_reached_nothing_needs_no_scope() -> None:
    small = BREACH.but(subjects_affected=0, **UNSEEN)
    assert result(recorded, small, NOTHING, NEWS, ANN, MAIL, OUTAGE, NOTICES).verdict.value == "pass"
    late = small.but(assessed_at=before(days=90))
    assert result(recorded, late, NOTHING, NEWS, ANN, MAIL, OUTAGE, NOTICES).verdict.value == "fail"


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("activities", ("PA-1",)),
        ("data_categories", ("email",)),
        ("exposed_to", "another customer"),
        ("exposed_from", before(days=9)),
        ("exposed_until", before(days=9)),
        ("authority_notified_at", before(days=9)),
        ("subjects_notified_at", before(days=9)),
    ],
)
def test_nobody_affected_by_what_was_seen_is_a_contradiction(fact: str, value: object) -> None:
    seen = NOTHING.but(**{fact: value})
    for control in (recorded, notified):
        assert "it counts nobody whose data was reached" in reason(
            result(control, seen, MAIL, OUTAGE, counted(0, "vendor_notices"))
        )


def test_the_hours_are_counted_to_the_minute() -> None:
    base = (UNLIKELY, NOTHING, MAIL, OUTAGE, NOTICES)
    assert result(notified, SOME, *base).verdict.value == "pass"
    late = SOME.but(authority_notified_at=before(days=96, hours=-0.02))
    assert result(notified, late, *base).verdict.value == "fail"
    assert result(notified, SOME, *base, authority_hours=71).verdict.value == "fail"
    assert result(notified, HIGH, NOTHING, MAIL, OUTAGE, counted(0, "vendor_notices"), people_hours=167).deviations == 1


def test_a_look_into_what_happened_takes_a_day_of_the_hours_and_no_more() -> None:
    base = (NOTHING, MAIL, OUTAGE, OURS, counted(0, "vendor_notices"))
    late = SINCE.but(learnt_at=before(days=96.2), authority_notified_at=before(days=96))
    assert result(notified, late, *base).verdict.value == "pass"  # a day, and the three of the law
    assert result(notified, late, *base, learnt_hours=23).verdict.value == "fail"
    assert result(notified, late.but(authority_notified_at=None), *base).deviations == 1
    hours = before(hours=94)
    fresh = (late.but(learnt_at=before(hours=1), authority_notified_at=None), OURS.but(detected_at=hours))
    found = result(notified, *fresh, NOTHING, MAIL, OUTAGE, counted(0, "vendor_notices"))
    assert (found.pending, found.deviations) == (1, 0)
    over = result(notified, fresh[0], fresh[1].but(detected_at=before(hours=97)), *base[:3], base[4])
    assert (over.pending, over.deviations) == (0, 1)


def test_whoever_knew_before_the_detection_knew() -> None:
    base = (NOTHING, MAIL, OUTAGE, OURS, counted(0, "vendor_notices"))
    early = SINCE.but(learnt_at=before(days=101), authority_notified_at=before(days=97.9))
    assert result(notified, early, *base).deviations == 1


def test_a_risk_that_nobody_knows_is_no_small_one() -> None:
    found = result(notified, SOME.but(risk="none"), NOTHING, MAIL, OUTAGE, NOTICES)
    assert (found.unknown, found.deviations) == (1, 0)


def test_people_at_no_high_risk_need_not_be_told() -> None:
    found = result(notified, SOME.but(subjects_notified_at=None), NOTHING, MAIL, OUTAGE, NOTICES)
    assert found.verdict.value == "pass"


@pytest.mark.parametrize("outcome", ["granted", "partly"])
def test_access_to_nothing_is_no_access(outcome: str) -> None:
    nothing = ACCESS.but(activities=(), told_categories=(), told_recipients=(), outcome=outcome)
    found = result(accounted, nothing, NEWS, FLOW, NOTICE, counted(1))
    assert (found.verdict.value, found.population) == ("fail", 1)
    assert "no entry of the record of processing is named for the data" in found.findings[0].message


def test_of_whom_nothing_is_held_nothing_is_told() -> None:
    nothing = ACCESS.but(activities=(), told_categories=(), told_recipients=(), outcome="nothing_held")
    found = result(accounted, nothing, NEWS, FLOW, NOTICE, counted(1))
    assert (found.verdict.value, found.passed) == ("pass", 1)
    for told in ({"activities": ("PA-1",)}, {"told_categories": ("name",)}, {"told_recipients": ("mail",)}):
        assert result(accounted, nothing.but(**told), NEWS, FLOW, NOTICE, counted(1)).verdict.value == "fail"
