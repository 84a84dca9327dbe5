"""One audit log that does all is enough for its scope; a further one breaks nothing, unless nothing else does all."""

from typing import Any

import pytest
from policy_case import before, made

from soc2test import LogSink
from soc2test.testing import check
from soc2test_policies import _whole_logs
from soc2test_policies.cc7 import audit_logs

WHOLE = made(
    LogSink, "whole", scope="1", of_organization=True, organization="o-1", delivering=True, all_regions=True,
    management_events=True, integrity_checked=True, retention_days=None, last_delivered_at=before(hours=1),
    recording_since=before(days=365),
)  # fmt: skip
BESIDE = made(
    LogSink, "beside", scope="1", of_organization=False, organization="o-1", delivering=False, all_regions=False,
    management_events=False, integrity_checked=False, retention_days=1, last_delivered_at=None,
    recording_since=None,
)  # fmt: skip
CONTROLS = (
    audit_logs.test_audit_logs_are_delivered, audit_logs.test_audit_logs_cover_everything,
    audit_logs.test_audit_logs_show_tampering, audit_logs.test_audit_logs_are_kept,
    audit_logs.test_audit_logs_delivered_lately,
)  # fmt: skip


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize("more", [{}, {"scope": "2"}, {"delivering": True}, {"management_events": True}])
def test_another_one_does_all(control: Any, more: Any) -> None:
    result = check(control, WHOLE.build(), BESIDE.but(**more).build())
    assert (result.verdict, result.passed) == ("pass", 2)


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize(
    ("whole", "beside"),
    [
        ({"of_organization": False}, {"scope": "2"}),
        ({}, {"scope": "2", "organization": "o-2"}),
        ({}, {"scope": "2", "organization": None}),
        ({"delivering": False}, {}),
        ({"all_regions": False}, {}),
        ({"management_events": False}, {}),
    ],
)
def test_nothing_does_all(control: Any, whole: Any, beside: Any) -> None:
    result = check(control, WHOLE.but(**whole).build(), BESIDE.but(**beside).build())
    assert result.verdict == "fail"
    assert "beside" in [finding.resource for finding in result.findings if finding.outcome == "deviation"]


def test_another_source_stands_for_none() -> None:
    other = made(LogSink, "whole", **WHOLE.facts)
    moved = type(other)(other.kind, other.id, "elsewhere", other.facts)
    assert check(CONTROLS[0], moved.build(), BESIDE.build()).verdict == "fail"


def test_each_that_does_all_itself_is_tested() -> None:
    weak = WHOLE.but(integrity_checked=False, retention_days=1, last_delivered_at=None)
    second = type(weak)(weak.kind, "second", weak.source, weak.facts)
    for control in CONTROLS[2:]:
        result = check(control, WHOLE.build(), second.build())
        assert [finding.resource for finding in result.findings] == ["second"]


@pytest.mark.parametrize("fact", ["delivering", "all_regions", "management_events"])
def test_what_is_not_known_of_the_other_is_no_red_and_no_green(fact: str) -> None:
    result = check(CONTROLS[1], WHOLE.build(without=fact), BESIDE.build())
    assert result.verdict == "not_evaluated"
    assert result.deviations == 0


@pytest.mark.parametrize("fact", ["scope", "delivering"])
def test_what_is_not_known_of_it_needs_another(fact: str) -> None:
    alone = check(CONTROLS[0], BESIDE.build(without="delivering"))
    assert alone.verdict == "not_evaluated"
    assert check(CONTROLS[0], WHOLE.build(), BESIDE.build(without=fact)).verdict == {"scope": "fail"}.get(fact, "pass")


def test_one_log_is_not_held_against_those_of_all_other_scopes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A company has thousands of accounts, each with a log of its own."""
    asked: list[LogSink] = []
    takes_in = _whole_logs._takes_in

    def counted(other: LogSink, sink: LogSink) -> bool:
        asked.append(other)
        return takes_in(other, sink)

    monkeypatch.setattr(_whole_logs, "_takes_in", counted)
    weak = BESIDE.but(of_organization=False)
    logs = [type(weak)(weak.kind, f"log-{each}", weak.source, {**weak.facts, "scope": f"{each}"}) for each in range(50)]
    result = check(audit_logs.test_audit_logs_are_delivered, *(log.build() for log in logs))
    assert (result.verdict, result.deviations, asked) == ("fail", 50, [])


def test_a_log_of_unknown_scope_is_taken_in_by_none() -> None:
    result = check(audit_logs.test_audit_logs_are_delivered, WHOLE.build(), BESIDE.build(without="scope"))
    assert result.verdict == "fail"


LATE = WHOLE.but(recording_since=before(days=2))


def test_a_log_that_was_off_in_the_year_is_made_up_for_by_one_that_was_not() -> None:
    """After a gap nothing of the settings shows it; another log of the scope may have recorded meanwhile."""
    control = audit_logs.test_audit_logs_delivered_lately
    alone = check(control, LATE.build())
    assert "was switched on 2 days before 2026-11-20" in (alone.findings[0].message or "")
    other = type(LATE)(LATE.kind, "other", LATE.source, WHOLE.facts)
    assert check(control, LATE.build(), other.build()).verdict == "pass"
    assert check(control, LATE.build(), other.but(management_events=False).build()).deviations == 1
    assert check(control, LATE.build(), other.but(recording_since=before(days=300)).build()).deviations == 2
    assert check(control, LATE.build(), other.build(without="recording_since")).verdict == "not_evaluated"


def test_a_gap_deviates_whatever_is_not_told_of_the_last_delivery() -> None:
    control = audit_logs.test_audit_logs_delivered_lately
    assert check(control, LATE.build(without="last_delivered_at")).verdict == "fail"
    assert check(control, WHOLE.build(without="recording_since")).verdict == "not_evaluated"
