"""Cases of consent, and of the fields in which personal data is stored."""

from policy_case import Case, Made, bad, before, made

from soc2test import (
    CollectionPoint,
    Consent,
    DeclaredField,
    Person,
    PrivacyNotice,
    ProcessingActivity,
    Spell,
    StoredField,
    SystemCount,
)
from soc2test_policies.p.consents import test_choices_are_explained_where_consent_is_asked as explained
from soc2test_policies.p.consents import test_consent_comes_before_use as before_use
from soc2test_policies.p.consents import test_sensitive_data_is_taken_by_explicit_consent_alone as explicit
from soc2test_policies.p.consents import test_withdrawals_of_consent_are_followed as followed
from soc2test_policies.p.fields import test_each_stored_field_is_declared as declared

ANN = made(
    Person, "ann", email="ann@acme.example", active=True, spells=(Spell(started_at=before(days=999), ended_at=None),)
)
NEWS = made(ProcessingActivity, "PA-1", legal_basis="consent", data_categories=("email",), sensitive=())
NEEDS = made(
    ProcessingActivity, "PA-2", legal_basis="explicit_consent", data_categories=("name", "needs"), sensitive=("needs",)
)
ORDERS = made(ProcessingActivity, "PA-3", legal_basis="contract", data_categories=("email",), sensitive=())
PAPERS = made(
    ProcessingActivity, "PA-4", legal_basis="legal_obligation", data_categories=("Health_insurance",), sensitive=()
)
FORM = made(
    CollectionPoint, "CP-1", in_use=True, activities=("PA-1",), choice="yes", consequence="no mails",
    withdrawal="by the link", preselected=False,
)  # fmt: skip
SHOP = made(CollectionPoint, "CP-2", in_use=True, activities=("PA-3",), choice=None)
MEETING = made(CollectionPoint, "CP-3", in_use=True, activities=("PA-2",), consequence="we can't prepare")
CLOSED = made(CollectionPoint, "CP-4", in_use=False, activities=("PA-2",))
NOTICE = made(
    PrivacyNotice, "n2", published_at=before(days=300), replaced_at=before(days=20), activities=("PA-1",)
)  # fmt: skip
GIVEN = made(
    Consent, "C1", activity="PA-1", point="CP-1", notice="n2", given_at=before(days=200), how="ticked_box",
    first_used_at=before(days=200), withdrawn_at=None,
)  # fmt: skip
BACK = made(
    Consent, "C2", point="CP-1", given_at=before(days=100), withdrawn_at=before(days=50, hours=2),
    stopped_at=before(days=48, hours=2),
)  # fmt: skip
HOLDS = made(Consent, "C3", point="CP-1", given_at=before(days=90), withdrawn_at=None)
EARLIER = made(Consent, "C0", point="CP-1", given_at=before(days=900), withdrawn_at=None)
TYPED = made(Consent, "C4", activity="PA-2", how="typed")
COLUMN = made(StoredField, "test:db/public.readers.email", store="test:db", column_name="email", data_type="text")
FLAG = made(StoredField, "test:db/public.flags.on", store="test:db", column_name="on", data_type="boolean")
FOR_NEWS = made(
    DeclaredField, "test:db/public.readers.email", activity="PA-1", data_category="email", reason=None,
    declared_by="ann@acme.example", declared_at=before(days=9),
)  # fmt: skip
NONE = made(
    DeclaredField, "test:db/public.flags.*", activity=None, data_category=None, reason="Our own switches",
    declared_by="ann@acme.example", declared_at=before(days=9),
)  # fmt: skip
KEEPS = made(ProcessingActivity, "PA-1", data_categories=("email",), stores=("test:db",))


def counted(number: int, what: str = "sign_ups", channel: str = "CP-1") -> Made:
    return made(
        SystemCount, f"{what}-{channel}", what=what, channel=channel, first_day=before(days=400),
        last_day=before(days=5), count=number, system="the list", counted_at=before(days=4),
    )  # fmt: skip


PLACE = FORM.but()
for _fact in ("choice", "consequence", "withdrawal", "preselected"):
    PLACE.facts.pop(_fact)
GROUND = made(ProcessingActivity, "PA-1", legal_basis="consent")

AGREED = made(Consent, "C9", point="CP-1")
LISTED = made(SystemCount, "S9", what="sign_ups", channel="CP-1")
OVER = made(CollectionPoint, "CP-5", in_use=False, seen_at=before(days=40))
LAST = made(Consent, "C8", point="CP-5", given_at=before(days=40))

CASES = [
    Case(
        explained,
        [FORM, SHOP, GROUND, ORDERS, AGREED, LISTED, OVER, LAST],
        [
            bad(
                LAST.but(given_at=before(days=39)),
                deviates=["CP-5"],
                says="is not in use by its row, and people consented there after it was last seen",
            ),
            bad(
                LISTED.but(channel="CP-5", first_day=before(days=39), count=1),
                deviates=["CP-5"],
                says="is not in use by its row, and people consented there after it was last seen",
            ),
            bad(SHOP.but(choice="yes"), says="people consent there, and PA-3 rests on no consent"),
            bad(AGREED.but(point="CP-2"), deviates=["CP-2"], says="people consent there, and PA-3 rests on no consent"),
            bad(
                LISTED.but(channel="CP-2"), deviates=["CP-2"], says="people consent there, and PA-3 rests on no consent"
            ),
            bad(
                GROUND.but(legal_basis="instructions"),
                deviates=["CP-1"],
                says="people consent there, and PA-1 rests on no consent by its record",
            ),
            bad(FORM.but(choice=None), says="does not say what one may choose for PA-1"),
            bad(FORM.but(consequence=None), says="what follows from a no"),
            bad(FORM.but(withdrawal=None), says="how a yes can be taken back"),
            bad(FORM.but(preselected=True), says="has chosen before the person does"),
        ],
        spare=frozenset({"PA-3.data_categories", "PA-3.sensitive"}),
    ),
    Case(
        before_use,
        [GIVEN, EARLIER, PLACE, GROUND, NOTICE, counted(1)],
        [
            bad(GIVEN.but(how="went_on"), says="nobody did anything to give it"),
            bad(GIVEN.but(activity="PA-3"), says="CP-1 takes no data for PA-3"),
            bad(GIVEN.but(notice=None), says="no notice was shown"),
            bad(GIVEN.but(notice="n9"), says="there is no notice n9", certain=False),
            bad(NOTICE.but(published_at=before(days=199)), deviates=["C1"], says="n2 was not in force on 2026-05-04"),
            bad(NOTICE.but(replaced_at=before(days=201)), deviates=["C1"], says="n2 was not in force"),
            bad(NOTICE.but(activities=("PA-3",)), deviates=["C1"], says="n2 does not name PA-1"),
            bad(GIVEN.but(first_used_at=before(days=201)), says="used on 2026-05-03, before it was given"),
        ],
        spare=frozenset({"C1.withdrawn_at", "C0.withdrawn_at"}),
    ),
    Case(
        followed,
        [BACK, HOLDS, PLACE, GROUND, counted(1, "withdrawals")],
        [
            bad(BACK.but(stopped_at=None), says="not stopped 1202 hours after"),
            bad(
                BACK.but(given_at=before(days=900), withdrawn_at=before(days=800), stopped_at=None),
                says="not stopped 19200 hours after",
            ),
            bad(BACK.but(stopped_at=before(days=48, hours=1)), says="stopped 49 hours after 2026-10-01, limit 48"),
            bad(BACK.but(given_at=before(days=49)), says="before it was given"),
            bad(BACK.but(stopped_at=before(days=51)), says="before it was taken back"),
        ],
        spare=frozenset({"C3.point", "C3.given_at"}),
    ),
    Case(
        explicit,
        [NEEDS, NEWS, PAPERS, MEETING, CLOSED, FORM, TYPED, GIVEN],
        [
            bad(NEEDS.but(legal_basis="contract"), says="takes sensitive data on contract"),
            bad(NEEDS.but(legal_basis=None), says="takes sensitive data on no ground"),
            bad(NEWS.but(data_categories=("Religion",)), says="takes sensitive data on consent"),
            bad(MEETING.but(in_use=False), deviates=["PA-2"], says="no place in use is told", certain=False),
            bad(MEETING.but(consequence=None), deviates=["PA-2"], says="CP-3 does not say what follows from a no"),
            bad(TYPED.but(how="said"), deviates=["PA-2"], says="C4 was given as said, which is not explicit"),
        ],
        spare=frozenset(
            {f"CP-1.{fact}" for fact in ("in_use", "choice", "consequence", "withdrawal", "preselected")}
            | {f"C1.{fact}" for fact in GIVEN.facts if fact != "activity"}
        ),
    ),
    Case(
        declared,
        [COLUMN, FLAG, FOR_NEWS, NONE, KEEPS, ANN],
        [
            bad(
                made(StoredField, "test:db/public.readers.age", store="test:db"), says="is stored, and nobody declared it", certain=False
            ),
            bad(FOR_NEWS.but(declared_at=None), deviates=[COLUMN.id], says="is declared on no day"),
            bad(FOR_NEWS.but(declared_at=before(days=-9)), deviates=[COLUMN.id], says="which lies after"),
            bad(FOR_NEWS.but(declared_by=None), deviates=[COLUMN.id], says="nobody is named as declarer"),
            bad(FOR_NEWS.but(activity=None), deviates=[COLUMN.id], says="declared as none without a reason"),
            bad(FOR_NEWS.but(activity="PA-9"), deviates=[COLUMN.id], says="has no PA-9", certain=False),
            bad(FOR_NEWS.but(data_category="phone"), deviates=[COLUMN.id], says="PA-1 needs no phone"),
            bad(FOR_NEWS.but(data_category=None), deviates=[COLUMN.id], says="PA-1 needs no data"),
            bad(NONE.but(reason=None), deviates=[FLAG.id], says="stands for a whole table as no personal data", certain=False),
            bad(FLAG.but(column_name="diagnosis"), says="called as personal data is, and declared as none", certain=False),
            bad(KEEPS.but(stores=("mail:x",)), deviates=[COLUMN.id], says="PA-1 keeps nothing in test:db"),
        ],
        spare=frozenset(
            {
                f"{FOR_NEWS.id}.reason",
                f"{NONE.id}.data_category",
                f"{FLAG.id}.store",
                f"{COLUMN.id}.column_name",
                f"{COLUMN.id}.data_type",
            }
        ),
    ),
]
