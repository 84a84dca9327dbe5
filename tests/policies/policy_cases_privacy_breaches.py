"""Cases of what incidents did to personal data, and of who was told."""

from typing import Any

from policy_case import Case, bad, before, made
from policy_cases_privacy_requests import BOX, counted

from soc2test import (
    DataSubjectRequest,
    Disclosure,
    Incident,
    Person,
    PrivacyAssessment,
    PrivacyNotice,
    ProcessingActivity,
    Processor,
    Spell,
)
from soc2test_policies.p.breaches import test_breaches_are_notified_in_the_legal_time as notified
from soc2test_policies.p.breaches import test_breaches_are_recorded_with_their_scope as recorded
from soc2test_policies.p.breaches import test_incidents_are_assessed_for_personal_data as assessed
from soc2test_policies.p.requests import test_people_are_told_what_is_held_and_who_got_it as accounted

ANN = made(
    Person, "ann", email="ann@acme.example", active=True, spells=(Spell(started_at=before(days=999), ended_at=None),)
)
OUTAGE = made(Incident, "I1", detected_at=before(days=9))
EARLIER = made(Incident, "I0", detected_at=before(days=900))
UNSEEN: dict[str, Any] = {
    "activities": (), "data_categories": (), "exposed_to": None, "exposed_from": None, "exposed_until": None,
    "authority_notified_at": None, "subjects_notified_at": None,
}  # fmt: skip
NOTHING = made(
    PrivacyAssessment, "P1", incident="I1", vendor=None, assessed_at=before(days=6), assessed_by="ann@acme.example",
    reasoning="nothing was seen", learnt_at=before(days=9), subjects_affected=0, **UNSEEN,
)  # fmt: skip
BREACH = made(
    PrivacyAssessment, "P2", incident=None, vendor="mail", learnt_at=before(days=99), assessed_at=before(days=96),
    assessed_by="ann@acme.example", reasoning="a log of theirs says so", subjects_affected=20, activities=("PA-1",),
    data_categories=("email",), exposed_to="another customer", exposed_from=before(days=101),
    exposed_until=before(days=100),
)  # fmt: skip
OURS = made(Incident, "I2", detected_at=before(days=100))
BORN = made(
    PrivacyAssessment, "P5", **BREACH.but(incident="I2", vendor=None, learnt_at=before(days=99.6), assessed_at=before(days=96.7)).facts
)  # fmt: skip
SOME = made(
    PrivacyAssessment, "P2", incident=None, vendor="mail", learnt_at=before(days=99), subjects_affected=20, risk="some",
    authority_notified_at=before(days=96), authority="the authority, case 1",
    activities=("PA-1",), controllers_notified_at=None, controllers=None,
)  # fmt: skip
SINCE = made(
    PrivacyAssessment, "P5",
    **SOME.but(
        incident="I2", vendor=None, learnt_at=before(days=99.6), authority_notified_at=before(days=96.7)
    ).facts,
)  # fmt: skip
UNLIKELY = made(
    PrivacyAssessment, "P3", incident=None, vendor=None, learnt_at=before(days=50), subjects_affected=1,
    risk="unlikely", not_notified_reason="the disk was encrypted",
)  # fmt: skip
HIGH = made(
    PrivacyAssessment, "P4", incident=None, vendor=None, learnt_at=before(days=40), subjects_affected=None,
    risk="high", authority_notified_at=before(days=39), authority="the authority, case 2",
    subjects_notified_at=before(days=33), activities=("PA-1",), controllers_notified_at=None, controllers=None,
)  # fmt: skip
NEWS = made(ProcessingActivity, "PA-1", data_categories=("name", "email"), recipients=("mail",))
OWN = made(ProcessingActivity, "PA-1", legal_basis="consent")
HELD = made(ProcessingActivity, "PA-2", legal_basis="instructions")
BOTH = made(
    PrivacyAssessment, "P6",
    **SOME.but(
        vendor=None, learnt_at=before(days=80), activities=("PA-1", "PA-2"), authority_notified_at=before(days=78),
        controllers_notified_at=before(days=78), controllers="the merchants, by mail",
    ).facts,
)  # fmt: skip
MAIL = made(Processor, "mail", vendor="mail", notice_address=BOX)
NOTICES = counted(1, "vendor_notices")
NOTICE = made(PrivacyNotice, "customers-3", published_at=before(days=300), replaced_at=None, contacts=(BOX,))
ACCESS = made(
    DataSubjectRequest, "D1", kind="access", channel=BOX, received_at=before(days=200), answered_at=before(days=190),
    outcome="granted", activities=("PA-1",), told_categories=("email", "name"), told_recipients=("mail", "aws"),
)  # fmt: skip
PARTLY = made(
    DataSubjectRequest, "D2", kind="access", channel=BOX, received_at=before(days=100), answered_at=before(days=90),
    outcome="partly", activities=("PA-1",), told_categories=("email",), told_recipients=("mail", "later"),
)  # fmt: skip
FLOW = made(Disclosure, "F1", activity="PA-1", recipient="mail", began_at=before(days=500), ended_at=None)
ENDED = made(Disclosure, "F2", activity="PA-1", recipient="old", began_at=before(days=500), ended_at=before(days=300))
LATER = made(Disclosure, "F3", activity="PA-1", recipient="later", began_at=before(days=150), ended_at=None)


CASES = [
    Case(
        assessed,
        [OUTAGE, EARLIER, NOTHING, ANN],
        [
            bad(drop=["P1"], deviates=["I1"], says="not assessed 216 hours after 2026-11-11, limit 72", certain=False),
            bad(NOTHING.but(incident="I9"), deviates=["I1"], says="not assessed 216 hours", certain=False),
            bad(NOTHING.but(assessed_at=None), deviates=["I1"], says="not assessed 216 hours"),
            bad(NOTHING.but(assessed_at=before(days=5.9)), deviates=["I1"], says="assessed 74.4 hours after"),
            bad(NOTHING.but(assessed_at=before(days=10)), deviates=["I1"], says="before it was detected"),
            bad(NOTHING.but(assessed_by=None), deviates=["I1"], says="nobody is named as assessor"),
            bad(NOTHING.but(reasoning=None), deviates=["I1"], says="nobody says why"),
        ],
        spare=frozenset({"P1.learnt_at", "P1.subjects_affected", "P1.vendor", *(f"P1.{fact}" for fact in UNSEEN)}),
    ),
    Case(
        recorded,
        [BREACH, BORN, NOTHING, NEWS, ANN, MAIL, OUTAGE, OURS, EARLIER, NOTICES],
        [
            bad(
                BORN.but(learnt_at=before(days=96), assessed_at=before(days=95.9)),
                says="assessed 74.4 hours after 2026-08-13, limit 72 hours, as I2 was detected on 2026-08-12",
            ),
            bad(BORN.but(assessed_at=before(days=99.7)), says="before it was learnt"),
            bad(
                BORN.but(incident="I9"),
                made(PrivacyAssessment, "P6", **NOTHING.but(incident="I2", learnt_at=before(days=99)).facts),
                deviates=["P5"],
                says="is of I9, which is no incident of the register",
                certain=False,
            ),
            bad(BREACH.but(assessed_at=before(days=95.9)), says="assessed 74.4 hours after"),
            bad(BREACH.but(assessed_at=None), says="not assessed 2376 hours after"),
            bad(BREACH.but(assessed_by=None), says="nobody is named as assessor"),
            bad(BREACH.but(reasoning=None), says="nobody says why"),
            bad(BREACH.but(subjects_affected=None), says="nobody knows how many people's data"),
            bad(BREACH.but(activities=()), says="names no entry of the record of processing"),
            bad(BREACH.but(activities=("PA-9",)), says="the record of processing has no PA-9", certain=False),
            bad(BREACH.but(data_categories=()), says="does not say which data"),
            bad(BREACH.but(data_categories=("email", "health")), says="reached health, which by the record"),
            bad(BREACH.but(exposed_to=None), says="who could see the data"),
            bad(BREACH.but(exposed_from=None), says="since when"),
            bad(BREACH.but(exposed_until=None), says="until when"),
            bad(BREACH.but(exposed_until=before(days=103)), says="before it was exposed"),
            bad(BREACH.but(exposed_from=before(days=97), exposed_until=before(days=96)), says="before it was exposed"),
        ],
        spare=frozenset(
            {"PA-1.recipients", "P2.incident", *(f"P1.{fact}" for fact in ("assessed_at", "assessed_by", "reasoning"))}
        ),
    ),
    Case(
        notified,
        [SOME, SINCE, UNLIKELY, HIGH, BOTH, NOTHING, MAIL, OUTAGE, OURS, EARLIER, NOTICES, OWN, HELD],
        [
            bad(
                SINCE.but(learnt_at=before(days=96), authority_notified_at=before(days=95.9)),
                says="told to the authority 74.4 hours after 2026-08-13, limit 72 hours, as I2 was detected on",
            ),
            bad(
                SINCE.but(
                    learnt_at=before(days=96),
                    authority_notified_at=before(days=96),
                    risk="high",
                    subjects_notified_at=before(days=91),
                ),
                says="told to those affected 8 days after 2026-08-13, limit 7 days, as I2 was detected on",
            ),
            bad(SINCE.but(authority_notified_at=before(days=99.7)), says="before it was learnt"),
            bad(
                SINCE.but(incident="I9"),
                NOTHING.but(incident="I2"),
                OUTAGE.but(detected_at=before(days=900)),
                deviates=["P5"],
                says="is of I9, which is no incident of the register",
                certain=False,
            ),
            bad(SOME.but(risk=None), says="nobody judged the risk"),
            bad(SOME.but(authority_notified_at=before(days=95.9)), says="told to the authority 74.4 hours after"),
            bad(SOME.but(authority_notified_at=None), says="not told to the authority 2376 hours after"),
            bad(SOME.but(authority_notified_at=before(days=101)), says="before it was learnt"),
            bad(SOME.but(authority=None), says="nobody says which"),
            bad(UNLIKELY.but(not_notified_reason=None), says="was not told, and nobody says why"),
            bad(HIGH.but(subjects_notified_at=None), says="not told to those affected 40 days after"),
            bad(HIGH.but(subjects_notified_at=before(days=32.9)), says="told to those affected 7.1 days after"),
            bad(HIGH.but(authority_notified_at=None), says="not told to the authority"),
            bad(BOTH.but(authority_notified_at=None), says="not told to the authority"),
            bad(BOTH.but(controllers_notified_at=None), says="not told to those for whom data of PA-2 is held"),
            bad(BOTH.but(controllers=None), says="and nobody says to whom"),
        ],
        spare=frozenset(
            {f"P1.{fact}" for fact in ("assessed_at", "assessed_by", "reasoning")}
            | {f"{id}.incident" for id in ("P2", "P3", "P4", "P6")}
        ),
    ),
    Case(
        accounted,
        [ACCESS, PARTLY, NEWS, FLOW, ENDED, LATER, NOTICE, counted(2)],
        [
            bad(ACCESS.but(told_categories=("email",)), says="was not told of name, which PA-1 needs"),
            bad(ACCESS.but(told_recipients=("aws",)), says="was not told that mail got data of PA-1"),
            bad(PARTLY.but(told_recipients=("mail",)), says="was not told that later got data of PA-1"),
            bad(ACCESS.but(activities=("PA-9",)), says="the record of processing has no PA-9", certain=False),
            bad(ACCESS.but(activities=()), says="granted, and no entry of the record of processing is named"),
            bad(ACCESS.but(outcome="nothing_held"), says="that nothing is held, and the register names PA-1, email"),
            bad(ACCESS.but(answered_at=None), says="was granted, and nobody answered"),
            bad(PARTLY.but(told_categories=()), says="partly, and no data was told"),
        ],
        spare=frozenset({"PA-1.recipients"}),
    ),
]
