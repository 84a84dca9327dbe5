"""Cases of CC3.1: commitments, requirements, and how much risk is taken."""

from policy_case import Case, bad, before, made

from soc2test import BodyMember, Commitment, Person, Risk, RiskAppetite, Spell
from soc2test_policies.cc3.objectives import test_commitments_are_approved_and_reviewed as approved
from soc2test_policies.cc3.objectives import test_commitments_are_tied_to_requirements_and_risks as tied
from soc2test_policies.cc3.objectives import test_risks_lie_within_a_stated_appetite as appetite

ANN = made(
    Person, "ann", name="Ann Able", email="ann@acme.example", active=True,
    spells=(Spell(started_at=before(days=999), ended_at=None),), ended_at=None, started_at=before(days=999),
)  # fmt: skip
BEN = made(
    Person, "ben", name="Ben Best", email="ben@acme.example", active=True,
    spells=(Spell(started_at=before(days=99), ended_at=None),), ended_at=None, started_at=before(days=99),
)  # fmt: skip
LEO = made(
    Person, "leo", name="Leo Left", email="leo@acme.example", active=False,
    spells=(Spell(started_at=before(days=999), ended_at=before(days=50)),), ended_at=before(days=50),
    started_at=before(days=999),
)  # fmt: skip
JOAN = made(
    BodyMember, "joan", body="board", email="joan@overseers.example", started_at=before(days=200), ended_at=None
)  # fmt: skip
PEOPLE = frozenset(
    f"{id}.{fact}"
    for id in ("ann", "ben", "leo")
    for fact in ("name", "email", "active", "spells", "ended_at", "started_at")
) | {f"joan.{fact}" for fact in ("body", "email", "started_at", "ended_at")}

PROMISED = made(
    Commitment, "c1", owner_email="ben@acme.example", version="3", document="c.txt", approved_by="ann@acme.example",
    approved_at=before(days=90), reviewed_at=before(days=365),
)  # fmt: skip
C1 = made(Commitment, "c1", kind="commitment", serves=(), risks=("r1",))
Q1 = made(Commitment, "q1", kind="requirement", serves=("c1",), risks=("r1", "r2"))
RISKS = [made(Risk, "r1"), made(Risk, "r2")]

RISK = made(Risk, "r1", category="vendor", owner_email="ben@acme.example", treatment="accept", likelihood=2, impact=3)
TAKEN = made(
    RiskAppetite, "a1", category="vendor", most=6, approved_by="joan@overseers.example", approved_at=before(days=90),
    document="a.txt",
)  # fmt: skip

CASES = [
    Case(
        approved,
        [PROMISED, ANN, BEN, LEO, JOAN],
        [
            bad(PROMISED.but(owner_email=None), says="nobody is named as owner"),
            bad(
                PROMISED.but(owner_email="leo@acme.example"), says="its owner leo@acme.example has left", certain=False
            ),
            bad(PROMISED.but(document=None), says="no text of version 3 is kept"),
            bad(PROMISED.but(approved_at=None), says="version 3: was not approved"),
            bad(PROMISED.but(approved_at=before(days=-3)), says="approved on 2026-11-23, which lies after"),
            bad(PROMISED.but(approved_by=None), says="version 3: nobody is named as approver"),
            bad(PROMISED.but(approved_by="ben@acme.example"), says="was approved by its owner alone"),
            bad(
                PROMISED.but(approved_by="leo@acme.example", approved_at=before(days=9)),
                says="its approver leo@acme.example did not work here on 2026-11-11",
                certain=False,
            ),
            bad(
                PROMISED.but(approved_by="joan@overseers.example", approved_at=before(days=300)),
                says="its approver joan@overseers.example is not in the register of people",
                certain=False,
            ),
            bad(PROMISED.but(reviewed_at=None), says="never reviewed"),
            bad(PROMISED.but(reviewed_at=before(days=366)), says="last reviewed 366 days before 2026-11-20, limit 365"),
        ],
        spare=PEOPLE | {"c1.version"},
    ),
    Case(
        tied,
        [C1, Q1, *RISKS],
        [
            bad(
                C1,
                Q1.but(serves=("c2",)),
                made(Commitment, "c2", kind="commitment", serves=(), risks=("r1",)),
                deviates=["c1"],
                says="no requirement serves this commitment",
                certain=False,
            ),
            bad(Q1.but(kind="commitment"), deviates=["c1", "q1"], says="no requirement serves", certain=False),
            bad(Q1.but(kind="promise"), deviates=["c1", "q1"], says="neither commitment nor requirement but 'promise'"),
            bad(Q1.but(serves=()), deviates=["c1", "q1"], says="this requirement serves no commitment"),
            bad(
                Q1.but(serves=("c1", "q1")), says="q1, which it serves, is no commitment of the register", certain=False
            ),
            bad(Q1.but(serves=("c1", "c9")), says="c9, which it serves, is no commitment", certain=False),
            bad(Q1.but(risks=()), says="no risk is named"),
            bad(Q1.but(risks=("r1", "r9")), says="r9 is no risk of the register", certain=False),
            bad(drop=["c1"], deviates=["q1"], says="c1, which it serves, is no commitment", certain=False),
        ],
        spare=frozenset({"c1.serves"}),
    ),
    Case(
        appetite,
        [RISK, TAKEN, ANN, BEN, LEO, JOAN],
        [
            bad(RISK.but(category="fraud"), says="nothing states how much risk of category fraud", certain=False),
            bad(RISK.but(impact=4), says="is accepted at 8, and a1 allows 6"),
            bad(RISK.but(likelihood=3), says="is accepted at 9, and a1 allows 6"),
            bad(RISK, TAKEN.but(most=5), says="is accepted at 6, and a1 allows 5"),
            bad(RISK, TAKEN.but(document=None), says="no text of a1 is kept"),
            bad(RISK, TAKEN.but(approved_at=None), says="a1: was not approved"),
            bad(RISK, TAKEN.but(approved_by=None), says="a1: nobody is named as approver"),
            bad(
                RISK,
                TAKEN.but(approved_by="ben@acme.example"),
                says="a1: was approved by the owner of the risk alone",
            ),
            bad(
                RISK,
                JOAN.but(ended_at=before(days=91)),
                says="its approver joan@overseers.example is not in the register of people",
                certain=False,
            ),
            bad(
                RISK,
                JOAN.but(started_at=before(days=999)),
                TAKEN.but(approved_at=before(days=366)),
                says="a1 was last approved 366 days before 2026-11-20, limit 365",
            ),
        ],
        spare=PEOPLE | {"r1.owner_email"},
    ),
]
