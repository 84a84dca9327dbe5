"""When a Type 2 period could begin, and the first week: only what is known is said."""

from datetime import date
from typing import Any

import pytest
from gap_results import a_result, a_wanted, plan_for

from soc2test.verdicts import ControlResult, Limit, Verdict

UNSEEN = Verdict.NOT_EVALUATED
QUARTERS = {"quarters": Limit(4, True)}
EVERY = [
    f"CC{group}.{number}"
    for group, count in enumerate((5, 3, 4, 2, 3, 8, 5, 1, 2), 1)
    for number in range(1, count + 1)
]


def board(verdict: Verdict, **more: Any) -> ControlResult:
    return a_result("GOV-01", verdict, *EVERY, nature="occurrence", operates="quarterly", **more)


def test_with_nothing_open_it_could_begin_today() -> None:
    period = plan_for([a_result("A-1", Verdict.PASS, *EVERY)], store=True).period
    assert (period.earliest, period.open_steps) == ("2026-11-20", 0)
    assert "evidence store (`store:`)" not in period.text


def test_without_a_store_that_is_said() -> None:
    assert "names no evidence store" in plan_for([a_result("A-1", Verdict.PASS, *EVERY)]).period.text


def test_while_a_step_is_open_the_day_is_not_known() -> None:
    period = plan_for([a_result("A-1", UNSEEN, *EVERY, gaps=["lacks a"])], a_wanted("a")).period
    assert (period.earliest, period.open_steps) == (None, 1)
    assert period.text.startswith("not known: 1 step open, and how long it takes")


@pytest.mark.parametrize(
    ("today", "first"),
    [
        ("2026-11-20", "2027-01-01"),
        ("2027-01-01", "2027-01-01"),
        ("2027-01-02", "2027-04-01"),
        ("2026-09-30", "2026-10-01"),
    ],
)
def test_a_process_alone_that_is_counted_by_quarters_could_begin_with_the_next_one(today: str, first: str) -> None:
    plan = plan_for([board(Verdict.FAIL, limits=QUARTERS)], today=date.fromisoformat(today))
    assert (plan.period.earliest, plan.period.processes[0].next_unit) == (first, first)


def test_a_process_without_a_calendar_leaves_the_day_open() -> None:
    plan = plan_for([board(Verdict.FAIL)])
    assert (plan.period.earliest, plan.period.processes[0].next_unit) == (None, None)


def test_a_process_of_which_nothing_is_seen_is_named_and_one_that_is_performed_is_not() -> None:
    unseen = plan_for([board(UNSEEN, gaps=["lacks a"])], a_wanted("a"))
    assert [process.control for process in unseen.period.processes] == ["GOV-01"]
    assert plan_for([board(Verdict.PASS)]).period.processes == ()


def test_the_first_week_is_of_who_has_nothing_yet() -> None:
    kind = a_wanted("k", source=None, operation=None, file=None, others=("okta", "entra"), titles={"entra": "Entra ID"})
    registers = [
        a_wanted(f"r{n}", source="rows", by_hand=True, has_template=True, about=f"What {n}.") for n in range(11)
    ]
    gaps = ["lacks k", *(register.text for register in registers)]
    empty = a_result("A-1", UNSEEN, "CC6.1", gaps=gaps, population=0)
    yearly = a_result("B-1", UNSEEN, "CC6.2", gaps=gaps, population=0, nature="occurrence", operates="yearly")
    week = plan_for([empty, yearly], kind, *registers).week
    assert [day.name for day in week] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert "Entra ID `entra` (2), `okta` (2)" in week[0].tasks[0].text
    assert week[0].tasks[1].text.startswith("write `rows:` there too")
    commands = [task.command for day in week[1:4] for task in day.tasks]
    assert commands[0] == "soc2test permissions SOURCE"
    assert commands[1:] == [f"soc2test init --register r{n}" for n in (0, 1, 10, 2, 3, 4, 5, 6, 7)]
    friday = [task.text for task in week[4].tasks]
    assert "say who writes which of the 2 further registers: they stand below, in their order" in friday
    assert week[4].tasks[-1].note == "B-1 holds (B-1)"


def test_a_register_that_is_declared_is_not_to_be_declared_again() -> None:
    register = a_wanted("r", source="rows", by_hand=True)
    empty = a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks r"], population=0)
    texts = [task.text for task in plan_for([empty], register, declared=["rows"]).week[0].tasks]
    assert not [text for text in texts if "`rows:`" in text]


def test_once_a_test_looked_at_what_is_declared_there_is_no_first_week() -> None:
    looked = a_result("A-1", UNSEEN, "CC6.1", gaps=["lacks a"], population=1)
    assert plan_for([looked], a_wanted("a"), declared=["rows"]).week == ()
    assert plan_for([looked], a_wanted("a")).week, "people alone are written down, and no system is declared"
