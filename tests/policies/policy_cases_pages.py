"""Cases of what somebody was paged for, and of the rows that name it."""

from policy_case import Case, bad, before, made

from soc2test import Incident, Page
from soc2test_policies.cc7.pages import test_urgent_pages_are_in_the_register_of_incidents as entered

PAGED = made(
    Page, "p/Q1", reference="Q1", name="7", title="Slow", urgency="high", priority=None, created_at=before(days=9),
    merged_into=None,
)  # fmt: skip
ROW = made(Incident, "I1", pages=("Q1",), resolved_at=before(days=8))
MINOR = made(Page, "p/Q2", urgency="low", priority="P4", created_at=before(days=30))
LONG_AGO = made(Page, "p/Q0", created_at=before(days=400), urgency="high")
MERGED = PAGED.but(reference="Q3", merged_into="Q1")
OTHER = made(Page, "p/Q3", **MERGED.facts)
THIS_WEEK = made(Page, "p/Q4", **PAGED.but(reference="Q4", created_at=before(days=7)).facts)

CASES = [
    Case(
        entered,
        [PAGED, ROW, MINOR, LONG_AGO, OTHER, THIS_WEEK],
        [
            bad(ROW.but(pages=()), deviates=["p/Q1", "p/Q3"], says="page 7 (Slow): not entered in the register", certain=False),
            bad(ROW.but(resolved_at=before(days=11.2)), deviates=["p/Q1", "p/Q3"], says="not entered", certain=False),
            bad(ROW.but(pages=("Q9", "Q4")), deviates=["p/Q1", "p/Q3"], says="9 days after 2026-11-11, limit 7 days", certain=False),
            bad(OTHER.but(merged_into=None), says="not entered", certain=False),
            bad(OTHER.but(merged_into="Q9"), says="not entered", certain=False),
            bad(
                made(Page, "p/Q2", **PAGED.but(reference="Q2", urgency="low", priority="P2").facts),
                says="not entered", certain=False,
            ),
            bad(
                made(Page, "p/Q2", **PAGED.but(reference="Q2", priority="P4", created_at=before(days=370)).facts),
                says="not entered", certain=False,
            ),
        ],
        spare=frozenset({"p/Q0.urgency"} | {f"p/Q{n}.{fact}" for n in (1, 3, 4) for fact in ("name", "title", "priority")}
                        | {"p/Q1.merged_into", "p/Q4.merged_into"}),
    ),
]  # fmt: skip
