"""Cases of C1.2: retention and deletion."""

from policy_case import Case, bad, before, made

from soc2test import (
    Customer,
    DataStore,
    Deletion,
    Disclosure,
    Person,
    ProcessingActivity,
    RetentionRule,
    Spell,
    SystemCount,
    Vendor,
)
from soc2test_policies.c1.retention import test_confidential_stores_keep_no_longer_than_their_rule as kept
from soc2test_policies.c1.retention import test_data_of_former_customers_are_deleted as deleted

ANN = made(
    Person, "ann", name="Ann Ames", email="ann@acme.example", active=True, ended_at=None,
    spells=(Spell(started_at=before(days=999), ended_at=None),),
)  # fmt: skip
BOB = made(
    Person, "bob", name="Bob Bell", email="bob@acme.example", active=True, ended_at=None,
    spells=(Spell(started_at=before(days=999), ended_at=None),),
)  # fmt: skip
WORKER = made(
    Person, "ann", email="ann@acme.example", active=True, spells=(Spell(started_at=before(days=999), ended_at=None),)
)
STORE = made(DataStore, "s1", copy=False, classification="Confidential", backup_days=35, protected_days=None)
RULE = made(
    RetentionRule, "r1", data_class="confidential", delete_days=90, backup_days=35, basis="terms, section 9", document="documents/r.txt",
    owner_email="ann@acme.example", approved_by="bob@acme.example", approved_at=before(days=365),
)  # fmt: skip
PLACE = made(DataStore, "s1", copy=False, classification="confidential")
HOSTED = made(Vendor, "v1", active=True, personal_data=True, subservice=False)
DAYS = made(RetentionRule, "r1", data_class="confidential", delete_days=30, document="documents/r.txt")
GONE = made(Customer, "k1", since=before(days=999), until=before(days=90))
COUNTED = made(
    SystemCount, "n1", what="customers", last_day=before(days=366), count=1, system="Billing",
    counted_at=before(days=365),
)  # fmt: skip
COUNTED_NOW = made(
    SystemCount, "n2", what="customers", last_day=before(days=60), count=0, system="Billing", counted_at=before(days=59)
)
IN_STORE = made(
    Deletion, "d1", customer="k1", place="s1", deleted_at=before(days=60), deleted_by="ann@acme.example", remaining=0,
    document="documents/d.txt",
)  # fmt: skip
FOUND_LATER = made(Deletion, "d9", **IN_STORE.but(deleted_at=before(days=59.5), remaining=512).facts)
AT_VENDOR = made(
    Deletion, "d2", customer="k1", place="v1", deleted_at=before(days=80), deleted_by="ann@acme.example", remaining=0,
    document="documents/v.txt",
)  # fmt: skip

PENS = made(Vendor, "pens", active=True, personal_data=False, subservice=False)
INNER = made(ProcessingActivity, "PA-1", recipients=())
ENDED = made(Disclosure, "DIS-1", recipient="pens", ended_at=before())

CASES = [
    Case(
        kept,
        [STORE, RULE, ANN, BOB],
        [
            bad(STORE.but(backup_days=36), says="its backups reach 36 days back, and r1 allows 35"),
            bad(STORE.but(protected_days=36), says="nobody can delete what it holds for 36 days, and r1 allows 35"),
            bad(
                RULE.but(data_class="internal"), deviates=["s1"], certain=False,
                says="no rule of retention is for data of class Confidential",
            ),
            bad(RULE.but(delete_days=91), says="r1 has data deleted 91 days after a contract, limit 90", deviates=["s1"]),
            bad(RULE.but(backup_days=366), says="r1 has backups hold data for 366 days, limit 365", deviates=["s1"]),
            bad(RULE.but(basis=None), says="names no contract or law", deviates=["s1"]),
            bad(RULE.but(document=None), says="no file shows its rule", deviates=["s1"]),
            bad(RULE.but(approved_at=before(days=366)), says="approved 366 days before", deviates=["s1"]),
            bad(RULE.but(approved_at=None), says="its rule was never approved", deviates=["s1"]),
            bad(RULE.but(approved_by=None), says="nobody is named as approver", deviates=["s1"]),
            bad(RULE.but(approved_by="ann@acme.example"), says="its rule: was approved by its owner alone", deviates=["s1"]),
            bad(
                RULE.but(approved_by="eve@acme.example"), deviates=["s1"], certain=False,
                says="eve@acme.example is not in the register of people",
            ),
            bad(RULE.but(owner_email=None), says="nobody is named as owner", deviates=["s1"]),
            bad(ANN.but(ended_at=before(days=1)), says="has left", deviates=["s1"], certain=False),
        ],
        spare=frozenset({
            "ann.name", "bob.name", "ann.spells", "bob.active", "bob.ended_at",
        }),
    ),
    Case(
        deleted,
        [GONE, PLACE, HOSTED, DAYS, IN_STORE, AT_VENDOR, WORKER, COUNTED, COUNTED_NOW, PENS, INNER, ENDED],
        [
            bad(INNER.but(recipients=("pens",)), says="pens: not deleted", deviates=["k1"], certain=False),
            bad(ENDED.but(recipient="pens", ended_at=None), says="pens: not deleted", deviates=["k1"], certain=False),
            bad(IN_STORE.but(deleted_at=before(days=59)), says="s1: deleted 31 days after 2026-08-22, limit 30",
                deviates=["k1"], certain=False),
            bad(IN_STORE.but(deleted_at=before(days=95)), says="before it was ended", deviates=["k1"], certain=False),
            bad(IN_STORE.but(deleted_at=None), says="s1: not deleted 90 days after", deviates=["k1"], certain=False),
            bad(IN_STORE.but(remaining=1), says="s1: 1 records were found", deviates=["k1"], certain=False),
            bad(IN_STORE.but(document="documents/r.txt"), says="s1: its record is the file of r1", deviates=["k1"],
                certain=False),
            bad(
                made(Deletion, "d0", customer="k0", place="s1", deleted_at=before(days=200), document="Documents/d.txt"),
                says="s1: its document is that of d0 too", deviates=["k1"], certain=False,
            ),
            bad(IN_STORE.but(document=None), says="s1: no file shows", deviates=["k1"], certain=False),
            bad(IN_STORE.but(deleted_by=None), says="nobody is named as deleter", deviates=["k1"], certain=False),
            bad(IN_STORE.but(deleted_by="eve@acme.example"), says="eve@acme.example is not in the register",
                deviates=["k1"], certain=False),
            bad(
                FOUND_LATER, deviates=["k1"], certain=False,
                says="s1: 512 records were found after its deletion",
            ),
            bad(FOUND_LATER.but(remaining=0, deleted_at=None), says="s1: not deleted 90 days", deviates=["k1"],
                certain=False),
            bad(IN_STORE.but(place="s2"), says="s1: not deleted", deviates=["k1"], certain=False),
            bad(IN_STORE.but(customer="k2"), says="s1: not deleted", deviates=["k1"], certain=False),
            bad(AT_VENDOR.but(place="s1"), says="v1: not deleted 90 days after", deviates=["k1"], certain=False),
            bad(made(DataStore, "s2", copy=False, classification="restricted"), says="s2: not deleted",
                deviates=["k1"], certain=False),
            bad(DAYS.but(delete_days=29), says="deleted 30 days after 2026-08-22, limit 29", deviates=["k1"],
                certain=False),
        ],
    ),
]  # fmt: skip
