"""What is left out of a pack explains why a test does not come out again, and never why it looks better."""

import pytest

from soc2test.pack.names import About, LeftOut
from soc2test.pack.rerunning import _again

REPORT = "documents/vendors/report.txt"
ABOUT = About(
    system="Acme", period="2026-01-01..2026-06-30", report_date=None, head=f"1:{'0' * 64}", soc2test="0.1.0",
    left_out=(LeftOut(path=REPORT, sha256="0" * 64, because="a vendor's report"),),
)  # fmt: skip


@pytest.mark.parametrize("now", ["fail", "not_evaluated", "error"])
def test_a_worse_verdict_that_names_it_rests_on_it(now: str) -> None:
    again = _again("VEN-04", {"verdict": "pass"}, {"verdict": now}, ABOUT, f"{REPORT} is not there")
    assert again.left_out == (REPORT,)


@pytest.mark.parametrize("now", ["pass", "accepted", "no_occurrences", "not_applicable"])
def test_nothing_looks_better_for_it(now: str) -> None:
    again = _again("VEN-04", {"verdict": "fail"}, {"verdict": now}, ABOUT, f"{REPORT} is not there")
    assert (again.same, again.left_out) == (False, ())


def test_a_test_that_was_not_run_is_not_explained_by_it() -> None:
    assert _again("VEN-04", {"verdict": "pass"}, None, ABOUT, REPORT).left_out == ()


def test_what_names_nothing_of_it_is_not_explained_by_it() -> None:
    assert _again("VEN-04", {"verdict": "pass"}, {"verdict": "fail"}, ABOUT, "something else").left_out == ()
