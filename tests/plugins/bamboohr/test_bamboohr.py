"""Who works for a company and who left, as BambooHR lists them.

The employee that the tests begin with has the fields of `GetEmployeesEmployeeResponse` in BambooHR's own OpenAPI document
(BambooHR/bhr-api-php at 33dbcf254295, `.sdk-update/public.yaml`), which gives no example of values; names are our own.

Guesses that the documents refuted: null is not "none", a key may not read it (`_restrictedFields`); who is Inactive has
not always left, future hires are too; the directory is no list of everybody.
"""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from soc2test import Context, Person, Spell, UnknownFact
from soc2test.testing import Read, read
from soc2test_plugins.bamboohr.arranging import arrange
from soc2test_plugins.bamboohr.source import bamboohr

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
ANN: dict[str, Any] = {
    "employeeId": "112", "firstName": "Ann", "lastName": "Hill", "preferredName": None, "photoUrl": "https://x.example/1",
    "jobTitleName": "Engineer", "status": "Active", "_restrictedFields": [], "workEmail": "Ann@acme.example",
    "hireDate": "2024-01-02", "originalHireDate": "2024-01-02", "terminationDate": None, "reportsToId": "113",
}  # fmt: skip
BEN = {
    **ANN,
    "employeeId": "113",
    "firstName": "Ben",
    "lastName": "Lake",
    "workEmail": "ben@acme.example",
    "reportsToId": None,
}
LEO = {
    **ANN, "employeeId": "114", "firstName": "Leo", "lastName": "Left", "workEmail": "leo@acme.example", "status": "Inactive",
    "terminationDate": "2026-11-01",
}  # fmt: skip
BEGAN, AHEAD = datetime(2024, 1, 2, tzinfo=UTC), "2027-01-04"
END = datetime(2026, 11, 1, 23, 59, 59, tzinfo=UTC)


def answer(*people: Any, total: Any = None, asked: str = "fields=workEmail", **page: Any) -> dict[str, Any]:
    return {
        "data": list(people),
        "meta": {
            "total": len(people) if total is None else total,
            "page": {"limit": 2500, "nextCursor": None, "prevCursor": None, **page},
        },
        "_links": {"self": f"https://acme.bamboohr.com/api/v1/employees?{asked}"},
    }


def listed(*people: Any) -> Read:
    return read(bamboohr, "list-employees", answer(*people), subdomain="acme", as_of=AS_OF)


def of(told: Read, id: str) -> Person:
    (found,) = (each for each in told.resources if each.id == id)
    assert isinstance(found, Person)
    return found


def ann(**more: Any) -> Person:
    return of(listed({**ANN, **more}, BEN, LEO), "ann@acme.example")


def leo(**more: Any) -> Person:
    return of(listed(ANN, BEN, {**LEO, **more}), "leo@acme.example")


def test_somebody_who_works_here() -> None:
    told = listed(ANN, BEN, LEO)
    person = of(told, "ann@acme.example")
    assert (person.name, person.email, person.role) == ("Ann Hill", "Ann@acme.example", "Engineer")
    assert (person.active, person.started_at, person.ended_at) == (True, BEGAN, None)
    assert person.spells == (Spell(started_at=BEGAN, ended_at=None),)
    assert (person.manager_email, of(told, "ben@acme.example").manager_email) == ("ben@acme.example", None)
    assert (person.stays_listed, told.gaps) == (True, ())


def test_somebody_who_left_worked_on_the_last_day() -> None:
    person = leo()
    assert (person.active, person.ended_at) == (False, END)
    assert person.spells == (Spell(started_at=BEGAN, ended_at=END),)


def test_a_list_of_active_people_alone_does_not_say_that_it_keeps_who_left() -> None:
    told = listed(ANN, BEN)
    text = told.unknown("ann@acme.example", "stays_listed")
    assert text is not None
    assert "a list of active people alone would look the same" in text
    assert told.gaps == ()  # of who works here it says all


def test_a_future_hire_shows_no_leaver() -> None:
    later = {**LEO, "hireDate": AHEAD, "originalHireDate": AHEAD, "terminationDate": None}
    assert listed(ANN, later).unknown("ann@acme.example", "stays_listed") is not None


@pytest.mark.parametrize("first", [AHEAD, None])
@pytest.mark.parametrize("word", ["Inactive", "inactive"])
def test_who_will_begin_later_is_nobody_yet(first: Any, word: str) -> None:
    later = {**LEO, "status": word, "hireDate": AHEAD, "originalHireDate": first, "terminationDate": None}
    told = listed(ANN, later)
    assert ([each.id for each in told.resources], told.gaps) == (["ann@acme.example"], ())


@pytest.mark.parametrize(
    ("ended_at", "more"),
    [
        (END, {}),  # comes back later: who left is a leaver until then
        (END, {"originalHireDate": None}),
        (
            None,
            {"terminationDate": None, "originalHireDate": "2022-01-03"},
        ),  # was here, and nothing says when that ended
        (None, {"terminationDate": None, "originalHireDate": None, "_restrictedFields": ["originalHireDate"]}),
        (None, {"terminationDate": None, "_restrictedFields": ["terminationDate"]}),
    ],
)
def test_who_may_have_left_is_no_future_hire(ended_at: Any, more: Any) -> None:
    person = leo(**{"hireDate": AHEAD, **more})
    assert person.active is False
    if ended_at is None:
        with pytest.raises(UnknownFact):
            _ = person.ended_at
    else:
        assert person.ended_at == ended_at


def test_who_came_back_worked_here_twice() -> None:
    person = ann(originalHireDate="2020-02-03", terminationDate="2022-05-31")
    first = Spell(started_at=datetime(2020, 2, 3, tzinfo=UTC), ended_at=datetime(2022, 5, 31, 23, 59, 59, tzinfo=UTC))
    assert (person.started_at, person.ended_at) == (BEGAN, None)
    assert person.spells == (first, Spell(started_at=BEGAN, ended_at=None))


def test_an_active_status_with_a_past_end_is_an_end() -> None:
    """ "Once you change their status to active, the employee profile will still show as terminated" (Rehire)."""
    assert ann(terminationDate="2026-11-01").ended_at == END


def test_an_end_that_lies_ahead_is_told() -> None:
    assert ann(terminationDate="2026-12-31").ended_at == datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("empty", [None, "", "0000-00-00"])
def test_no_day_is_none(empty: Any) -> None:
    assert ann(terminationDate=empty).ended_at is None


@pytest.mark.parametrize(
    ("fact", "more"),
    [
        ("spells", {"originalHireDate": None}),  # nothing says whether somebody came back
        ("spells", {"originalHireDate": "2020-02-03"}),  # came back, and the end before is not told
        ("spells", {"originalHireDate": "2025-02-03"}),
        ("spells", {"hireDate": None}),
        ("started_at", {"hireDate": None}), ("started_at", {"hireDate": "soon"}), ("started_at", {"hireDate": 7}),
        ("ended_at", {"terminationDate": "soon"}), ("ended_at", {"status": "Terminated"}), ("ended_at", {"status": None}),
        ("active", {"status": "Terminated"}), ("active", {"status": None}), ("active", {"status": "ACTIVE"}),
        ("role", {"jobTitleName": None}), ("role", {"jobTitleName": "Director, Engineering"}),
        ("manager_email", {"reportsToId": "999"}), ("name", {"lastName": None}), ("employment", {}),
        ("accounts", {}), ("nda_signed_at", {}), ("background_check_at", {}), ("code_of_conduct_at", {}),
    ],
)  # fmt: skip
def test_what_is_not_told_is_unknown(fact: str, more: Any) -> None:
    person = ann(**more)
    with pytest.raises(UnknownFact):
        getattr(person, fact)


@pytest.mark.parametrize("more", [{"terminationDate": None}, {"hireDate": "2026-11-10"}])
def test_an_end_that_nobody_can_tell_of_who_is_inactive_is_unknown(more: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = leo(**more).ended_at


HIDDEN = {
    "status": "active", "hireDate": "started_at", "terminationDate": "ended_at", "originalHireDate": "spells",
    "jobTitleName": "role", "reportsToId": "manager_email", "firstName": "name",
}  # fmt: skip


@pytest.mark.parametrize("key", HIDDEN)
def test_what_a_key_may_not_read_is_not_none(key: str) -> None:
    told = listed({**ANN, key: None, "_restrictedFields": [key]}, BEN, LEO)
    assert "may not read" in str(told.unknown("ann@acme.example", HIDDEN[key]))


@pytest.mark.parametrize("key", HIDDEN)
def test_null_of_which_nothing_says_whether_it_is_hidden_is_unknown(key: str) -> None:
    bare = {name: value for name, value in {**ANN, key: None}.items() if name != "_restrictedFields"}
    assert listed(bare, BEN, LEO).unknown("ann@acme.example", HIDDEN[key]) is not None


@pytest.mark.parametrize("key", HIDDEN)
def test_a_field_that_was_not_asked_for_is_unknown(key: str) -> None:
    bare = {name: value for name, value in ANN.items() if name != key}
    assert listed(bare, BEN, LEO).unknown("ann@acme.example", HIDDEN[key]) is not None


def test_a_hidden_original_day_leaves_the_others_known() -> None:
    person = ann(originalHireDate=None, _restrictedFields=["originalHireDate"])
    assert (person.started_at, person.ended_at) == (BEGAN, None)


@pytest.mark.parametrize(
    "more", [{"workEmail": None}, {"workEmail": " "}, {"workEmail": None, "_restrictedFields": ["workEmail"]}]
)
def test_who_has_no_work_address_is_there_all_the_same(more: Any) -> None:
    told = listed(ANN, BEN, {**LEO, **more, "homeEmail": "leo@home.example", "bestEmail": "leo@home.example"})
    person = of(told, "bamboohr/acme/employees/114")
    assert (person.active, told.gaps) == (False, ())
    with pytest.raises(UnknownFact):
        _ = person.email


def test_two_records_of_one_address_contradict_each_other() -> None:
    told = listed(ANN, {**LEO, "workEmail": "ann@acme.example"})
    with pytest.raises(UnknownFact):
        _ = of(told, "ann@acme.example").active


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("partial", answer(ANN, nextCursor="abc")),
        (
            "partial",
            {**answer(ANN), "_links": {"next": "https://acme.bamboohr.com/api/v1/employees?page%5Bafter%5D=abc"}},
        ),
        ("partial", answer(ANN, asked="fields=workEmail&filter%5Bstatus%5D=active")),
        ("partial", answer(ANN, asked="filter[status]=active")),
        ("partial", answer(ANN, asked="sort=-lastName")),
        ("partial", {"data": [ANN]}),
        ("partial", answer(ANN, total="1")),
        ("empty", answer()),
        ("denied", {"type": "about:blank", "title": "Forbidden", "status": 403, "detail": "-"}),
        ("denied", {"title": "Unauthorized", "status": 401}),
        ("failed", {"title": "Internal server error", "status": 500}),
        ("failed", {"title": "-"}),
    ],
)
def test_what_is_not_everybody_is_a_gap(code: str, body: Any) -> None:
    assert code in {gap.code for gap in read(bamboohr, "list-employees", body, subdomain="acme", as_of=AS_OF).gaps}


def test_fewer_than_are_counted_are_a_gap() -> None:
    assert read(bamboohr, "list-employees", answer(ANN, total=2), subdomain="acme", as_of=AS_OF).gaps
    assert read(bamboohr, "list-employees", answer(ANN, BEN), subdomain="acme", as_of=AS_OF).gaps == ()


@pytest.mark.parametrize(
    "link",
    ["https://other.bamboohr.com/api/v1/employees", "https://api.bamboohr.com/api/gateway.php/other/v1/employees"],
)
def test_the_link_names_the_company(link: str) -> None:
    body = {**answer(ANN), "_links": {"self": link}}
    assert {gap.code for gap in read(bamboohr, "list-employees", body, subdomain="acme", as_of=AS_OF).gaps} == {
        "identity"
    }
    assert read(bamboohr, "list-employees", body, subdomain="other", as_of=AS_OF).gaps == ()


@pytest.mark.parametrize("links", [{}, {"self": "/api/v1/employees"}, {"self": None}, None])
def test_a_link_without_a_host_names_none(links: Any) -> None:
    body = {**answer(ANN), "_links": links}
    assert read(bamboohr, "list-employees", body, subdomain="acme", as_of=AS_OF).gaps == ()


def test_a_day_begins_and_ends_where_the_company_is() -> None:
    zone = ZoneInfo("America/Los_Angeles")
    (person,) = arrange(answer(LEO), Context(as_of=AS_OF, zone=zone))["data"]
    assert person["hireDate"].astimezone(UTC) == datetime(2024, 1, 2, 8, tzinfo=UTC)
    assert person["terminationDate"].astimezone(UTC) == datetime(2026, 11, 2, 7, 59, 59, tzinfo=UTC)


def test_the_command_asks_for_all_that_is_read() -> None:
    command = bamboohr.operations["list-employees"].command
    assert all(
        key in command for key in ("workEmail", "hireDate", "originalHireDate", "terminationDate", "reportsToId")
    )
    assert "filter" not in command
    assert "sort" not in command


@pytest.mark.parametrize("name", [None, 7, ["workEmail"]])
def test_a_list_of_hidden_fields_that_holds_no_names_tells_of_none(name: Any) -> None:
    (person,) = listed({**ANN, "_restrictedFields": [name]}).resources
    assert isinstance(person, Person)
    with pytest.raises(UnknownFact, match="_restrictedFields names what is no field"):
        person.role  # noqa: B018
