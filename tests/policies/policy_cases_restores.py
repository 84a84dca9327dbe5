"""Cases of A1.3: restores."""

from policy_case import Case, bad, before, made

from soc2test import DataStore, Person, RestoreCheck, RestoreTest, Spell
from soc2test_policies.a1.restores import test_failed_restores_are_repeated as repeated
from soc2test_policies.a1.restores import test_important_stores_were_restored as restored
from soc2test_policies.a1.restores import test_restores_end_in_time as in_time

ANN = made(
    Person, "ann", email="ann@acme.example", active=True, spells=(Spell(started_at=before(days=999), ended_at=None),)
)
STORE = made(DataStore, "s1", copy=False, classification="confidential")
OTHER = made(DataStore, "s2", copy=False, classification="Restricted")
BY_PERSON = made(
    RestoreTest, "j1", stores=("s1",), status="completed", validation=None, point_made_at=before(days=90, hours=24),
    started_at=before(days=90), completed_at=before(days=90, hours=-8),
)  # fmt: skip
BY_PROGRAM = made(
    RestoreTest, "j2", stores=("s2",), status="completed", validation="passed", point_made_at=before(days=180, hours=1),
    started_at=before(days=180), completed_at=before(days=180, hours=-1),
)  # fmt: skip
CHECK = made(
    RestoreCheck, "c1", restore="j1", store="s1", compared="rows of orders", expected_count=100, restored_count=100,
    checked_by="ann@acme.example", checked_at=before(days=83, hours=-8), document="documents/c1.txt",
)  # fmt: skip
LATER = made(RestoreTest, "j9", **BY_PERSON.but(started_at=before(days=9), validation="failed").facts)
WRONG = "no restore in the 180 days before 2026-11-20 brought it back"
SPARE = frozenset({"ann.active"})
TIMED = made(
    RestoreTest, "j1", stores=("s1",), status="completed", point_made_at=before(days=9, hours=1),
    started_at=before(days=9), completed_at=before(days=9, hours=-8),
)  # fmt: skip
SLOW = made(
    RestoreTest, "j4", stores=("s4",), status="completed", point_made_at=before(days=9, hours=1),
    started_at=before(days=9), completed_at=before(days=8),
)  # fmt: skip
PLAIN = made(DataStore, "s4", classification=None)
FAILED = made(
    RestoreTest, "j1", stores=("s1",), status="failed", validation=None, started_at=before(days=30, hours=1),
    completed_at=before(days=30),
)  # fmt: skip
AGAIN = made(
    RestoreTest, "j2", stores=("s1", "s2"), status="completed", validation=None, started_at=before(days=16, hours=1),
    completed_at=before(days=16),
)  # fmt: skip
WRONG_DATA = made(
    RestoreTest, "j5", **FAILED.but(stores=("s5",), status="completed", validation="failed").facts
)  # fmt: skip
RIGHT_DATA = made(RestoreTest, "j6", **AGAIN.but(stores=("s5",)).facts)
COUNTED = made(
    RestoreCheck, "c6",
    **CHECK.but(restore="j6", store="s5", checked_at=before(days=9)).facts,
)  # fmt: skip
DIFFERS = made(RestoreCheck, "c2", restore="j2", expected_count=100, restored_count=99, document=None)

CASES = [
    Case(
        restored,
        [STORE, OTHER, BY_PERSON, BY_PROGRAM, CHECK, ANN],
        [
            bad(BY_PERSON.but(started_at=before(days=181)), says=WRONG, deviates=["s1"], certain=False),
            bad(BY_PERSON.but(started_at=before(days=-1)), says=WRONG, deviates=["s1"], certain=False),
            bad(BY_PERSON.but(point_made_at=before(days=90, hours=25)), says=WRONG, deviates=["s1"], certain=False),
            bad(BY_PERSON.but(point_made_at=before(days=89)), says=WRONG, deviates=["s1"], certain=False),
            bad(BY_PERSON.but(stores=("s3",)), says="no job names it", deviates=["s1"], certain=False),
            bad(BY_PERSON.but(status="running", completed_at=None), says=WRONG, deviates=["s1"], certain=False),
            bad(BY_PERSON.but(status="failed"), says="its last one, j1, began on 2026-08-22", deviates=["s1"], certain=False),
            bad(BY_PERSON.but(validation="failed"), says=WRONG, deviates=["s1"], certain=False),
            bad(BY_PROGRAM.but(validation="timed_out"), says=WRONG, deviates=["s2"], certain=False),
            bad(BY_PROGRAM.but(validation=None), says=WRONG, deviates=["s2"], certain=False),
            bad(CHECK.but(restored_count=99), says=WRONG, deviates=["s1"], certain=False),
            bad(CHECK.but(restored_count=101), says=WRONG, deviates=["s1"], certain=False),
            bad(CHECK.but(expected_count=0, restored_count=0), says=WRONG, deviates=["s1"], certain=False),
            bad(CHECK.but(restore="typed by hand"), says=WRONG, deviates=["s1"], certain=False),
            bad(CHECK.but(store="s2"), says=WRONG, deviates=["s1"], certain=False),
            bad(
                made(RestoreCheck, "c0", restore="j0", document="./documents/C1.txt", checked_at=before(days=300)),
                says=WRONG, deviates=["s1"], certain=False,
            ),
            bad(CHECK.but(document=None), says=WRONG, deviates=["s1"], certain=False),
            bad(CHECK.but(checked_by=None), says=WRONG, deviates=["s1"], certain=False),
            bad(CHECK.but(checked_by="eve@acme.example"), says=WRONG, deviates=["s1"], certain=False),
            bad(CHECK.but(checked_at=None), says=WRONG, deviates=["s1"], certain=False),
            bad(CHECK.but(checked_at=before(days=82)), says=WRONG, deviates=["s1"], certain=False),
            bad(CHECK.but(checked_at=before(days=92)), says=WRONG, deviates=["s1"], certain=False),
            bad(LATER, says="its last one, j9, began on 2026-11-11", deviates=["s1"], certain=False),
        ],
        spare=SPARE | {"j2.completed_at"},
    ),
    Case(
        in_time,
        [TIMED, STORE, SLOW, PLAIN],
        [
            bad(TIMED.but(completed_at=before(days=9, hours=-9)), says="completed 9 hours after 2026-11-11, limit 8"),
            bad(TIMED.but(stores=("s3",), completed_at=before(days=7.9)), says="completed 26.4 hours after"),
            bad(TIMED.but(status="running", completed_at=None), says="not completed 216 hours after"),
            bad(TIMED.but(completed_at=before(days=10)), says="before it was started"),
            bad(TIMED.but(point_made_at=before(days=8)), says="before it was made"),
            bad(TIMED.but(completed_at=before(days=-9)), says="which lies after 2026-11-20"),
        ],
        spare=frozenset({"s1.copy", "j1.stores", "s1.classification"}),
    ),
    Case(
        repeated,
        [FAILED, AGAIN, WRONG_DATA, RIGHT_DATA, COUNTED, ANN],
        [
            bad(
                AGAIN.but(completed_at=before(days=15)), deviates=["j1"],
                says="failed; repeated with success 15 days after 2026-10-21, limit 14",
                certain=False,
            ),
            bad(AGAIN.but(stores=("s2",)), says="failed; not repeated with success 30 days after", deviates=["j1"], certain=False),
            bad(AGAIN.but(started_at=before(days=31)), says="not repeated with success", deviates=["j1"], certain=False),
            bad(AGAIN.but(status="running", completed_at=None), says="not repeated", deviates=["j1"], certain=False),
            bad(AGAIN.but(validation="failed"), says="its validation failed", deviates=["j1", "j2"], certain=False),
            bad(
                COUNTED.but(document=None), deviates=["j5"], certain=False,
                says="its validation failed; not repeated with success 30 days after 2026-10-21, limit 14 days; nothing "
                "shows that the data of j6 are right",
            ),
            bad(drop=["c6"], says="that the data of j6 are right", deviates=["j5"], certain=False),
            bad(COUNTED.but(checked_at=before(days=8)), says="data of j6 are right", deviates=["j5"], certain=False),
            bad(COUNTED.but(checked_by="x@acme.example"), says="data of j6", deviates=["j5"], certain=False),
            bad(COUNTED.but(restored_count=99), says="c6 found 99 where", deviates=["j5", "j6"], certain=False),
            bad(DIFFERS, says="c2 found 99 where 100 were expected", deviates=["j1", "j2"], certain=False),
        ],
        spare=SPARE | {"j1.validation"},
    ),
]  # fmt: skip
