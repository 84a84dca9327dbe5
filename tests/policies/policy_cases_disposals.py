"""Cases of CC6.5: what shows that data is gone."""

from policy_case import Case, bad, before, made

from soc2test import Device, Disposal, Person, Spell, Vendor
from soc2test_policies.cc6.disposals import test_media_are_disposed_of_with_a_certificate as certified
from soc2test_policies.cc6.disposals import test_wipes_are_shown_by_a_record_or_a_certificate as shown

HERE = (Spell(started_at=before(days=900), ended_at=None),)
ANN = made(Person, "ann", email="ann@acme.example", active=True, spells=HERE)
BOB = made(Person, "bob", email="bob@acme.example", active=True, spells=HERE)
SHRED = made(Vendor, "shred", active=True)
RETURNED = made(
    Device, "S1", status="returned", returned_at=before(days=30), lost_at=None, disposed_at=None,
    wiped_at=before(days=28), wipe_shown_in="documents/s1.txt",
)  # fmt: skip
DISPOSED = made(
    Device, "S2", status="disposed", returned_at=before(days=60), lost_at=None, disposed_at=before(days=40),
    wiped_at=before(days=50), wipe_shown_in=None,
)  # fmt: skip
UNWIPED = made(
    Device, "S3", status="lost", returned_at=None, lost_at=before(days=9), disposed_at=None, wiped_at=None,
    wipe_shown_in=None,
)  # fmt: skip
AGAIN = made(
    Device, "S4", status="returned", returned_at=before(days=20), lost_at=None, disposed_at=None,
    wiped_at=before(days=19), wipe_shown_in="./documents/S1.txt",
)  # fmt: skip
CERTIFIED = made(Disposal, "D1", serials=("S2",), disposed_at=before(days=40), certificate="documents/d1.pdf")
DONE = made(
    Disposal, "D1", category="device", serials=("S2",), disposed_at=before(days=40), approved_by="ann@acme.example",
    carried_out_by="bob@acme.example", certificate="documents/d1.pdf",
)  # fmt: skip
PAPER = made(
    Disposal, "D2", category="paper", serials=(), disposed_at=before(days=80), approved_by="ann@acme.example",
    carried_out_by="shred", certificate="documents/d2.pdf",
)  # fmt: skip
TAPE = made(
    Disposal, "D3", category="tape", serials=("T1",), disposed_at=before(days=200), approved_by="ann@acme.example",
    carried_out_by="bob@acme.example", certificate="documents/d1.pdf",
)  # fmt: skip

CASES = [
    Case(
        shown,
        [RETURNED, DISPOSED, UNWIPED, CERTIFIED],
        [
            bad(RETURNED.but(wipe_shown_in=None), says="was wiped on 2026-10-23 by its row, and no record shows it"),
            bad(AGAIN, deviates=["S1", "S4"], says="its document is that of S4 too"),
            bad(RETURNED.but(wipe_shown_in="documents/d1.pdf"), says="its record is the file of D1"),
            bad(CERTIFIED.but(certificate=None), deviates=["S2"], says="D1 has no certificate", certain=False),
            bad(CERTIFIED.but(serials=("S9",)), deviates=["S2"], says="no disposal names its serial", certain=False),
            bad(
                CERTIFIED.but(disposed_at=before(days=42)), deviates=["S2"], certain=False,
                says="was disposed of on 2026-10-11 by its row, on 2026-10-09 by D1",
            ),
            bad(DISPOSED.but(disposed_at=None), says="its row does not say when", certain=False),
        ],
        spare=frozenset({"S1.returned_at", "S1.lost_at", "S1.disposed_at", "S2.returned_at", "S2.lost_at", "S2.wiped_at", "S2.wipe_shown_in", "S3.returned_at", "S3.lost_at", "S3.disposed_at", "S3.wipe_shown_in"}),
    ),
    Case(
        certified,
        [DONE, PAPER, ANN, BOB, SHRED],
        [
            bad(DONE.but(certificate=None), says="has no certificate"),
            bad(DONE.but(serials=()), says="names no serial number of the device"),
            bad(DONE.but(approved_by=None), says="nobody approved it"),
            bad(DONE.but(carried_out_by=None), says="nobody is named who did it"),
            bad(DONE.but(approved_by="Bob@acme.example"), says="bob@acme.example did it and approved it"),
            bad(DONE.but(approved_by="zoe@acme.example"), says="its approver zoe@acme.example is not", certain=False),
            bad(DONE.but(carried_out_by="zoe@acme.example"), says="its performer zoe@acme.example", certain=False),
            bad(PAPER.but(carried_out_by="attic"), says="was done by attic, which is no vendor in use", certain=False),
            bad(TAPE, deviates=["D1", "D3"], says="its document is that of D3 too"),
            bad(SHRED.but(active=False), deviates=["D2"], says="shred, which is no vendor in use", certain=False),
            bad(DONE.but(disposed_at=before(days=-4)), says="disposed of on 2026-11-24, which lies after 2026-11-20"),
        ],
        spare=frozenset({"D2.serials"}),
    ),
]  # fmt: skip
