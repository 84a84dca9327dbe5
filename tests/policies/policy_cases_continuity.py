"""Cases of CC3.4 and CC9.1: how the company goes on, what is insured, and what changed."""

from policy_case import Case, bad, before, made

from soc2test import ContinuityPlan, Exercise, Insurance, Person, Risk, SignificantChange, Spell
from soc2test_policies.cc3.changes import test_changes_are_told_by_others_than_owners_of_risks as by_others
from soc2test_policies.cc3.changes import test_significant_changes_lead_to_a_look_at_risks as looked
from soc2test_policies.cc9.continuity import test_insurance_is_in_force as insured
from soc2test_policies.cc9.continuity import test_processes_have_a_continuity_plan as planned

_ALWAYS = (Spell(started_at=before(days=999), ended_at=None),)
ANN = made(
    Person, "ann", name="Ann Owner", email="ann@acme.example", active=True, started_at=before(days=999), ended_at=None,
    spells=_ALWAYS,
)  # fmt: skip
ADA = made(Person, "ada", **{**ANN.facts, "name": "Ada Head", "email": "ada@acme.example"})
NAMES = frozenset({"ann.name", "ada.name"})
PLAN = made(
    ContinuityPlan, "B1", document="plan.txt", rto_hours=72, rpo_hours=24, owner_email="ann@acme.example",
    approved_by="ada@acme.example", approved_at=before(days=99), reviewed_at=before(days=365),
)  # fmt: skip
INSURED = made(Insurance, "I1", covers="cyber", document="i1.txt", starts_at=before(days=99), ends_at=before(days=-99))
LAST_YEARS = made(
    Insurance, "I0", covers="liability", document="i0.txt", starts_at=before(days=464), ends_at=before(days=99)
)  # fmt: skip
TRIED = made(Exercise, "EX", document="ex.txt")
OTHER_PLAN = made(ContinuityPlan, "B2", document="plan.txt")
CHANGE = made(
    SignificantChange, "S1", happened_at=before(days=99), concerns=("web",), risks_reviewed_at=None
)
NAMING = made(Risk, "R1", concerns=("web",), reviewed_at=before(days=54))
ENTERED = made(SignificantChange, "S1", happened_at=before(days=99), concerns=("web",), told_by="ada@acme.example")
OWNED = made(Risk, "R1", concerns=("web",), owner_email="ann@acme.example")

CASES = [
    Case(
        planned,
        [ANN, ADA, PLAN],
        [
            bad(PLAN.but(document=None), says="stand in no document"),
            bad(PLAN.but(rto_hours=None), says="how long it may be down"),
            bad(PLAN.but(rpo_hours=None), says="how much data may be lost"),
            bad(PLAN.but(rto_hours=73), says="may be down 73 hours, limit 72"),
            bad(PLAN.but(rpo_hours=25), says="may lose 25 hours of data, limit 24"),
            bad(PLAN.but(owner_email=None), says="nobody is named as owner"),
            bad(PLAN.but(approved_by="ann@acme.example"), says="was approved by its owner alone"),
            bad(PLAN.but(reviewed_at=before(days=366)), says="last reviewed 366 days before"),
        ],
        spare=NAMES | {"ann.spells", "ada.active", "ada.started_at", "ada.ended_at"},
    ),
    Case(
        insured,
        [INSURED, LAST_YEARS, TRIED, OTHER_PLAN],
        [
            bad(
                INSURED.but(document="i0.txt"),
                says="its document is that of I0 too, and one document",
                certain=False,
                deviates=["I1"],
            ),
            bad(
                INSURED.but(document="./PLAN.txt"),
                says="its record is the file of B2",
                deviates=["I1"],
                certain=False,
            ),
            bad(
                INSURED.but(document="ex.txt"),
                says="its record is the file of EX",
                deviates=["I1"],
                certain=False,
            ),
            bad(INSURED.but(ends_at=before(days=0)), says="no cyber insurance is in force", certain=False),
            bad(INSURED.but(starts_at=before(days=-9)), says="runs from 2026-11-29", certain=False),
            bad(INSURED.but(document=None), says="has no certificate on file", certain=False),
            bad(INSURED.but(covers="liability"), deviates=[], says="no cyber insurance is in force", certain=False),
        ],
        spare=frozenset({"I0.starts_at", "I0.ends_at", "EX.document", "B2.document"}),
    ),
    Case(
        looked,
        [CHANGE, NAMING],
        [
            bad(CHANGE.but(concerns=()), says="says of nothing by which a risk could name it"),
            bad(CHANGE.but(concerns=("shop",)), says="not looked at among the risks", certain=False),
            bad(NAMING.but(reviewed_at=before(days=53)), deviates=["S1"], says="46 days after", certain=False),
            bad(NAMING.but(reviewed_at=before(days=100)), deviates=["S1"], says="1 risks name it", certain=False),
            bad(NAMING.but(reviewed_at=None), deviates=["S1"], says="not looked at among the risks", certain=False),
            bad(
                CHANGE.but(risks_reviewed_at=before(days=53)),
                NAMING.but(reviewed_at=before(days=9)),
                says="looked at among the risks 46 days after",
                certain=False,
            ),
            bad(
                CHANGE.but(risks_reviewed_at=before(days=101)),
                NAMING.but(reviewed_at=before(days=9)),
                says="was looked at on 2026-08-11, before it was made",
                certain=False,
            ),
        ],
        spare=frozenset({"S1.risks_reviewed_at"}),
    ),
    Case(
        by_others,
        [ENTERED, OWNED, ADA, ANN],
        [
            bad(ENTERED.but(told_by=None), says="nobody is named as entry"),
            bad(ENTERED.but(told_by="eve@acme.example"), says="is not in the register of people", certain=False),
            bad(ENTERED.but(told_by="ann@acme.example"), says="was entered by ann@acme.example, who owns R1, on"),
        ],
        spare=NAMES
        | {f"{id}.{fact}" for id in ("ann", "ada") for fact in ("active", "started_at", "ended_at")}
        | {"ann.spells", "ann.email"},
    ),
]
