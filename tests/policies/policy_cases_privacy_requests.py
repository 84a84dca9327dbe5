"""Cases of requests of people for the data that is held of them."""

from policy_case import Case, Made, bad, before, made

from soc2test import DataSubjectRequest, Person, PrivacyNotice, ProcessingActivity, Spell, SystemCount
from soc2test_policies.p.requests import test_corrections_reach_those_who_have_the_data as passed_on
from soc2test_policies.p.requests import test_denied_requests_are_explained as explained
from soc2test_policies.p.requests import test_requests_of_people_are_answered_in_time as answered

BOX = "privacy@acme.example"
ANN = made(
    Person, "ann", email="ann@acme.example", active=True, spells=(Spell(started_at=before(days=999), ended_at=None),)
)
NOTICE = made(PrivacyNotice, "customers-3", published_at=before(days=300), replaced_at=None, contacts=(BOX,))
EARLIER = made(
    PrivacyNotice,
    "customers-2",
    published_at=before(days=900),
    replaced_at=before(days=300),
    contacts=("old@acme.example",),
)


def counted(number: int, what: str = "privacy_requests") -> Made:
    """A count of all the year but its last days."""
    return made(
        SystemCount, "year", what=what, channel=BOX, first_day=before(days=400), last_day=before(days=5), count=number,
        system="tickets", counted_at=before(days=4),
    )  # fmt: skip


ACCESS = made(
    DataSubjectRequest, "D1", kind="access", channel=BOX, received_at=before(days=200),
    identity_checked_at=before(days=190), identity_checked_how="signed in", answered_at=before(days=170),
    answered_by="ann@acme.example", outcome="granted", extended_at=None,
)  # fmt: skip
LONGER = made(
    DataSubjectRequest, "D2", kind="deletion", channel=BOX, received_at=before(days=120),
    identity_checked_at=before(days=119), identity_checked_how="signed in", extended_at=before(days=90),
    answered_at=before(days=30), answered_by="ann@acme.example", outcome="partly",
)  # fmt: skip
REFUSED = made(
    DataSubjectRequest, "D3", kind="access", channel=BOX, received_at=before(days=99), answered_at=before(days=90),
    answered_by="ann@acme.example", outcome="denied",
)  # fmt: skip
OPEN = made(DataSubjectRequest, "D4", kind="access", channel=BOX, received_at=before(days=9), answered_at=None)
DENIED = made(
    DataSubjectRequest, "D3", channel=BOX, received_at=before(days=99), answered_at=before(days=90), outcome="denied",
    denial_reason="nobody by that name", remedy_told="the authority",
)  # fmt: skip
CORRECTED = made(
    DataSubjectRequest, "D5", kind="correction", channel=BOX, received_at=before(days=99), answered_at=before(days=90),
    outcome="granted", corrected_at=before(days=95), activities=("PA-1",), passed_on_to=("mail", "other"),
    passed_on_at=before(days=65),
)  # fmt: skip
ACTIVITY = made(ProcessingActivity, "PA-1", recipients=("mail",))
INNER = made(ProcessingActivity, "PA-2", recipients=())

CASES = [
    Case(
        answered,
        [ACCESS, LONGER, REFUSED, OPEN, ANN, NOTICE, EARLIER, counted(4)],
        [
            bad(ACCESS.but(answered_at=before(days=169)), says="answered 31 days after 2026-05-04, limit 30 days"),
            bad(ACCESS.but(answered_at=None), says="access, not answered 200 days after 2026-05-04, limit 30 days"),
            bad(
                ACCESS.but(received_at=before(days=800), answered_at=None),
                says="access, not answered 800 days after 2024-09-11, limit 30 days",
            ),
            bad(ACCESS.but(received_at=before(days=800)), says="answered 630 days after"),
            bad(ACCESS.but(answered_at=before(days=202)), says="before it was received"),
            bad(ACCESS.but(outcome=None), says="nobody says with what outcome"),
            bad(ACCESS.but(answered_by=None), says="nobody is named as answerer"),
            bad(ACCESS.but(answered_by="x@acme.example"), says="is not in the register of people", certain=False),
            bad(ACCESS.but(identity_checked_at=None), says="granted without a check of who asked"),
            bad(ACCESS.but(identity_checked_at=before(days=168)), says="who asked: answered on 2026-06-03, before"),
            bad(ACCESS.but(identity_checked_at=before(days=202)), says="who asked: checked on 2026-05-02, before"),
            bad(ACCESS.but(identity_checked_how=None), says="nobody says how"),
            bad(LONGER.but(extended_at=before(days=89)), says="answered 90 days after 2026-07-23, limit 30 days"),
            bad(LONGER.but(extended_at=None), says="answered 90 days after"),
            bad(LONGER.but(extended_at=before(days=121)), says="answered 90 days after"),
            bad(LONGER.but(answered_at=before(days=29)), says="answered 91 days after 2026-07-23, limit 90 days"),
        ],
        spare=frozenset({"D1.extended_at", *(f"D{number}.kind" for number in range(1, 5))}),
    ),
    Case(
        explained,
        [DENIED, NOTICE, EARLIER, counted(1)],
        [
            bad(DENIED.but(denial_reason=None), says="denied on 2026-08-22 without a reason"),
            bad(DENIED.but(outcome="partly", remedy_told=None), says="not told where to complain"),
            bad(DENIED.but(answered_at=None), says="denied, and nobody answered"),
            bad(DENIED.but(received_at=before(days=800), answered_at=None), says="denied, and nobody answered"),
        ],
    ),
    Case(
        passed_on,
        [CORRECTED, ACTIVITY, INNER, NOTICE, EARLIER, counted(1)],
        [
            bad(CORRECTED.but(corrected_at=None), says="nothing was corrected"),
            bad(CORRECTED.but(corrected_at=before(days=101)), says="before it was received"),
            bad(CORRECTED.but(answered_at=before(days=97)), says="before it was corrected"),
            bad(CORRECTED.but(activities=()), says="no entry of the record of processing is named"),
            bad(CORRECTED.but(activities=("PA-9",)), says="has no PA-9", certain=False),
            bad(CORRECTED.but(passed_on_to=("other",)), says="was not passed on to mail"),
            bad(CORRECTED.but(passed_on_at=before(days=64)), says="passed on 31 days after"),
            bad(CORRECTED.but(passed_on_at=None), says="not passed on 95 days after"),
            bad(
                CORRECTED.but(
                    received_at=before(days=800),
                    answered_at=before(days=790),
                    corrected_at=before(days=795),
                    passed_on_at=None,
                ),
                says="not passed on 795 days after",
            ),
            bad(CORRECTED.but(received_at=before(days=800), corrected_at=None), says="nothing was corrected"),
            bad(CORRECTED.but(passed_on_at=before(days=97)), says="before it was corrected"),
        ],
        spare=frozenset({"PA-2.recipients"}),
    ),
]
