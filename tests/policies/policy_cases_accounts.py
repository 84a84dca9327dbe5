"""Cases of CC6, first half: sign-in, root, keys, accounts, administrators, reviews, leavers."""

from policy_case import Case, bad, before, made

from soc2test import (
    AccessDecision,
    AccessReview,
    AccountEvent,
    Application,
    AppSecret,
    Credential,
    Device,
    Identity,
    PasswordPolicy,
    Person,
    Role,
    Secret,
    SessionPolicy,
    Spell,
)
from soc2test_policies.cc6.access_reviews import test_access_is_reviewed_each_quarter as quarterly
from soc2test_policies.cc6.access_reviews import test_access_reviews_are_complete as complete
from soc2test_policies.cc6.access_reviews import test_nobody_reviews_their_own_access as not_own
from soc2test_policies.cc6.access_reviews import test_revocations_are_carried_out as revoked
from soc2test_policies.cc6.accounts import test_accounts_belong_to_an_active_person as belong
from soc2test_policies.cc6.accounts import test_service_accounts_have_an_active_owner as service
from soc2test_policies.cc6.accounts import test_unused_accounts_are_disabled as unused_accounts
from soc2test_policies.cc6.administrators import test_administrators_are_few as few
from soc2test_policies.cc6.keys import test_application_secrets_are_renewed as renewed
from soc2test_policies.cc6.keys import test_keys_are_rotated as rotated
from soc2test_policies.cc6.keys import test_unused_keys_are_removed as unused_keys
from soc2test_policies.cc6.leavers import test_leavers_lose_access_in_time as leavers
from soc2test_policies.cc6.leavers import test_leavers_return_their_devices as leavers_devices
from soc2test_policies.cc6.root import test_root_has_no_keys as root_keys
from soc2test_policies.cc6.root import test_root_is_not_used as root_use
from soc2test_policies.cc6.root import test_root_signs_in_with_mfa as root_mfa
from soc2test_policies.cc6.sign_in import test_applications_use_single_sign_on as sso
from soc2test_policies.cc6.sign_in import test_passwords_are_strong as passwords
from soc2test_policies.cc6.sign_in import test_people_sign_in_with_mfa as mfa
from soc2test_policies.cc6.sign_in import test_sessions_end_and_ask_for_the_factor_again as sessions
from soc2test_policies.cc6.vault import test_secrets_are_replaced as replaced

ANN = made(
    Person, "ann@acme.example", email="ann@acme.example", active=True, ended_at=None, accounts=("github:ann-acme",),
    spells=(),
)  # fmt: skip
LEO = made(
    Person,
    "leo@acme.example",
    email="leo@acme.example",
    active=False,
    ended_at=before(days=80),
    accounts=("github:leo-acme", "github:bot", "other:ann"),
    spells=(),
)
LEOS_FACTS = frozenset(f"{LEO.id}.{fact}" for fact in LEO.facts)
"""Where he owns and uses nothing."""
EXPIRED = AppSecret(made_at=before(days=999), expires_at=before(days=1))
POLICY = made(PasswordPolicy, "default", active=True, min_length=12, history=4, lockout_attempts=10)
ROOT = made(Identity, "root", root=True, mfa=True)
BY_MAIL = made(Identity, "okta/ann", "okta", name="ann", email="Ann@acme.example", active=True, human=True, root=False)
BY_LOGIN = made(Identity, "github/ann", "github", name="ann-acme", email=None, active=True, human=True, root=False)
BY_ADDRESS = made(
    Identity, "entra/ann", "entra", name="ann@acme.example", email=None, active=True, human=True, root=False
)
BOT = made(Identity, "github/bot", "github", name="bot", active=True, human=False, root=False, owner="ann@acme.example")
USED = made(Identity, "ann", active=True, human=True, root=False, last_used_at=before(days=90))
ADMIN = made(Identity, "admin", active=True, admin=True, root=False)
REVIEW = made(AccessReview, "Q4", system="github", completed_at=before(days=8))
KEPT = made(
    AccessDecision, "Q4/bob", review="Q4", account="bob", decision="keep", decider_email=None, decided_at=before(days=9)
)
CHANGED = made(
    AccessDecision,
    "Q4/cyd",
    review="Q4",
    account="cyd",
    decision="change",
    decided_at=before(days=9),
    done_at=before(days=3),
)
REVOKED = made(
    AccessDecision,
    "Q4/dan",
    review="Q4",
    account="dan",
    decision="revoke",
    decided_at=before(days=9),
)
REVIEWED = made(Identity, "github/bob", "github", name="bob", active=True, created_at=before(days=500))
BOB = made(
    Person,
    "bob@acme.example",
    email="bob@acme.example",
    active=True,
    accounts=("github:bob",),
    spells=(Spell(started_at=before(days=600), ended_at=None),),
)
REVIEWER = ANN.but(accounts=("github:ann-acme",), spells=(Spell(started_at=before(days=600), ended_at=None),))
LEOS_OTHER = made(
    AccountEvent,
    "other/1",
    "other",
    account="ann",
    identity=None,
    action="disabled",
    happened_at=before(days=80),
    complete_after=False,
)
LEOS_MAIL = made(
    Identity,
    "okta/leo",
    "okta",
    name="leo",
    email="leo@acme.example",
    human=True,
    active=False,
    disabled_at=before(days=79),
)
LEOS_LOGIN = made(
    Identity,
    "github/leo",
    "github",
    name="leo-acme",
    email=None,
    human=True,
    active=False,
    disabled_at=before(days=81),
)
LEOS_BOT = made(
    Identity, "github/bot", "github", name="bot", email=None, human=False, active=True, owner="ann@acme.example"
)
LAPTOP = made(Device, "C1", owner_email="leo@acme.example", status="returned", returned_at=before(days=79))
_EACH_QUARTER = (2, 100, 190, 280, 370)

SESSIONS = made(
    SessionPolicy, "default", active=True, lifetime_hours=24.0, idle_hours=12.0, factor_hours=24.0
)  # fmt: skip

CASES = [
    Case(
        sessions,
        [SESSIONS, made(SessionPolicy, "off", active=False)],
        [
            bad(SESSIONS.but(lifetime_hours=None), says="a session does not end by itself"),
            bad(SESSIONS.but(lifetime_hours=24.5), says="a session lasts 24.5 hours, limit 24"),
            bad(SESSIONS.but(idle_hours=None), says="a session that nobody uses stays open"),
            bad(SESSIONS.but(idle_hours=13.0), says="stays open 13 hours, limit 12"),
            bad(SESSIONS.but(factor_hours=None), says="a device that showed the second factor once is not asked"),
            bad(SESSIONS.but(factor_hours=8760.0), says="is asked for again after 8760 hours, limit 24"),
        ],
    ),
    Case(
        replaced,
        [made(Secret, "s1", replaced_at=before(days=90))],
        [bad(made(Secret, "s2", replaced_at=before(days=91)), says="last replaced 91 days before")],
    ),
    Case(
        renewed,
        [
            made(
                Application,
                "shop",
                active=True,
                secrets=(AppSecret(made_at=before(days=365), expires_at=None), EXPIRED),
            ),
            made(Application, "public", active=True, secrets=()),
            made(Application, "old", active=False),
        ],
        [
            bad(
                made(
                    Application,
                    "desk",
                    active=True,
                    secrets=(AppSecret(made_at=before(days=366), expires_at=None), EXPIRED),
                ),
                says="its secret was last renewed 366 days before",
            )
        ],
    ),
    Case(
        mfa,
        [made(Identity, "ann", human=True, active=True, mfa=True)],
        [bad(made(Identity, "bob", human=True, active=True, mfa=False), says="without a second factor")],
    ),
    Case(
        root_mfa,
        [ROOT, made(Identity, "emptied", root=True, mfa=False, active=False)],
        [bad(ROOT.but(mfa=False, active=True), says="root signs in without a second factor")],
    ),
    Case(
        root_use,
        [
            made(Identity, "root1", root=True, last_used_at=None),
            made(Identity, "root2", root=True, last_used_at=before(days=90)),
        ],
        [
            bad(
                made(Identity, "root1", root=True, last_used_at=before(days=3)),
                says="root was used 3 days before 2026-11-20, limit 90",
            )
        ],
    ),
    Case(
        root_keys,
        [
            made(Identity, "root", root=True),
            made(Credential, "k1", identity="root", active=False),
            made(Credential, "k2", identity="ann"),
        ],
        [
            bad(
                made(
                    Credential,
                    "k1",
                    identity="root",
                    active=True,
                    category="access_key",
                    created_at=before(days=9),
                ),
                deviates=["root"],
                says="root holds an active access_key made on 2026-11-11",
            )
        ],
    ),
    Case(
        rotated,
        [made(Credential, "k1", active=True, created_at=before(days=90))],
        [
            bad(
                made(Credential, "k2", active=True, created_at=before(days=120)),
                says="last rotated 120 days before 2026-11-20, limit 90",
            )
        ],
    ),
    Case(
        unused_keys,
        [
            made(Credential, "k1", active=True, last_used_at=before(days=90)),
            made(Credential, "k2", active=True, last_used_at=None, created_at=before(days=90)),
        ],
        [
            bad(
                made(Credential, "k1", active=True, last_used_at=before(days=91)),
                says="last used 91 days before 2026-11-20, limit 90",
            ),
            bad(
                made(Credential, "k2", active=True, last_used_at=None, created_at=before(days=91)),
                says="never used, and made 91 days before 2026-11-20, limit 90",
            ),
        ],
        spare=frozenset({"k2.last_used_at"}),  # it was made lately
    ),
    Case(
        leavers,
        [
            LEO,
            ANN,
            LEOS_OTHER,
            LEOS_MAIL,
            LEOS_LOGIN,
            LEOS_BOT,
            made(Identity, "okta/x", "okta", name="x", email="x@acme.example", active=True),
        ],
        [
            bad(
                LEOS_MAIL.but(disabled_at=before(days=78)),
                deviates=[LEO.id],
                says="okta account leo was disabled 48 hours after 2026-09-01, limit 24 hours",
            ),
            bad(
                LEOS_LOGIN.but(active=True),
                deviates=[LEO.id],
                says="github account leo-acme was not disabled 1920 hours after 2026-09-01, limit 24 hours",
            ),
            bad(LEO.but(ended_at=None), says="the register does not say when"),
            bad(LEO.but(active=True), LEOS_LOGIN.but(active=True), says="github account leo-acme was not disabled"),
            bad(
                LEOS_BOT.but(owner=None),
                deviates=[LEO.id],
                says="github account bot was not disabled 1920 hours",
                certain=False,
            ),
        ],
        spare=frozenset(
            {f"{ANN.id}.accounts", "github/bot.active", f"{LEO.id}.active"}
        ),  # her being the owner, and his
        # date, are enough
    ),
    Case(
        leavers_devices,
        [LEO, LAPTOP],
        [
            bad(
                LAPTOP.but(status="in_use"),
                deviates=["leo@acme.example"],
                says="device C1 was not returned 80 days after 2026-09-01, limit 14 days",
            ),
            bad(
                LAPTOP.but(returned_at=before(days=60)),
                deviates=["leo@acme.example"],
                says="device C1 was returned 20 days after 2026-09-01, limit 14 days",
            ),
            bad(
                LAPTOP.but(status="lost", returned_at=None, lost_at=before(days=60)),
                deviates=["leo@acme.example"],
                says="device C1 was lost without having come back",
            ),
        ],
        spare=frozenset(
            {f"leo@acme.example.{fact}" for fact in ("accounts", "active", "spells")}
        ),  # the date says enough
    ),
    Case(
        belong,
        [ANN, LEO, BY_MAIL, BY_LOGIN, BY_ADDRESS, BY_ADDRESS.but(email="x@acme.example")],
        [
            bad(
                BY_ADDRESS.but(name="Leo@acme.example"), says="belongs to leo@acme.example, who has left", certain=False
            ),
            bad(BY_ADDRESS.but(name="eve@acme.example"), says="matches nobody", certain=False),
            bad(
                BY_ADDRESS.but(email="leo@acme.example"),
                says="belongs to leo@acme.example, who has left",
                certain=False,
            ),
            bad(
                BY_MAIL.but(email="x@acme.example"),
                says="matches nobody in the register of people",
                certain=False,
            ),
            bad(BY_LOGIN.but(name="stranger"), says="matches nobody", certain=False),
            bad(BY_MAIL.but(email="leo@acme.example"), says="belongs to leo@acme.example, who has left", certain=False),
            bad(BY_LOGIN.but(name="leo-acme"), says="belongs to leo@acme.example, who has left", certain=False),
        ],
        spare=frozenset({"okta/ann.name", *LEOS_FACTS}),
    ),
    Case(
        service,
        [ANN, LEO, BOT, made(Identity, "s2", "github", name="ann-acme", active=True, human=False, root=False)],
        [
            bad(
                BOT.but(owner="leo@acme.example"),
                says="its owner leo@acme.example has left",
                certain=False,
            ),
            bad(BOT.but(owner=None), says="nobody is named as owner", certain=False),
        ],
        spare=LEOS_FACTS,
    ),
    Case(
        unused_accounts,
        [
            USED,
            made(Identity, "new", active=True, human=True, root=False, last_used_at=None, created_at=before(days=90)),
        ],
        [
            bad(USED.but(last_used_at=before(days=91)), says="last used 91 days before 2026-11-20, limit 90"),
            bad(
                USED.but(last_used_at=None, created_at=before(days=100)),
                says="never used, and made 100 days before 2026-11-20, limit 90",
            ),
        ],
        spare=frozenset({"new.last_used_at"}),
    ),
    Case(
        passwords,
        [POLICY, made(PasswordPolicy, "p2", active=True, min_length=14, history=24, lockout_attempts=None)],
        [
            bad(POLICY.but(min_length=8), says="8 characters are enough, limit 12"),
            bad(POLICY.but(history=0), says="only 0 earlier passwords are refused, limit 4"),
            bad(POLICY.but(lockout_attempts=100), says="locks after 100 failed attempts, limit 10"),
        ],
        spare=frozenset({"default.active", "p2.active"}),  # strong rules, whether or not they hold for anybody
    ),
    Case(
        few,
        [
            *(made(Identity, f"admin{place}", active=True, admin=True, root=False) for place in range(4)),
            made(Identity, "okta/admin", "okta", active=True, admin=True, root=False),
            made(Identity, "ann", active=True, admin=False),
            made(Identity, "off", active=False),
            made(Role, "deploy", admin=True, anybody=False, outsiders=()),
            made(Role, "reader", admin=False),
        ],
        [
            bad(
                made(Role, "deploy", admin=True, anybody=True),
                deviates=["deploy"],
                says="anybody may take on this role",
            ),
            bad(
                made(Identity, "ann", active=True, admin=True, root=False),
                deviates=["admin0", "admin1", "admin2", "admin3", "ann"],
                says="one of 5 administrators of test, limit 4",
            ),
        ],
        # one that is no administrator, or a role that lets in nobody, whatever else is unknown of it
        spare=frozenset({"ann.active", "deploy.admin"}),
    ),
    Case(
        quarterly,
        [
            *(
                made(AccessReview, f"aws-{days}", system="aws", completed_at=before(days=days))
                for days in _EACH_QUARTER
            ),
            *(
                made(AccessReview, f"okta-{days}", system="okta", completed_at=before(days=days))
                for days in _EACH_QUARTER
            ),
            made(Identity, "aws/ann", "aws"),
            made(Identity, "okta/ann", "okta"),
        ],
        [
            bad(
                made(AccessReview, "aws-2", system="aws", completed_at=before(days=93)),
                deviates=[],
                says="no review of aws completed in the 92 days before 2026-11-20",
                certain=False,
            ),
            bad(
                made(AccessReview, "aws-2", system="aws", completed_at=None),
                deviates=[],
                says="no review of aws",
                certain=False,
            ),
            bad(
                made(AccessReview, "aws-190", system="okta", completed_at=before(days=190)),
                deviates=[],
                says="no review of aws completed in Q2 2026",
                certain=False,
            ),
            bad(made(Identity, "github/ann", "github"), deviates=[], says="no review of github", certain=False),
        ],
    ),
    Case(
        complete,
        [REVIEW.but(started_at=before(days=12)), KEPT, REVIEWED],
        [
            bad(
                made(Identity, "github/eve", "github", name="eve", active=True, created_at=before(days=40)),
                deviates=["Q4"],
                says="review Q4 has no decision on 1 account of github: eve",
                certain=False,
            ),
            bad(REVIEW.but(started_at=before(days=40)), says="took 32 days, limit 31"),
            bad(
                KEPT.but(decided_at=before(days=20)),
                deviates=["Q4"],
                says="bob: decided on 2026-10-31, before it was listed on 2026-11-08",
            ),
            bad(
                REVIEWED.but(created_at=before(days=3)),
                deviates=["Q4"],
                says="bob was made on 2026-11-17, after it was decided on",
            ),
        ],
    ),
    Case(
        not_own,
        [
            REVIEW.but(reviewer_email="ann@acme.example"),
            KEPT.but(decider_email="ann@acme.example"),
            BOB,
            REVIEWER,
            REVIEWED.but(human=True, email=None),
        ],
        [
            bad(
                KEPT.but(decider_email="bob@acme.example"),
                deviates=["Q4"],
                says="bob@acme.example decided on bob, an account of their own",
            ),
            bad(
                KEPT.but(decider_email="eve@acme.example"),
                deviates=["Q4"],
                says="its reviewer eve@acme.example is not in the register of people",
                certain=False,
            ),
        ],
    ),
    Case(
        revoked,
        [
            REVIEW,
            CHANGED,
            REVOKED,
            made(Identity, "github/dan", "github", name="dan", active=False, disabled_at=before(days=6)),
        ],
        [
            bad(
                CHANGED.but(done_at=before(days=1)),
                deviates=["Q4"],
                says="cyd was changed 8 days after 2026-11-11, limit 7 days",
            ),
            bad(
                CHANGED.but(done_at=None),
                deviates=["Q4"],
                says="cyd was not changed 9 days after 2026-11-11, limit 7 days",
            ),
            bad(
                made(Identity, "github/dan", "github", name="dan", active=True),
                deviates=["Q4"],
                says="dan was not removed 9 days after 2026-11-11, limit 7 days",
            ),
        ],
    ),
    Case(
        sso,
        [made(Application, "a1", active=True, single_sign_on=True), made(Application, "a2", active=False)],
        [bad(made(Application, "a3", active=True, single_sign_on=False), says="stored password or a bookmark")],
    ),
]
