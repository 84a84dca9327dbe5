"""The 61 rows: the worst of the controls that test a criterion directly."""

import itertools

import pytest

from soc2test.coverage.criteria import STATUSES, criteria_rows
from soc2test.criteria import CATEGORIES, CRITERIA
from soc2test.run import CriterionRow
from soc2test.verdicts import ControlResult, Verdict

STATUS = {
    Verdict.FAIL: "deviation", Verdict.ERROR: "not_evaluated", Verdict.NOT_EVALUATED: "not_evaluated",
    Verdict.ACCEPTED: "accepted_deviation", Verdict.NO_OCCURRENCES: "no_occurrences", Verdict.PASS: "no_deviations",
}  # fmt: skip


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


def row(id: str, *results: ControlResult, categories: tuple[str, ...] = CATEGORIES) -> CriterionRow:
    return next(each for each in criteria_rows(results, categories) if each.id == id)


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
    worst = min(STATUS[first], STATUS[second], key=STATUSES.index)
    for one, other in ((first, second), (second, first)):
        assert row("CC6.1", result("A-1", one, "CC6.1"), result("A-2", other, "CC6.1")).status == worst


def test_the_order_from_worst_to_best_is_the_contracts() -> None:
    assert STATUSES == (
        "deviation", "not_evaluated", "accepted_deviation", "statement_only", "no_occurrences", "no_deviations",
        "no_control", "out_of_scope",
    )  # fmt: skip


def test_a_support_never_raises_a_criterion() -> None:
    supported = row("CC6.6", result("A-1", Verdict.PASS, "CC6.1", supports=("CC6.6",)))
    assert (supported.status, supported.controls, supported.supported_by) == ("no_control", (), ("A-1",))
    worse = row(
        "CC6.6", result("A-1", Verdict.FAIL, "CC6.1", supports=("CC6.6",)), result("A-2", Verdict.PASS, "CC6.6")
    )
    assert worse.status == "no_deviations"


def test_what_does_not_apply_neither_raises_nor_lowers() -> None:
    out = result("A-1", Verdict.NOT_APPLICABLE, "A1.1")
    assert (row("A1.1", out).status, row("A1.1", out).controls) == ("no_control", ("A-1",))
    assert row("A1.1", out, result("A-2", Verdict.FAIL, "A1.1")).status == "deviation"


def test_a_category_that_is_not_in_scope_is_out_of_scope_and_security_always_is() -> None:
    tested = (result("A-1", Verdict.FAIL, "A1.1"), result("A-2", Verdict.PASS, "CC6.1"))
    assert row("A1.1", *tested, categories=()).status == "out_of_scope"
    assert row("A1.1", *tested, categories=("availability",)).status == "deviation"
    assert row("CC6.1", *tested, categories=()).status == "no_deviations"
    assert row("P1.1", *tested, categories=("security",)).status == "out_of_scope"


def test_controls_stand_by_id() -> None:
    rows = row("CC6.1", *(result(id, Verdict.PASS, "CC6.1") for id in ("B-1", "A-2", "A-1")))
    assert rows.controls == ("A-1", "A-2", "B-1")
