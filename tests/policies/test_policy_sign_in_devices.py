"""Devices that people sign in with: serial numbers written otherwise, words of nobody's, who is left out."""

import pytest
from policy_case import Made
from policy_cases_sign_in_devices import ANN, LAPTOP, SEEN

from soc2test.testing import check
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.cc6.sign_in_devices import test_computers_that_sign_in_are_listed as listed


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
    assert _check(SEEN.but(**{fact: False}), LAPTOP, ANN).population == 0


def test_the_login_is_asked_where_an_account_has_no_address() -> None:
    assert _check(SEEN, LAPTOP, ANN.but(email=None, name="ann@acme.example")).passed
    assert _check(SEEN, LAPTOP, ANN.but(email=None)).deviations


def test_the_holder_may_be_one_of_several_who_sign_in() -> None:
    bob = Made(ANN.kind, "idp/bob", "test", {"email": "bob@acme.example", "name": "bob"})
    assert _check(SEEN.but(accounts=("idp/bob", "idp/ann")), LAPTOP, ANN, bob).passed
