"""Cases of A1.1: capacity."""

from policy_case import Case, bad, made

from soc2test import Alarm, DataStore
from soc2test_policies.a1.capacity import test_important_stores_do_not_fill_up_unseen as room

WATCHED = made(DataStore, "s1", copy=False, classification="confidential", grows=False)
GROWING = made(DataStore, "s2", copy=False, classification="Restricted", grows=True)
ALARM = made(Alarm, "a1", space_of=("s1", "s3"), notifies=True)
SAYS = "it does not grow by itself, and no alarm on its free space reaches anybody"

CASES = [
    Case(
        room,
        [WATCHED, GROWING, ALARM],
        [
            bad(GROWING.but(grows=False), says=SAYS, certain=False),
            bad(ALARM.but(notifies=False), says=SAYS, deviates=["s1"], certain=False),
            bad(ALARM.but(space_of=("s3",)), says=SAYS, deviates=["s1"], certain=False),
            bad(ALARM.but(space_of=()), says=SAYS, deviates=["s1"], certain=False),
            bad(ALARM, says=SAYS, deviates=["s1"], drop=["a1"], certain=False),
        ],
        spare=frozenset({"s1.grows"}),
    ),
]
