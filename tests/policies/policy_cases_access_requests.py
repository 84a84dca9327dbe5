"""Cases of access that was asked for."""

from typing import Any

from policy_case import Case, bad, before, made

from soc2test import AccessGrant, AccessRequest, Identity, Person, Spell
from soc2test_policies.cc6.access_requests import test_accounts_are_approved_before_they_are_made as approved
from soc2test_policies.cc6.access_requests import test_rights_are_approved_before_they_are_given as rights

HERE: dict[str, Any] = {
    "accounts": (),
    "active": True,
    "ended_at": None,
    "spells": (Spell(started_at=before(days=900), ended_at=None),),
}
MAX = made(Person, "max@acme.example", email="max@acme.example", name="Max Lead", **HERE)
PAT = made(Person, "pat@acme.example", email="pat@acme.example", name="Pat Head", **HERE)
ANN = made(Person, "ann@acme.example", email="ann@acme.example", name="Ann New", accounts=())
ACCOUNT = made(
    Identity, "dir/ann", source="dir", name="ann@acme.example", email="ann@acme.example", human=True, root=False,
    created_at=before(days=40),
)  # fmt: skip
OLD = made(Identity, "dir/old", source="dir", human=True, root=False, created_at=before(days=366))
REQUEST = made(
    AccessRequest, "REQ-1", person_email="Ann@acme.example", system="dir", right=None, requested_by="pat@acme.example",
    requested_at=before(days=44), approved_by="max@acme.example", approved_at=before(days=42), shown_in="ACC-1",
)  # fmt: skip

GRANT = made(AccessGrant, "g1", source="dir", identity="dir/ann", account=None, right="admin", given_at=before(days=20))
LISTED = made(Identity, "dir/ann", source="dir", name="ann@acme.example", email="ann@acme.example")
ADMIN = REQUEST.but(right="Admin", requested_at=before(days=23), approved_at=before(days=22))
ADMIN = made(ADMIN.kind, "REQ-9", **ADMIN.facts)

CASES = [
    Case(
        approved,
        [ACCOUNT, OLD, REQUEST, ANN, MAX, PAT],
        [
            bad(
                REQUEST.but(approved_at=before(days=39.5)),
                deviates=["dir/ann"],
                says="was approved at 2026-10-12 00:00Z, after access was given at 2026-10-11 12:00Z",
                certain=False,
            ),
            bad(
                REQUEST.but(approved_by=None), deviates=["dir/ann"], says="request REQ-1 was not approved",
                certain=False,
            ),
            bad(REQUEST.but(approved_at=None), deviates=["dir/ann"], says="was not approved", certain=False),
            bad(REQUEST.but(requested_by=None), deviates=["dir/ann"], says="nobody who asked for it", certain=False),
            bad(
                REQUEST.but(approved_by="pat@acme.example"), deviates=["dir/ann"], certain=False,
                says="was approved by pat@acme.example, who asked for it",
            ),
            bad(
                REQUEST.but(approved_by="ann@acme.example"), deviates=["dir/ann"], certain=False,
                says="was approved by ann@acme.example, whom it was for",
            ),
            bad(
                MAX.but(spells=(Spell(started_at=before(days=41), ended_at=None),)), deviates=["dir/ann"],
                says="its approver max@acme.example did not work here on 2026-10-09", certain=False,
            ),
            bad(
                PAT.but(spells=(Spell(started_at=before(days=43), ended_at=None),)), deviates=["dir/ann"],
                says="its requester pat@acme.example did not work here on 2026-10-07", certain=False,
            ),
            bad(
                REQUEST.but(approved_by="zoe@acme.example"), deviates=["dir/ann"], certain=False,
                says="its approver zoe@acme.example is not in the register of people",
            ),
            bad(
                REQUEST.but(requested_at=before(days=140), approved_at=before(days=131)), deviates=["dir/ann"],
                says="was approved 91 days before access was given on 2026-10-11, limit 90", certain=False,
            ),
            bad(
                REQUEST.but(requested_at=before(days=40.5)), deviates=["dir/ann"], certain=False,
                says="approved on 2026-10-09, before it was asked for on 2026-10-11",
            ),
            bad(REQUEST.but(shown_in=None), deviates=["dir/ann"], says="names no ticket or file", certain=False),
            bad(
                REQUEST.but(system="dir:other"), deviates=["dir/ann"], certain=False,
                says="no request of an account in dir for ann@acme.example is in the register",
            ),
            bad(REQUEST.but(person_email="pat@acme.example"), deviates=["dir/ann"], says="no request", certain=False),
            bad(drop=["REQ-1"], deviates=["dir/ann"], says="was made on 2026-10-11, and no request", certain=False),
            bad(drop=["ann@acme.example"], deviates=["dir/ann"], says="for nobody in the register", certain=False),
        ],
    ),
    Case(
        rights,
        [GRANT, LISTED, ADMIN, ANN, MAX, PAT],
        [
            bad(
                ADMIN.but(approved_at=before(days=19.5)), deviates=["g1"], certain=False,
                says="admin was given to dir/ann on 2026-10-31, and request REQ-9 was approved at 2026-11-01 00:00Z, after",
            ),
            bad(ADMIN.but(right=None), deviates=["g1"], says="no request of admin in dir", certain=False),
            bad(ADMIN.but(right="auditor"), deviates=["g1"], says="no request of admin in dir", certain=False),
            bad(ADMIN.but(system="other"), deviates=["g1"], says="no request of admin in dir", certain=False),
            bad(ADMIN.but(approved_by="pat@acme.example"), deviates=["g1"], says="who asked for it", certain=False),
            bad(LISTED.but(email="zoe@acme.example", name="zoe"), deviates=["g1"], says="who is nobody", certain=False),
        ],
    ),
]  # fmt: skip
