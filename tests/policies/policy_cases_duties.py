"""Cases of duties that must not meet."""

from policy_case import Case, bad, before, made

from soc2test import DutyConflict, Identity, Person, Spell
from soc2test_policies.cc6.duties import test_duties_that_conflict_are_apart as apart

ANN = made(
    Person, "ann@acme.example", email="ann@acme.example", name="Ann One", accounts=("test:deploy",), active=True,
    spells=(Spell(started_at=before(days=900), ended_at=None),),
)  # fmt: skip
BOB = made(Person, "bob@acme.example", email="bob@acme.example", name="Bob Two", accounts=())
PAIR = made(
    DutyConflict, "D1", one="test admin", other="cloud account", approved_by="ann@acme.example",
    approved_at=before(days=90),
)  # fmt: skip
ADMIN = made(
    Identity, "t/ann", name="ann@acme.example", email="ann@acme.example", active=True, root=False, admin=True, owner=None
)  # fmt: skip
PLAIN = made(
    Identity, "t/bob", name="bob@acme.example", email="bob@acme.example", active=True, root=False, admin=False
)  # fmt: skip
CLOUD = made(
    Identity, "c/bob", source="cloud", name="bob@acme.example", email="bob@acme.example", active=True, root=False,
    owner=None,
)  # fmt: skip
BOTH = "test admin and cloud account meet in bob@acme.example (bob@acme.example, bob@acme.example)"

CASES = [
    Case(
        apart,
        [PAIR, ADMIN, PLAIN, CLOUD, ANN, BOB],
        [
            bad(PLAIN.but(admin=True, owner=None), deviates=["D1"], says=BOTH),
            bad(
                ADMIN.but(email="bob@acme.example"), deviates=["D1"],
                says="meet in bob@acme.example (ann@acme.example, bob@acme.example)",
            ),
            bad(
                CLOUD.but(owner="Ann@acme.example"), deviates=["D1"],
                says="meet in ann@acme.example (ann@acme.example, bob@acme.example)",
            ),
            bad(PAIR.but(other="test admin"), says="test admin is declared to conflict with itself"),
            bad(PAIR.but(other="test account"), says="meet in ann@acme.example"),
            bad(PAIR.but(approved_by=None), says="nobody approved that the two are kept apart"),
            bad(PAIR.but(approved_at=None), says="nothing says when ann@acme.example approved"),
            bad(PAIR.but(approved_at=before(days=-3)), says="approved on 2026-11-23, which lies after 2026-11-20"),
            bad(PAIR.but(approved_by="zoe@acme.example"), says="its approver zoe@acme.example is not", certain=False),
            bad(PAIR.but(approved_at=before(days=901)), says="its approver ann@acme.example did not", certain=False),
        ],
        spare=frozenset({"t/ann.owner", "c/bob.owner", "t/ann.name", "t/bob.name", "c/bob.name"}),
    )
]  # fmt: skip
