"""Cases of CC2, CC3 and CC5: the evidence itself, risks, policies."""

from policy_case import Case, bad, before, made

from soc2test import DeclaredScope, EvidenceItem, ExportedScope, Person, PolicyDocument, Risk, Spell, Vendor
from soc2test_policies.cc3.critical_vendors import test_critical_vendors_are_named_by_a_risk as named
from soc2test_policies.cc3.fraud import test_fraud_is_considered as fraud
from soc2test_policies.cc3.ratings import test_risks_are_told_apart_by_their_ratings as told_apart
from soc2test_policies.cc3.risks import test_risks_are_rated_and_treated as rated
from soc2test_policies.cc3.risks import test_risks_are_reviewed_each_year as risks_reviewed
from soc2test_policies.cc3.risks import test_risks_have_an_active_owner as risks_owned
from soc2test_policies.cc5.documents import _TOPICS
from soc2test_policies.cc5.documents import test_policies_are_approved as approved
from soc2test_policies.cc5.documents import test_policies_are_published as published
from soc2test_policies.cc5.documents import test_policies_are_reviewed_each_year as policies_reviewed
from soc2test_policies.cc5.documents import test_policies_have_an_active_owner as policies_owned
from soc2test_policies.cc5.documents import test_required_policies_exist as exist
from soc2test_policies.reliance.exports import test_evidence_is_readable_and_complete as readable
from soc2test_policies.reliance.exports import test_evidence_says_when_it_was_collected as dated
from soc2test_policies.reliance.exports import test_types_of_things_in_exports_are_known as types_known
from soc2test_policies.reliance.scope import test_every_declared_scope_is_exported as scopes
from soc2test_policies.reliance.scope import test_every_exported_scope_is_declared as exported

ANN = made(
    Person, "ann", email="ann@acme.example", active=True, started_at=before(days=999), ended_at=None,
    spells=(Spell(started_at=before(days=999), ended_at=None),),
)  # fmt: skip
LEO = made(
    Person, "leo", email="leo@acme.example", active=False, started_at=before(days=999), ended_at=before(days=400),
    spells=(Spell(started_at=before(days=999), ended_at=before(days=400)),),
)  # fmt: skip
_TILL_LATELY = (Spell(started_at=before(days=999), ended_at=before(days=3)),)
NOW = frozenset({"ann.spells"})
THEN = frozenset({"ann.active", "ann.started_at", "ann.ended_at"})
ITEM = made(EvidenceItem, "e1", path="aws/a.json", readable=True, complete=True, problem=None)
RISK = made(
    Risk, "R1", likelihood=1, impact=5, treatment="accept", accepted_by="ann@acme.example", accepted_at=before(days=9),
    reviewed_at=before(days=99),
)  # fmt: skip
FRAUD = made(
    Risk, "R6", title="Ghost vendors are paid", category="fraud", treatment="mitigate", reviewed_at=before(days=365)
)
DOCUMENT = made(
    PolicyDocument, "P1", version="3", approved_by="ann@acme.example", approved_at=before(days=900), owner_email=None
)
PUBLISHED = made(
    PolicyDocument,
    "P1",
    version="3",
    approved_at=before(days=9),
    published_at=before(days=9),
    published_where="handbook",
)

CASES = [
    Case(
        scopes,
        [made(DeclaredScope, "aws/1/eu-west-1", exported=True)],
        [
            bad(
                made(DeclaredScope, "aws/1/us-east-1", scope="1/us-east-1", exported=False),
                says="no export of 1/us-east-1 was read",
            )
        ],
    ),
    Case(
        exported,
        [made(ExportedScope, "aws/account/1", declared=True)],
        [bad(made(ExportedScope, "aws/account/2", declared=False), says="is exported and not declared")],
    ),
    Case(
        readable,
        [ITEM],
        [
            bad(ITEM.but(readable=False, problem="is damaged"), says="can't be read: is damaged"),
            bad(ITEM.but(complete=False, problem="is 9 days old"), says="is 9 days old"),
        ],
        spare=frozenset({"e1.path", "e1.problem"}),
    ),
    Case(
        types_known,
        [made(EvidenceItem, "e1", unknown_types=())],
        [
            bad(
                made(EvidenceItem, "e2", unknown_types=("AWS::X::Y", "z")),
                says="types that are not known: AWS::X::Y, z",
            )
        ],
    ),
    Case(
        dated,
        [made(EvidenceItem, "e1", dated=True)],
        [bad(made(EvidenceItem, "e2", path="aws/b.json", dated=False), says="is undated: put collected_at")],
    ),
    Case(
        risks_owned,
        [ANN, LEO, made(Risk, "R1", owner_email="Ann@Acme.example")],
        [
            bad(made(Risk, "R2", owner_email=None), says="nobody is named as owner"),
            bad(made(Risk, "R2", owner_email="x@acme.example"), says="not in the register of people", certain=False),
            bad(made(Risk, "R2", owner_email="leo@acme.example"), says="leo@acme.example has left", certain=False),
        ],
        spare=NOW | {f"leo.{fact}" for fact in ("email", "active", "started_at", "ended_at", "spells")},
    ),
    Case(
        rated,
        [ANN, RISK, made(Risk, "R2", likelihood=1, impact=5, treatment="mitigate")],
        [
            bad(RISK.but(likelihood=0), says="likelihood is 0"),
            bad(RISK.but(impact=6), says="impact is 6"),
            bad(RISK.but(treatment=None), says="undecided"),
            bad(RISK.but(treatment="hope"), says="none of mitigate, accept, transfer, avoid"),
            bad(RISK.but(accepted_by=None), says="by nobody named"),
            bad(
                RISK.but(accepted_by="leo@acme.example", accepted_at=None),
                LEO,
                says="its acceptor leo@acme.example did not work here on 2026-08-13",
                certain=False,
            ),
            bad(RISK.but(accepted_at=before(days=-9)), says="was accepted on 2026-11-29, which lies after"),
            bad(RISK.but(accepted_at=before(days=366)), says="was last accepted 366 days before 2026-11-20, limit 365"),
            bad(
                RISK.but(accepted_by="leo@acme.example"),
                made(Person, "leo", **LEO.but(ended_at=before(days=3), spells=_TILL_LATELY).facts),
                says="was accepted by leo@acme.example, who has left",
                certain=False,
            ),
        ],
        spare=THEN | {"R1.reviewed_at"},
    ),
    Case(
        risks_reviewed,
        [made(Risk, "R1", reviewed_at=before(days=365))],
        [
            bad(
                made(Risk, "R2", reviewed_at=before(days=366)),
                says="last reviewed 366 days before 2026-11-20, limit 365",
            ),
            bad(made(Risk, "R2", reviewed_at=None), says="never reviewed"),
        ],
    ),
    Case(
        named,
        [
            made(Vendor, "okta", active=True, tier="critical"),
            made(Vendor, "mailgrid", active=True, tier="medium"),
            made(Risk, "R1", concerns=("web", "okta")),
        ],
        [
            bad(
                made(Vendor, "aws", active=True, tier="critical"),
                says="no risk names this critical vendor",
                certain=False,
            )
        ],
    ),
    Case(
        fraud,
        [
            FRAUD,
            made(
                Risk,
                "R7",
                title="Sales are booked early",
                category="fraud",
                treatment="accept",
                reviewed_at=before(days=9),
            ),
            made(Risk, "R1", category="security"),
        ],
        [
            bad(FRAUD.but(reviewed_at=before(days=366)), says="last reviewed 366 days"),
            bad(FRAUD.but(reviewed_at=None), says="never reviewed"),
            bad(FRAUD.but(treatment=None), says="no response"),
            bad(FRAUD.but(category="security"), deviates=[], says="only 1 risk of category fraud", certain=False),
            bad(drop=["R6", "R7"], deviates=[], says="no risk of category fraud was considered", certain=False),
        ],
    ),
    Case(
        exist,
        [
            made(PolicyDocument, topic, topic=topic, version="1", document=f"{topic}.txt", document_digest=topic * 3)
            for topic in _TOPICS
        ],
        [
            bad(
                *(
                    made(PolicyDocument, topic, topic=topic, version="1", document=None, document_digest=None)
                    for topic in _TOPICS[:2]
                ),
                deviates=[],
                says="no document is kept of the policy for acceptable-use, access-control",
                certain=False,
            ),
            bad(
                made(
                    PolicyDocument, "code", topic="ethics", version="1", document="./Code-of-conduct.txt",
                    document_digest="other",
                ),
                deviates=[],
                says="the document of the policy for code-of-conduct is that of another topic too",
                certain=False,
            ),
            bad(
                made(
                    PolicyDocument, "code", topic="ethics", version="1", document="ethics.txt",
                    document_digest="code-of-conduct" * 3,
                ),
                deviates=[],
                says="the document of the policy for code-of-conduct is that of another topic too",
                certain=False,
            ),
            bad(
                drop=["incident-response", "access-control"],
                deviates=[],
                says="no policy for access-control, incident-response",
                certain=False,
            ),
        ],
    ),
    Case(
        approved,
        [ANN, DOCUMENT, DOCUMENT.but(owner_email="leo@acme.example")],
        [
            bad(DOCUMENT.but(approved_by=None), says="nobody approved version 3"),
            bad(DOCUMENT.but(approved_at=None), says="version 3 has no date of approval"),
            bad(DOCUMENT.but(approved_at=before(days=-2)), says="2026-11-22, which lies after 2026-11-20"),
            bad(
                DOCUMENT.but(approved_by="x@acme.example"),
                says="version 3: its approver x@acme.example is not in the register of people",
                certain=False,
            ),
            bad(
                DOCUMENT.but(approved_by="leo@acme.example", approved_at=before(days=9)),
                LEO,
                says="its approver leo@acme.example did not work here on 2026-11-11",
                certain=False,
            ),
            bad(DOCUMENT.but(owner_email="Ann@acme.example"), says="was approved by its owner alone"),
        ],
        spare=THEN | {"P1.version"},
    ),
    Case(
        policies_reviewed,
        [made(PolicyDocument, "P1", reviewed_at=before(days=365))],
        [
            bad(made(PolicyDocument, "P2", reviewed_at=before(days=400)), says="400 days before 2026-11-20, limit 365"),
            bad(made(PolicyDocument, "P2", reviewed_at=None), says="never reviewed"),
        ],
    ),
    Case(
        published,
        [PUBLISHED],
        [
            bad(PUBLISHED.but(published_at=None), says="version 3 is not published"),
            bad(PUBLISHED.but(published_where=None), says="nobody says where version 3 is published"),
            bad(
                PUBLISHED.but(published_at=before(days=-2)),
                says="version 3 was published on 2026-11-22, which lies after",
            ),
        ],
        spare=frozenset({"P1.version"}),
    ),
    Case(
        policies_owned,
        [ANN, made(PolicyDocument, "P1", owner_email="ann@acme.example")],
        [
            bad(made(PolicyDocument, "P2", owner_email=None), says="nobody is named as owner"),
            bad(
                LEO,
                made(PolicyDocument, "P2", owner_email="leo@acme.example"),
                says="leo@acme.example has left",
                certain=False,
            ),
        ],
        spare=NOW,
    ),
    Case(
        told_apart,
        [made(Risk, f"R{number}", likelihood=2, impact=min(number, 2)) for number in range(1, 6)],
        [
            bad(
                *(made(Risk, f"R{number}", likelihood=2, impact=2) for number in range(1, 6)),
                deviates=[],
                says="5 of 5 risks are rated 2 x 2",
                certain=False,
            )
        ],
    ),
]
