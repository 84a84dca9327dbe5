"""Cases of flows of data: what systems see, what the register declares, and where both end."""

from policy_case import Case, bad, before, made

from soc2test import DataStore, DeclaredFlow, ObservedFlow, Person, Spell, Vendor
from soc2test_policies.cc6.flows import test_flows_end_where_data_is_held_alike as held_alike
from soc2test_policies.cc6.flows import test_flows_that_are_seen_are_allowed as allowed

SPELLS = (Spell(started_at=before(days=999), ended_at=None),)
ANN = made(
    Person, "ann", name="Ann", email="ann@acme.example", active=True, spells=SPELLS, ended_at=None
)  # fmt: skip
BOB = made(
    Person, "bob", name="Bob", email="bob@acme.example", active=True, spells=SPELLS, ended_at=None
)  # fmt: skip
DATABASE = made(DataStore, "database", classification="confidential")
BUCKET = made(DataStore, "bucket", classification="Restricted")
SEEN = made(ObservedFlow, "seen", comes_from="database", goes_to="bucket", job="copy")
ROW = made(
    DeclaredFlow, "FLOW-1", comes_from="database", goes_to="bucket", job="copy", owners=("bob@acme.example",),
    purpose="reports", approved_by="ann@acme.example", approved_at=before(days=9),
)  # fmt: skip
MAILED = made(ObservedFlow, "mailed", comes_from="database", goes_to="https://mail.example")
LISTED = made(
    DeclaredFlow, "FLOW-2", comes_from="database", goes_to="https://mail.example", vendor="mail"
)  # fmt: skip
MAIL = made(Vendor, "mail", active=True, dpa_signed_at=before(days=99))

CASES = [
    Case(
        allowed,
        [SEEN, ROW, DATABASE, BUCKET, ANN, BOB],
        [
            bad(SEEN, drop=["FLOW-1"], says="takes data from database to bucket, and no row", certain=False),
            bad(SEEN.but(job="other"), says="other takes data from database to bucket, and no row", certain=False),
            bad(SEEN.but(goes_to="elsewhere"), says="to elsewhere, and no row", certain=False),
            bad(SEEN.but(comes_from="elsewhere"), says="from elsewhere to bucket, and no row", certain=False),
            bad(ROW.but(approved_at=None), deviates=["seen"], says="FLOW-1 was not approved", certain=False),
            bad(ROW.but(approved_by=None), deviates=["seen"], says="nobody is named as approver", certain=False),
            bad(ROW.but(approved_by="bob@acme.example"), deviates=["seen"], says="by its owner alone", certain=False),
            bad(ROW.but(approved_by="eve@acme.example"), deviates=["seen"], says="not in the register", certain=False),
            bad(ROW.but(purpose=None), deviates=["seen"], says="for no purpose that is told", certain=False),
            bad(ROW.but(owners=()), deviates=["seen"], says="nobody is named as owner", certain=False),
        ],
        spare=frozenset({"bucket.classification", "bob.spells", "ann.ended_at", "ann.name", "bob.name"}),
    ),
    Case(
        held_alike,
        [SEEN, MAILED, LISTED, DATABASE, BUCKET, MAIL],
        [
            bad(
                BUCKET.but(classification="internal"),
                deviates=["seen"],
                says="takes confidential data to bucket, which is labelled internal",
                certain=True,
            ),
            bad(BUCKET.but(classification=None), deviates=["seen"], says="which has no label"),
            bad(
                LISTED.but(vendor=None),
                deviates=["FLOW-2", "mailed"],
                says="which is no store that is known and of no vendor",
                certain=False,
            ),
            bad(MAILED, drop=["FLOW-2"], says="of no vendor by the register of flows", certain=False),
            bad(drop=["mail"], deviates=["FLOW-2", "mailed"], says="not in the register of vendors", certain=False),
            bad(MAIL.but(active=False), deviates=["FLOW-2", "mailed"], says="not in use", certain=False),
            bad(MAIL.but(dpa_signed_at=None), deviates=["FLOW-2", "mailed"], says="signed no agreement", certain=False),
            bad(
                MAIL.but(dpa_signed_at=before(days=-1)),
                deviates=["FLOW-2", "mailed"],
                says="signs only on",
                certain=False,
            ),
        ],
        spare=frozenset({"seen.job"}),
    ),
]
