"""Who approves works here, now and on that day; dates end within a year."""

from datetime import UTC, date, datetime

import pytest

from soc2test import Person, Population
from soc2test.exceptions.approvals import a_year_after
from soc2test.exceptions.named_people import People
from soc2test.populations.population import Gap
from soc2test.resources.kinds import Spell
from soc2test.testing import AS_OF, resource


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def person(*spells: tuple[str, str | None], active: bool = True, email: str = "ann@acme.example") -> Person:
    told = tuple(Spell(started_at=at(start), ended_at=None if end is None else at(end)) for start, end in spells)
    return resource(Person, email, email=email, active=active, spells=told)


def wrong(
    *persons: Person, day: str = "2026-02-02", email: str = "ann@acme.example", gaps: tuple[Gap, ...] = ()
) -> str:
    return People(Population(Person, persons, gaps), AS_OF).wrong(email, (date.fromisoformat(day),))


def test_who_works_here_now_and_did_then() -> None:
    assert wrong(person(("2021-01-01", None))) == ""
    assert wrong(person(("2021-01-01", "2027-01-01"))) == ""
    assert wrong(person(("2021-01-01", None)), email="Ann@ACME.example") == ""


@pytest.mark.parametrize(
    ("someone", "says"),
    [
        (person(("2021-01-01", None), active=False), "does not work here on 2026-11-20"),
        (person(("2021-01-01", "2026-11-01")), "does not work here on 2026-11-20"),
        (person(("2026-12-01", None)), "does not work here on 2026-11-20"),
        (person(("2026-03-01", None)), "did not work here on 2026-02-02"),
        (person(("2021-01-01", "2026-01-31"), ("2026-02-04", None)), "did not work here on 2026-02-02"),
        (person(("2021-01-01", None), email="ben@acme.example"), "not in the register of people"),
        (resource(Person, "ann@acme.example", email="ann@acme.example"), "can't be looked up"),
    ],
)
def test_who_does_not(someone: Person, says: str) -> None:
    assert says in wrong(someone)


def test_who_came_back_worked_here_before() -> None:
    back = person(("2021-01-01", "2026-02-28"), ("2026-06-01", None))
    assert wrong(back) == ""
    assert "did not work here on 2026-04-01" in wrong(back, day="2026-04-01")


def test_nobody_is_looked_up_where_not_all_are_known() -> None:
    gap = Gap("missing", "export the register of people", "registers")
    assert wrong(person(("2021-01-01", None)), gaps=(gap,)).startswith(
        "can't be looked up, since not all people are known"
    )


@pytest.mark.parametrize("code", ["unreadable", "unnamed"])
def test_a_row_that_can_not_be_read_hides_nobody_else(code: str) -> None:
    gap = Gap(code, "registers/people.yaml: entries[8]: needs the key email", "registers")
    ann = person(("2021-01-01", None))
    assert wrong(ann, gaps=(gap,)) == ""
    assert "does not work here" in wrong(person(("2021-01-01", None), active=False), gaps=(gap,))
    told = wrong(ann, email="ben@acme.example", gaps=(gap,))
    assert told.startswith("can't be looked up, since not all people are known: registers/people.yaml: entries[8]")
    assert told.endswith("ben@acme.example may be there")
    assert "can't be looked up" in wrong(ann, gaps=(gap, Gap("stale", "export it again", "hr")))


@pytest.mark.parametrize(
    ("day", "later"),
    [
        ("2026-02-02", "2027-02-02"),
        ("2028-02-29", "2029-03-01"),
        ("2027-03-01", "2028-03-01"),
        ("9999-01-01", "9999-12-31"),
    ],
)
def test_a_year_after(day: str, later: str) -> None:
    assert a_year_after(date.fromisoformat(day)).isoformat() == later


GRACE, HER_OTHER = "grace.hopper@acme.example", "g.hopper@acme.example"


def maybe_one(one: str, other: str, name: str = "Grace Hopper", other_name: str = "Ada Byron") -> str:
    persons = (resource(Person, one, email=one, name=name), resource(Person, other, email=other, name=other_name))
    return People(Population(Person, persons), AS_OF).maybe_one(one, other)


@pytest.mark.parametrize(
    "other",
    [
        "gracehopper@acme.example", "grace.hopper+grc@acme.example", "GraceHopper@acme.example",
        "gr\u0430ce.hopper@acme.example", "grace.h\u03bfpper@acme.example", "grace.hopper@\u0430cme.example",
    ],
)  # fmt: skip
def test_addresses_that_look_alike_are_not_two_people(other: str) -> None:
    assert "look like one address" in maybe_one(GRACE, other)


@pytest.mark.parametrize("name", ["Grace Hopper", "grace  hopper", "Gr\u0430ce H\u043epper", "\uff27race Hopper"])
def test_people_of_one_look_of_name_are_not_two(name: str) -> None:
    assert "are people of one name" in maybe_one(GRACE, HER_OTHER, other_name=name)


def test_two_people_are_two() -> None:
    assert maybe_one(GRACE, HER_OTHER, other_name="George Hopper") == ""
    assert maybe_one(GRACE, "grace.hopper@other.example") == ""
