"""Cases of CC4.1 and CC4.2: penetration tests, reviews of results, deficiencies."""

from datetime import UTC, datetime

from policy_case import Case, bad, before, made
from policy_cases_objectives import ADA, ANN, NAMES

from soc2test import Deficiency, PenetrationTest, ResultReview
from soc2test_policies.cc4.deficiencies import test_deficiencies_are_mended_in_time as mended
from soc2test_policies.cc4.deficiencies import test_deficiencies_are_owned_and_reported as reported
from soc2test_policies.cc4.penetration_tests import test_all_findings_of_penetration_tests_are_followed_up as followed
from soc2test_policies.cc4.penetration_tests import test_somebody_independent_tried_to_break_in as tried
from soc2test_policies.cc4.results import test_management_looks_at_results_each_month as monthly

TEST = made(
    PenetrationTest, "PT", ended_at=before(days=365), scope=("web",), document="pt.txt", lead_email="x@others.example"
)
COUNTED = made(PenetrationTest, "PT", ended_at=before(days=99), findings=1)
RUNNING = made(PenetrationTest, "PT-2", ended_at=None)
LISTED = made(Deficiency, "D1", found_by="PT")


def _month(month: int, day: int) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC)


REVIEWS = [
    made(
        ResultReview, f"2026-{month:02}", month=f"2026-{month:02}", reviewed_at=_month(month + 1, 6), decision="go on",
        reviewer_email="ada@acme.example", ran_by="ann@acme.example", results_digest="a" * 64, document="r.txt",
    )
    for month in (8, 9, 10)
]  # fmt: skip
FOUND = made(
    Deficiency, "D1", found_at=before(days=99), reported_at=before(days=85), reported_to="ada@acme.example",
    owner_email="ann@acme.example", closed_at=None, due_at=before(days=-9),
)  # fmt: skip
MENDED = made(
    Deficiency, "D1", severity="high", found_at=before(days=99), due_at=before(days=1), closed_at=before(days=54),
    fix="web#1", document="again.txt", retested_at=before(days=60), retested_by="ada@acme.example",
    fixed_by="ann@acme.example",
)  # fmt: skip
OPEN = made(Deficiency, "D2", severity="low", found_at=before(days=9), due_at=before(days=-9), closed_at=None)

CASES = [
    Case(
        tried,
        [TEST, ANN],
        [
            bad(TEST.but(ended_at=before(days=366)), says="did not end within 365 days", certain=False),
            bad(TEST.but(ended_at=None), says="did not end within 365 days", certain=False),
            bad(TEST.but(scope=()), says="names no system", certain=False),
            bad(TEST.but(document=None), says="its report is not on file", certain=False),
            bad(TEST.but(lead_email=None), says="nobody is named who led it", certain=False),
            bad(TEST.but(lead_email="ann@acme.example"), says="is a person of ours", certain=False),
        ],
        spare=NAMES | {f"ann.{fact}" for fact in ("active", "started_at", "ended_at", "spells")},
    ),
    Case(
        followed,
        [COUNTED, RUNNING, LISTED],
        [
            bad(COUNTED.but(findings=None), says="nobody counted its findings"),
            bad(COUNTED.but(findings=2), says="counts 2 findings, and the register holds 1", certain=False),
            bad(LISTED.but(found_by="IA"), deviates=["PT"], says="the register holds 0", certain=False),
            bad(COUNTED.but(findings=0), says="counts 0 findings, and the register holds 1", certain=False),
        ],
    ),
    Case(
        monthly,
        [*REVIEWS, ADA, ANN],
        [
            bad(drop=["2026-08"], deviates=[], says="nobody signed off the results of 2026-08", certain=False),
            bad(REVIEWS[0].but(reviewed_at=None), says="is open", certain=False),
            bad(REVIEWS[0].but(reviewed_at=_month(10, 3)), says="32 days after the month, limit 31", certain=False),
            bad(REVIEWS[0].but(reviewed_at=_month(8, 30)), says="before it was over", certain=False),
            bad(REVIEWS[1].but(results_digest=None), says="names no results", certain=False),
            bad(REVIEWS[1].but(decision=None), says="no decision", certain=False),
            bad(REVIEWS[1].but(document=None), says="no record of it", certain=False),
            bad(REVIEWS[1].but(reviewer_email=None), says="nobody is named as reviewer", certain=False),
            bad(REVIEWS[2].but(reviewer_email="ann@acme.example"), says="ann@acme.example owns it", certain=False),
        ],
        spare=NAMES | {f"{id}.{fact}" for id in ("ann", "ada") for fact in ("active", "started_at", "ended_at")}
        | {"ann.spells", "ann.email"},
    ),
    Case(
        reported,
        [FOUND, FOUND.but(closed_at=before(days=3)), FOUND, ADA, ANN],
        [
            bad(FOUND.but(reported_at=None), says="not reported 99 days after"),
            bad(FOUND.but(reported_at=before(days=84)), says="reported 15 days after"),
            bad(FOUND.but(reported_at=before(days=101)), says="before it was found"),
            bad(FOUND.but(reported_to=None), says="nobody is named as management"),
            bad(FOUND.but(reported_to="ann@acme.example"), says="its management ann@acme.example owns it"),
            bad(FOUND.but(owner_email=None), says="nobody is named as owner"),
            bad(FOUND.but(due_at=None), says="has no day that it is due"),
        ],
        spare=NAMES | {"ann.spells", "ada.active", "ada.started_at", "ada.ended_at"},
    ),
    Case(
        mended,
        [MENDED, OPEN, ADA, ANN],
        [
            bad(MENDED.but(closed_at=before(days=53)), says="closed 46 days after"),
            bad(MENDED.but(due_at=before(days=55)), says="closed 45 days after"),
            bad(MENDED.but(closed_at=None), says="not closed 99 days after"),
            bad(MENDED.but(closed_at=before(days=101)), says="before it was found"),
            bad(MENDED.but(fix=None), says="nothing is named that was done"),
            bad(MENDED.but(document=None), says="without a record of the test"),
            bad(MENDED.but(retested_at=None), says="was not tested again"),
            bad(MENDED.but(retested_at=before(days=40)), says="before it was tested again"),
            bad(MENDED.but(retested_by=None), says="nobody is named who tested it again"),
            bad(MENDED.but(retested_by="ann@acme.example"), says="its tester ann@acme.example mended it too"),
        ],
        spare=NAMES | {f"{id}.{fact}" for id in ("ann", "ada") for fact in (
            "active", "started_at", "ended_at", "spells", "email")},
    ),
]  # fmt: skip
