"""Devices that people sign in with: serial numbers written otherwise, words of nobody's, who is left out."""

import pytest
from policy_case import Made, before
from policy_cases_sign_in_devices import ANN, BOB, DEVICE, LAPTOP, OF_BOB, OLD, SEEN, SIGN_IN, USED

from soc2test.testing import check
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc6.devices import test_devices_are_encrypted as encrypted
from soc2test_policies.cc6.sign_in_devices import test_computers_that_sign_in_are_listed as listed
from soc2test_policies.cc6.sign_ins import test_sign_ins_are_made_with_known_devices as known


def _check(*makes: Made) -> ControlResult:
    return check(listed, *(each.build() for each in makes))


def test_a_serial_number_in_other_letters_is_perhaps_the_same() -> None:
    result = _check(SEEN.but(serial="c02ab1"), LAPTOP, ANN)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert "writes the serial number c02ab1 otherwise" in (result.findings[0].message or "")


def test_a_status_of_nobodys_is_unknown() -> None:
    assert _check(SEEN, LAPTOP.but(status="repair"), ANN).verdict is Verdict.NOT_EVALUATED


@pytest.mark.parametrize("fact", ["computer", "active"])
def test_phones_and_what_can_not_sign_in_are_left_out(fact: str) -> None:
    assert _check(SEEN.but(**{fact: False}), LAPTOP, ANN, OLD).population == 0


def test_who_signed_in_last_with_somebody_else_s_computer_has_it_in_hand() -> None:
    world = (SEEN, LAPTOP, ANN, BOB, SIGN_IN)
    theirs = Made(SEEN.kind, "idp/d2", SEEN.source, {**SEEN.facts, "serial": "C02AB2", "accounts": ("idp/bob",)})
    own = (theirs, Made(LAPTOP.kind, "C02AB2", LAPTOP.source, {**LAPTOP.facts, "owner_email": "bob@acme.example"}))
    lent = _check(*world, *own, OF_BOB)
    assert [finding.resource for finding in lent.findings] == ["idp/d1"]
    assert "is Ann@acme.example's by the list of devices, and bob@acme.example signs in with it" in _why(lent)
    given_back = Made(OF_BOB.kind, "l3", OF_BOB.source, {**OF_BOB.facts, "happened_at": before(days=1), "device": "idp/d2"})
    assert _check(*world, *own, OF_BOB, given_back).passed == 2
    phone = Made(SEEN.kind, "idp/p1", SEEN.source, {**SEEN.facts, "computer": False})
    called = Made(OF_BOB.kind, "l4", OF_BOB.source, {**OF_BOB.facts, "happened_at": before(days=1), "device": "idp/p1"})
    assert _check(*world, *own, phone, OF_BOB, called).deviations == 1, "a phone is no computer that was given back"
    assert _check(*world, *own, OF_BOB.but(happened_at=before(days=31))).passed == 2, "before the window"


OFF = SEEN.but(active=False)
_BACK = {"lost_at": None, "disposed_at": None}


def test_what_was_switched_off_after_its_use_is_asked_for() -> None:
    """A computer that somebody signed in with this morning was in use, whatever its state at noon."""
    assert _check(OFF, LAPTOP, ANN, SIGN_IN).passed
    unlisted = _check(OFF.but(serial="C02AB9"), LAPTOP, ANN, SIGN_IN)
    assert "is in no list of devices" in (unlisted.findings[0].message or "")
    assert unlisted.deviations == 1


def test_what_came_back_after_its_use_is_in_order() -> None:
    returned = LAPTOP.but(status="returned", **_BACK)
    assert _check(OFF, returned.but(returned_at=before(days=2)), ANN, SIGN_IN).passed
    early = _check(OFF, returned.but(returned_at=before(days=9)), ANN, SIGN_IN)
    assert "is returned since 2026-11-11 by the list of devices, and somebody signed in with it on 2026-11-17" in (
        early.findings[0].message or ""
    )
    assert _check(OFF, returned.but(returned_at=None), ANN, SIGN_IN).verdict is Verdict.NOT_EVALUATED
    assert _check(OFF, returned, ANN, SIGN_IN).verdict is Verdict.NOT_EVALUATED
    assert _check(OFF, LAPTOP.but(status="stock", returned_at=None, **_BACK), ANN, SIGN_IN).deviations == 1


def test_without_a_log_what_is_switched_off_may_have_been_used() -> None:
    assert "no log of sign-ins tells" in _why(_check(OFF, LAPTOP, ANN))
    elsewhere = Made(SIGN_IN.kind, "l2", "other", {**SIGN_IN.facts, "device": "other/d1"})
    assert _check(OFF, LAPTOP, ANN, elsewhere).verdict is Verdict.NOT_EVALUATED
    assert _check(SEEN, LAPTOP, ANN).passed


def test_the_login_is_asked_where_an_account_has_no_address() -> None:
    assert _check(SEEN, LAPTOP, ANN.but(email=None, name="ann@acme.example")).passed
    assert _check(SEEN, LAPTOP, ANN.but(email=None)).deviations


def test_the_holder_may_be_one_of_several_who_sign_in() -> None:
    bob = Made(ANN.kind, "idp/bob", "test", {"email": "bob@acme.example", "name": "bob"})
    assert _check(SEEN.but(accounts=("idp/bob", "idp/ann")), LAPTOP, ANN, bob).passed


def _known(*makes: Made) -> ControlResult:
    return check(known, *(each.build() for each in makes))


def _why(result: ControlResult) -> str:
    texts = [finding.message or "" for finding in result.findings]
    return " ".join([*texts, result.reason.text if result.reason else ""])


def test_a_log_that_names_no_device_tells_none_apart() -> None:
    result = _known(OLD.but(device=None), SIGN_IN.but(device=None), DEVICE, USED)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert "the log names no device of any sign-in" in _why(result)
    elsewhere = Made(SIGN_IN.kind, "l2", "other", {**SIGN_IN.facts})
    assert _known(OLD.but(device=None), SIGN_IN.but(device=None), DEVICE, USED, elsewhere).deviations == 0


def test_a_log_that_lacks_a_use_is_not_whole() -> None:
    result = _known(OLD, SIGN_IN, DEVICE, USED.but(last_used_at=before(days=2)))
    assert result.verdict is Verdict.NOT_EVALUATED
    assert "ann was used on 2026-11-18, which the log of sign-ins does not hold" in _why(result)
    assert [gap.code for gap in result.gaps] == ["contradicted"]
    assert _known(OLD, SIGN_IN, DEVICE, USED.but(last_used_at=before(days=3, hours=-0.05))).passed
    silent = Made(USED.kind, "idp/bob", "test", {"name": "bob", "last_used_at": before(days=9)})
    assert _known(OLD, SIGN_IN, DEVICE, USED, silent).verdict is Verdict.NOT_EVALUATED
    assert _known(OLD, SIGN_IN, DEVICE, USED, Made(USED.kind, "x", "other", silent.facts)).passed
    assert _known(OLD, SIGN_IN, DEVICE, USED, silent.but(last_used_at=before(days=40))).passed


def test_a_log_that_was_cut_is_not_whole() -> None:
    result = _known(OLD.but(happened_at=before(days=29)), SIGN_IN, DEVICE, USED)
    assert result.verdict is Verdict.NOT_EVALUATED
    assert "does not reach back to 2026-10-21" in _why(result)
    assert [gap.code for gap in result.gaps] == ["unconfirmed"], "it does not say that it lacks any"
    assert _known(OLD.but(device=None), SIGN_IN.but(device=None), DEVICE, USED).deviations == 0
    late = _known(OLD.but(happened_at=before(days=29)), SIGN_IN.but(device=None), DEVICE, USED)
    assert late.deviations == 1  # what is known stands


def test_what_was_before_the_window_is_left_out() -> None:
    assert _known(OLD.but(device=None), SIGN_IN, DEVICE, USED).population == 1


def test_a_sign_in_with_nobody_knows_what_may_be_one_with_it() -> None:
    nowhere = Made(SIGN_IN.kind, "l5", SIGN_IN.source, {"identity": "idp/ann", "happened_at": before(days=1)})
    assert _check(SEEN, LAPTOP, ANN, nowhere).verdict is Verdict.NOT_EVALUATED


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ({"disk_encrypted": True}, Verdict.PASS),
        ({"disk_encrypted": False}, Verdict.NOT_EVALUATED),
        ({"disk_encrypted": False, "active": False}, Verdict.PASS),  # told long ago
        ({"disk_encrypted": False, "serial": "C02AB9"}, Verdict.PASS),
        ({}, Verdict.PASS),
    ],
)
def test_a_device_may_tell_otherwise_than_the_list_that_it_is_encrypted(
    told: dict[str, object], verdict: Verdict
) -> None:
    laptop = LAPTOP.but(disk_encrypted=True)
    result = check(encrypted, laptop.build(), SEEN.but(**told).build())
    assert result.verdict is verdict
    assert check(encrypted, laptop.but(disk_encrypted=False).build(), SEEN.but(**told).build()).deviations == 1
