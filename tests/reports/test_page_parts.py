"""What the parts of matrix.html count by themselves: how room is shared, how old deviations and exports are."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.reports.first_view import first_gaps, since_text, worst_findings
from soc2test.reports.html_links import evidence_anchor
from soc2test.reports.html_room import fitting, needed, shares
from soc2test.reports.pictures_view import AGES, deviation_rows, evidence_rows
from soc2test.run import ChangedVerdict, Run, Since
from soc2test.verdicts import Noted, Reason, Verdict

from .demo import demo_run
from .hostile import over_a_period

NEEDS = st.lists(st.integers(0, 1000), max_size=30)


@given(NEEDS, st.integers(0, 20_000))
def test_no_more_than_the_room_is_given_and_nothing_is_left_that_somebody_needs(needs: list[int], room: int) -> None:
    given_ = shares(needs, room)
    assert all(0 <= got <= need for got, need in zip(given_, needs, strict=True))
    assert sum(given_) <= room
    wanting = [got for got, need in zip(given_, needs, strict=True) if got < need]
    if wanting:
        assert sum(given_) > room - len(needs)  # what does not divide evenly
        assert max(given_) <= min(wanting) + len(needs)


def test_small_lists_are_whole_beside_a_large_one() -> None:
    assert shares([10, 5000, 20], 1000) == [10, 970, 20]
    assert shares([10, 5000], -5) == [0, 0]


def test_what_does_not_fit_is_not_rendered() -> None:
    rendered: list[int] = []

    def render(item: int) -> str:
        rendered.append(item)
        return "x" * 10

    assert len(list(fitting(range(100), render, 35))) == 3
    assert rendered == [0, 1, 2, 3]
    assert needed(range(50), render) == 500
    assert 1000 <= needed(range(100), render) <= 1200


def test_ids_that_differ_in_a_sign_have_places_of_their_own() -> None:
    assert len({evidence_anchor(id) for id in ("a/b.json", "a b.json", "a_b.json", "A/b.json", "a/b.json#1")}) == 5


def test_the_worst_are_of_many_tests_and_two_of_one_at_most() -> None:
    run = demo_run()
    few = tuple(each for each in run.controls if each.id in ("CHG-01", "VUL-01", "RSK-01"))
    found = worst_findings(msgspec.structs.replace(run, controls=few))
    assert [worst.result.id for worst in found.shown] == ["CHG-01", "CHG-01", "VUL-01", "VUL-01", "RSK-01"]
    assert (found.findings, found.tests) == (133, 3)
    whole = msgspec.structs.replace(few[0], findings=())
    (shown,) = worst_findings(msgspec.structs.replace(run, controls=(whole,))).shown
    assert shown.finding is None


def test_a_gap_that_frees_tests_by_itself_comes_before_one_that_more_wait_for() -> None:
    run = demo_run()
    both, alone = Reason("missing", "export both"), Reason("missing", "export alone")
    other = Reason("missing", "export other")

    def waiting(place: int, *gaps: Reason) -> object:
        control = run.controls[place]
        return msgspec.structs.replace(control, verdict=Verdict.NOT_EVALUATED, reason=gaps[0], gaps=gaps, findings=())

    controls = (waiting(0, both, other), waiting(1, both, other), waiting(2, both, other), waiting(3, alone))
    gaps = first_gaps(msgspec.structs.replace(run, controls=controls)).shown
    assert [(gap.text, len(gap.tests), gap.alone) for gap in gaps] == [
        ("export alone", 1, 1),
        ("export both", 3, 0),
        ("export other", 3, 0),
    ]


def period_run(by: str, ended: str, until: str | None = None) -> Run:
    """IAM-01 over a period in which one of its three deviating accounts is noted so."""
    run = over_a_period("plain")
    control = next(each for each in run.controls if each.id == "IAM-01")
    assert control.period is not None
    finding = control.findings[0]
    noted = Noted(
        resource=finding.resource, kind=finding.kind, message="m", after=None, by=by, until=until, ended=ended,  # type: ignore[arg-type]
        recurred=False, record=1,
    )  # fmt: skip
    period = msgspec.structs.replace(control.period, noted=(noted,))
    return msgspec.structs.replace(run, controls=(msgspec.structs.replace(control, period=period),))


@pytest.mark.parametrize(
    ("by", "ended", "age"),
    [
        ("2026-11-20T03:00:00Z", "open", "up to a day"),
        ("2026-11-14T03:00:00Z", "open", "2 to 7 days"),
        ("2026-11-01T03:00:00Z", "open", "8 to 30 days"),
        ("2026-09-01T03:00:00Z", "open", "31 to 90 days"),
        ("2026-01-01T03:00:00Z", "open", "over 90 days"),
        ("2026-01-01T03:00:00Z", "holds", "age not told"),  # that it deviated once says nothing of this deviation
        ("2026-01-01T03:00:00Z", "event", "age not told"),
    ],
)
def test_a_deviation_is_as_old_as_a_period_shows_it_and_else_its_age_is_not_told(by: str, ended: str, age: str) -> None:
    ((severity, counts),) = deviation_rows(period_run(by, ended))
    assert severity == "high"
    untold = counts.pop("age not told")
    assert sum(counts.values()) + untold == 3
    assert untold == (3 if age == "age not told" else 2)
    assert age == "age not told" or counts[age] == 1


def test_exports_are_as_old_as_at_the_moment_of_the_run() -> None:
    run = demo_run()
    entry = run.evidence[0]
    moment = run.as_of.time
    ages = [timedelta(hours=h) for h in (-1, 24, 25, 24 * 7, 24 * 30, 24 * 90, 24 * 91)]
    dated = [msgspec.structs.replace(entry, collected_at=moment - age) for age in ages]
    undated = msgspec.structs.replace(entry, collected_at=None)
    ((_, counts),) = evidence_rows(msgspec.structs.replace(run, evidence=(*dated, undated)))
    assert list(counts) == list(AGES)
    assert list(counts.values()) == [1, 2, 1, 1, 1, 1, 1]


def test_sources_beyond_twelve_stand_together_and_none_is_lost() -> None:
    run = demo_run()
    many = tuple(msgspec.structs.replace(run.evidence[0], source=f"s{number:02}") for number in range(20))
    rows = evidence_rows(msgspec.structs.replace(run, evidence=many))
    assert len(rows) == 13
    assert rows[-1][0] == "other sources"
    assert sum(sum(counts.values()) for _, counts in rows) == 20


def test_what_is_not_told_any_more_is_never_said_to_be_closed() -> None:
    since = Since(
        record=7, as_of="2026-11-19T12:00:00Z", complete=True, new=("a",), still=2, closed=3, not_told=4, other_limit=5,
        verdicts=(ChangedVerdict(control="A", before="pass", after="fail", worse=True),),
    )  # fmt: skip
    assert since_text(since) == (
        "since record 7 as of 2026-11-19T12:00:00Z: 1 new deviations, 3 closed, 4 not told any more, which closes none, "
        "5 gone with a changed limit, 2 still there, 1 tests with a worse verdict"
    )
    nothing = msgspec.structs.replace(since, new=(), still=0, closed=0, not_told=0, other_limit=0, verdicts=())
    assert since_text(nothing).endswith("12:00:00Z: no deviation then or now")
