"""Cases of what is known of the data itself."""

from policy_case import Case, bad, before, made

from soc2test import DataScan, DataStore, DlpPolicy, Person, Spell
from soc2test_policies.c1.scans import test_labels_agree_with_what_scanners_found as agree
from soc2test_policies.c1.scans import test_stores_are_searched_for_sensitive_data as searched
from soc2test_policies.cc6.leaving_data import test_rules_against_loss_are_tried as tried
from soc2test_policies.cc6.leaving_data import test_sensitive_data_is_stopped_on_its_way_out as stopped

STORE = made(DataStore, "orders", copy=False)
COPY = made(DataStore, "orders-copy", copy=True)
LOOK = made(
    DataScan, "scan", store="orders", scanner="macie", scanned_at=before(days=90), items=100, unread=20
)  # fmt: skip
LOGS = made(DataStore, "logs", copy=False, classification="internal")
FOUND = made(DataScan, "logs-scan", store="logs", sensitive=False, scanned_at=before(days=90), items=9)
RULES = [
    made(DlpPolicy, channel, channel=channel, data_class="confidential", mode="block", everybody=True)
    for channel in ("email", "files", "web", "endpoint")
]
TRIED = made(DlpPolicy, "r", since=before(days=400), checked_at=before(days=365), checked_by="ann@acme.example")
ANN = made(
    Person, "ann", email="ann@acme.example", active=True, spells=(Spell(started_at=before(days=999), ended_at=None),)
)

CASES = [
    Case(
        searched,
        [STORE, COPY, LOOK],
        [
            bad(STORE, drop=["scan"], says="no scanner had looked into it by 2026-11-20", certain=False),
            bad(LOOK.but(store="others"), deviates=["orders"], says="no scanner had looked into it", certain=False),
            bad(LOOK.but(scanned_at=None), deviates=["orders"], says="never searched", certain=False),
            bad(
                LOOK.but(scanned_at=before(days=91)),
                deviates=["orders"],
                says="last searched 91 days before",
                certain=False,
            ),
            bad(
                LOOK.but(scanned_at=before(days=91), items=0, unread=0),
                deviates=["orders"],
                says="last searched 91 days before",
                certain=False,
            ),
            bad(
                LOOK.but(unread=21),
                deviates=["orders"],
                says="21 of 100 items can't be read by macie, limit 20 %",
                certain=False,
            ),
        ],
        spare=frozenset({"scan.scanner", "orders-copy.copy"}),
    ),
    Case(
        agree,
        [LOGS, FOUND],
        [
            bad(FOUND.but(sensitive=True), deviates=["logs"], says="is labelled internal, and a scanner found"),
            bad(
                FOUND.but(sensitive=True, scanned_at=before(days=900)),
                deviates=["logs"],
                says="is labelled internal, and a scanner found",
            ),
            bad(
                LOGS.but(classification=None),
                FOUND.but(sensitive=True),
                deviates=["logs"],
                says="is not labelled, and a scanner found",
            ),
        ],
    ),
    Case(
        stopped,
        RULES,
        [
            bad(RULES[2].but(mode="watch"), says="is in mode watch", certain=False),
            bad(RULES[2].but(mode="test"), says="nothing stops confidential data by web", certain=False),
            bad(RULES[0].but(everybody=False), says="leaves somebody out", certain=False),
            bad(
                RULES[0].but(data_class="public"),
                deviates=[],
                says="nothing stops confidential data by email",
                certain=False,
            ),
            bad(drop=["endpoint"], deviates=[], says="nothing stops confidential data by endpoint", certain=False),
        ],
    ),
    Case(
        tried,
        [TRIED, ANN],
        [
            bad(TRIED.but(checked_at=None), says="never tried"),
            bad(TRIED.but(checked_at=before(days=366)), says="last tried 366 days before"),
            bad(TRIED.but(checked_by=None), says="nobody is named as tester"),
            bad(
                TRIED.but(checked_by="eve@acme.example"),
                says="its tester eve@acme.example is not in the register",
                certain=False,
            ),
        ],
    ),
]
