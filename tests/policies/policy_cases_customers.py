"""Cases of CC2.3: what customers signed, have and were told, and security.txt."""

from policy_case import Case, bad, before, made
from policy_cases_objectives import ANN, BEN, JOAN, LEO, PEOPLE

from soc2test import Commitment, Customer, CustomerDocument, CustomerNotice, SecurityTxt, SystemCount
from soc2test_policies.cc2.customers import test_commitments_stand_in_what_customers_have as stands
from soc2test_policies.cc2.customers import test_customers_are_told_of_changes as told
from soc2test_policies.cc2.customers import test_customers_have_what_they_need as needed
from soc2test_policies.cc2.customers import test_customers_signed_terms_with_commitments as signed
from soc2test_policies.cc2.customers import test_documents_for_customers_are_approved_and_reviewed as approved
from soc2test_policies.cc2.security_txt import test_security_txt_names_a_contact as security_txt

M1 = made(
    Customer, "m1", since=before(days=90), until=None, terms="t1", signed_at=before(days=99), document="m1.txt"
)  # fmt: skip
GONE = made(Customer, "m2", since=before(days=900), until=before(days=300))
T1 = made(CustomerDocument, "t1", valid_from=before(days=99), valid_until=before(days=30))
C1 = made(Commitment, "c1", kind="commitment", made_in=("t1", "t2"))
COUNT = made(
    SystemCount, "n1", what="customers", last_day=before(days=60), count=1, system="Billing", counted_at=before(days=58)
)  # fmt: skip
COUNTED = frozenset(f"n1.{fact}" for fact in ("what", "last_day", "count", "system", "counted_at"))

TEXT = made(
    CustomerDocument, "t1", valid_from=before(days=90), valid_until=None, version="2", owner_email="ben@acme.example",
    document="t.txt", approved_by="ann@acme.example", approved_at=before(days=95), reviewed_at=before(days=365),
    topic="terms",
)  # fmt: skip

NEW = made(CustomerDocument, "t1", topic="terms", valid_from=before(days=60), approved_at=before(days=90))
NOTICE = made(
    CustomerNotice, "n1", about=("t1",), sent_at=before(days=90), recipients=2, sent_by="ben@acme.example",
    document="n.txt",
)  # fmt: skip
SAME = made(CustomerNotice, "n2", about=("t0",), sent_at=before(days=90, hours=1), document="n.txt")
CUSTOMERS = [
    made(Customer, "m1", since=before(days=90), until=None),
    made(Customer, "m2", since=before(days=400), until=before(days=89)),
    made(Customer, "m3", since=before(days=89), until=None),
    made(Customer, "m4", since=before(days=400), until=before(days=90)),
]

NEEDED = [
    made(
        CustomerDocument, topic, topic=topic, valid_from=before(days=30), valid_until=None, approved_at=before(days=90)
    )
    for topic in ("system-description", "terms", "user-entity-controls")
]
TOLD = NOTICE.but(about=tuple(each.id for each in NEEDED))

SITE = made(
    SecurityTxt, "acme.example", url="https://acme.example/.well-known/security.txt", fetched_at=before(days=35),
    status=200, content_type="text/plain; charset=utf-8", contacts=("mailto:security@acme.example",),
    canonical=("https://www.acme.example/security.txt", "https://acme.example/.well-known/security.txt"),
    expires=before(days=-366),
)  # fmt: skip

CASES = [
    Case(
        signed,
        [M1, GONE, T1, C1, COUNT],
        [
            bad(M1.but(terms=None), says="signed no terms"),
            bad(M1.but(signed_at=None), says="did not sign t1"),
            bad(M1.but(signed_at=before(days=88)), says="served on 2026-08-22, before it was signed on 2026-08-24"),
            bad(M1.but(document=None), says="no signed copy of t1 is kept"),
            bad(M1.but(terms="t9"), says="t9 is not in the register of customer_documents", certain=False),
            bad(M1.but(signed_at=before(days=100)), says="t1 did not count on 2026-08-12", certain=False),
            bad(M1, T1.but(valid_until=before(days=99)), says="t1 did not count on 2026-08-13", certain=False),
            bad(M1, C1.but(kind="requirement"), says="t1 holds no commitment of the register", certain=False),
            bad(M1, C1.but(made_in=("t2",)), says="t1 holds no commitment of the register", certain=False),
        ],
        spare=COUNTED,
    ),
    Case(
        approved,
        [
            TEXT,
            made(
                CustomerDocument,
                "t0",
                valid_from=before(days=900),
                valid_until=before(days=90),
                topic="terms",
                document="old.txt",
            ),
            ANN,
            BEN,
            LEO,
            JOAN,
        ],
        [
            bad(TEXT.but(owner_email=None), says="nobody is named as owner"),
            bad(TEXT.but(owner_email="leo@acme.example"), says="its owner leo@acme.example has left", certain=False),
            bad(TEXT.but(document=None), says="no text of version 2 is kept"),
            bad(TEXT.but(document="old.txt"), says="the text of version 2 is that of t0", certain=False),
            bad(TEXT.but(reviewed_at=None), says="never reviewed"),
            bad(TEXT.but(reviewed_at=before(days=366)), says="last reviewed 366 days before 2026-11-20, limit 365"),
            bad(TEXT.but(approved_at=None), says="version 2: was not approved"),
            bad(
                TEXT.but(approved_at=before(days=88)),
                says="version 2 was put in force on 2026-08-22, before it was approved on 2026-08-24",
            ),
            bad(TEXT.but(approved_by=None), says="version 2: nobody is named as approver"),
            bad(TEXT.but(approved_by="ben@acme.example"), says="version 2: was approved by its owner alone"),
            bad(
                TEXT.but(approved_by="eve@acme.example"),
                says="its approver eve@acme.example is not in the register of people",
                certain=False,
            ),
        ],
        spare=PEOPLE | {"t1.version", "t1.topic", "t0.topic"},
    ),
    Case(
        told,
        [
            NEW,
            made(CustomerDocument, "t0", valid_from=before(days=396)),
            NOTICE,
            SAME,
            *CUSTOMERS,
            ANN,
            BEN,
            LEO,
            COUNT.but(count=2),
        ],
        [
            bad(
                NEW,
                NOTICE.but(sent_at=before(days=89)),
                says="no notice of it was sent by 2026-08-22, 30 days before it counted on 2026-09-21",
                certain=False,
            ),
            bad(NEW, NOTICE.but(about=("t0",)), says="no notice of it was sent by 2026-08-22", certain=False),
            bad(
                NEW.but(topic="system-description", valid_from=before(days=121)),
                says="no notice of it was sent by 2026-08-21, 30 days after it counted on 2026-07-22",
                certain=False,
            ),
            bad(NEW.but(approved_at=before(days=89)), says="n1 was sent on 2026-08-22, before t1 was", certain=False),
            bad(NEW.but(approved_at=None), says="n1 told of a version that nobody approved", certain=False),
            bad(
                NEW,
                SAME.but(sent_at=before(days=91)),
                says="n1: its document is that of n2 too, and one document shows one event",
                certain=False,
            ),
            bad(NEW, NOTICE.but(document=None), says="no copy of n1 is kept", certain=False),
            bad(NEW, NOTICE.but(recipients=1), says="n1 reached 1 of 2 customers on 2026-08-22", certain=False),
            bad(NEW, NOTICE.but(sent_by=None), says="n1: nobody is named as sender", certain=False),
            bad(
                NEW,
                NOTICE.but(sent_by="leo@acme.example"),
                LEO.but(spells=()),
                says="its sender leo@acme.example did not work here on 2026-08-22",
                certain=False,
            ),
        ],
        spare=PEOPLE | {f"{id}.{fact}" for id in ("m1", "m2", "m3", "m4") for fact in ("since", "until")},
    ),
    Case(
        needed,
        [*NEEDED, TOLD, *CUSTOMERS, BEN],
        [
            bad(NEEDED[1].but(topic="leaflet"), deviates=[], says="no terms counts on 2026-11-20", certain=False),
            bad(
                NEEDED[0].but(valid_from=before(days=-1)),
                deviates=[],
                says="no system-description counts on 2026-11-20",
                certain=False,
            ),
            bad(
                NEEDED[2].but(valid_until=before(days=1)),
                deviates=[],
                says="no user-entity-controls counts on 2026-11-20",
                certain=False,
            ),
            bad(
                TOLD.but(about=("terms", "system-description")),
                deviates=[],
                says="no notice told customers of user-entity-controls, which counts",
                certain=False,
            ),
            bad(
                made(CustomerDocument, "dpa", topic="data-processing", valid_from=before(days=900), valid_until=None),
                deviates=[],
                says="no notice told customers of dpa, which counts",
                certain=False,
            ),
            bad(
                TOLD.but(recipients=1),
                deviates=[],
                says="terms, which counts; n1 reached 1 of 2 customers on 2026-08-22",
                certain=False,
            ),
            bad(
                NEEDED[1].but(approved_at=before(days=89)),
                deviates=[],
                says="terms, which counts; n1 was sent on 2026-08-22, before terms was approved on 2026-08-23",
                certain=False,
            ),
            bad(TOLD.but(sent_at=before(days=-2)), deviates=[], says="which lies after 2026-11-20", certain=False),
        ],
        spare=PEOPLE | {f"{id}.{fact}" for id in ("m1", "m2", "m3", "m4") for fact in ("since", "until")},
    ),
    Case(
        stands,
        [
            made(Commitment, "c1", kind="commitment", made_in=("t0", "t1")),
            made(Commitment, "q1", kind="requirement"),
            made(CustomerDocument, "t1", valid_from=before(days=9), valid_until=None),
            made(CustomerDocument, "t0", valid_from=before(days=99), valid_until=before(days=9)),
        ],
        [
            bad(made(Commitment, "c2", kind="commitment", made_in=()), says="no document for customers is named"),
            bad(
                made(Commitment, "c2", kind="commitment", made_in=("t0", "t9")),
                says="none of t0, t9 counts on 2026-11-20",
                certain=False,
            ),
            bad(
                made(CustomerDocument, "t1", valid_from=before(days=-9), valid_until=None),
                deviates=["c1"],
                says="none of t0, t1 counts",
                certain=False,
            ),
        ],
        spare=frozenset({"t0.valid_from"}),
    ),
    Case(
        security_txt,
        [SITE, made(SecurityTxt, "bare", **{**SITE.facts, "canonical": ()})],
        [
            bad(SITE.but(url="http://acme.example/.well-known/security.txt"), says="is not reached by https"),
            bad(SITE.but(url="https://www.acme.example/security.txt"), says="is not /.well-known/security.txt"),
            bad(SITE.but(fetched_at=before(days=36)), says="last fetched 36 days before 2026-11-20, limit 35"),
            bad(SITE.but(fetched_at=before(days=-2)), says="which lies after 2026-11-20"),
            bad(SITE.but(status=404), says="answered with status 404"),
            bad(SITE.but(content_type="text/html; charset=utf-8"), says="its content type is text/html"),
            bad(SITE.but(content_type=None), says="its content type is None"),
            bad(SITE.but(contacts=()), says="it names no contact"),
            bad(SITE.but(contacts=("http://acme.example/report", "security@acme.example")), says="it names no contact"),
            bad(
                SITE.but(canonical=("https://other.example/.well-known/security.txt",)), says="it says that it belongs"
            ),
            bad(SITE.but(expires=None), says="does not say once, by date and time, when it expires"),
            bad(SITE.but(expires=before(days=0)), says="it expired on 2026-11-20"),
            bad(SITE.but(expires=before(days=-367)), says="it expires 367 days after 2026-11-20, limit 366"),
        ],
    ),
]
