"""Cases of devices that people sign in with."""

from policy_case import Case, bad, before, made

from soc2test import Device, Identity, SeenDevice, SignIn
from soc2test_policies.cc6.sign_in_devices import test_computers_that_sign_in_are_listed as listed
from soc2test_policies.cc6.sign_ins import test_sign_ins_are_made_with_known_devices as known

SEEN = made(SeenDevice, "idp/d1", serial="C02AB1", computer=True, active=True, accounts=("idp/ann",))
LAPTOP = made(Device, "C02AB1", status="in_use", owner_email="Ann@acme.example")
ANN = made(Identity, "idp/ann", email="ann@acme.example", name="ann")
OLD = made(SignIn, "l0", identity="idp/ann", happened_at=before(days=31), device="idp/d1")
SIGN_IN = made(SignIn, "l1", identity="idp/ann", happened_at=before(days=3), device="idp/d1")
DEVICE = made(SeenDevice, "idp/d1")
BOB = made(Identity, "idp/bob", email="bob@acme.example", name="bob")
OF_BOB = made(SignIn, "l2", identity="idp/bob", happened_at=before(days=4), device="idp/d1")
USED = made(Identity, "idp/ann", name="ann", last_used_at=before(days=3))

CASES = [
    Case(
        listed,
        [SEEN, LAPTOP, ANN],
        [
            bad(SEEN.but(serial="C02AB9"), says="its serial number C02AB9 is in no list of devices", certain=False),
            bad(LAPTOP.but(status="lost"), deviates=["idp/d1"], says="is lost by the list of devices, and can sign in"),
            bad(LAPTOP.but(status="stock"), deviates=["idp/d1"], says="is stock by the list of devices"),
            bad(LAPTOP.but(owner_email=None), deviates=["idp/d1"], says="is in nobody's hands"),
            bad(
                LAPTOP.but(owner_email="bob@acme.example"), deviates=["idp/d1"],
                says="is bob@acme.example's by the list of devices, and ann@acme.example signs in with it",
            ),
            bad(SEEN.but(accounts=()), says="and nobody signs in with it"),
        ],
        spare=frozenset({"idp/ann.name"}),
    ),
    Case(
        known,
        [OLD, SIGN_IN, DEVICE, USED],
        [
            bad(SIGN_IN.but(device=None), says="idp/ann signed in on 2026-11-17 with a device that is not known"),
            bad(SIGN_IN.but(device="idp/d9"), says="with idp/d9, which is in no list of devices", certain=False),
        ],
        spare=frozenset({"idp/ann.name", "idp/ann.last_used_at", "l0.device"}),
    ),
]  # fmt: skip
