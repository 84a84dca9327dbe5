"""Cases of CC1: conduct, agreements, background checks, training."""

from policy_case import Case, bad, before, made

from soc2test import Person, PolicyDocument, TrainingRecord
from soc2test_policies.cc1.agreements import test_people_sign_a_confidentiality_agreement as agreements
from soc2test_policies.cc1.background import test_people_are_checked_by_their_first_day as checked
from soc2test_policies.cc1.conduct import test_people_acknowledge_the_code_of_conduct as conduct
from soc2test_policies.cc1.training import test_people_are_trained_each_year as yearly
from soc2test_policies.cc1.training import test_people_are_trained_on_hire as on_hire

CODE = made(PolicyDocument, "POL-10", topic="code-of-conduct", version="2.1", approved_at=before(days=200))
ANN = made(
    Person,
    "ann",
    active=True,
    ended_at=None,
    started_at=before(days=395),
    code_of_conduct_at=before(days=365),
    code_of_conduct_version="2.1",
)
NEW = made(Person, "new", active=True, ended_at=None, started_at=before(days=30), code_of_conduct_at=None)
DONE = made(
    TrainingRecord,
    "ann@acme.example/security-awareness",
    person_email="Ann@acme.example",
    course="security-awareness",
    completed_at=before(days=170),
    first_completed_at=None,
    score=8,
    pass_mark=8,
    certificate=None,
)
CERTIFIED = DONE.but(score=None, certificate="documents/ann.pdf")
HIRED = made(Person, "ann", email="ann@acme.example", started_at=before(days=200), ended_at=None)
TRAINED = made(Person, "ann", email="ann@acme.example", active=True, ended_at=None, started_at=before(days=900))

CASES = [
    Case(
        conduct,
        [CODE, ANN, NEW],
        [
            bad(
                ANN.but(code_of_conduct_at=before(days=366)),
                says="last acknowledged 366 days before 2026-11-20, limit 365",
            ),
            bad(
                ANN.but(code_of_conduct_version="2.0"),
                says="acknowledged version 2.0, in force since 2026-05-04 is 2.1",
                certain=False,
            ),
            bad(NEW.but(started_at=before(days=31)), says="not acknowledged 31 days after 2026-10-20, limit 30 days"),
            bad(ANN.but(code_of_conduct_at=before(days=-9)), says="on 2026-11-29, which lies after 2026-11-20"),
            bad(
                ANN.but(started_at=before(days=300), code_of_conduct_at=before(days=331)),
                says="not acknowledged 300 days after 2026-01-24, limit 30 days; it was on 2025-12-24, before joining",
            ),
            bad(drop=["POL-10"], deviates=["ann"], says="no approved document of topic code-of-conduct", certain=False),
            bad(
                made(PolicyDocument, "POL-10", topic="code-of-conduct", version="2.1", approved_at=None),
                deviates=["ann"],
                says="no approved document",
                certain=False,
            ),
        ],
    ),
    Case(
        agreements,
        [
            made(
                Person, "ann", active=True, ended_at=None, started_at=before(days=900), nda_signed_at=before(days=893)
            ),
            made(Person, "new", active=True, ended_at=None, started_at=before(days=7), nda_signed_at=None),
        ],
        [
            bad(
                made(Person, "bob", active=True, ended_at=None, started_at=before(days=8), nda_signed_at=None),
                says="not signed 8 days after 2026-11-12, limit 7 days",
            ),
            bad(
                made(
                    Person, "ann", active=True, ended_at=None, started_at=before(days=90), nda_signed_at=before(days=80)
                ),
                says="signed 10 days after 2026-08-22, limit 7 days",
            ),
            bad(
                made(
                    Person,
                    "ann",
                    active=True,
                    ended_at=None,
                    started_at=before(days=90),
                    nda_signed_at=before(days=271),
                ),
                says="signed on 2026-02-22, 181 days before joining on 2026-08-22, limit 180 days",
            ),
        ],
        spare=frozenset({"new.active"}),
    ),
    Case(
        checked,
        [
            made(
                Person, "ann", active=True, ended_at=None, started_at=before(days=9), background_check_at=before(days=9)
            )
        ],
        [
            bad(
                made(
                    Person,
                    "bob",
                    active=True,
                    ended_at=None,
                    started_at=before(days=9),
                    background_check_at=before(days=8),
                ),
                says="checked on 2026-11-12, after the start on 2026-11-11",
            ),
            bad(
                made(Person, "bob", active=True, ended_at=None, started_at=before(days=9), background_check_at=None),
                says="started on 2026-11-11 without a background check",
            ),
            bad(
                made(
                    Person,
                    "ann",
                    active=True,
                    ended_at=None,
                    started_at=before(days=9),
                    background_check_at=before(days=375),
                ),
                says="checked on 2025-11-10, 366 days before joining on 2026-11-11, limit 365 days",
            ),
        ],
        spare=frozenset({"ann.active", "ann.ended_at"}),
    ),
    Case(
        on_hire,
        [HIRED, CERTIFIED, DONE],
        [
            bad(
                DONE.but(completed_at=before(days=169)),
                deviates=["ann"],
                says="did not pass security-awareness, by a score or a certificate, by 2026-06-03, limit 30",
                certain=False,
            ),
            bad(DONE.but(score=7), deviates=["ann"], says="did not pass", certain=False),
            bad(DONE.but(score=None), deviates=["ann"], says="did not pass", certain=False),
            bad(DONE.but(pass_mark=None), deviates=["ann"], says="did not pass", certain=False),
            bad(CERTIFIED.but(score=7), deviates=["ann"], says="did not pass", certain=False),
            bad(DONE.but(completed_at=None), deviates=["ann"], says="did not pass", certain=False),
            bad(DONE.but(course="secure-coding"), deviates=["ann"], says="did not pass", certain=False),
            bad(HIRED.but(ended_at=before(days=150)), DONE.but(score=7), says="did not pass", certain=False),
        ],
    ),
    Case(
        yearly,
        [TRAINED, CERTIFIED, DONE, made(Person, "new", active=True, ended_at=None, started_at=before(days=30))],
        [
            bad(
                DONE.but(completed_at=before(days=366)),
                deviates=["ann"],
                says="did not pass security-awareness, by a score or a certificate, in the 365 days before 2026-11-20",
                certain=False,
            ),
            bad(DONE.but(score=7), deviates=["ann"], says="did not pass", certain=False),
            bad(DONE.but(score=None), deviates=["ann"], says="did not pass", certain=False),
            bad(DONE.but(pass_mark=None), deviates=["ann"], says="did not pass", certain=False),
            bad(CERTIFIED.but(score=7), deviates=["ann"], says="did not pass", certain=False),
            bad(DONE.but(completed_at=before(days=-5)), deviates=["ann"], says="did not pass", certain=False),
        ],
    ),
]
