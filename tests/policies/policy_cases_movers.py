"""Cases of people who changed their job."""

from policy_case import Case, bad, before, made

from soc2test import Identity, Move, Person, Spell
from soc2test_policies.cc6.movers import test_access_follows_a_change_of_role as movers

HERE = (Spell(started_at=before(days=900), ended_at=None),)
ANN = made(
    Person, "ann@acme.example", email="ann@acme.example", name="Ann One", role="Engineer", accounts=("test:ann-dev",)
)  # fmt: skip
MAX = made(Person, "max@acme.example", email="max@acme.example", name="Max Lead", active=True, spells=HERE)
MOVE = made(
    Move, "M1", person_email="ann@acme.example", to_role="engineer", moved_at=before(days=60),
    reviewed_by="max@acme.example", reviewed_at=before(days=50), kept=("dir:ann@acme.example",),
    removed=("dir:ann@acme.example admin", "test:ann-dev"),
)  # fmt: skip
KEPT = made(
    Identity, "d/ann", source="dir", name="ann@acme.example", email="ann@acme.example", active=True, admin=False,
    created_at=before(days=800),
)  # fmt: skip
GONE = made(Identity, "t/ann", name="ann-dev", email=None, active=False, created_at=before(days=800))

CASES = [
    Case(
        movers,
        [MOVE, ANN, MAX, KEPT, GONE],
        [
            bad(MOVE.but(reviewed_at=None), says="access was not reviewed 60 days after 2026-09-21, limit 30 days"),
            bad(
                MOVE.but(reviewed_at=before(days=29)),
                says="access was reviewed 31 days after 2026-09-21, limit 30 days",
            ),
            bad(
                MOVE.but(reviewed_at=before(days=62)),
                says="access was reviewed on 2026-09-19, before it was moved on 2026-09-21",
            ),
            bad(MOVE.but(reviewed_by=None), says="nobody is named as reviewer"),
            bad(MOVE.but(reviewed_by="Ann@acme.example"), says="Ann@acme.example went through access of their own"),
            bad(MOVE.but(reviewed_by="zoe@acme.example"), says="its reviewer zoe@acme.example is not", certain=False),
            bad(MOVE.but(to_role="lead"), says="does not have the role lead for ann@acme.example", certain=False),
            bad(MOVE.but(person_email="zoe@acme.example"), says="zoe@acme.example is not in the", certain=False),
            bad(MOVE.but(kept=()), says="dir:ann@acme.example was not decided on"),
            bad(
                KEPT.but(admin=True), deviates=["M1"],
                says="dir:ann@acme.example was to be an administrator's no more on 2026-10-01, and is",
            ),
            bad(
                MOVE.but(removed=("test:ann-dev",)), KEPT.but(admin=True), deviates=["M1"],
                says="dir:ann@acme.example is an administrator's, which was not decided on",
            ),
            bad(GONE.but(active=True), deviates=["M1"], says="test:ann-dev was to go on 2026-10-01, and is on"),
        ],
        spare=frozenset({"d/ann.created_at", "t/ann.created_at"}),
    )
]  # fmt: skip
