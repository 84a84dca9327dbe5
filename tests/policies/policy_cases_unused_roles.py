"""Cases of roles that nobody takes on."""

from policy_case import Case, bad, before, made

from soc2test import RoleUse
from soc2test_policies.cc6.unused_roles import test_unused_roles_are_removed as unused

USED = made(RoleUse, "r1", own=True, created_at=before(days=900), last_used_at=before(days=180))
NEW = made(RoleUse, "r2", own=True, created_at=before(days=180), last_used_at=None)
LINKED = made(RoleUse, "r3", own=False, created_at=before(days=900), last_used_at=None)

CASES = [
    Case(
        unused,
        [USED, NEW, LINKED],
        [
            bad(USED.but(last_used_at=before(days=181)), says="last used 181 days before 2026-11-20, limit 180"),
            bad(
                USED.but(last_used_at=None),
                says="never used lately, and made 900 days before 2026-11-20, limit 180",
            ),
            bad(NEW.but(created_at=before(days=181)), says="made 181 days before 2026-11-20, limit 180"),
            bad(USED.but(last_used_at=before(days=-3)), says="last used on 2026-11-23, which lies after 2026-11-20"),
        ],
        spare=frozenset({"r1.created_at", "r2.last_used_at", "r3.created_at", "r3.last_used_at"}),
    )
]
