"""The 61 rows: the worst of the controls that test a criterion directly."""

import itertools
from typing import Any, Literal

import msgspec
import pytest

from soc2test.coverage.statuses import STATUSES, criteria_rows
from soc2test.criteria import CATEGORIES, CRITERIA
from soc2test.run import AgeLimit, CriterionRow, Statement
from soc2test.verdicts import ControlResult, Exemption, Limit, TakenOut, Verdict, Waiver, times_looser

STATUS = {
    Verdict.FAIL: "deviation", Verdict.ERROR: "not_evaluated", Verdict.NOT_EVALUATED: "not_evaluated",
    Verdict.ACCEPTED: "accepted_deviation", Verdict.NO_OCCURRENCES: "no_occurrences", Verdict.PASS: "no_deviations",
}  # fmt: skip

STATEMENT = Statement(
    id="S-1", text="The board meets.", criteria=("CC1.2",), owner="a@x.example", date="2026-11-01",
    expires="2027-11-01", file="documents/board.pdf", sha256="0" * 64,
)  # fmt: skip


def result(id: str, verdict: Verdict, *criteria: str, supports: tuple[str, ...] = ()) -> ControlResult:
    return ControlResult(
        id,
        id,
        criteria,
        dict.fromkeys(supports, "why"),
        verdict,
        None,
        "high",
        "daily",
        {},
        1,
        None,
        1,
        0,
        0,
        0,
        0,
        (),
        (),
    )


def row(id: str, *results: ControlResult, categories: tuple[str, ...] = CATEGORIES, **more: Any) -> CriterionRow:
    return next(each for each in criteria_rows(results, categories, **more) if each.id == id)


def test_all_61_rows_stand_in_their_order_whatever_was_tested() -> None:
    for results in ([], [result("A-1", Verdict.PASS, "CC6.1")]):
        rows = criteria_rows(results, ())
        assert [each.id for each in rows] == list(CRITERIA)
        assert len(rows) == 61


@pytest.mark.parametrize("verdict", STATUS)
def test_one_control_gives_its_status(verdict: Verdict) -> None:
    assert row("CC6.1", result("A-1", verdict, "CC6.1")).status == STATUS[verdict]


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(STATUS, 2)))
def test_the_worst_of_two_counts_in_either_order(first: Verdict, second: Verdict) -> None:
    worst = min(STATUS[first], STATUS[second], key=STATUSES.index)  # "no occurrences" only where none found any
    for one, other in ((first, second), (second, first)):
        assert row("CC6.1", result("A-1", one, "CC6.1"), result("A-2", other, "CC6.1")).status == worst


def test_the_order_from_worst_to_best_is_the_contracts() -> None:
    assert STATUSES == (
        "deviation", "not_evaluated", "accepted_deviation", "statement_only", "no_deviations_partial", "no_deviations",
        "no_occurrences", "no_control", "carved_out", "not_relevant", "out_of_scope",
    )  # fmt: skip


def test_a_support_never_raises_a_criterion() -> None:
    supported = row("CC6.6", result("A-1", Verdict.PASS, "CC6.1", supports=("CC6.6",)))
    assert (supported.status, supported.controls, supported.supported_by) == ("no_control", (), ("A-1",))
    worse = row(
        "CC6.6", result("A-1", Verdict.FAIL, "CC6.1", supports=("CC6.6",)), result("A-2", Verdict.PASS, "CC6.6")
    )
    assert worse.status == "no_deviations"


Form = Literal["replaced_by", "carved_out", "no_population"]


def out(id: str, form: Form, *criteria: str, found: Verdict = Verdict.PASS) -> ControlResult:
    """A test that soc2.yaml takes out."""
    taken = TakenOut(
        form=form, detail=f"{id} detail", reason="why", owner="a@x.example", approver="b@x.example", since="2026-01-01",
        review_by="2026-12-01", found=found,
    )  # fmt: skip
    return msgspec.structs.replace(result(id, Verdict.NOT_APPLICABLE, *criteria), taken_out=taken)


def record(id: str, verdict: Verdict, *criteria: str) -> ControlResult:
    """A test over rows kept by hand."""
    return msgspec.structs.replace(result(id, verdict, *criteria), rests_on=("record",))


@pytest.mark.parametrize(
    ("form", "status"),
    [("replaced_by", "no_control"), ("carved_out", "carved_out"), ("no_population", "no_occurrences")],
)
def test_where_all_tests_are_taken_out_nothing_was_tested(form: Form, status: str) -> None:
    assert (row("A1.1", out("A-1", form, "A1.1")).status, row("A1.1", out("A-1", form, "A1.1")).controls) == (
        status, ("A-1",),
    )  # fmt: skip


@pytest.mark.parametrize("form", ["replaced_by", "carved_out", "no_population"])
def test_a_test_that_is_taken_out_leaves_its_criterion_partial_at_best(form: Form) -> None:
    taken = out("A-1", form, "A1.1", found=Verdict.PASS)
    best = row("A1.1", taken, result("A-2", Verdict.PASS, "A1.1"))
    assert (best.status, best.partial) == ("no_deviations_partial", ("A-1",))
    assert row("A1.1", taken, result("A-2", Verdict.FAIL, "A1.1")).status == "deviation"
    assert row("A1.1", taken, record("A-2", Verdict.PASS, "A1.1")).status == "statement_only"


@pytest.mark.parametrize("form", ["replaced_by", "carved_out", "no_population"])
def test_what_deviates_although_it_is_taken_out_is_an_accepted_deviation(form: Form) -> None:
    deviating = out("A-1", form, "A1.1", found=Verdict.FAIL)
    assert row("A1.1", deviating).status == "accepted_deviation"
    assert row("A1.1", deviating, result("A-2", Verdict.PASS, "A1.1")).status == "accepted_deviation"
    assert row("A1.1", deviating, result("A-2", Verdict.FAIL, "A1.1")).status == "deviation"


def test_exempt_resources_and_looser_limits_leave_a_criterion_partial() -> None:
    exempt = msgspec.structs.replace(result("A-1", Verdict.PASS, "CC6.1"), exempt=1)
    looser = Limit(value=99999, default=False, tool_default=24, looser=True, clause="3.2", approved_by="a@x.example")
    loose = msgspec.structs.replace(result("A-1", Verdict.PASS, "CC6.1"), limits={"hours": looser})
    own = Limit(value=12, default=False, tool_default=24)
    strict = msgspec.structs.replace(result("A-1", Verdict.PASS, "CC6.1"), limits={"hours": own})
    for less in (exempt, loose):
        lessened = row("CC6.1", less, result("A-2", Verdict.PASS, "CC6.1"))
        assert (lessened.status, lessened.loosened) == ("no_deviations_partial", ("A-1",))
        nothing = msgspec.structs.replace(less, verdict=Verdict.NO_OCCURRENCES)
        beside = row("CC6.1", nothing, result("A-2", Verdict.PASS, "CC6.1"))
        assert (beside.status, beside.loosened) == ("no_deviations_partial", ("A-1",))
    assert (row("CC6.1", strict).status, row("CC6.1", strict).loosened) == ("no_deviations", ())


def test_rows_kept_by_hand_alone_are_a_statement() -> None:
    assert row("CC6.1", record("A-1", Verdict.PASS, "CC6.1")).status == "statement_only"
    nothing_of_system = result("A-2", Verdict.NO_OCCURRENCES, "CC6.1")
    assert row("CC6.1", record("A-1", Verdict.PASS, "CC6.1"), nothing_of_system).status == "statement_only"
    mixed = msgspec.structs.replace(result("A-2", Verdict.PASS, "CC6.1"), rests_on=("system", "record"))
    both = row("CC6.1", record("A-1", Verdict.PASS, "CC6.1"), mixed)
    assert (both.status, both.rests_on) == ("no_deviations", ("system", "record"))
    assert row("CC6.1", record("A-1", Verdict.FAIL, "CC6.1"), mixed).status == "deviation"


def test_no_occurrences_is_said_only_where_no_test_examined_anything() -> None:
    nothing, passed = result("A-1", Verdict.NO_OCCURRENCES, "CC6.1"), result("A-2", Verdict.PASS, "CC6.1")
    assert row("CC6.1", nothing).status == "no_occurrences"
    assert (row("CC6.1", nothing, passed).status, row("CC6.1", nothing, passed).no_occurrences) == (
        "no_deviations", ("A-1",),
    )  # fmt: skip


def test_a_statement_stands_where_there_is_no_more_and_changes_nothing_beside_tests() -> None:
    stated = (STATEMENT,)
    assert row("CC1.2", statements=stated).status == "statement_only"
    for verdict, status in STATUS.items():
        beside = row("CC1.2", result("A-1", verdict, "CC1.2"), statements=stated)
        assert (beside.status, beside.statements) == (status, ("S-1",))
    assert row("CC1.3", statements=stated).status == "no_control"


def test_what_management_holds_not_relevant_hides_no_deviation() -> None:
    reasons = {"P1.1": "we process for others alone"}
    assert row("P1.1", not_relevant=reasons).status == "not_relevant"
    assert row("P1.1", not_relevant=reasons).reason == reasons["P1.1"]
    assert row("P1.1", result("A-1", Verdict.PASS, "P1.1"), not_relevant=reasons).status == "not_relevant"
    for verdict in (Verdict.FAIL, Verdict.NOT_EVALUATED, Verdict.ERROR, Verdict.ACCEPTED):
        assert row("P1.1", result("A-1", verdict, "P1.1"), not_relevant=reasons).status == STATUS[verdict]


def test_a_category_that_is_not_in_scope_is_out_of_scope_and_security_always_is() -> None:
    tested = (result("A-1", Verdict.FAIL, "A1.1"), result("A-2", Verdict.PASS, "CC6.1"))
    assert row("A1.1", *tested, categories=()).status == "out_of_scope"
    assert row("A1.1", *tested, categories=("availability",)).status == "deviation"
    assert row("CC6.1", *tested, categories=()).status == "no_deviations"
    assert row("P1.1", *tested, categories=("security",)).status == "out_of_scope"


def test_controls_stand_by_id() -> None:
    rows = row("CC6.1", *(result(id, Verdict.PASS, "CC6.1") for id in ("B-1", "A-2", "A-1")))
    assert rows.controls == ("A-1", "A-2", "B-1")


def exempt(result: ControlResult, count: int, deviating: int = 0) -> ControlResult:
    by = Exemption(
        id="EX-1", resources=("a",), matched=count, reason="why", owner="a@x.example", approver="b@x.example",
        since="2026-01-01", review_by="2026-12-01", deviating=deviating,
    )  # fmt: skip
    return msgspec.structs.replace(result, exempt=count, exempt_deviations=deviating, exemptions=(by,))


OLDER = AgeLimit(source="things", hours=2160, tool_default=168, clause="POL, 1", approved_by="b@x.example")


def test_a_row_lists_each_cause_with_ids_and_counts_what_deviates_first() -> None:
    loose = {"hours": Limit(value=99999, default=False, looser=True, tool_default=24)}
    partial = row(
        "A1.1",
        out("A-1", "replaced_by", "A1.1"),
        msgspec.structs.replace(result("A-2", Verdict.PASS, "A1.1"), limits=loose),
        exempt(result("A-3", Verdict.PASS, "A1.1"), 2, deviating=1),
        exempt(result("A-4", Verdict.PASS, "A1.1"), 3),
        older={"A-4": (OLDER,), "A-2": (OLDER,)},
    )
    assert partial.status == "no_deviations_partial"
    assert partial.loosened == ("A-2", "A-3", "A-4")
    assert (partial.reason or "").split("; ") == [
        "A-3: exempt 2 of 3, of which 1 deviates (by EX-1)",
        "A-1 is without deviation (1 of 1) and was taken out by replaced_by (A-1 detail)",
        "A-2: limit hours 99999, looser than the tool default 24 (4167 times)",
        "A-4: exempt 3 of 4, of which none deviate (by EX-1)",
        "A-2, A-4: evidence of things may be 90 days old, looser than the tool default 7 days",
    ]


def test_evidence_that_may_be_older_leaves_the_criterion_partial() -> None:
    good = result("A-1", Verdict.PASS, "A1.1")
    assert row("A1.1", good, older={"A-1": (OLDER,)}).status == "no_deviations_partial"
    assert (row("A1.1", good, older={"A-2": (OLDER,)}).status, row("A1.1", good).reason) == ("no_deviations", None)


def test_a_test_that_was_taken_out_and_deviates_says_so_with_its_numbers() -> None:
    taken = msgspec.structs.replace(out("A-1", "carved_out", "A1.1", found=Verdict.FAIL), population=9, deviations=3)
    accepted = row("A1.1", taken, result("A-2", Verdict.PASS, "A1.1"))
    why = "A-1 deviates (3 of 9) and was taken out by carved_out (A-1 detail)"
    assert (accepted.status, accepted.reason) == ("accepted_deviation", why)


def test_a_form_without_a_detail_is_named_alone() -> None:
    taken = out("A-1", "no_population", "A1.1", found=Verdict.FAIL)
    assert taken.taken_out is not None
    bare = msgspec.structs.replace(taken.taken_out, detail="")
    told = row("A1.1", msgspec.structs.replace(taken, taken_out=bare)).reason
    assert told is not None
    assert told.endswith("was taken out by no_population")


def test_a_deviation_does_not_hide_the_causes_of_its_row() -> None:
    failing = row("A1.1", exempt(result("A-1", Verdict.PASS, "A1.1"), 2, 2), result("A-2", Verdict.FAIL, "A1.1"))
    assert (failing.status, failing.reason) == ("deviation", "A-1: exempt 2 of 3, of which 2 deviate (by EX-1)")


def waived(deviations: int, accepted: int) -> ControlResult:
    waiver = Waiver(
        id="WV-1",
        resources=("*-dev",),
        reason="replaced in May",
        owner="ada@acme.example",
        approver="grace@acme.example",
        opened="2026-11-01",
        expires="2026-12-31",
        matched=accepted,
    )
    unused = msgspec.structs.replace(waiver, id="WV-2", matched=0)
    verdict = Verdict.ACCEPTED if accepted == deviations else Verdict.FAIL
    given = result("A-1", verdict, "A1.1")
    return msgspec.structs.replace(
        given, population=9, deviations=deviations, waived=accepted, waivers=(waiver, unused)
    )


@pytest.mark.parametrize(
    ("deviations", "accepted", "why"),
    [
        (1, 1, "A-1: 1 of 9 deviates, accepted (by WV-1 until 2026-12-31)"),
        (3, 3, "A-1: 3 of 9 deviate, accepted (by WV-1 until 2026-12-31)"),
        (3, 2, "A-1: 3 of 9 deviate, 2 of them accepted (by WV-1 until 2026-12-31)"),
    ],
)
def test_what_is_accepted_is_told_with_how_many_and_until_when(deviations: int, accepted: int, why: str) -> None:
    assert row("A1.1", waived(deviations, accepted)).reason == why


@pytest.mark.parametrize(
    ("given", "usual", "times"),
    [
        (99999, 24, "4167 times"),
        (72, 24, "3.0 times"),
        (1, 4, "4.0 times"),  # fewer are asked for
        (0.5, 0.25, "2.0 times"),
        (10**400, 24, "more than 1e300 times"),
        (10**100, 24, "4e+98 times"),
        (0, 4, ""),
        (-1, 4, ""),
        ("low", "high", ""),
        (("a",), (), ""),
        (True, False, ""),
        (7, None, ""),
    ],
)
def test_how_far_a_looser_limit_goes(given: Any, usual: Any, times: str) -> None:
    assert times_looser(Limit(value=given, default=False, looser=True, tool_default=usual)) == times
