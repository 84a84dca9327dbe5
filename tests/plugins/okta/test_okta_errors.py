"""Okta's error bodies, the flat layout of its documented examples, its commands."""

from pathlib import PurePosixPath
from typing import Any

import pytest
from okta_reading import DENIED

from soc2test import Claim, ErrorInfo, Export
from soc2test_plugins.okta import soc2_claim
from soc2test_plugins.okta.source import error_info, okta


@pytest.mark.parametrize(
    ("body", "info"),
    [
        (DENIED, ErrorInfo("E0000006")),
        ({"errorCode": "E0000007", "errorSummary": "Not found"}, ErrorInfo("E0000007")),
        ({"errorCode": "E0000006"}, None),
        ([], None),
        ("text", None),
    ],
)
def test_error_bodies(body: Any, info: ErrorInfo | None) -> None:
    assert error_info(body) == info


def test_not_found_is_not_denied() -> None:
    assert "E0000006" in okta.denied
    assert "E0000007" not in okta.denied


@pytest.mark.parametrize(
    ("path", "operation"),
    [
        ("examples/listUsers.ListUsers.json", "listUsers"),
        ("listFactors.ListFactorsResponse.json", "listFactors"),
        ("listPolicies.password.json", "listPolicies PASSWORD"),
        ("listPolicies.passwordWithBreachedProtection.json", "listPolicies PASSWORD"),
        ("listPolicies.okta-sign-on-policy.json", "listPolicies OKTA_SIGN_ON"),
        ("listPolicies.access-policy.json", "listPolicies ACCESS_POLICY"),
        ("listPolicies.mfa-enroll.json", None),
        ("listPolicies.json", None),
        ("listGroups.ListGroupExample.json", "listGroups"),
        ("listGroupRules.ListGroupRulesExample.json", None),
        ("listUsers.csv", None),
    ],
)
def test_flat_layout(path: str, operation: str | None) -> None:
    claim = soc2_claim(Export(PurePosixPath(path), 1))
    assert claim == (None if operation is None else Claim("okta", operation))


def test_every_operation_says_how_to_export_it() -> None:
    for operation in okta.operations.values():
        assert "https://acme.okta.com/api/v1/" in operation.command.format_map(
            {"org": "acme", "user": "00u1", "policy": "00p1", "app_id": "0oa1", "group": "00g1"}
        )
