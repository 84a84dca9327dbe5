"""Cases of third parties that get personal data."""

from policy_case import Case, bad, before, made

from soc2test import Disclosure, Person, PrivacyNotice, ProcessingActivity, Processor, Spell, Vendor
from soc2test_policies.p.processors import test_processors_have_to_tell_of_breaches as bound_to_tell
from soc2test_policies.p.processors import test_processors_keep_to_their_agreement as kept_to
from soc2test_policies.p.third_parties import test_disclosures_were_allowed_before as allowed
from soc2test_policies.p.third_parties import test_each_flow_to_a_third_party_is_recorded as recorded
from soc2test_policies.p.third_parties import test_people_know_which_vendors_get_their_data as told_of

ANN = made(
    Person, "ann", email="ann@acme.example", active=True, spells=(Spell(started_at=before(days=999), ended_at=None),)
)
LEO = made(
    Person, "leo", email="leo@acme.example", active=False,
    spells=(Spell(started_at=before(days=999), ended_at=before(days=700)),),
)  # fmt: skip
MAIL = made(Vendor, "mail", active=True, personal_data=True)
PENS = made(Vendor, "pens", active=True, personal_data=False)
NEWS = made(ProcessingActivity, "PA-1", legal_basis="consent", data_categories=("name", "email"), recipients=("mail",))
INNER = made(ProcessingActivity, "PA-2", recipients=())
NOTICE = made(
    PrivacyNotice, "n2", published_at=before(days=99), replaced_at=None, activities=("PA-1",), recipients=("mail", "x")
)
OLD = NOTICE.but(published_at=before(days=900), replaced_at=before(days=99))
FLOW = made(
    Disclosure, "DIS-1", recipient="mail", activity="PA-1", data_categories=("email",), basis="agreement",
    began_at=before(days=600), ended_at=None, authorised_by="ann@acme.example", authorised_at=before(days=600),
)  # fmt: skip
SINGLE = made(
    Disclosure, "DIS-2", recipient="tax-office", activity="PA-1", data_categories=("name",), basis="order",
    began_at=before(days=9), ended_at=before(days=9), authorised_by="ann@acme.example", authorised_at=before(days=10),
)  # fmt: skip
LONG = made(
    Disclosure, "DIS-3",
    **FLOW.but(recipient="post", began_at=before(days=600), ended_at=before(days=200)).facts,
)  # fmt: skip
THEN = made(
    PrivacyNotice, "n1", published_at=before(days=700), replaced_at=before(days=300), activities=("PA-1",),
    recipients=("mail", "post"),
)  # fmt: skip
PROCESSOR = made(
    Processor, "mail", vendor="mail", notice_clause="section 8", notice_hours=48, notice_address="privacy@acme.example",
    contact_tested_at=before(days=365), contact_tested_by="ann@acme.example", contact_answered_at=before(days=358),
    privacy_assessed_at=before(days=365), privacy_assessed_by="ann@acme.example", failures=2,
    correct_by=before(days=185), corrected_at=before(days=185),
)  # fmt: skip
TELLS = PROCESSOR.but()
for _fact in ("privacy_assessed_at", "privacy_assessed_by", "failures", "correct_by", "corrected_at"):
    TELLS.facts.pop(_fact)
KEEPS = PROCESSOR.but()
for _fact in (
    "notice_clause", "notice_hours", "notice_address", "contact_tested_at", "contact_tested_by", "contact_answered_at",
):  # fmt: skip
    KEEPS.facts.pop(_fact)
GONE = made(Vendor, "gone", active=False)
ENDED = made(Disclosure, "DIS-8", recipient="pens", ended_at=before())
OTHERS = frozenset({"pens.active"})

CASES = [
    Case(
        told_of,
        [MAIL, PENS, GONE, NEWS, NOTICE, ENDED],
        [
            bad(NEWS.but(recipients=("aws",)), deviates=["mail"], says="no entry of the record", certain=False),
            bad(NEWS.but(legal_basis=None), deviates=["mail"], says="gets data for PA-1 without a legal basis"),
            bad(
                NOTICE.but(recipients=()),
                deviates=["mail"],
                says="gets data for PA-1, and n2, which is in force, does not name it",
            ),
            bad(
                made(
                    PrivacyNotice,
                    "n3",
                    published_at=before(days=9),
                    replaced_at=None,
                    activities=("PA-1",),
                    recipients=(),
                ),
                deviates=["mail"],
                says="gets data for PA-1, and n3, which is in force, does not name it",
            ),
            bad(NEWS.but(recipients=("mail", "pens")), deviates=["pens"], says="and n2, which is in force, does not"),
            bad(FLOW.but(recipient="pens"), deviates=["pens"], says="no entry of the record", certain=False),
            bad(NOTICE.but(activities=("PA-2",)), deviates=["mail"], says="no notice in force", certain=False),
            bad(NOTICE.but(published_at=None), deviates=["mail"], says="no notice in force", certain=False),
            bad(NOTICE.but(replaced_at=before(days=1)), deviates=["mail"], says="no notice in force", certain=False),
        ],
        spare=frozenset({"mail.personal_data"}),
    ),
    Case(
        recorded,
        [NEWS, INNER, FLOW, MAIL],
        [
            bad(FLOW.but(activity="PA-2"), deviates=["PA-1"], says="no disclosure to it that goes on", certain=False),
            bad(FLOW.but(ended_at=before(days=1)), deviates=["PA-1"], says="mail gets data, and no", certain=False),
            bad(FLOW.but(recipient="aws"), deviates=["PA-1"], says="mail gets data, and no", certain=False),
            bad(MAIL.but(personal_data=False), deviates=["PA-1"], says="not in use with personal data"),
            bad(MAIL.but(active=False), deviates=["PA-1"], says="not in use with personal data"),
            bad(drop=["mail"], deviates=["PA-1"], says="is not in the register of vendors", certain=False),
        ],
        spare=frozenset(
            f"{id}.{fact}"
            for id, facts in (
                ("PA-1", ("legal_basis", "data_categories")),
                ("DIS-1", ("data_categories", "basis", "began_at", "authorised_by", "authorised_at")),
            )
            for fact in facts
        ),
    ),
    Case(
        allowed,
        [FLOW, SINGLE, LONG, NEWS, THEN, ANN],
        [
            bad(
                SINGLE.but(began_at=before(days=32.1), ended_at=before(), authorised_at=before(days=40)),
                says="began on 2026-10-19, and no notice in force then names tax-office for PA-1",
                certain=False,
            ),
            bad(THEN.but(recipients=("mail",)), deviates=["DIS-3"], says="no notice in force then names", certain=False),
            bad(THEN.but(recipients=("post",)), deviates=["DIS-1"], says="no notice in force then names", certain=False),
            *(
                bad(
                    THEN.but(**facts),
                    deviates=["DIS-1", "DIS-3"],
                    says="began on 2025-03-30, and no notice in force then names post for PA-1",
                    certain=False,
                )
                for facts in (
                    {"activities": ("PA-2",)},
                    {"published_at": None},
                    {"published_at": before(days=599)},
                    {"replaced_at": before(days=600)},
                )
            ),
            bad(FLOW.but(authorised_at=None), says="began on 2025-03-30, and nobody allowed it"),
            bad(FLOW.but(authorised_at=before(days=599)), says="begun on 2025-03-30, before it was allowed"),
            bad(SINGLE.but(ended_at=before(days=10)), says="ended on 2026-11-10, before it was begun"),
            bad(FLOW.but(authorised_by=None), says="nobody is named as authoriser"),
            bad(FLOW.but(authorised_by="leo@acme.example"), LEO, says="did not work here on 2025-03-30", certain=False),
            bad(FLOW.but(basis=None), says="on no ground"),
            bad(FLOW.but(activity="PA-9"), says="the record of processing has no PA-9", certain=False),
            bad(FLOW.but(data_categories=()), says="nobody says what is given out"),
            bad(SINGLE.but(data_categories=("name", "health")), says="gives out health, which PA-1 does not need"),
            bad(SINGLE.but(ended_at=None), says="goes on, and PA-1 does not name tax-office"),
        ],
        spare=frozenset({"PA-1.legal_basis"}),
    ),
    Case(
        kept_to,
        [MAIL, PENS, KEEPS, INNER, ENDED, ANN],
        [
            bad(INNER.but(recipients=("pens",)), deviates=["pens"], says="no entry says how it", certain=False),
            bad(FLOW.but(recipient="pens"), deviates=["pens"], says="no entry says how it keeps", certain=False),
            bad(KEEPS.but(vendor="x"), deviates=["mail"], says="no entry says how it keeps", certain=False),
            bad(KEEPS.but(privacy_assessed_at=None), deviates=["mail"], says="never assessed"),
            bad(KEEPS.but(privacy_assessed_at=before(days=366)), deviates=["mail"], says="last assessed 366 days"),
            bad(KEEPS.but(privacy_assessed_by=None), deviates=["mail"], says="nobody is named as assessor"),
            bad(KEEPS.but(failures=None), deviates=["mail"], says="nobody counted what failed"),
            bad(KEEPS.but(correct_by=None), deviates=["mail"], says="2 failures found on 2025-11-20 have no day"),
            bad(KEEPS.but(correct_by=before(days=184)), deviates=["mail"], says="have until 2026-05-20, limit 180"),
            bad(KEEPS.but(corrected_at=None), deviates=["mail"], says="corrected by 2026-05-19, and are not"),
            bad(KEEPS.but(corrected_at=before(days=184)), deviates=["mail"], says="and were on 2026-05-20"),
            bad(KEEPS.but(corrected_at=before(days=367)), deviates=["mail"], says="before it was assessed"),
        ],
        spare=OTHERS,
    ),
    Case(
        bound_to_tell,
        [MAIL, PENS, TELLS, INNER, ENDED, ANN],
        [
            bad(INNER.but(recipients=("pens",)), deviates=["pens"], says="no entry says what b", certain=False),
            bad(FLOW.but(recipient="pens"), deviates=["pens"], says="no entry says what binds it", certain=False),
            bad(TELLS.but(vendor="x"), deviates=["mail"], says="no entry says what binds it", certain=False),
            bad(TELLS.but(notice_clause=None), deviates=["mail"], says="no agreement binds it"),
            bad(TELLS.but(notice_hours=49), deviates=["mail"], says="may take 49 hours to tell, limit 48"),
            bad(TELLS.but(notice_address=None), deviates=["mail"], says="names no address of ours"),
            bad(TELLS.but(contact_tested_at=None), deviates=["mail"], says="its contact was never tried"),
            bad(TELLS.but(contact_tested_at=before(days=366)), deviates=["mail"], says="was last tried 366 days"),
            bad(TELLS.but(contact_tested_by=None), deviates=["mail"], says="nobody is named as tester"),
            bad(TELLS.but(contact_answered_at=None), deviates=["mail"], says="and did not answer"),
            bad(TELLS.but(contact_answered_at=before(days=357)), deviates=["mail"], says="after 8 days, limit 7"),
            bad(TELLS.but(contact_answered_at=before(days=367)), deviates=["mail"], says="before it was tried"),
        ],
        spare=OTHERS,
    ),
]
