"""Cases of CC2.2: what people confirmed to have read, and the lines by which they report."""

from datetime import timedelta

from policy_case import Case, bad, before, made
from policy_cases_accountability import CHAIR

from soc2test import Acknowledgement, LineTest, Person, PolicyDocument, ReportingLine, Spell
from soc2test_policies.cc2.acknowledgements import test_policies_in_force_are_acknowledged as acknowledged
from soc2test_policies.cc2.reporting import test_lines_for_reports_are_tried_each_year as tried
from soc2test_policies.cc2.reporting import test_people_can_report as lines

_ALWAYS = (Spell(started_at=before(days=999), ended_at=None),)
ANN = made(
    Person, "ann", name="Ann Reader", email="ann@acme.example", active=True, started_at=before(days=999),
    ended_at=None, spells=_ALWAYS,
)  # fmt: skip
BOB = made(Person, "bob", **ANN.but(name="Bob Other", email="bob@acme.example").facts)
NEW = made(
    Person, "new", email="new@acme.example", active=True, started_at=before(days=30), ended_at=None,
    spells=(Spell(started_at=before(days=30), ended_at=None),),
)  # fmt: skip
SECURITY = made(
    PolicyDocument, "P1", topic="information-security", version="4.0", approved_at=before(days=100),
    published_at=before(days=90),
)  # fmt: skip
OLDER = made(PolicyDocument, "P0", **SECURITY.but(version="3.0", approved_at=before(days=400)).facts)
USE = made(
    PolicyDocument, "P2", **SECURITY.but(topic="acceptable-use", version="2", published_at=before(days=30)).facts
)
READ = made(
    Acknowledgement, "ann/P1/4.0", person_email="Ann@acme.example", policy="P1", version="4.0",
    acknowledged_at=before(days=60),
)  # fmt: skip
READ_USE = made(Acknowledgement, "ann/P2/1", **READ.but(policy="P2", version="1").facts)
"""an earlier version: the new one may still be confirmed"""
LINES = [
    made(
        ReportingLine, purpose, purpose=purpose, owner_email="ann@acme.example", published_where="handbook",
        address=f"{purpose}@acme.example",
    )
    for purpose in ("incidents", "conduct")
]  # fmt: skip
LINE = made(ReportingLine, "mail", owner_email="bob@acme.example")
TEST = made(
    LineTest, "t1", line="mail", sent_at=before(days=365), sent_by="ann@acme.example",
    arrived_at=before(days=364), received_by="bob@acme.example", answered_at=before(days=357), document="t1.eml",
)  # fmt: skip
UNANSWERED = made(LineTest, "t2", **TEST.but(sent_at=before(days=9), answered_at=None, document="t2.eml").facts)
ARRIVED = TEST.facts["arrived_at"]
ANSWERED = TEST.facts["answered_at"]

CASES = [
    Case(
        acknowledged,
        [ANN, NEW, SECURITY, OLDER, USE, READ, READ_USE],
        [
            bad(
                ANN,
                READ.but(version="3.0"),
                says="version 4.0 of P1 was not confirmed 90 days after 2026-08-22, limit 30",
                certain=False,
            ),
            bad(ANN, READ.but(policy="P2"), says="version 4.0 of P1 was not confirmed", certain=False),
            bad(ANN, READ.but(acknowledged_at=None), says="version 4.0 of P1 was not confirmed", certain=False),
            bad(
                ANN,
                READ.but(acknowledged_at=before(days=59)),
                says="version 4.0 of P1 was confirmed 31 days after 2026-08-22, limit 30",
                certain=False,
            ),
            bad(
                ANN,
                READ.but(acknowledged_at=before(days=91)),
                says="version 4.0 of P1 was not confirmed",
                certain=False,
            ),
            bad(ANN, READ.but(acknowledged_at=before(days=-1)), says="was not confirmed 90 days", certain=False),
            bad(ANN, READ.but(person_email="bob@acme.example"), says="was not confirmed 90 days", certain=False),
            bad(
                NEW.but(started_at=before(days=31), spells=_ALWAYS),
                says="version 4.0 of P1 was not confirmed 31 days after 2026-10-20, limit 30",
                certain=False,
            ),
            bad(
                ANN,
                USE.but(published_at=before(days=31)),
                says="version 2 of P2 was not confirmed 31 days after 2026-10-20, limit 30",
                certain=False,
            ),
            bad(
                ANN,
                SECURITY.but(published_at=None),
                says="version 4.0 of P1 is not published: nobody can have read it",
                certain=False,
            ),
            bad(ANN, USE.but(approved_at=None), says="no approved policy of topic acceptable-use", certain=False),
            bad(
                ANN,
                USE.but(approved_at=before(days=-1)),
                says="no approved policy of topic acceptable-use is in force",
                certain=False,
            ),
        ],
        spare=frozenset({"ann.name", "ann.spells", "new.email", "new.spells", "P0.version", "P0.published_at"}),
    ),
    Case(
        lines,
        [*LINES, ANN],
        [
            bad(LINES[1].but(purpose="incidents"), deviates=[], says="no line for conduct", certain=False),
            bad(drop=["incidents", "conduct"], deviates=[], says="no line for incidents, conduct", certain=False),
            bad(
                LINES[0].but(owner_email=None),
                deviates=[],
                says="no line for incidents (incidents: nobody is named as owner)",
                certain=False,
            ),
            bad(
                LINES[1].but(published_where=None),
                deviates=[],
                says="no line for conduct (conduct: nobody says where people find it)",
                certain=False,
            ),
            bad(
                ANN.but(active=False),
                deviates=[],
                says="no line for incidents, conduct (conduct: its owner ann@acme.example has left",
                certain=False,
            ),
        ],
        spare=frozenset({"ann.name", "ann.spells", "ann.started_at"}),
    ),
    Case(
        tried,
        [
            LINE,
            TEST,
            ANN,
            BOB,
            CHAIR.but(started_at=before(days=500)),
            TEST.but(received_by="joan@overseers.example"),
            TEST,
        ],
        [
            bad(
                LINE,
                TEST.but(sent_at=before(days=366)),
                says="last tried 366 days before 2026-11-20, limit 365",
                certain=False,
            ),
            bad(LINE, TEST.but(arrived_at=None), says="the message was never received", certain=False),
            bad(LINE, TEST.but(answered_at=None), says="the message was never answered", certain=False),
            bad(
                LINE,
                TEST.but(arrived_at=ARRIVED + timedelta(minutes=1)),
                says="the message was received 24 hours 1 minutes after 2025-11-20, limit 24 hours",
                certain=False,
            ),
            bad(
                LINE,
                TEST.but(arrived_at=before(days=365.1)),
                says="the message was received on 2025-11-20, before it was sent",
                certain=False,
            ),
            bad(
                LINE,
                TEST.but(answered_at=ANSWERED + timedelta(days=1)),
                says="the message was answered 8 days after 2025-11-21, limit 7 days",
                certain=False,
            ),
            bad(LINE, TEST.but(document=None), says="no record of the message is kept", certain=False),
            bad(LINE, TEST.but(received_by=None), says="nobody is named as reader", certain=False),
            bad(
                LINE, TEST.but(received_by="ANN@acme.example"), says="read the message that was the own", certain=False
            ),
            bad(
                LINE,
                TEST.but(sent_by="max@acme.example"),
                says="its sender max@acme.example is not in the register of people",
                certain=False,
            ),
            bad(
                LINE,
                BOB.but(spells=(Spell(started_at=before(days=10), ended_at=None),)),
                says="its reader bob@acme.example did not work here on 2025-11-21",
                certain=False,
            ),
            bad(
                LINE.but(owner_email="Ann@acme.example"),
                says="ann@acme.example sent the message, and owns the line",
                certain=False,
            ),
            bad(LINE, UNANSWERED, says="the message was never answered", certain=False),
            bad(
                LINE,
                UNANSWERED.but(sent_at=before(days=400), document="./t1.eml"),
                says="its document is that of t2",
                certain=False,
            ),
            bad(LINE, TEST.but(line="page"), says="never tried", certain=False),
        ],
        spare=frozenset(
            {f"{id}.{fact}" for id in ("ann", "bob") for fact in ("name", "started_at", "ended_at")} | {"joan.body"}
        ),
    ),
]
