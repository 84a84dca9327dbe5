"""Cases of CC1.2: the meetings of a board, their minutes, and who sits on it."""

from policy_case import Case, bad, before, made

from soc2test import BodyMember, Meeting, Person, PolicyDocument, Spell
from soc2test_policies.cc1.oversight import test_a_board_meets_on_security_each_quarter as quarterly
from soc2test_policies.cc1.oversight import test_meetings_of_the_board_are_minuted as minuted
from soc2test_policies.cc1.oversight import test_somebody_independent_oversees as independent

CHARTER = made(PolicyDocument, "charter", document="charter.txt")
DETERMINED = made(BodyMember, "joan", determination="joan.txt")
MEETINGS = {
    days: made(
        Meeting, f"board-{days}", held_at=before(days=days), topics=("finance", "security"), minutes=f"{days}.txt"
    )
    for days in (66, 164, 255, 346)
}
"""in the last four full quarters: on 15 September, 9 June and 10 March of 2026, and 9 December of 2025"""
JOAN = made(
    BodyMember, "joan", body="board", name="Joan Chair", email="joan@overseers.example", started_at=before(days=99),
    ended_at=None, ties=(), determined_at=before(days=99), determined_by="ida@fund.example", determination="joan.txt",
)  # fmt: skip
IDA = made(
    BodyMember, "ida", body="board", name="Ida Invest", email="ida@fund.example", started_at=before(days=99),
    ended_at=before(days=-9), ties=("shareholder",), determination=None,
)  # fmt: skip
MEETING = made(
    Meeting, "m1", body="board", held_at=before(days=90), attendees=("Joan@overseers.example", "ida@fund.example"),
    minutes="m1.txt", signed_by="joan@overseers.example", signed_at=before(days=30),
)  # fmt: skip
SAT = made(Meeting, "m1", body="board", held_at=before(days=90), attendees=MEETING.facts["attendees"])
ANN = made(
    Person, "ann", name="Ann Secretary", email="ann@acme.example", active=True,
    spells=(Spell(started_at=before(days=999), ended_at=None),),
)  # fmt: skip
LONG_AGO = made(
    Person, "joan.then", name="Joan Chair", email="joan@overseers.example", active=False,
    spells=(Spell(started_at=before(days=2999), ended_at=before(days=90 + 1095)),),
)  # fmt: skip
SPARE_PEOPLE = frozenset(
    {f"{id}.{fact}" for id in ("ann", "joan.then") for fact in ("name", "email", "active", "spells")}
)

CASES = [
    Case(
        quarterly,
        [
            *MEETINGS.values(),
            made(Meeting, "board-0", held_at=before(days=3), topics=(), minutes=None),
            DETERMINED,
            CHARTER,
        ],
        [
            bad(
                MEETINGS[164].but(topics=("finance",)),
                deviates=[],
                says="no meeting with minutes dealt with security in Q2 2026",
                certain=False,
            ),
            bad(
                MEETINGS[346].but(minutes=None),
                deviates=[],
                says="no meeting with minutes dealt with security in Q4 2025",
                certain=False,
            ),
            bad(drop=["board-66", "board-255"], deviates=[], says="in Q3 2026, Q1 2026", certain=False),
            bad(
                MEETINGS[66].but(minutes="joan.txt"),
                deviates=[],
                says="in Q3 2026; board-66: its record is the file of joan",
                certain=False,
            ),
            bad(
                MEETINGS[66].but(minutes="charter.txt"),
                deviates=[],
                says="in Q3 2026; board-66: its record is the file of charter",
                certain=False,
            ),
            bad(
                MEETINGS[66].but(minutes="164.txt"),
                deviates=[],
                says="in Q3 2026, Q2 2026; board-164: its document is that of board-66 too",
                certain=False,
            ),
        ],
        spare=frozenset(f"board-0.{fact}" for fact in ("held_at", "topics", "minutes")),
    ),
    Case(
        minuted,
        [
            MEETING,
            JOAN,
            IDA,
            ANN,
            MEETING.but(signed_by="Ann@acme.example"),
            made(
                Meeting,
                "m2",
                body="board",
                held_at=before(days=9),
                attendees=(),
                minutes="m2.txt",
                signed_by=None,
                signed_at=None,
            ),
            made(Meeting, "m0", held_at=before(days=518), minutes="m0.txt"),
            CHARTER,
        ],
        [
            bad(MEETING.but(minutes=None), says="there are no minutes"),
            bad(MEETING.but(minutes="./M0.txt"), says="its document is that of m0 too", certain=False),
            bad(MEETING.but(minutes="joan.txt"), says="its record is the file of joan", certain=False),
            bad(MEETING.but(minutes="charter.txt"), says="its record is the file of charter", certain=False),
            bad(MEETING.but(signed_at=None), says="the minutes were not signed 90 days after 2026-08-22, limit 60"),
            bad(
                MEETING.but(signed_at=before(days=29)),
                says="the minutes were signed 61 days after 2026-08-22, limit 60",
            ),
            bad(MEETING.but(signed_at=before(days=92)), says="signed on 2026-08-20, before it was held"),
            bad(MEETING.but(held_at=before(days=-2)), says="held on 2026-11-22, which lies after"),
            bad(MEETING.but(signed_by=None), says="nobody is named as signer"),
            bad(
                MEETING.but(signed_by="bo@acme.example"),
                says="its signer bo@acme.example is not in the register of people",
                certain=False,
            ),
            bad(
                MEETING.but(attendees=("joan@overseers.example", "bo@acme.example")),
                says="bo@acme.example is not in the register of body_members",
                certain=False,
            ),
            bad(
                MEETING,
                IDA.but(started_at=before(days=89)),
                says="ida@fund.example did not sit on the board on 2026-08-22",
                certain=False,
            ),
            bad(
                MEETING,
                IDA.but(ended_at=before(days=90)),
                says="ida@fund.example did not sit on the board on 2026-08-22",
                certain=False,
            ),
            bad(MEETING, IDA.but(body="committee"), says="did not sit on the board", certain=False),
            bad(
                MEETING.but(attendees=("joan@overseers.example", "Joan@Overseers.example")),
                *(IDA.but(email=f"{id}@fund.example") for id in ("ida",)),
                made(BodyMember, "eve", body="board", email="eve@x.example", started_at=before(99), ended_at=None),
                says="1 of 3 members took part, limit 50 percent",
                certain=False,
            ),
            bad(MEETING.but(attendees=(), signed_by="ann@acme.example"), says="0 of 2 members", certain=False),
        ],
        spare=SPARE_PEOPLE
        | {f"m2.{fact}" for fact in ("body", "attendees", "signed_by")}
        | {"m1.signed_by", "m1.body"},
    ),
    Case(
        independent,
        [SAT, JOAN, IDA, ANN, LONG_AGO],
        [
            bad(
                SAT.but(attendees=("ida@fund.example",)),
                says="0 independent members took part, limit 1: ida@fund.example is tied to the company: shareholder",
                certain=False,
            ),
            bad(SAT.but(attendees=()), says="nobody who took part sat on it"),
            bad(
                SAT,
                JOAN.but(ties=("family",)),
                says="joan@overseers.example is tied to the company: family",
                certain=False,
            ),
            bad(
                SAT,
                JOAN.but(determined_at=None),
                says="the ties of joan@overseers.example were never determined",
                certain=False,
            ),
            bad(
                SAT,
                JOAN.but(determined_at=before(days=456)),
                says="were last determined 366 days before 2026-08-22, limit 365",
                certain=False,
            ),
            bad(
                SAT,
                JOAN.but(determined_at=before(days=88)),
                says="last determined on 2026-08-24, which lies after 2026-08-22",
                certain=False,
            ),
            bad(
                SAT,
                JOAN.but(determination=None),
                says="what was determined of joan@overseers.example has no document",
                certain=False,
            ),
            bad(SAT, JOAN.but(determined_by=None), says="has no signature", certain=False),
            bad(
                SAT,
                JOAN.but(determined_by="JOAN@overseers.example"),
                says="joan@overseers.example alone determined it",
                certain=False,
            ),
            bad(
                SAT,
                IDA.but(ties=("shareholder", "management")),
                says="ida@fund.example, who determined it of joan@overseers.example, is of management",
                certain=False,
            ),
            bad(
                SAT,
                JOAN.but(determined_by="bo@acme.example"),
                says="its determination of joan@overseers.example bo@acme.example is not in the register of people",
                certain=False,
            ),
            bad(
                SAT,
                LONG_AGO.but(spells=(Spell(started_at=before(days=2999), ended_at=before(days=89 + 1095)),)),
                says="joan@overseers.example works here, or did within 1095 days, by the register of people",
                certain=False,
            ),
            bad(SAT, JOAN.but(ended_at=before(days=91)), says="ida@fund.example is tied", certain=False),
        ],
        spare=SPARE_PEOPLE
        | {f"ida.{fact}" for fact in ("name", "ties", "started_at", "ended_at", "determined_at", "email")},
    ),
]
