"""Cases of privacy notices."""

from policy_case import Case, bad, before, made

from soc2test import CollectionPoint, Disclosure, Person, PrivacyNotice, ProcessingActivity, Spell
from soc2test_policies.p.notices import test_changes_of_notices_are_announced as announced
from soc2test_policies.p.notices import test_each_purpose_is_named_by_a_notice as named
from soc2test_policies.p.notices import test_notices_are_shown_where_data_is_taken as shown

ANN = made(
    Person, "ann", email="ann@acme.example", active=True, started_at=before(days=999), ended_at=None,
    spells=(Spell(started_at=before(days=999), ended_at=None),),
)  # fmt: skip
NEWS = made(
    ProcessingActivity, "PA-1", began_at=before(days=500), owner_email="ann@acme.example",
    reviewed_at=before(days=365), legal_basis="consent",
)  # fmt: skip
ORDERS = made(ProcessingActivity, "PA-3", legal_basis="instructions")
FIRST = made(
    PrivacyNotice, "n1", published_at=before(days=900), replaced_at=before(days=99), activities=("PA-1",), replaces=None
)
SECOND = made(
    PrivacyNotice, "n2", published_at=before(days=99), replaced_at=None, activities=("PA-1", "PA-2"), replaces="n1",
    approved_by="ann@acme.example", approved_at=before(days=120), announced_at=before(days=113), announced_how="mail",
)  # fmt: skip
FORM = made(
    CollectionPoint, "CP-1", in_use=True, activities=("PA-1",), notice="n2", seen_at=before(days=99),
    seen_by="ann@acme.example",
)  # fmt: skip
CLOSED = made(CollectionPoint, "CP-2", in_use=False, activities=("PA-1",))
FLOW = made(Disclosure, "F1", activity="PA-1", began_at=before(days=500), ended_at=None)
NOW = {"ann.spells"}
THEN = {"ann.active", "ann.started_at", "ann.ended_at"}
CHANGE = {f"n2.{fact}" for fact in ("replaces", "approved_by", "approved_at", "announced_at", "announced_how")}

CASES = [
    Case(
        named,
        [NEWS, FIRST, SECOND, ANN],
        [
            bad(
                SECOND.but(activities=("PA-2",)),
                deviates=["PA-1"],
                says="no notice in force on 2026-11-20 names it",
                certain=False,
            ),
            bad(SECOND.but(published_at=None), deviates=["PA-1"], says="no notice in force", certain=False),
            bad(FIRST.but(activities=()), deviates=["PA-1"], says="when it began on 2025-07-08", certain=False),
            bad(NEWS.but(began_at=before(days=901)), says="no notice named it when it began", certain=False),
            bad(NEWS.but(began_at=before(days=-9)), says="begun on 2026-11-29, which lies after"),
            bad(NEWS.but(reviewed_at=before(days=366)), says="last reviewed 366 days"),
            bad(NEWS.but(reviewed_at=None), says="never reviewed"),
            bad(NEWS.but(owner_email=None), says="nobody is named as owner"),
        ],
        spare=frozenset(NOW | CHANGE | {"PA-1.legal_basis", "n1.replaces"}),
    ),
    Case(
        shown,
        [FORM, CLOSED, NEWS, ORDERS, FIRST, SECOND, ANN],
        [
            bad(FORM.but(activities=()), says="no purpose is told"),
            bad(FORM.but(notice=None), says="no notice is shown"),
            bad(FORM.but(notice="n9"), says="there is no notice n9", certain=False),
            bad(FORM.but(notice="n1"), says="shows n1, which is not in force on 2026-11-20"),
            bad(FORM.but(activities=("PA-1", "PA-5")), says="n2 does not name PA-5"),
            bad(FORM.but(seen_at=before(days=100)), says="last seen on 2026-08-12, and n2 was published on 2026-08-13"),
            bad(FORM.but(seen_at=None), says="never seen"),
            bad(SECOND.but(published_at=before(days=900)), FORM.but(seen_at=before(days=366)), says="last seen 366"),
            bad(FORM.but(seen_by=None), says="nobody is named as witness"),
            bad(FORM.but(seen_by="x@acme.example"), says="is not in the register of people", certain=False),
        ],
        spare=frozenset(
            THEN
            | CHANGE
            | {f"n1.{fact}" for fact in ("published_at", "replaced_at", "activities", "replaces")}
            | {f"PA-1.{fact}" for fact in ("began_at", "owner_email", "reviewed_at")}
            | {"CP-2.activities"}
        ),
    ),
    Case(
        announced,
        [FIRST, SECOND, NEWS, ANN],
        [
            bad(SECOND.but(approved_at=None), says="was published on 2026-08-13 without approval"),
            bad(SECOND.but(approved_at=before(days=97)), says="before it was approved"),
            bad(SECOND.but(approved_by=None), says="nobody is named as approver"),
            bad(SECOND.but(approved_at=before(days=98.5)), says="published on 2026-08-13, before it was approved"),
            bad(
                SECOND.but(approved_at=before(days=112.5)),
                says="announced on 2026-07-30, before it was approved on 2026-07-31",
            ),
            bad(
                made(
                    PrivacyNotice,
                    "n3",
                    published_at=before(days=50),
                    replaced_at=None,
                    replaces=None,
                    activities=("PA-1",),
                    approved_by="ann@acme.example",
                    approved_at=before(days=70),
                    announced_at=before(days=69),
                    announced_how="mail",
                ),
                says="names a purpose that was named, and n2 stayed in force beside it",
            ),
            bad(SECOND.but(announced_at=None), says="nobody was told before"),
            bad(SECOND.but(announced_at=before(days=112)), says="was announced 13 days before it held, limit 14"),
            bad(SECOND.but(announced_how=None), says="nobody says how"),
            bad(SECOND.but(replaces="n0"), says="replaces n0, which is not there", certain=False),
            bad(FIRST.but(replaced_at=before(days=98)), deviates=["n2"], says="n1 was not replaced on 2026-08-13"),
        ],
        spare=frozenset(THEN | {f"PA-1.{fact}" for fact in NEWS.facts} | {"n1.published_at", "n2.activities"}),
    ),
]
