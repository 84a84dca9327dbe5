"""Cases of CC1.1, CC1.4 and CC1.5: evaluations of people's work, and what follows of breaches of conduct."""

from policy_case import Case, bad, before, made

from soc2test import BodyMember, ConductBreach, Evaluation, Person, PolicyDocument, Spell
from soc2test_policies.cc1.breaches import test_breaches_of_conduct_have_consequences as consequences
from soc2test_policies.cc1.evaluations import test_evaluations_look_at_duties_for_security as security
from soc2test_policies.cc1.evaluations import test_people_are_evaluated_each_year as evaluated

_ALWAYS = (Spell(started_at=before(days=999), ended_at=None),)
BOB = made(
    Person, "bob", name="Bob Engineer", email="bob@acme.example", employment="employee", active=True,
    manager_email="ann@acme.example", started_at=before(days=999), ended_at=None, spells=_ALWAYS,
)  # fmt: skip
ANN = BOB.but(name="Ann Head", email="ann@acme.example", employment="contractor", manager_email=None)
ANN = made(Person, "ann", **ANN.facts)
EVE = made(
    Person, "eve", **{**BOB.facts, "name": "Eve New", "email": "eve@acme.example", "manager_email": "bob@acme.example"}
).but(started_at=before(days=365))  # fmt: skip
CHAIR = made(
    BodyMember, "joan", body="board", email="joan@overseers.example", started_at=before(days=200), ended_at=None
)  # fmt: skip
TALK = made(
    Evaluation, "2026-bob", person_email="Bob@acme.example", evaluator_email="ann@acme.example",
    held_at=before(days=90), document="bob.txt",
)  # fmt: skip
NOTED = made(
    Evaluation, "2026-bob", person_email="bob@acme.example", held_at=before(days=90), topics=("goals", "security"),
    signed_at=before(days=60), document="bob.txt",
)  # fmt: skip
OF_EVE = made(Evaluation, "2026-eve", **NOTED.but(person_email="eve@acme.example", document="eve.txt").facts)
LAST_YEARS = made(Evaluation, "2025-bob", **NOTED.but(held_at=before(days=455), document="old.txt").facts)
BREACH = made(
    ConductBreach, "B1", person_email="bob@acme.example", found_at=before(days=90), decided_at=before(days=60),
    decided_by="ann@acme.example", outcome="warning", document="b1.txt",
)  # fmt: skip
NOBODYS = made(
    ConductBreach, "B3",
    **BREACH.but(person_email=None, outcome="unfounded", document="b3.txt", decided_at=before(days=61)).facts,
)  # fmt: skip
CODE = made(PolicyDocument, "code", document="code.txt")
OPEN = made(
    ConductBreach, "B2", person_email="bob@acme.example", found_at=before(days=9), decided_at=None, document=None
)
LEAVER = (Spell(started_at=before(days=999), ended_at=before(days=91)),)
_OF_PEOPLE = ("name", "email", "employment", "active", "started_at", "ended_at", "spells", "manager_email")
SPARE = frozenset(
    {f"{id}.{fact}" for id in ("ann", "eve") for fact in _OF_PEOPLE}
    | {f"joan.{fact}" for fact in ("body", "email", "started_at", "ended_at")}
)

CASES = [
    Case(
        evaluated,
        [ANN, BOB, EVE, TALK, TALK.but(evaluator_email="joan@overseers.example"), TALK, CHAIR],
        [
            bad(
                BOB,
                TALK.but(held_at=before(days=366)),
                says="last evaluated 366 days before 2026-11-20, limit 365",
                certain=False,
            ),
            bad(BOB, TALK.but(held_at=before(days=-2)), says="which lies after 2026-11-20", certain=False),
            bad(BOB, TALK.but(document=None), says="evaluated without a record that is kept", certain=False),
            bad(
                BOB,
                TALK.but(evaluator_email="BOB@acme.example"),
                says="its evaluator BOB@acme.example is the very person",
                certain=False,
            ),
            bad(
                BOB,
                TALK.but(evaluator_email="eve@acme.example"),
                says="its evaluator eve@acme.example reports to bob@acme.example",
                certain=False,
            ),
            bad(
                BOB,
                TALK.but(evaluator_email="max@acme.example"),
                says="its evaluator max@acme.example is not in the register of people",
                certain=False,
            ),
            bad(
                BOB,
                ANN.but(spells=LEAVER, active=False),
                says="its evaluator ann@acme.example did not work here on 2026-08-22",
                deviates=["bob"],
                certain=False,
            ),
            bad(
                BOB,
                TALK.but(evaluator_email="joan@overseers.example"),
                CHAIR.but(started_at=before(days=89)),
                says="its evaluator joan@overseers.example is not in the register of people",
                certain=False,
            ),
            bad(BOB, drop=["2026-bob"], says="never evaluated", certain=False),
            bad(EVE.but(started_at=before(days=366)), says="never evaluated", certain=False),
        ],
        spare=SPARE | {"bob.name", "bob.spells", "bob.employment", "bob.manager_email"},
    ),
    Case(
        security,
        [
            NOTED,
            OF_EVE,
            LAST_YEARS,
            made(Evaluation, "new", held_at=before(days=9), topics=("security",), signed_at=None, document="new.txt"),
        ],
        [
            bad(OF_EVE.but(document="./Bob.txt"), says="its document is that of", deviates=["2026-bob", "2026-eve"]),
            bad(LAST_YEARS.but(document="bob.txt"), says="its document is that of 2025-bob too", deviates=["2026-bob"]),
            bad(NOTED.but(topics=("goals",)), says="did not look at security"),
            bad(NOTED.but(document=None), says="no record of it is kept"),
            bad(NOTED.but(signed_at=None), says="its record was not signed 90 days after 2026-08-22, limit 30"),
            bad(NOTED.but(signed_at=before(days=59)), says="signed 31 days after 2026-08-22, limit 30"),
            bad(NOTED.but(signed_at=before(days=92)), says="signed on 2026-08-20, before it was held"),
            bad(NOTED.but(held_at=before(days=-2)), says="held on 2026-11-22, which lies after"),
        ],
    ),
    Case(
        consequences,
        [ANN, BOB, EVE, BREACH, CHAIR, OPEN, NOBODYS, BREACH.but(decided_by="joan@overseers.example"), BREACH, CODE],
        [
            bad(
                BREACH.but(document="./B3.txt"),
                deviates=["B1", "B3"],
                says="its document is that of B3 too",
                certain=False,
            ),
            bad(BREACH.but(document="code.txt"), says="its record is the file of code", certain=False),
            bad(BREACH.but(decided_at=None), says="what follows was not decided 90 days after 2026-08-22, limit 30"),
            bad(BREACH.but(decided_at=before(days=59)), says="decided 31 days after 2026-08-22, limit 30"),
            bad(BREACH.but(decided_at=before(days=92)), says="decided on 2026-08-20, before it was found"),
            bad(OPEN.but(found_at=before(days=-2)), says="found on 2026-11-22, which lies after"),
            bad(BREACH.but(outcome=None), says="its outcome is none of unfounded, talk"),
            bad(BREACH.but(outcome="none"), says="its outcome is none of unfounded, talk"),
            bad(BREACH.but(document=None), says="no record of the decision is kept"),
            bad(BREACH.but(decided_by=None), says="nobody is named as decider"),
            bad(NOBODYS.but(decided_by=None), says="nobody is named as decider"),
            bad(BREACH.but(decided_by="Bob@acme.example"), says="its decider Bob@acme.example is the very person"),
            bad(
                BREACH.but(decided_by="eve@acme.example"),
                says="its decider eve@acme.example reports to bob@acme.example",
                certain=False,
            ),
            bad(
                BREACH.but(decided_by="max@acme.example"),
                says="its decider max@acme.example is not in the register of people",
                certain=False,
            ),
            bad(
                BREACH.but(person_email="max@acme.example"),
                says="it is about max@acme.example, who is not in the register of people",
                certain=False,
            ),
        ],
        spare=SPARE | {f"bob.{fact}" for fact in _OF_PEOPLE},
    ),
]
