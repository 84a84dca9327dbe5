"""Tickets beside incidents: which are of one by the company's word, when a list shows that it is all, what rows lack."""

from datetime import datetime
from typing import Any

import pytest
from policy_case import Made, before, made

from soc2test import Incident, Page, Population, Ticket, TicketProject
from soc2test.testing import AS_OF, check, resource
from soc2test.verdicts import ControlResult
from soc2test_policies._told_elsewhere import detected_at
from soc2test_policies.cc7.incidents import test_incidents_are_acknowledged_in_time as acknowledged
from soc2test_policies.cc7.incidents import test_incidents_are_resolved_with_their_cause as resolved
from soc2test_policies.cc7.tickets import test_tickets_of_incidents_are_in_the_register as entered

NAMED = {"incident_tickets": ("Incident",)}
PROJECT = made(TicketProject, "p/OPS", name="OPS", tickets=2)
WISH = made(
    Ticket, "t/1", name="OPS-1", title="Dark mode", project="OPS", type="Task", labels=(), created_at=before(days=40),
    closed_at=None,
)  # fmt: skip
REPORTED = made(
    Ticket, "t/2", name="OPS-2", title="Slow", project="OPS", type="Incident", labels=(), created_at=before(days=30),
    closed_at=before(days=29),
)  # fmt: skip
ROW = made(
    Incident, "I1", severity="high", detected_at=before(days=30), acknowledged_at=before(days=30, hours=-1),
    resolved_at=before(days=29), root_cause="a full disk", pages=(), tickets=("OPS-2",),
)  # fmt: skip


def over(*makes: Made, control: object = entered, **limits: Any) -> ControlResult:
    return check(control, *(each.build() for each in makes), limits=limits or NAMED)  # type: ignore[arg-type]


def reason(result: ControlResult) -> str:
    assert result.verdict.value == "not_evaluated"
    assert result.reason is not None
    return result.reason.text


def test_a_row_that_names_it_holds() -> None:
    assert over(PROJECT, WISH, REPORTED, ROW).verdict.value == "pass"
    assert over(PROJECT, WISH, REPORTED, ROW.but(tickets=())).verdict.value == "fail"


def test_until_the_company_names_what_an_incident_is_nothing_is_told() -> None:
    result = check(entered, *(each.build() for each in (PROJECT, WISH, REPORTED, ROW)))
    assert "set incident_tickets" in reason(result)


def test_a_name_that_no_ticket_ever_bore_is_misspelt() -> None:
    text = reason(over(PROJECT, WISH, REPORTED, ROW, incident_tickets=("Incident", "Incidnet")))
    assert "no ticket ever bore the type or label 'Incidnet'" in text


def test_a_label_names_one_too() -> None:
    labelled = WISH.but(labels=("Sev-1",))
    assert over(PROJECT, labelled, ROW, incident_tickets=("sev-1",)).verdict.value == "fail"
    assert over(PROJECT, labelled, ROW.but(tickets=("OPS-1",)), incident_tickets=("sev-1",)).verdict.value == "pass"


@pytest.mark.parametrize("projects", [[], [PROJECT.but(name="DEV")], [made(TicketProject, "p/OPS", name="OPS")]])
def test_without_a_count_no_list_is_all_there_is(projects: list[Made]) -> None:
    assert reason(over(*projects, WISH, REPORTED, ROW))


def test_two_tickets_of_one_key_are_told_apart_by_no_row() -> None:
    twin = made(Ticket, "other/2", **REPORTED.facts)
    assert "two tickets are called OPS-2" in reason(over(PROJECT, REPORTED, twin, ROW))


def test_none_lately_beside_a_severe_incident_is_not_none() -> None:
    long_ago = REPORTED.but(created_at=before(days=400))
    assert over(PROJECT, long_ago, WISH).verdict.value == "no_occurrences"
    assert over(PROJECT, long_ago, WISH, ROW).verdict.value == "not_evaluated"


def test_rows_are_judged_where_each_ticket_of_an_incident_has_one() -> None:
    assert over(WISH, REPORTED, ROW, control=acknowledged).verdict.value == "pass"
    text = reason(over(WISH, REPORTED, ROW.but(tickets=()), control=acknowledged))
    assert "ticket OPS-2 of 2026-10-21 is of an incident, and no row of the register names it (INC-09)" in text


def test_a_ticket_of_this_week_may_still_get_its_row() -> None:
    young = REPORTED.but(created_at=before(days=6))
    assert over(young, ROW.but(tickets=()), control=acknowledged).verdict.value == "pass"


def test_rows_that_name_tickets_ask_which_of_them_are_incidents() -> None:
    unset = {"critical_hours": 1}
    assert "I1 names tickets" in reason(over(WISH, REPORTED, ROW, control=acknowledged, **unset))
    # a tracker that is for other work contradicts nothing, and neither do rows where no ticket is told
    assert over(WISH, REPORTED, ROW.but(tickets=()), control=acknowledged, **unset).verdict.value == "pass"
    assert over(ROW, control=acknowledged, **unset).verdict.value == "pass"


@pytest.mark.parametrize(
    ("written", "opened", "begins"),
    [
        (before(hours=10), before(hours=12), before(hours=12)),
        (before(hours=10), before(hours=8), before(hours=10)),
        # a day without a time: the ticket says when
        (datetime(2026, 11, 19, tzinfo=AS_OF.tzinfo), datetime(2026, 11, 19, 9, tzinfo=AS_OF.tzinfo),
         datetime(2026, 11, 19, 9, tzinfo=AS_OF.tzinfo)),
    ],
)  # fmt: skip
def test_when_an_incident_was_noticed(written: datetime, opened: datetime, begins: datetime) -> None:
    row = ROW.but(detected_at=written).build()
    assert isinstance(row, Incident)
    tickets = Population(Ticket, [resource(Ticket, "t/2", **REPORTED.but(created_at=opened).facts)])
    assert detected_at(row, Population(Page, []), tickets, AS_OF) == begins


def test_a_ticket_that_goes_on_keeps_its_incident_open() -> None:
    assert over(REPORTED, ROW, control=resolved).verdict.value == "pass"
    late = ROW.but(detected_at=before(days=31))
    assert over(REPORTED.but(closed_at=None), late, control=resolved).verdict.value == "fail"
    untold = Made(Ticket, "t/2", "test", {name: value for name, value in REPORTED.facts.items() if name != "closed_at"})
    assert over(untold, late, control=resolved).verdict.value == "not_evaluated"
