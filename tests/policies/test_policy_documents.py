"""One document shows one event: what counts as the same document, and as the same event."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from policy_case import Made, before, made

from soc2test import Meeting, Population, UnknownFact
from soc2test.populations import Gap
from soc2test_policies._documents import of_another, same_file

MINUTES = made(Meeting, "m1", held_at=before(days=90), minutes="documents/q2.txt")
OTHERS = made(Meeting, "m2", held_at=before(days=180), minutes="documents/q1.txt")


def _problem(*rows: Made, gaps: Sequence[Gap] = (), without: str = "") -> str:
    built = [rows[0].build(), *(row.build(without=without) for row in rows[1:])]
    meetings = Population(Meeting, (each for each in built if isinstance(each, Meeting)), gaps)
    return of_another(meetings.members[0], meetings, _minutes, _held)


def _minutes(meeting: Meeting) -> str | None:
    return meeting.minutes


def _held(meeting: Meeting) -> datetime:
    return meeting.held_at


def test_a_document_of_its_own_shows_an_event() -> None:
    assert _problem(MINUTES, OTHERS) == ""


@pytest.mark.parametrize("name", ["documents/q2.txt", "./documents//q2.txt", "documents\\Q2.txt"])
def test_a_document_that_another_row_names_shows_neither(name: str) -> None:
    says = "its document is that of {} too, and one document shows one event"
    assert _problem(MINUTES, OTHERS.but(minutes=name)) == says.format("m2")
    assert _problem(OTHERS.but(minutes=name), MINUTES) == says.format("m1")


@pytest.mark.parametrize(("hours", "shared"), [(0, False), (23.9, False), (24, True), (-23.9, False), (-24, True)])
def test_rows_less_than_a_day_apart_may_be_one_event(hours: float, shared: bool) -> None:
    again = OTHERS.but(minutes="documents/q2.txt", held_at=before(days=90, hours=hours))
    assert bool(_problem(MINUTES, again)) is shared


def test_all_rows_that_name_it_are_told_and_none_without_a_document() -> None:
    third = made(Meeting, "m0", **OTHERS.but(minutes="documents/q2.txt").facts)
    assert "is that of m0, m2 too" in _problem(MINUTES, OTHERS.but(minutes="documents/q2.txt"), third)
    assert _problem(MINUTES.but(minutes=None), OTHERS.but(minutes=None)) == ""


def test_what_may_name_the_document_leaves_it_open_and_hides_nobody_who_does() -> None:
    gap = Gap(code="missing", text="export the register")
    with pytest.raises(UnknownFact):
        _problem(MINUTES, OTHERS, without="minutes")
    with pytest.raises(UnknownFact):
        _problem(MINUTES, OTHERS, gaps=[gap])
    assert "is that of m2 too" in _problem(MINUTES, OTHERS.but(minutes="documents/q2.txt"), gaps=[gap])
    with pytest.raises(UnknownFact):  # on which day the other was is not told
        _problem(MINUTES, OTHERS.but(minutes="documents/q2.txt"), without="held_at")


def test_no_file_is_nobodys() -> None:
    assert not same_file(None, None)
    assert not same_file("a.txt", None)
    assert same_file("a.txt", "a.txt")
