"""A fact that only words the message of a failed assert makes no proven deviation unknown."""

from collections.abc import Callable
from typing import Any

import pytest
from wording_controls import (
    over,
    read_afterwards,
    worded_amid_others,
    worded_by_a_condition,
    worded_by_an_inner_function,
    worded_directly,
)
from wording_controls import test_some_have_a_factor as some_factor

from soc2test import Credential, Detector, Identity
from soc2test.testing import check, resource
from soc2test.verdicts import Verdict
from soc2test_policies.cc6.root import test_root_has_no_keys as root_keys
from soc2test_policies.cc7.detectors import test_configuration_is_recorded_everywhere as recorded

WORDED = [worded_directly, worded_by_a_condition, worded_by_an_inner_function, worded_amid_others]


@pytest.mark.parametrize("body", WORDED)
def test_an_unknown_fact_in_the_message_leaves_the_deviation(body: Callable[[Any], object]) -> None:
    result = check(over(body), resource(Identity, "ann", name="ann", mfa=False))
    assert (result.verdict, result.deviations, result.unknown) == (Verdict.FAIL, 1, 0)
    assert result.findings[0].message == "Signs in with a second factor."


@pytest.mark.parametrize("body", WORDED)
def test_one_that_the_assert_tests_stays_unknown(body: Callable[[Any], object]) -> None:
    result = check(over(body), resource(Identity, "ann", name="ann", owner="ann"))
    assert (result.verdict, result.deviations, result.unknown) == (Verdict.NOT_EVALUATED, 0, 1)


def test_one_that_is_read_after_an_assert_that_held_stays_unknown() -> None:
    result = check(over(read_afterwards), resource(Identity, "ann", mfa=True))
    assert result.verdict is Verdict.NOT_EVALUATED


def test_the_same_of_a_control_over_a_population() -> None:
    result = check(some_factor, resource(Identity, "ann", mfa=False))
    assert result.verdict is Verdict.FAIL


def test_shipped_controls_whose_message_tells_more_than_the_test_needs() -> None:
    assert check(recorded, resource(Detector, "d", category="configuration", enabled=False)).verdict is Verdict.FAIL
    root = resource(Identity, "root", root=True)
    key = resource(Credential, "k", identity="root", active=True)
    result = check(root_keys, root, key)
    assert (result.verdict, result.findings[0].message) == (Verdict.FAIL, "root holds an active long-lived key")
