"""Leavers: one notion of who left, people who come back, what logs tell, and that nobody left."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from policy_case import before

from soc2test import AccountEvent, Device, Identity, Person, PolicyDocument, Spell
from soc2test.testing import check, resource
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc1.agreements import test_people_sign_a_confidentiality_agreement as agreement
from soc2test_policies.cc1.background import test_people_are_checked_by_their_first_day as background
from soc2test_policies.cc1.conduct import test_people_acknowledge_the_code_of_conduct as conduct
from soc2test_policies.cc1.training import test_people_are_trained_each_year as trained
from soc2test_policies.cc6.accounts import test_accounts_belong_to_an_active_person as belong
from soc2test_policies.cc6.accounts import test_service_accounts_have_an_active_owner as service
from soc2test_policies.cc6.devices import test_devices_belong_to_an_active_person as in_hands
from soc2test_policies.cc6.leavers import test_leavers_lose_access_in_time as leavers

STARTED = before(days=900)


def person(login: str = "leo", /, **facts: Any) -> Person:
    told = {
        "name": f"{login.title()} Left", "email": f"{login}@acme.example", "active": True, "started_at": STARTED,
        "ended_at": None, "accounts": (), "stays_listed": True, **facts,
    }  # fmt: skip
    told.setdefault("spells", (Spell(started_at=told["started_at"], ended_at=told["ended_at"]),))
    return resource(Person, told["email"], **told)


def account(name: str = "leo@acme.example", source: str = "directory", **facts: Any) -> Identity:
    told = {"name": name, "email": None, "human": True, "root": False, "active": True, **facts}
    return resource(Identity, f"{source}/{name}", source=source, **told)


def event(action: str, at: datetime, name: str = "leo-acme", source: str = "forge", **facts: Any) -> AccountEvent:
    told = {"account": name, "identity": None, "action": action, "happened_at": at, "complete_after": False, **facts}
    return resource(AccountEvent, f"{source}/{name}/{at:%s}/{action}", source=source, **told)


BY_DATE = person(active=True, ended_at=before(days=19))
"""Nobody changed the flag."""
BY_FLAG = person(active=False, ended_at=None)
AHEAD = person(active=True, ended_at=before(days=-9))


@pytest.mark.parametrize("gone", [BY_DATE, BY_FLAG, person(active=False, ended_at=before(days=19))])
def test_who_left_by_flag_or_by_date_owns_nothing(gone: Person) -> None:
    bot = account("bot", human=False, owner="leo@acme.example")
    laptop = resource(Device, "C1", status="in_use", owner_email="leo@acme.example")
    assert check(belong, account(), gone).deviations == 1
    assert check(service, bot, gone).deviations == 1
    assert check(in_hands, laptop, gone).deviations == 1
    assert (
        check(
            service, account("bot", human=False, owner=None), person(accounts=("directory:bot",), **_end(gone))
        ).deviations
        == 1
    )


def _end(gone: Person) -> dict[str, Any]:
    return {"active": gone.active, "ended_at": gone.ended_at}


@pytest.mark.parametrize("control", [agreement, background, conduct, trained])
@pytest.mark.parametrize(("who", "population"), [(BY_DATE, 0), (BY_FLAG, 0), (AHEAD, 1)])
def test_who_left_is_asked_for_nothing(control: Callable[..., object], who: Person, population: int) -> None:
    assert check(control, who, resource(PolicyDocument, "P1", topic="x")).population == population


def test_who_leaves_later_owns_what_he_owns_until_then() -> None:
    assert check(belong, account(), AHEAD).passed == 1
    assert check(leavers, AHEAD, account()).population == 0


def test_a_date_that_is_over_outweighs_a_flag_that_is_unknown() -> None:
    gone = resource(Person, "leo", email="leo@acme.example", ended_at=before(days=9), accounts=())
    assert check(belong, account(), gone).deviations == 1
    assert check(belong, account(), resource(Person, "leo", email="leo@acme.example", ended_at=None)).unknown == 1


def test_a_flag_that_is_earlier_than_the_date_tells_no_moment() -> None:
    result = check(leavers, person(active=False, ended_at=before(days=-9)), account())
    assert (result.verdict, result.unknown) == (Verdict.NOT_EVALUATED, 1)


# Who comes back

AWAY = before(days=500), before(days=300)
SPELLS = Spell(started_at=STARTED, ended_at=AWAY[0]), Spell(started_at=AWAY[1], ended_at=None)
BACK = person(started_at=AWAY[1], spells=SPELLS)


OLD = Spell(started_at=STARTED, ended_at=before(days=700)), Spell(started_at=before(days=400), ended_at=None)
ON_ACCOUNT = {"name": "leo@acme.example", "source": "directory"}
SHUT = event("disabled", AWAY[0], **ON_ACCOUNT)


@pytest.mark.parametrize("used", [before(days=1), before(days=500, hours=1), None])
def test_who_came_back_may_have_the_account(used: datetime | None) -> None:
    assert check(belong, account(), BACK).passed == 1
    for known in ([account(last_used_at=used, created_at=AWAY[1])], [account(last_used_at=used), SHUT]):
        result = check(leavers, BACK, *known)
        assert (result.verdict, result.passed) == (Verdict.PASS, 1)
    years_ago = person(started_at=before(days=400), spells=OLD)
    assert check(leavers, years_ago, account(last_used_at=None)).verdict is Verdict.PASS


@pytest.mark.parametrize(
    "known",
    [
        [account(last_used_at=before(days=1))],
        [account(created_at=before(days=800))],
        [account(), event("enabled", AWAY[1], **ON_ACCOUNT)],
        [
            account(),
            event("disabled", before(days=700), **ON_ACCOUNT),
            event("enabled", before(days=690), **ON_ACCOUNT),
        ],
        [account(), event("removed", before(days=400), **ON_ACCOUNT)],
    ],
)
def test_an_account_that_nothing_tells_was_off_between_is_unknown(known: list[Any]) -> None:
    result = check(leavers, BACK, *known)
    assert (result.verdict, result.unknown) == (Verdict.NOT_EVALUATED, 1)
    says = "nothing tells that directory account leo@acme.example was off from 2025-07-08 to 2026-01-24"
    assert says in result.findings[0].message


def test_a_log_that_is_cut_tells_nothing_of_the_time_between() -> None:
    shut = event("disabled", AWAY[0], name="leo@acme.example", source="test")
    assert check(leavers, BACK, account(source="test"), shut).verdict is Verdict.PASS
    assert check(leavers, BACK, account(source="test"), shut, partial=[AccountEvent]).unknown == 1


def test_who_goes_on_at_once_was_not_away() -> None:
    spells = Spell(started_at=STARTED, ended_at=AWAY[1]), Spell(started_at=AWAY[1], ended_at=None)
    result = check(leavers, person(started_at=AWAY[1], spells=spells), account())
    assert (result.verdict, result.unknown) == (Verdict.PASS, 0)


def test_a_use_between_two_spells_is_said() -> None:
    result = check(leavers, BACK, account(last_used_at=before(days=400)))
    assert result.verdict is Verdict.FAIL
    assert "was used on 2025-10-16, between two times of work" in result.findings[0].message


def test_an_account_that_was_on_between_two_spells_is_said() -> None:
    known = {"name": "leo@acme.example", "source": "directory"}
    late = event("disabled", before(days=400), **known)
    assert check(leavers, BACK, account(), late).deviations == 1
    in_time = event("disabled", AWAY[0], **known), event("enabled", before(days=301), **known)
    assert check(leavers, BACK, account(), *in_time).passed == 1


def test_who_came_back_and_left_again_has_the_last_end() -> None:
    gone = person(started_at=AWAY[1], ended_at=before(days=9), active=False,
                  spells=(SPELLS[0], Spell(started_at=AWAY[1], ended_at=before(days=9))))  # fmt: skip
    off = account(active=False, disabled_at=before(days=9))
    assert check(leavers, gone, off).unknown == 1
    assert check(leavers, gone, off, SHUT).passed == 1
    assert check(leavers, gone, account(active=False, disabled_at=AWAY[0])).passed == 1
    assert check(leavers, gone, account(active=True)).deviations == 1


# Accounts that no list holds, and logs

GONE = person(active=False, ended_at=before(days=9), accounts=("forge:leo-acme",))


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ([event("disabled", before(days=9))], "passed"),
        ([event("removed", before(days=9))], "passed"),
        ([event("disabled", before(days=12))], "passed"),
        ([event("disabled", before(days=9), source="elsewhere")], "unknown"),
        ([event("disabled", before(days=9), name="leo")], "unknown"),
        ([event("disabled", before(days=9), name="Leo-acme")], "unknown"),
        ([event("vanished", before(days=9))], "unknown"),
        ([event("enabled", before(days=90))], "unknown"),
        ([event("narrowed", before(days=9))], "unknown"),
        ([event("removed", before(days=5))], "unknown"),
        ([event("disabled", before(days=9)), event("removed", before(days=5))], "passed"),
        ([event("disabled", before(days=9)), event("disabled", before(days=5))], "passed"),
        ([event("disabled", before(days=5))], "deviations"),
        ([event("narrowed", before(days=5)), event("removed", before(days=5))], "deviations"),
        ([event("disabled", before(days=9)), event("enabled", before(days=5))], "deviations"),
        ([event("disabled", before(days=9)), event("enabled", before(days=8.9)), event("disabled", before(days=8.5))], "passed"),
        ([event("disabled", before(days=9)), event("enabled", before(days=8.9))], "unknown"),
        ([event("disabled", before(days=9), tenant="a"), event("disabled", before(days=5), tenant="b")], "deviations"),
        ([], "unknown"),
    ],
)  # fmt: skip
def test_what_logs_tell_of_an_account_that_no_list_holds(events: list[AccountEvent], outcome: str) -> None:
    result = check(leavers, GONE, *events)
    assert {name: getattr(result, name) for name in ("passed", "deviations", "unknown", "pending")} == {
        **dict.fromkeys(("passed", "deviations", "unknown", "pending"), 0), outcome: 1,
    }  # fmt: skip


def test_what_a_log_lacks_holds_up_what_may_have_come_after() -> None:
    closed = event("disabled", before(days=9), source="test")
    gone = person(active=False, ended_at=before(days=9), accounts=("test:leo-acme",))
    assert check(leavers, gone, closed, partial=[AccountEvent]).unknown == 1
    final = event("disabled", before(days=9), source="test", complete_after=True)
    assert check(leavers, gone, final, partial=[AccountEvent]).verdict is Verdict.PASS
    late = event("disabled", before(days=5), source="test")
    assert check(leavers, gone, late, partial=[AccountEvent]).verdict is Verdict.FAIL


def test_a_list_that_may_hold_the_account_is_waited_for() -> None:
    closed = event("disabled", before(days=9))
    assert check(leavers, GONE, closed, partial=[Identity]).verdict is Verdict.NOT_EVALUATED


def test_an_account_of_his_address_that_logs_alone_know() -> None:
    gone = person(active=False, ended_at=before(days=9))
    assert check(leavers, gone, event("disabled", before(days=5), name="Leo@acme.example")).deviations == 1
    assert check(leavers, gone, event("disabled", before(days=9), name="leo@acme.example")).passed == 1
    assert check(leavers, gone, event("removed", before(days=5), name="leo@acme.example")).unknown == 1


def test_an_account_that_a_list_holds_is_judged_by_the_list() -> None:
    gone = person(active=False, ended_at=before(days=9))
    closed = event("disabled", before(days=9), name="leo@acme.example", source="directory")
    assert check(leavers, gone, account(active=True)).deviations == 1
    assert (
        check(leavers, gone, account(active=True), closed, event("enabled", before(days=8), **ON_ACCOUNT)).deviations
        == 1
    )
    off = account(active=False)
    assert check(leavers, gone, off, closed).passed == 1
    assert check(leavers, gone, off).unknown == 1


def test_a_list_and_a_log_that_differ_tell_nothing() -> None:
    gone = person(active=False, ended_at=before(days=19))
    for action in ("disabled", "removed"):
        closed = event(action, before(days=19), **ON_ACCOUNT)
        result = check(leavers, gone, account(active=True), closed)
        assert (result.unknown, result.deviations) == (1, 0)
        assert "is still on, and its audit log tells that it was" in result.findings[0].message
    assert check(leavers, gone, account(active=True, last_used_at=before(days=9)), closed).deviations == 1
    cut = event("removed", before(days=19), name="leo@acme.example", source="test")
    assert check(leavers, gone, account(source="test"), cut, partial=[AccountEvent]).deviations == 1


@pytest.mark.parametrize(
    ("action", "facts", "outcome"),
    [
        ("removed", {"stays_listed": False}, "unknown"),
        ("removed", {}, "unknown"),
        ("removed", {"stays_listed": True}, "passed"),
        ("removed", {"stays_listed": False, "disabled_by": before(days=18)}, "passed"),
        ("disabled", {"stays_listed": False}, "passed"),
    ],
)
def test_what_was_removed_is_in_no_newer_list(action: str, facts: dict[str, Any], outcome: str) -> None:
    gone = person(active=False, ended_at=before(days=19))
    off = account(active=False, **facts)
    assert getattr(check(leavers, gone, off, event(action, before(days=19), **ON_ACCOUNT)), outcome) == 1
    lately = person(active=False, ended_at=before(days=3))
    assert check(leavers, lately, off, event(action, before(days=3), **ON_ACCOUNT)).passed == 1


@pytest.mark.parametrize(
    ("off", "events"),
    [
        ({"disabled_at": before(days=9)}, []),
        ({"disabled_by": before(days=9)}, []),
        ({}, [event("disabled", before(days=9), **ON_ACCOUNT)]),
    ],
)
def test_what_was_used_later_was_not_off(off: dict[str, Any], events: list[AccountEvent]) -> None:
    gone = person(active=False, ended_at=before(days=9))
    for used, outcome in (
        (before(days=30), "passed"),
        (before(days=8.99), "unknown"),
        (before(days=8.5), "unknown"),
        (before(days=7), "deviations"),
    ):
        result = check(leavers, gone, account(active=False, last_used_at=used, **off), *events)
        assert getattr(result, outcome) == 1, (used, result.findings)


def test_a_limit_that_is_still_open_is_pending() -> None:
    lately = person(active=False, ended_at=before(hours=11))
    result = check(leavers, lately, account())
    assert (result.passed, result.deviations, result.pending) == (0, 0, 1)
    assert result.verdict is not Verdict.PASS
    others = person("ann", active=False, ended_at=before(days=9)), account("ann@acme.example")
    result = check(leavers, lately, account(), *others)
    assert (result.verdict, result.deviations, result.pending) == (Verdict.FAIL, 1, 1)


# Alike

ANN = person("ann")


@pytest.mark.parametrize(
    "name",
    ["leo.left", "leoleft2", "lleft", "left.leo", "x-leo-left-admin", "leol", "leo-acme", "leo.left@mail.example"],
)
def test_an_account_of_nobody_names_the_leaver_that_is_alike(name: str) -> None:
    result = check(belong, account(name), person(active=False, ended_at=before(days=9)), ANN)
    assert result.deviations == 1
    assert result.findings[0].message.endswith("; alike: leo@acme.example, who has left")


@pytest.mark.parametrize("name", ["dana", "leonora", "ann.left@mail.example", "7"])
def test_an_account_of_a_stranger_names_nobody(name: str) -> None:
    result = check(belong, account(name), person("ann"), person("leo", name="Leo Gone", active=False))
    assert result.deviations == 1
    assert "alike" not in result.findings[0].message


@pytest.mark.parametrize(
    "name", ["Ann@acme.example\u200b", "ａnn@acme.example", "ann", "ann.left", "ann+2@acme.example"]
)
def test_likeness_to_somebody_who_works_here_is_no_match(name: str) -> None:
    result = check(belong, account(name), ANN)
    assert (result.passed, result.verdict is Verdict.PASS) == (0, False)


KAI = person("kai", name="Kai Contract", accounts=("forge:kai-c", "forge:leo-left", "forge:leo-acme", "forge:leola"))
LEFT = person(active=False, ended_at=before(days=9))


@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        ([account("leo-left", source="forge")], 1),
        ([account("lleft", email="kai@acme.example")], 1),
        ([account("leo@elsewhere.example", email="kai@acme.example"), account("kai@acme.example")], 1),
        ([account("leo-acme", source="forge"), account("kai-c", source="forge")], 1),
        ([account("leo-acme", source="forge")], 0),  # one name alone, of the only account there
        ([account("leo-acme", source="forge"), account("kai-c", source="forge", active=False)], 0),
        ([account("leo-acme", source="forge"), account("kai-c", source="forge", tenant="other")], 0),
        ([account("leola", source="forge"), account("kai-c", source="forge")], 0),
        ([account("kai-leo-left", email="kai@acme.example")], 0),
    ],
)
def test_an_account_that_is_called_as_a_leaver_is_nobody_elses_for_certain(known: list[Any], unknown: int) -> None:
    result = check(belong, *known, LEFT, KAI)
    assert (result.unknown, result.deviations) == (unknown, 0)
    if unknown:
        assert "kai@acme.example's by its address or the register of people" in result.findings[0].message
        assert "called as leo@acme.example, who has left" in result.findings[0].message
    namesake = person("leo2", name="Leo Left", accounts=("forge:leo-left",))
    assert check(belong, account("leo-left", source="forge"), LEFT, namesake).passed == 1


# Nobody left

KEPT = account("ann@acme.example", stays_listed=True)


def nobody_left(*resources: Any) -> ControlResult:
    return check(leavers, ANN, KEPT, *resources)


def test_nobody_left_where_accounts_stayed_on() -> None:
    assert nobody_left().verdict is Verdict.NO_OCCURRENCES


@pytest.mark.parametrize(
    "contradiction",
    [
        account("leo@acme.example", active=False, disabled_at=before(days=80)),
        account("leo@acme.example", active=False),
        event("disabled", before(days=80)),
        event("removed", before(days=80)),
    ],
)
def test_an_account_that_was_switched_off_contradicts(contradiction: Any) -> None:
    result = nobody_left(contradiction)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert result.reason is not None
    assert result.reason.code in ("contradicted", "unconfirmed")


@pytest.mark.parametrize(
    "harmless",
    [
        account("leo@acme.example", active=False, disabled_at=None),
        account("leo@acme.example", active=False, disabled_at=before(days=400)),
        account("leo@acme.example", active=False, disabled_by=before(days=400)),
        account("ann2", email="ann@acme.example", active=False, disabled_at=before(days=80)),
        account("bot", human=False, active=False, disabled_at=before(days=80)),
        event("disabled", before(days=400)),
        event("enabled", before(days=80)),
        event("disabled", before(days=80), name="ann@acme.example"),
    ],
)
def test_an_account_that_nobody_left_explains_contradicts_nothing(harmless: Any) -> None:
    assert nobody_left(harmless).verdict is Verdict.NO_OCCURRENCES


def test_a_list_that_drops_what_is_switched_off_says_nothing() -> None:
    dropping = account("ann@acme.example", stays_listed=False)
    assert check(leavers, ANN, dropping).verdict is Verdict.NOT_EVALUATED
    assert check(leavers, ANN, account("ann@acme.example")).verdict is Verdict.NOT_EVALUATED
    reaching_back = event("enabled", before(days=366), name="ann@acme.example")
    assert check(leavers, ANN, dropping, reaching_back).verdict is Verdict.NO_OCCURRENCES
    young = event("enabled", before(days=90), name="ann@acme.example")
    assert check(leavers, ANN, dropping, young).verdict is Verdict.NOT_EVALUATED


# Whoever left is in the register

LEO = person(active=False, ended_at=before(days=80))
OFF = account("leo@acme.example", active=False, disabled_at=before(days=80))
ANNS = person("ann", accounts=("forge:ann-acme",)), KEPT, account("ann-acme", source="forge")


def told_of_leo(*resources: Any) -> ControlResult:
    return check(leavers, LEO, OFF, *ANNS, *resources)


@pytest.mark.parametrize(
    ("closed", "says"),
    [
        (
            account("ned", active=False, disabled_at=before(days=80)),
            "directory account ned was switched off on 2026-09-01",
        ),
        (account("ned", active=False, disabled_by=before(days=80)), "ned was off on 2026-09-01 at the latest"),
        (account("ned", active=False), "ned is off, since nothing says when"),
        (account("ann", active=False, email="leo@elsewhere.example"), "directory account ann is off"),
        (resource(Identity, "x", source="aws", name="x", email=None, root=False, active=False), "human is unknown"),
        (event("disabled", before(days=80), name="ned"), "forge account ned was disabled on 2026-09-01"),
        (event("removed", before(days=80), name="ned"), "forge account ned was removed on 2026-09-01"),
    ],
)
def test_a_closed_account_of_nobody_may_be_a_leavers(closed: Any, says: str) -> None:
    result = told_of_leo(closed)
    assert (result.verdict, result.passed) == (Verdict.NOT_EVALUATED, 1)
    assert result.reason is not None
    assert says in result.reason.text


@pytest.mark.parametrize(
    "closed",
    [
        account("ned", active=False, disabled_at=None),
        account("ned", active=False, disabled_at=before(days=400)),
        account("ned", active=False, disabled_by=before(days=400)),
        account("bot", human=False, active=False, disabled_at=before(days=80)),
        account("ann2", email="Ann@acme.example", active=False, disabled_at=before(days=80)),
        event("disabled", before(days=400), name="ned"),
        event("enabled", before(days=80), name="ned"),
        event("disabled", before(days=80), name="leo@acme.example"),
        event("disabled", before(days=80), name="ann-acme"),
    ],
)
def test_what_else_was_closed_lacks_nobody(closed: Any) -> None:
    assert told_of_leo(closed).verdict is Verdict.PASS


ADA = person("ada", accounts=("forge:ada-acme",))
ADAS = account("ada@acme.example", active=False, disabled_at=before(days=80))


@pytest.mark.parametrize("closed", [[ADAS], [event("removed", before(days=80), name="ada-acme")]])
def test_who_works_here_without_an_account_may_have_left(closed: list[Any]) -> None:
    result = told_of_leo(ADA, *closed)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert result.reason is not None
    assert "ada@acme.example works here by the register, and all known accounts are off" in result.reason.text
    for one_on in (account("ada-acme", source="forge"), account("ada@acme.example", source="aws")):
        assert told_of_leo(ADA, *closed, one_on).verdict is Verdict.PASS


def test_who_begins_next_month_or_never_had_an_account_left_nothing() -> None:
    assert told_of_leo(person("ada", started_at=before(days=-20)), ADAS).verdict is Verdict.PASS
    assert told_of_leo(person("ada")).verdict is Verdict.PASS


def test_a_list_of_accounts_that_is_cut_confirms_nothing() -> None:
    assert check(leavers, ANN, KEPT, partial=[Identity]).verdict is Verdict.NOT_EVALUATED
