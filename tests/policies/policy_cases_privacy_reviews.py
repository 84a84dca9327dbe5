"""Cases of complaints, of the yearly review of privacy, and of checks of the data itself."""

from policy_case import Case, bad, before, made
from policy_cases_privacy_breaches import UNSEEN
from policy_cases_privacy_requests import BOX, counted

from soc2test import (
    CollectionPoint,
    Complaint,
    Consent,
    DataQualityCheck,
    DataSubjectRequest,
    Person,
    PrivacyAssessment,
    PrivacyNotice,
    PrivacyReview,
    ProcessingActivity,
    RetentionCheck,
    Spell,
    SystemCount,
)
from soc2test_policies.p.complaints import test_complaints_are_answered_and_remedied as answered
from soc2test_policies.p.complaints import test_privacy_is_reviewed_each_year as reviewed
from soc2test_policies.p.quality import test_personal_data_is_held_against_what_is_right as right

ANN = made(
    Person, "ann", email="ann@acme.example", name="Ann Acme", active=True,
    spells=(Spell(started_at=before(days=999), ended_at=None),),
)  # fmt: skip
BOB = made(
    Person, "bob", email="bob@acme.example", name="Bob Bit", active=True,
    spells=(Spell(started_at=before(days=999), ended_at=None),),
)  # fmt: skip
NOTICE = made(PrivacyNotice, "customers-3", published_at=before(days=300), replaced_at=None, contacts=(BOX,))
UPHELD = made(
    Complaint, "C1", channel=BOX, received_at=before(days=100), answered_at=before(days=70), outcome="upheld",
    answered_by="ann@acme.example", explanation="you were right", remedied_at=before(days=40),
)  # fmt: skip
REJECTED = made(
    Complaint, "C2", channel=BOX, received_at=before(days=90), answered_at=before(days=80), outcome="rejected",
    answered_by="ann@acme.example", explanation="the law asks for it",
)  # fmt: skip
OPEN = made(Complaint, "C3", channel=BOX, received_at=before(days=30), answered_at=None)
ASKED = made(DataSubjectRequest, "D1", received_at=before(days=200))
EARLIER = made(DataSubjectRequest, "D0", received_at=before(days=900))
BREACH = made(PrivacyAssessment, "P1", learnt_at=before(days=300), subjects_affected=9)
NO_BREACH = made(PrivacyAssessment, "P2", learnt_at=before(days=301), subjects_affected=0, **UNSEEN)
REVIEW = made(
    PrivacyReview, "R2", first_day=before(days=364 + 20), last_day=before(days=20), done_at=before(days=10),
    done_by="ann@acme.example", reported_to="bob@acme.example", reported_at=before(days=9), requests=1, complaints=2,
    breaches=1, findings=2, correct_by=before(days=5), corrected_at=before(days=6),
)  # fmt: skip
BEFORE = made(PrivacyReview, "R1", done_at=before(days=400), last_day=before(days=385))
NEWS = made(ProcessingActivity, "PA-1", legal_basis="consent")
ORDERS = made(ProcessingActivity, "PA-3", legal_basis="instructions")
CHECK = made(
    DataQualityCheck, "Q1", activity="PA-1", aspects=("accurate", "current", "complete"), compared_with="the people",
    checked_at=before(days=365), checked_by="ann@acme.example", records_held=900, records_checked=25, faults=1,
    corrected_at=before(days=335),
)  # fmt: skip
FEW = made(
    DataQualityCheck, "Q2", activity="PA-1", aspects=("relevant",), compared_with="the record", faults=0,
    checked_at=before(days=9), checked_by="ann@acme.example", records_held=3, records_checked=3, corrected_at=None,
)  # fmt: skip
TOLD = made(RetentionCheck, "K1", activity="PA-1", store="test:db", measured_at=before(days=5), records=3)
EARLIER_TOLD = made(RetentionCheck, "K0", activity="PA-1", store="test:db", measured_at=before(days=95), records=900)
LARGER = made(RetentionCheck, "K2", activity="PA-1", store="test:log", measured_at=before(days=5), records=900)
THEIRS = made(CollectionPoint, "CP-9", activities=("PA-3",), choice=None)
CONSENTED = made(Consent, "N1", point="CP-1")
MAILED = made(SystemCount, "S1", channel=BOX, what="privacy_requests")
OLD = made(DataQualityCheck, "Q0", activity="PA-1", checked_at=before(days=366))

CASES = [
    Case(
        answered,
        [UPHELD, REJECTED, OPEN, ANN, NOTICE, counted(3, "privacy_complaints")],
        [
            bad(UPHELD.but(answered_at=before(days=69)), says="answered 31 days after 2026-08-12, limit 30"),
            bad(UPHELD.but(answered_at=None), says="not answered 100 days after"),
            bad(UPHELD.but(received_at=before(days=800), answered_at=None), says="not answered 800 days after"),
            bad(
                UPHELD.but(received_at=before(days=800), answered_at=before(days=790), remedied_at=None),
                says="not remedied 800 days after",
            ),
            bad(UPHELD.but(answered_at=before(days=102)), says="before it was received"),
            bad(UPHELD.but(answered_by=None), says="nobody is named as answerer"),
            bad(UPHELD.but(explanation=None), says="nobody says what with"),
            bad(UPHELD.but(outcome=None), says="nobody says with what outcome"),
            bad(UPHELD.but(remedied_at=None), says="not remedied 100 days after 2026-08-12, limit 60"),
            bad(UPHELD.but(remedied_at=before(days=39)), says="remedied 61 days after"),
            bad(UPHELD.but(remedied_at=before(days=102)), says="remedied on 2026-08-10, before it was received"),
        ],
    ),
    Case(
        reviewed,
        [REVIEW, BEFORE, ASKED, EARLIER, UPHELD, REJECTED, BREACH, NO_BREACH, ANN, BOB],
        [
            bad(REVIEW.but(done_at=None), deviates=["R1"], says="last reviewed 400 days before", certain=False),
            bad(REVIEW.but(done_by=None), says="nobody is named as reviewer", certain=False),
            bad(REVIEW.but(reported_at=None), says="was done on 2026-11-10, and reported to nobody", certain=False),
            bad(REVIEW.but(reported_to=None), says="and reported to nobody", certain=False),
            bad(REVIEW.but(reported_at=before(days=12)), says="before it was done", certain=False),
            bad(REVIEW.but(reported_to="ann@acme.example"), says="reported it to nobody else", certain=False),
            bad(REVIEW.but(first_day=before(days=383)), says="looks at 364 days, limit 365", certain=False),
            bad(
                REVIEW.but(first_day=before(days=370), last_day=before(days=6)),
                says="before its days were over",
                certain=False,
            ),
            bad(
                REVIEW.but(first_day=before(days=500), last_day=before(days=103)),
                says="was done 93 days after 2026-08-09, limit 92",
                certain=False,
            ),
            bad(
                BEFORE.but(last_day=before(days=386)),
                deviates=["R2"],
                says="begins on 2025-11-01, and the review before ends on 2025-10-30",
                certain=False,
            ),
            bad(REVIEW.but(findings=None), says="nobody counted what it found", certain=False),
            bad(REVIEW.but(correct_by=None), says="2 findings have no day", certain=False),
            bad(REVIEW.but(correct_by=before(days=-171)), says="limit 180 days", certain=False),
            bad(REVIEW.but(corrected_at=None), says="2 findings were to be corrected by 2026-11-15", certain=False),
            bad(REVIEW.but(corrected_at=before(days=4)), says="2 findings were to be corrected", certain=False),
            bad(REVIEW.but(corrected_at=before(days=-9)), says="findings were corrected on 2026-11-29", certain=False),
            bad(REVIEW.but(requests=2), says="names 2 requests, and the register holds 1", certain=False),
            bad(REVIEW.but(complaints=None), says="names no number of complaints", certain=False),
            bad(NO_BREACH.but(subjects_affected=None), deviates=["R2"], says="names 1 breaches", certain=False),
        ],
        spare=frozenset(
            {"ann.active", "bob.active", "ann.name", "bob.name"}
            | {f"{id}.{fact}" for id in ("C1", "C2") for fact in UPHELD.facts if fact != "received_at"}
        ),
    ),
    Case(
        right,
        [NEWS, ORDERS, CHECK, FEW, OLD, TOLD, EARLIER_TOLD, LARGER, THEIRS, CONSENTED, MAILED, ANN],
        [
            bad(FEW.but(aspects=()), deviates=["PA-1"], says="whether its data is relevant", certain=False),
            bad(CHECK.but(checked_at=before(days=366)), deviates=["PA-1"], says="accurate, current", certain=False),
            bad(
                FEW.but(checked_at=before(days=-9)), deviates=["PA-1"], says="Q2 was checked on 2026-11-29, which lies"
            ),
            bad(FEW.but(checked_by=None), deviates=["PA-1"], says="Q2: nobody is named as checker"),
            bad(FEW.but(compared_with=None), deviates=["PA-1"], says="Q2 held the data against nothing"),
            bad(CHECK.but(records_checked=24), deviates=["PA-1"], says="Q1 looked at 24 of 900 records, limit 25"),
            bad(FEW.but(records_checked=2), deviates=["PA-1"], says="Q2 looked at 2 of 3 records"),
            bad(TOLD.but(records=4), deviates=["PA-1"], says="Q2 looked at 3 of 4 records, limit 25", certain=False),
            bad(THEIRS.but(choice="yes"), deviates=["PA-3"], says="nobody asked in the 365 days", certain=False),
            bad(CONSENTED.but(point="CP-9"), deviates=["PA-3"], says="nobody asked in the 365 days", certain=False),
            bad(
                MAILED.but(channel="CP-9", what="withdrawals"),
                deviates=["PA-3"],
                says="nobody asked in the 365 days",
                certain=False,
            ),
            bad(FEW.but(faults=None), deviates=["PA-1"], says="Q2 counted no faults"),
            bad(CHECK.but(corrected_at=before(days=334)), deviates=["PA-1"], says="1 faults corrected after 31 days"),
            bad(CHECK.but(corrected_at=None), deviates=["PA-1"], says="1 faults not corrected after 365 days"),
            bad(CHECK.but(corrected_at=before(days=367)), deviates=["PA-1"], says="before it was checked"),
        ],
        spare=frozenset({"Q2.corrected_at", "Q2.records_held", "S1.what"}),
    ),
]
