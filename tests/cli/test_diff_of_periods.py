"""`soc2test diff` of two periods: what is of other days, or gone with a changed limit, was closed by nobody."""

from typing import Any

import msgspec
import pytest

from soc2test.comparing.compare import Changes, compare
from soc2test.comparing.sides import Side
from soc2test.comparing.words import as_markdown, as_text

MARCH, JUNE = ("2026-03-01", "2026-03-31"), ("2026-06-01", "2026-06-30")


def finding(resource: str) -> dict[str, Any]:
    return {
        "control": "A", "severity": "high", "kind": "Thing", "resource": resource, "message": "is bad",
        "evidence": None, "waiver": None, "outcome": "deviation",
    }  # fmt: skip


def side(
    days: tuple[str, str] | str,
    *resources: str,
    nature: str = "state",
    ended: str = "open",
    hours: int = 24,
    verdict: str = "fail",
) -> Side:
    """A run over a period, or of a moment, in which these deviate."""
    noted = [{"kind": "Thing", "resource": each, "ended": ended, "record": 3} for each in resources]
    period = None if isinstance(days, str) else {"first": days[0], "last": days[1], "noted": noted}
    control = {
        "verdict": verdict, "title": "Good.", "gaps_total": 0, "limits": {"hours": {"value": hours}}, "nature": nature,
        "period": period,
    }  # fmt: skip
    return Side(
        shown="run",
        as_of=days if isinstance(days, str) else "..".join(days),
        complete=True,
        controls={"A": control},
        findings={each: finding(each) for each in resources},
        evidence={},
        packs={},
    )


def gone(changes: Changes) -> dict[str, list[str]]:
    names = ("closed", "other_period", "other_limit", "lost")
    found = {name: [each.resource for each in getattr(changes, name)] for name in names}
    return {name: resources for name, resources in found.items() if resources}


def test_an_event_of_one_period_is_not_closed_in_another_one() -> None:
    changes = compare(side(MARCH, "mara", nature="event", ended="event"), side(JUNE, nature="event", verdict="pass"))
    assert gone(changes) == {"other_period": ["mara"]}
    assert not changes.worse
    text = as_text(changes)
    assert "0 closed, 0 in both, 0 not told any more, 1 of another period" in text
    assert "Of days of which the newer run does not tell, so that nothing was closed" in text


def test_a_shorter_period_closes_nothing() -> None:
    shorter = ("2026-03-02", "2026-03-31")
    assert gone(compare(side(MARCH, "logs", ended="holds"), side(shorter))) == {"other_period": ["logs"]}
    assert gone(compare(side(JUNE, "logs"), side(MARCH))) == {"other_period": ["logs"]}


def test_a_state_that_was_open_at_the_end_of_the_older_period_is_closed_where_later_days_show_it_no_more() -> None:
    assert gone(compare(side(MARCH, "logs"), side(JUNE))) == {"closed": ["logs"]}
    assert gone(compare(side(MARCH, "logs", ended="holds"), side(JUNE))) == {"other_period": ["logs"]}


def test_of_one_period_it_is_closed_where_it_is_found_no_more() -> None:
    assert gone(compare(side(MARCH, "logs", ended="holds"), side(MARCH))) == {"closed": ["logs"]}


@pytest.mark.parametrize(
    ("moment", "heading"), [("2026-06-09T03:00:00Z", "closed"), ("2026-07-09T03:00:00Z", "other_period")]
)
def test_what_a_single_run_found_is_of_the_period_that_its_day_lies_in(moment: str, heading: str) -> None:
    assert gone(compare(side(moment, "logs"), side(JUNE))) == {heading: ["logs"]}


def test_what_is_gone_where_a_limit_changed_was_perhaps_closed_by_nobody() -> None:
    before, after = side("2026-06-09T03:00:00Z", "zoe"), side("2026-06-10T03:00:00Z", hours=72)
    changes = compare(before, after)
    assert gone(changes) == {"other_limit": ["zoe"]}
    assert changes.worse
    assert "1 gone with a changed limit" in as_text(changes)


def test_what_the_newer_run_could_not_tell_is_lost_whatever_its_limits() -> None:
    moments = ("2026-06-09T03:00:00Z", "2026-06-10T03:00:00Z")
    changes = compare(side(moments[0], "zoe"), side(moments[1], hours=72, verdict="not_evaluated"))
    assert gone(changes) == {"lost": ["zoe"]}


def without(shown: Side, **lacks: Any) -> Side:
    """The same where records are there no more, or days are not evidenced."""
    control = shown.controls["A"]
    period = {**control["period"], **{name: given for name, given in lacks.items() if name != "records"}}
    records = frozenset(lacks.get("records", ()))
    return msgspec.structs.replace(shown, controls={"A": {**control, "period": period}}, pruned=records)


STRETCH = [{"first": "2026-03-04", "last": "2026-03-06", "days": 3}]
NOTED = [{"record": 3, "day": "2026-03-05"}]


@pytest.mark.parametrize("lacks", [{"records": [3]}, {"not_evidenced": STRETCH}, {"pruned": NOTED}])
def test_what_is_gone_with_its_evidence_was_closed_by_nobody(lacks: dict[str, Any]) -> None:
    before = side(MARCH, "logs", ended="holds")
    changes = compare(before, without(side(MARCH, "other"), **lacks))
    assert gone(changes) == {"lost": ["logs"]}
    assert changes.worse


@pytest.mark.parametrize("lacks", [{"records": [4]}, {"not_evidenced": STRETCH}, {"pruned": NOTED}])
def test_what_was_lacking_before_closes_as_before(lacks: dict[str, Any]) -> None:
    before = without(side(MARCH, "logs", ended="holds"), **lacks)
    assert gone(compare(before, without(side(MARCH), **lacks))) == {"closed": ["logs"]}


def test_days_of_which_the_older_run_did_not_tell_take_nothing_away() -> None:
    june = [{"first": "2026-06-01", "last": "2026-06-03", "days": 3}]
    assert gone(compare(side(MARCH, "logs"), without(side(JUNE), not_evidenced=june))) == {"closed": ["logs"]}
    moment = side("2026-06-02T03:00:00Z", "logs")
    assert gone(compare(moment, without(side(JUNE), not_evidenced=june))) == {"lost": ["logs"]}


def as_a_whole(days: tuple[str, str], *texts: str, ended: str = "open") -> Side:
    """A run over a period in which the control deviates as a whole, where there is a text."""
    made = side(days, verdict="fail" if texts else "pass")
    noted = [{"kind": "", "resource": "", "ended": ended, "record": 3} for _ in texts]
    period = {**made.controls["A"]["period"], "as_a_whole": "; ".join(texts), "noted": noted}
    return msgspec.structs.replace(made, controls={"A": {**made.controls["A"], "severity": "high", "period": period}})


def test_what_deviates_of_a_control_as_a_whole_is_new_in_both_or_closed() -> None:
    holds, fails = as_a_whole(MARCH), as_a_whole(MARCH, "all are off")
    new = compare(holds, fails)
    assert [(each.control, each.what, each.message) for each in new.new] == [
        ("A", "the control as a whole", "all are off")
    ]
    assert "high      A  the control as a whole: all are off" in as_text(new)
    assert "| high | A | the control as a whole | all are off |" in as_markdown(new)
    assert compare(fails, as_a_whole(MARCH, "all are off, and for longer")).still == 1
    assert [each.what for each in compare(fails, holds).closed] == ["the control as a whole"]
    assert compare(fails, as_a_whole(JUNE)).closed[0].message == "all are off"
    ended = compare(as_a_whole(MARCH, "all are off", ended="holds"), as_a_whole(JUNE))
    assert [each.what for each in ended.other_period] == ["the control as a whole"]


def test_of_a_moment_the_reason_says_it() -> None:
    made = side("2026-06-09T03:00:00Z")
    bad = {**made.controls["A"], "severity": "low", "reason": {"code": "asserted", "text": "all are off"}}
    changes = compare(side("2026-06-08T03:00:00Z", verdict="pass"), msgspec.structs.replace(made, controls={"A": bad}))
    assert [(each.what, each.message) for each in changes.new] == [("the control as a whole", "all are off")]


TAKEN_BACK = {
    "revision": "RV-1", "kind": "Thing", "resource": "logs", "message": "is bad", "records": [3],
    "reason": "It is the site.", "approver": "bea@own.example",
}  # fmt: skip


def test_what_a_revision_takes_back_is_closed_by_nobody_and_names_the_entry() -> None:
    after = side(MARCH, verdict="pass")
    after.controls["A"]["period"]["taken_back"] = [TAKEN_BACK]
    changes = compare(side(MARCH, "logs", "web", ended="holds"), after)
    assert gone(changes) == {"closed": ["web"]}
    assert [each.message for each in changes.taken_back] == [
        "is bad (taken back by RV-1, approved by bea@own.example: It is the site.)"
    ]
    assert not changes.worse
    text = as_text(changes)
    assert "1 closed, 0 in both, 0 not told any more, 1 taken back" in text
    assert "Taken back by a revision, and closed by nobody" in text
    assert "RV-1" in as_markdown(changes)


@pytest.mark.parametrize(("found", "heading"), [("deviation", "exempt"), (None, "exempt"), ("unknown", "lost")])
def test_what_is_exempt_now_is_told_with_the_entry(found: str | None, heading: str) -> None:
    after = side(MARCH, verdict="pass")
    told = {**finding("logs"), "outcome": "exempt", "found": found, "message": "exempt by EX-1; it deviates: is bad"}
    after = msgspec.structs.replace(after, findings={**after.findings, "logs": told})
    changes = compare(side(MARCH, "logs", ended="holds"), after)
    assert [each.resource for each in getattr(changes, heading)] == ["logs"]
    assert changes.worse is (heading == "lost")
    if heading == "exempt":
        assert [each.message for each in changes.exempt] == ["exempt by EX-1; it deviates: is bad"]
        assert "Exempt now, and counted beside the others" in as_text(changes)
