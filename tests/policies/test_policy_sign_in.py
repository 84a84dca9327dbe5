"""Second factors of accounts that another provider signs in, and leavers whose accounts are off since nobody knows when."""

from datetime import UTC, datetime
from typing import Any

import pytest

from soc2test import Identity, Person
from soc2test.testing import check, resource
from soc2test_policies.cc6.leavers import test_leavers_lose_access_in_time as leavers
from soc2test_policies.cc6.sign_in import test_people_sign_in_with_mfa as second_factor

ENDED = datetime(2026, 9, 1, tzinfo=UTC)
LEO = resource(
    Person, "leo@acme.example", name="Leo", email="leo@acme.example", active=False, ended_at=ENDED, accounts=(),
    spells=(),
)  # fmt: skip


def account(source: str, name: str = "ann", **facts: Any) -> Identity:
    told = {"name": name, "email": f"{name}@acme.example", "human": True, "root": False, "active": True, **facts}
    return resource(Identity, f"{source}/{name}", source=source, **told)


ELSEWHERE = account("entra", federated_to="okta")


@pytest.mark.parametrize(
    ("others", "outcome"),
    [
        ([account("okta", mfa=True)], "pass"),
        ([account("okta")], "unknown"),
        ([account("okta", mfa=False)], "unknown"),
        ([account("okta", "bob", mfa=True)], "unknown"),
        ([account("github", mfa=True)], "unknown"),
        ([account("okta", mfa=True, active=False)], "unknown"),
        ([], "unknown"),
    ],
)
def test_the_account_at_the_identity_provider_answers(others: list[Identity], outcome: str) -> None:
    result = check(second_factor, ELSEWHERE, *others)
    found = {each.outcome for each in result.findings if each.resource == ELSEWHERE.id}
    assert found == (set() if outcome == "pass" else {outcome})


@pytest.mark.parametrize("provider", [None, "entra"])
def test_who_signs_in_at_no_other_provider_is_not_vouched_for(provider: str | None) -> None:
    result = check(second_factor, account("entra", federated_to=provider), account("okta", mfa=True))
    assert result.verdict == "not_evaluated"


def off(**facts: Any) -> Identity:
    return account("okta", "leo", active=False, **facts)


@pytest.mark.parametrize(
    ("identity", "verdict"),
    [
        (off(disabled_by=datetime(2026, 9, 1, 20, tzinfo=UTC)), "pass"),
        (off(disabled_by=datetime(2026, 9, 1, 20, tzinfo=UTC), last_used_at=None), "pass"),
        (off(disabled_by=datetime(2026, 9, 30, tzinfo=UTC)), "not_evaluated"),
        (
            off(disabled_by=datetime(2026, 9, 30, tzinfo=UTC), last_used_at=datetime(2026, 8, 30, tzinfo=UTC)),
            "not_evaluated",
        ),
        (off(disabled_by=datetime(2026, 9, 30, tzinfo=UTC), last_used_at=datetime(2026, 9, 9, tzinfo=UTC)), "fail"),
        (off(disabled_by=None), "not_evaluated"),
        (off(), "not_evaluated"),
        (off(disabled_at=datetime(2026, 9, 30, tzinfo=UTC), disabled_by=datetime(2026, 9, 30, tzinfo=UTC)), "fail"),
    ],
)
def test_an_account_that_is_off_since_nobody_knows_when(identity: Identity, verdict: str) -> None:
    assert check(leavers, LEO, identity).verdict == verdict
