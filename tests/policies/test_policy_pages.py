"""Pages beside incidents: what an empty register means, which page asks, and what pages tell of an incident."""

from datetime import datetime

import pytest
from policy_case import Made, before, made

from soc2test import Incident, Page, Population, Ticket
from soc2test.testing import AS_OF, check, resource
from soc2test.verdicts import ControlResult
from soc2test_policies._told_elsewhere import detected_at
from soc2test_policies.cc7.incidents import test_incidents_are_acknowledged_in_time as acknowledged
from soc2test_policies.cc7.incidents import test_incidents_are_resolved_with_their_cause as resolved
from soc2test_policies.cc7.pages import test_urgent_pages_are_in_the_register_of_incidents as entered

LONG_AGO = made(Page, "p/Q0", reference="Q0", created_at=before(days=400), urgency="low", priority=None)
LOW = made(Page, "p/Q1", reference="Q1", created_at=before(days=30), urgency="low", priority=None)
URGENT = made(
    Page, "p/Q2", name="7", title="Slow", reference="Q2", created_at=before(days=30), urgency="high", priority=None,
    merged_into=None, resolved_at=before(days=29),
)  # fmt: skip
JUST_NOW = made(Page, "p/Q3", **URGENT.but(created_at=before(days=1)).facts)
ROW = made(
    Incident, "I1", severity="high", detected_at=before(days=30), acknowledged_at=before(days=30, hours=-1),
    resolved_at=before(days=29), root_cause="a full disk", pages=("Q2",),
)  # fmt: skip
OVER = made(
    Incident, "I0", detected_at=before(days=400), resolved_at=before(days=399), acknowledged_at=before(days=400), pages=(),
)  # fmt: skip


def over(*makes: Made, control: object = acknowledged) -> ControlResult:
    return check(control, *(each.build() for each in makes))  # type: ignore[arg-type]


def test_none_by_the_register_and_none_by_whole_lists_of_pages_are_none() -> None:
    assert over(LONG_AGO, LOW).verdict.value == "no_occurrences"


@pytest.mark.parametrize(
    ("pages", "code", "says"),
    [
        ([], "unconfirmed", "none tells of a page"),
        ([LOW], "unconfirmed", "whether the list goes back 365 days is not known"),
        ([LONG_AGO, JUST_NOW], "contradicted", "1 pages of the window were urgent, such as p/Q3"),
        ([LONG_AGO, URGENT], "contradicted", "page 7 of 2026-10-21 was urgent"),
        ([LONG_AGO, made(Page, "p/Q4", created_at=before(days=3), priority=None)], "unconfirmed", "urgency"),
    ],
    ids=["no list", "a young list", "an urgent one of today", "an urgent one", "one of unknown urgency"],
)
def test_none_by_the_register_alone_is_not_none(pages: list[Made], code: str, says: str) -> None:
    result = over(*pages)
    assert result.verdict.value == "not_evaluated"
    assert result.reason is not None
    assert result.reason.code == code
    assert says in result.reason.text


def test_a_list_of_pages_that_is_not_whole_confirms_nothing() -> None:
    result = check(acknowledged, LONG_AGO.build(), LOW.build(), partial=[Page])
    assert result.verdict.value == "not_evaluated"


def test_no_urgent_page_beside_a_severe_incident_is_not_none() -> None:
    assert over(LONG_AGO, LOW, OVER, control=entered).verdict.value == "no_occurrences"
    assert over(LONG_AGO, LOW, ROW.but(pages=()), control=entered).verdict.value == "not_evaluated"


@pytest.mark.parametrize("urgency", ["high", "critical"])
def test_any_urgency_but_low_asks(urgency: str) -> None:
    assert over(LONG_AGO, OVER, URGENT.but(urgency=urgency), control=entered).verdict.value == "fail"


def test_each_account_s_list_goes_back_by_itself() -> None:
    old = [resource(Page, "a/Q0", tenant="a", **LONG_AGO.facts), resource(Page, "a/Q2", tenant="a", **URGENT.facts)]
    young = resource(Page, "b/Q1", tenant="b", **LOW.facts)
    assert check(entered, *old, ROW.build()).verdict.value == "pass"
    assert check(entered, *old, young, ROW.build()).verdict.value == "not_evaluated"


@pytest.mark.parametrize(
    ("written", "paged", "begins"),
    [
        (before(hours=10), before(hours=12), before(hours=12)),
        (before(hours=10), before(hours=8), before(hours=10)),
        # a day without a time: the page says when
        (datetime(2026, 11, 19, tzinfo=AS_OF.tzinfo), datetime(2026, 11, 19, 9, tzinfo=AS_OF.tzinfo),
         datetime(2026, 11, 19, 9, tzinfo=AS_OF.tzinfo)),
    ],
)  # fmt: skip
def test_when_an_incident_was_noticed(written: datetime, paged: datetime, begins: datetime) -> None:
    row = ROW.but(detected_at=written).build()
    assert isinstance(row, Incident)
    pages = Population(Page, [resource(Page, "p/Q2", **URGENT.but(created_at=paged).facts)])
    assert detected_at(row, pages, Population(Ticket, []), AS_OF) == begins


def test_a_page_that_goes_on_keeps_its_incident_open() -> None:
    assert over(LONG_AGO, URGENT, ROW, control=resolved).verdict.value == "pass"
    on = over(LONG_AGO, URGENT.but(resolved_at=None), ROW.but(detected_at=before(days=31)), control=resolved)
    assert on.verdict.value == "fail"
