"""Cases of A1.1 and CC5.1: room for what comes, and what answers risks."""

from datetime import UTC, datetime

from policy_case import Case, bad, before, made
from policy_cases_continuity import ANN, NAMES

from soc2test import Alarm, CapacityReview, DataStore, Host, NamedControl, Risk
from soc2test_policies.a1.capacity import test_capacity_is_looked_at_ahead as ahead
from soc2test_policies.a1.capacity import test_hosts_do_not_run_hot_unseen as hot
from soc2test_policies.a1.capacity import test_important_stores_do_not_fill_up_unseen as room
from soc2test_policies.cc5.answers import test_risks_to_mitigate_name_their_controls as answered

WATCHED = made(DataStore, "s1", copy=False, classification="confidential", grows=False)
GROWING = made(DataStore, "s2", copy=False, classification="Restricted", grows=True)
SPACE = made(Alarm, "a1", space_of=("s1", "s3"), answered=True)
SAYS = "it does not grow by itself, and no alarm on its free space reaches anybody"
ALARM = made(Alarm, "a", capacity=True, watches=("db", "web"), answered=True)
HOST = made(Host, "web", running=True)
OFF = made(Host, "old", running=False)
REVIEWS = [
    made(
        CapacityReview, f"q{month}", reviewed_at=datetime(2026, month, 24, tzinfo=UTC), reviewer_email="ann@acme.example",
        measured_percent=80, forecast_percent=80, action=None, document=f"q{month}.txt",
    )
    for month in (6, 9)
]  # fmt: skip
RISK = made(Risk, "R1", treatment="mitigate", controls=("IAM-01", "CTL-10"))
ACCEPTED = made(Risk, "R2", treatment="accept")
KNOWN = made(NamedControl, "IAM-01", first_day=None, last_day=None)
OWN = made(NamedControl, "CTL-10", first_day=before(days=900), last_day=None)
OF_PEOPLE = NAMES | {f"{id}.{fact}" for id in ("ann", "ada") for fact in ("active", "started_at", "ended_at")}

CASES = [
    Case(
        room,
        [WATCHED, GROWING, SPACE],
        [
            bad(GROWING.but(grows=False), says=SAYS, certain=False),
            bad(SPACE.but(answered=False), says=SAYS, deviates=["s1"], certain=False),
            bad(SPACE.but(space_of=("s3",)), says=SAYS, deviates=["s1"], certain=False),
            bad(SPACE.but(space_of=()), says=SAYS, deviates=["s1"], certain=False),
            bad(SPACE, says=SAYS, deviates=["s1"], drop=["a1"], certain=False),
        ],
        spare=frozenset({"s1.grows"}),
    ),
    Case(
        hot,
        [HOST, OFF, ALARM],
        [
            bad(HOST, drop=["a"], says="no alarm tells anybody how busy it is", certain=False),
            bad(ALARM.but(capacity=False), deviates=["web"], says="no alarm", certain=False),
            bad(ALARM.but(watches=("db",)), deviates=["web"], says="no alarm", certain=False),
            bad(ALARM.but(answered=False), deviates=["web"], says="no alarm", certain=False),
        ],
    ),
    Case(
        ahead,
        [*REVIEWS, ANN],
        [
            bad(drop=["q6"], deviates=[], says="nobody looked ahead in Q2 2026", certain=False),
            bad(REVIEWS[1].but(document=None), says="has no record of what was measured"),
            bad(
                REVIEWS[1].but(document="./Q6.txt"),
                deviates=["q6", "q9"],
                says="its document is that of q6 too, and one document shows one event",
            ),
            bad(REVIEWS[1].but(reviewer_email=None), says="nobody is named as reviewer"),
            bad(
                REVIEWS[1].but(measured_percent=97, forecast_percent=79),
                says="was measured at 97 %, and nothing was decided",
            ),
            bad(REVIEWS[1].but(forecast_percent=81), says="is forecast at 81 %, and nothing was decided"),
            bad(REVIEWS[1].but(reviewed_at=before(days=-9)), says="which lies after 2026-11-20"),
        ],
        spare=OF_PEOPLE | {"q6.action", "q9.action"},
    ),
    Case(
        answered, [RISK, ACCEPTED, KNOWN, OWN], [
            bad(
                OWN.but(last_day=before(days=143, hours=12)), deviates=["R1"],
                says="names CTL-10, which ended on 2026-06-30",
            ),
            bad(OWN.but(first_day=before(days=-1)), deviates=["R1"], says="names CTL-10, which begins on 2026-11-21"),
            bad(RISK.but(controls=()), says="names nothing that does"),
            bad(RISK.but(controls=("IAM-01", "IAM-99")), says="names IAM-99, which is neither a test nor in", certain=False),
        ],
    ),
]
