"""Cases of A1.1, C1.2 and CC5.1: room for what comes, what is deleted when, and what answers risks."""

from datetime import UTC, datetime

from policy_case import Case, bad, before, made
from policy_cases_continuity import ADA, ANN, NAMES

from soc2test import Alarm, CapacityReview, Customer, CustomerDeletion, DataStore, Host, RetentionRule, Risk
from soc2test_policies.a1.capacity import test_capacity_is_looked_at_ahead as ahead
from soc2test_policies.a1.capacity import test_hosts_do_not_run_hot_unseen as hot
from soc2test_policies.a1.capacity import test_important_stores_do_not_fill_up_unseen as full
from soc2test_policies.c1.retention import test_data_of_customers_who_left_is_deleted as deleted
from soc2test_policies.c1.retention import test_each_class_of_data_has_a_time_to_go as ruled
from soc2test_policies.cc5.answers import test_risks_to_mitigate_name_their_controls as answered

STORE = made(DataStore, "db", copy=False, classification="confidential", grows=False)
GROWING = made(DataStore, "bucket", copy=False, classification="restricted", grows=True)
COPY = made(DataStore, "db-copy", copy=True)
OPEN = made(DataStore, "site", copy=False, classification="public")
ALARM = made(Alarm, "a", capacity=True, watches=("db", "web"), notifies=True)
HOST = made(Host, "web", running=True)
OFF = made(Host, "old", running=False)
REVIEWS = [
    made(
        CapacityReview, f"q{month}", reviewed_at=datetime(2026, month, 24, tzinfo=UTC), reviewer_email="ann@acme.example",
        forecast_percent=80, action=None, document="q.txt",
    )
    for month in (6, 9)
]  # fmt: skip
RULES = [
    made(
        RetentionRule, data_class, data_class=data_class, delete_days=30, basis="no need", document="rules.txt",
        owner_email="ann@acme.example", approved_by="ada@acme.example", approved_at=before(days=99),
        reviewed_at=before(days=365),
    )
    for data_class in ("confidential", "restricted")
]  # fmt: skip
LEFT = made(Customer, "K1", until=before(days=120))
SERVED = made(Customer, "K2", until=None)
LONG_GONE = made(Customer, "K0", until=before(days=400))
DELETED = made(
    CustomerDeletion, "d", customer="K1", deleted_at=before(days=30), deleted_by="ann@acme.example",
    covers=("vendors", "stores", "backups"), document="d.txt",
)  # fmt: skip
RISK = made(Risk, "R1", treatment="mitigate", controls=("IAM-01",))
ACCEPTED = made(Risk, "R2", treatment="accept")
OF_PEOPLE = NAMES | {f"{id}.{fact}" for id in ("ann", "ada") for fact in ("active", "started_at", "ended_at")}

CASES = [
    Case(
        full,
        [STORE, GROWING, COPY, OPEN, ALARM],
        [
            bad(STORE, drop=["a"], says="no alarm tells anybody how full or busy it is", certain=False),
            bad(ALARM.but(capacity=False), deviates=["db"], says="no alarm tells anybody", certain=False),
            bad(ALARM.but(watches=("web",)), deviates=["db"], says="no alarm tells anybody", certain=False),
            bad(ALARM.but(notifies=False), deviates=["db"], says="no alarm tells anybody", certain=False),
            bad(GROWING.but(grows=False), says="does not grow by itself", certain=False),
        ],
        spare=frozenset({"db.grows"}),
    ),
    Case(
        hot,
        [HOST, OFF, ALARM],
        [
            bad(HOST, drop=["a"], says="no alarm tells anybody how busy it is", certain=False),
            bad(ALARM.but(capacity=False), deviates=["web"], says="no alarm", certain=False),
            bad(ALARM.but(watches=("db",)), deviates=["web"], says="no alarm", certain=False),
            bad(ALARM.but(notifies=False), deviates=["web"], says="no alarm", certain=False),
        ],
    ),
    Case(
        ahead,
        [*REVIEWS, ANN],
        [
            bad(drop=["q6"], deviates=[], says="nobody looked ahead in Q2 2026", certain=False),
            bad(REVIEWS[1].but(document=None), says="has no record of what was measured"),
            bad(REVIEWS[1].but(reviewer_email=None), says="nobody is named as reviewer"),
            bad(REVIEWS[1].but(forecast_percent=81), says="is forecast at 81 %, and nothing was decided"),
            bad(REVIEWS[1].but(reviewed_at=before(days=-9)), says="which lies after 2026-11-20"),
        ],
        spare=OF_PEOPLE | {"q6.action", "q9.action"},
    ),
    Case(
        ruled,
        [*RULES, ADA, ANN],
        [
            bad(drop=["restricted"], deviates=[], says="how long restricted data is kept", certain=False),
            bad(RULES[0].but(delete_days=None), says="says not how long, or not why", certain=False),
            bad(RULES[0].but(basis=None), says="says not how long, or not why", certain=False),
            bad(RULES[0].but(document=None), says="stands in no document", certain=False),
            bad(RULES[0].but(approved_by="ann@acme.example"), says="ann@acme.example owns it", certain=False),
            bad(RULES[0].but(reviewed_at=before(days=366)), says="last reviewed 366 days before", certain=False),
        ],
        spare=OF_PEOPLE | {"ann.spells", "ann.email"},
    ),
    Case(
        deleted,
        [LEFT, SERVED, LONG_GONE, DELETED, ANN],
        [
            bad(LEFT, drop=["d"], says="its data is not deleted 120 days after", certain=False),
            bad(DELETED.but(deleted_at=None), deviates=["K1"], says="its data is not deleted", certain=False),
            bad(DELETED.but(deleted_at=before(days=29)), deviates=["K1"], says="deleted 91 days after", certain=False),
            bad(DELETED.but(deleted_at=before(days=130)), deviates=["K1"], says="before it was ended", certain=False),
            bad(DELETED.but(covers=("stores",)), deviates=["K1"], says="in backups, vendors", certain=False),
            bad(DELETED.but(document=None), deviates=["K1"], says="there is no proof", certain=False),
            bad(DELETED.but(deleted_by=None), deviates=["K1"], says="nobody is named as deleter", certain=False),
        ],
        spare=OF_PEOPLE,
    ),
    Case(answered, [RISK, ACCEPTED], [bad(RISK.but(controls=()), says="names nothing that does")]),
]
