"""Cases of how long personal data is kept, and whether it is gone."""

from policy_case import Case, bad, before, made
from policy_cases_privacy_requests import BOX, counted

from soc2test import (
    DataStore,
    DataSubjectRequest,
    Disclosure,
    Person,
    PrivacyNotice,
    ProcessingActivity,
    RetentionCheck,
    Spell,
)
from soc2test_policies.p.retention import test_backups_of_personal_data_run_out as run_out
from soc2test_policies.p.retention import test_nothing_is_older_than_its_purpose_needs as kept
from soc2test_policies.p.retention import test_what_people_want_deleted_is_gone_everywhere as gone

ANN = made(
    Person, "ann", email="ann@acme.example", active=True, name="Ann Acme",
    spells=(Spell(started_at=before(days=999), ended_at=None),),
)  # fmt: skip
BOB = made(
    Person, "bob", email="bob@acme.example", active=True, name="Bob Bit",
    spells=(Spell(started_at=before(days=999), ended_at=None),),
)  # fmt: skip
NEWS = made(
    ProcessingActivity, "PA-1", recipients=("mail",), stores=("test:db", "mail:lists"), retention_days=100,
)  # fmt: skip
DB = made(
    RetentionCheck, "R1", activity="PA-1", store="test:db", measured_at=before(days=92), records=7, query="min(used_at)",
    oldest_at=before(days=92 + 131), measured_by="ann@acme.example", document="documents/r1.txt",
)  # fmt: skip
OLDER = made(
    RetentionCheck, "R0", activity="PA-1", store="test:db", measured_at=before(days=192), records=7,
    oldest_at=before(days=900), document="documents/r0.txt",
)  # fmt: skip
LISTS = made(
    RetentionCheck,
    "R2",
    activity="PA-1",
    store="mail:lists",
    measured_at=before(days=9),
    records=0,
    oldest_at=None,
    query="x",
    measured_by="ann@acme.example",
    document="documents/r2.txt",
)
STORE = made(DataStore, "s1", name="db", backup_days=92, backed_up=True, protected_days=366)
VOLUME = made(DataStore, "s2", name="scratch", backup_days=None, backed_up=True, protected_days=None)
BARE = made(DataStore, "s3", name="cache", backup_days=None, backed_up=False, protected_days=None)
FLOW = made(
    Disclosure, "F1", activity="PA-1", recipient="more", began_at=before(days=300), ended_at=before(days=20),
)  # fmt: skip
OF_BEFORE = made(
    Disclosure, "F2", activity="PA-1", recipient="old", began_at=before(days=300), ended_at=before(days=109),
)  # fmt: skip
CACHED = made(ProcessingActivity, "PA-2", stores=("test:cache", "mail:lists"))
NOTICE = made(PrivacyNotice, "customers-3", published_at=before(days=300), replaced_at=None, contacts=(BOX,))
DELETED = made(
    DataSubjectRequest, "D1", kind="deletion", channel=BOX, received_at=before(days=200), outcome="granted",
    activities=("PA-1",), answered_by="ann@acme.example", deleted_in=("test:db", "mail:lists", "more"),
    deleted_at=before(days=108), deletion_checked_at=before(days=107), deletion_checked_by="bob@acme.example",
)  # fmt: skip
ACCESS = made(DataSubjectRequest, "D2", kind="access", channel=BOX, received_at=before(days=200), outcome="granted")

CASES = [
    Case(
        kept,
        [NEWS, DB, OLDER, LISTS, ANN],
        [
            bad(DB.but(document=None), deviates=["PA-1"], says="what test:db answered is not kept", certain=False),
            bad(
                OLDER.but(document="documents/r1.txt"),
                deviates=["PA-1"],
                says="its document is that of R0 too",
                certain=False,
            ),
            bad(DB.but(measured_by=None), deviates=["PA-1"], says="nobody is named as asker", certain=False),
            bad(
                DB.but(measured_by="x@acme.example"), deviates=["PA-1"], says="its asker x@acme.example", certain=False
            ),
            bad(NEWS.but(retention_days=None), says="nobody says how long"),
            bad(
                NEWS.but(retention_days=99),
                says="test:db holds a record of 131 days on 2026-08-20, limit 99 and 31",
                certain=False,
            ),
            bad(NEWS.but(stores=()), says="nobody says where its data lies"),
            bad(NEWS.but(recipients=("mail", "print")), says="print gets data, and no store of theirs is named"),
            bad(NEWS.but(stores=("test:db", "mail:x")), says="mail:x was never asked", certain=False),
            bad(DB.but(store="other"), deviates=["PA-1"], says="test:db was last asked 192 days", certain=False),
            bad(DB.but(measured_at=before(days=93)), deviates=["PA-1"], says="last asked 93 days", certain=False),
            bad(
                DB.but(oldest_at=None), deviates=["PA-1"], says="holds 7 records, and none is the oldest", certain=False
            ),
            bad(LISTS.but(query=""), deviates=["PA-1"], says="was asked, and nobody says what", certain=False),
            bad(LISTS.but(records=1), deviates=["PA-1"], says="mail:lists holds 1 records, and none", certain=False),
            bad(LISTS.but(oldest_at=before(days=9)), deviates=["PA-1"], says="holds 0 records, and one", certain=False),
            bad(
                DB.but(oldest_at=before(days=9)), deviates=["PA-1"], says="oldest record in test:db was", certain=False
            ),
        ],
        spare=frozenset({"R0.records", "R0.oldest_at"}),
    ),
    Case(
        run_out,
        [STORE, VOLUME, BARE, NEWS, CACHED],
        [
            bad(STORE.but(backup_days=93), says="its backups or versions, of PA-1, are kept 93 days, limit 92"),
            bad(
                STORE.but(protected_days=3650),
                says="nobody can delete what it holds, of PA-1, for 3650 days, limit 366",
            ),
        ],
        spare=frozenset({"PA-1.recipients", "PA-1.retention_days", "s1.backed_up", "s2.backup_days", "s2.backed_up",
                         "s2.protected_days"}),
    ),
    Case(
        gone,
        [DELETED, ACCESS, NEWS, FLOW, OF_BEFORE, ANN, BOB, NOTICE, counted(2)],
        [
            bad(
                FLOW.but(recipient="sms"), deviates=["D1"],
                says="was not deleted at sms, which got data of PA-1 then",
            ),
            bad(
                OF_BEFORE.but(ended_at=None), deviates=["D1"],
                says="was not deleted at old, which got data of PA-1 then",
            ),
            bad(DELETED.but(deleted_in=("test:db",)), says="was not deleted in mail:lists"),
            bad(DELETED.but(deleted_at=None), says="not deleted 200 days after 2026-05-04, limit 92"),
            bad(
                DELETED.but(received_at=before(days=800), deleted_at=None, deletion_checked_at=None),
                says="not deleted 800 days after",
            ),
            bad(
                DELETED.but(received_at=before(days=800), deleted_at=before(days=790), deletion_checked_at=None),
                says="not looked at again by another",
            ),
            bad(DELETED.but(deleted_at=before(days=107.9)), says="deleted 92.1 days after"),
            bad(DELETED.but(deleted_at=before(days=202)), says="before it was received"),
            bad(DELETED.but(activities=()), says="no entry of the record of processing is named"),
            bad(DELETED.but(activities=("PA-9",)), says="has no PA-9", certain=False),
            bad(DELETED.but(deletion_checked_at=None), says="not looked at again by another"),
            bad(DELETED.but(deletion_checked_at=before(days=110)), says="before it was deleted"),
            bad(DELETED.but(deletion_checked_by=None), says="nobody is named as checker"),
            bad(
                DELETED.but(deletion_checked_by="ann@acme.example"),
                says="ann@acme.example answered it and looked alone",
            ),
            bad(DELETED.but(answered_by=None), says="nobody is named who answered"),
        ],
        spare=frozenset({"PA-1.recipients", "PA-1.retention_days", "ann.active", "ann.spells", "ann.name", "bob.name"}),
    ),
]  # fmt: skip
