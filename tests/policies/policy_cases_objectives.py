"""Cases of CC2.3, CC3.1, CC3.4 and CC9.1: what was promised, told and insured, and what changed."""

from policy_case import Case, bad, before, made

from soc2test import Commitment, ContinuityPlan, Customer, Insurance, Person, Risk, SignificantChange, Spell, Vendor
from soc2test_policies.cc2.customers import test_commitments_are_told as told
from soc2test_policies.cc2.customers import test_customers_have_agreed_to_terms as agreed
from soc2test_policies.cc3.changes import test_changes_are_told_by_others_than_owners_of_risks as by_others
from soc2test_policies.cc3.changes import test_significant_changes_lead_to_a_look_at_risks as looked
from soc2test_policies.cc3.commitments import test_commitments_are_approved_and_reviewed as approved
from soc2test_policies.cc3.commitments import test_commitments_are_tied_to_risks as tied
from soc2test_policies.cc3.commitments import test_each_category_has_commitments_and_requirements as each
from soc2test_policies.cc9.continuity import test_insurance_is_in_force as insured
from soc2test_policies.cc9.continuity import test_processes_have_a_continuity_plan as planned

_ALWAYS = (Spell(started_at=before(days=999), ended_at=None),)
ANN = made(
    Person, "ann", name="Ann Owner", email="ann@acme.example", active=True, started_at=before(days=999), ended_at=None,
    spells=_ALWAYS,
)  # fmt: skip
ADA = made(Person, "ada", **{**ANN.facts, "name": "Ada Head", "email": "ada@acme.example"})
NAMES = frozenset({"ann.name", "ada.name"})
PROMISE = made(
    Commitment, "C1", owner_email="ann@acme.example", approved_by="ada@acme.example", approved_at=before(days=99),
    reviewed_at=before(days=365), document="terms.txt",
)  # fmt: skip
RISK = made(Risk, "R1")
NEED = made(Commitment, "C1", risks=("R1",))
ALL = [
    made(Commitment, f"{type_}-{category}", type=type_, category=category)
    for type_ in ("commitment", "requirement")
    for category in ("security", "availability", "confidentiality")
]
SERVED = made(
    Customer, "K1", started_at=before(days=99), ended_at=None, terms_version="4", agreed_at=before(days=90),
    security_terms=True, document="k1.txt",
)  # fmt: skip
GONE = made(Customer, "K0", started_at=before(days=999), ended_at=before(days=99))
TOLD = made(Commitment, "C1", approved_at=before(days=99), told_at=before(days=69), told_where="terms 4")
PLAN = made(
    ContinuityPlan, "B1", document="plan.txt", rto_hours=72, rpo_hours=24, owner_email="ann@acme.example",
    approved_by="ada@acme.example", approved_at=before(days=99), reviewed_at=before(days=365),
)  # fmt: skip
INSURED = made(Insurance, "I1", covers="cyber", document="i1.txt", starts_at=before(days=99), ends_at=before(days=-99))
CHANGE = made(SignificantChange, "S1", happened_at=before(days=99), concerns=("web",))
NAMING = made(Risk, "R1", concerns=("web",), reviewed_at=before(days=54))
ENTERED = made(SignificantChange, "S1", happened_at=before(days=99), concerns=("web",), told_by="ada@acme.example")
OWNED = made(Risk, "R1", concerns=("web",), owner_email="ann@acme.example")

CASES = [
    Case(
        approved,
        [ANN, ADA, PROMISE],
        [
            bad(PROMISE.but(owner_email=None), says="nobody is named as owner"),
            bad(PROMISE.but(document=None), says="its wording stands in no document"),
            bad(PROMISE.but(approved_at=None), says="it was never approved"),
            bad(PROMISE.but(approved_by="Ann@acme.example"), says="its approver Ann@acme.example owns it"),
            bad(PROMISE.but(approved_by=None), says="nobody is named as approver"),
            bad(PROMISE.but(approved_at=before(days=-3)), says="which lies after 2026-11-20"),
            bad(PROMISE.but(reviewed_at=before(days=366)), says="last reviewed 366 days before"),
            bad(PROMISE.but(reviewed_at=None), says="never reviewed"),
        ],
        spare=NAMES | {"ann.spells", "ada.active", "ada.started_at", "ada.ended_at"},
    ),
    Case(
        tied,
        [NEED, RISK],
        [
            bad(NEED.but(risks=()), says="names no risk"),
            bad(
                NEED.but(risks=("R1", "R9")), says="names R9, which the register of risks does not hold", certain=False
            ),
        ],
    ),
    Case(
        each,
        ALL,
        [
            bad(drop=["requirement-availability"], deviates=[], says="no requirement on availability", certain=False),
            bad(ALL[0].but(category="privacy"), deviates=[], says="no commitment on security", certain=False),
        ],
    ),
    Case(
        agreed,
        [SERVED, GONE],
        [
            bad(SERVED.but(terms_version=None), says="agreed to no terms"),
            bad(SERVED.but(security_terms=False), says="its terms 4 name nothing on security"),
            bad(SERVED.but(document=None), says="its agreement is not on file"),
            bad(SERVED.but(agreed_at=None), says="have no day on which it agreed"),
            bad(SERVED.but(agreed_at=before(days=-3)), says="which lies after 2026-11-20"),
        ],
    ),
    Case(
        told,
        [TOLD],
        [
            bad(TOLD.but(approved_at=None), says="there is nothing to tell"),
            bad(TOLD.but(told_at=None), says="was told to nobody"),
            bad(TOLD.but(told_at=before(days=68)), says="told 31 days after"),
            bad(TOLD.but(told_at=before(days=199)), says="before it was approved"),
            bad(TOLD.but(told_where=None), says="at no place that is named"),
        ],
    ),
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
            bad(PLAN.but(approved_by="ann@acme.example"), says="its approver ann@acme.example owns it"),
            bad(PLAN.but(reviewed_at=before(days=366)), says="last reviewed 366 days before"),
        ],
        spare=NAMES | {"ann.spells", "ada.active", "ada.started_at", "ada.ended_at"},
    ),
    Case(
        insured,
        [INSURED],
        [
            bad(INSURED.but(ends_at=before(days=0)), says="no cyber insurance is in force", certain=False),
            bad(INSURED.but(starts_at=before(days=-9)), says="runs from 2026-11-29", certain=False),
            bad(INSURED.but(document=None), says="has no certificate on file", certain=False),
            bad(INSURED.but(covers="liability"), deviates=[], says="no cyber insurance is in force", certain=False),
        ],
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
        ],
    ),
    Case(
        by_others,
        [ENTERED, OWNED, ADA, ANN],
        [
            bad(ENTERED.but(told_by=None), says="nobody is named as entry"),
            bad(ENTERED.but(told_by="eve@acme.example"), says="is not in the register of people", certain=False),
            bad(ENTERED.but(told_by="ann@acme.example"), says="its entry ann@acme.example owns it: R1"),
        ],
        spare=NAMES
        | {f"{id}.{fact}" for id in ("ann", "ada") for fact in ("active", "started_at", "ended_at")}
        | {"ann.spells", "ann.email"},
    ),
]
VENDOR = made(Vendor, "v", onboarded_at=before(days=9))
