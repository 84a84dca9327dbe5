"""Cases of what is known of the data itself."""

from policy_case import Case, bad, before, made

from soc2test import DataScan, DataStore
from soc2test_policies.c1.scans import test_labels_agree_with_what_scanners_found as agree
from soc2test_policies.c1.scans import test_stores_are_searched_for_sensitive_data as searched

STORE = made(DataStore, "orders", copy=False)
COPY = made(DataStore, "orders-copy", copy=True)
LOOK = made(
    DataScan, "scan", store="orders", scanner="macie", scanned_at=before(days=90), items=100, unread=20
)  # fmt: skip
LOGS = made(DataStore, "logs", copy=False, classification="internal")
FOUND = made(DataScan, "logs-scan", store="logs", sensitive=False)

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
                LOGS.but(classification=None),
                FOUND.but(sensitive=True),
                deviates=["logs"],
                says="is not labelled, and a scanner found",
            ),
        ],
    ),
]
