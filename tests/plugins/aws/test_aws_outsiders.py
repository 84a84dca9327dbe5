"""Whom a policy of a resource lets in by name."""

from typing import Any

import pytest

from soc2test import UnknownFact
from soc2test_plugins.aws.outsiders import outsiders_of


def _policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", **each} for each in statements]}


def _under(**condition: Any) -> dict[str, Any]:
    return {"Principal": "*", "Condition": condition}


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ({"Principal": {"AWS": "arn:aws:iam::999999999999:root"}}, ("999999999999",)),
        ({"Principal": {"AWS": ["999999999999", "arn:aws:sts::111111111111:assumed-role/x/y"]}}, ("111111111111", "999999999999")),
        ({"Principal": {"AWS": "arn:aws-cn:iam::999999999999:role/a/b"}}, ("999999999999",)),
        ({"Principal": {"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"}}, ("CloudFront Origin Access Identity E1",)),
        ({"Principal": {"AWS": "AIDAIEXAMPLEEXAMPLE12"}}, ()),  # deleted, and nobody any more
        ({"Principal": {"AWS": "arn:aws:iam::*:role/x"}}, ("arn:aws:iam::*:role/x",)),
        ({"Principal": {"CanonicalUser": "79a59d"}}, ("79a59d",)),
        ({"Principal": {"Federated": "accounts.google.com"}}, ("accounts.google.com",)),
        ({"Principal": {"Service": "logging.s3.amazonaws.com"}}, ()),
        ({"Effect": "Deny", "Principal": {"AWS": "999999999999"}}, ()),
        ({"Principal": "*"}, ()),  # public, which is another test's
        (_under(StringEquals={"aws:PrincipalOrgID": "o-a1b2c3d4e5"}), ("o-a1b2c3d4e5",)),
        (_under(**{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*"}}), ("o-a1b2c3d4e5",)),
        (_under(StringLike={"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-1/*"}), ("o-a1b2c3d4e5",)),
        (_under(ArnLike={"aws:PrincipalArn": "arn:aws:iam::999999999999:role/*"}), ("999999999999",)),
        (_under(StringEquals={"aws:PrincipalAccount": ["1", "2"], "aws:SourceVpce": "vpce-1"}), ("1", "2")),
        (_under(StringEquals={"aws:SourceVpce": "vpce-1"}), ("vpce-1",)),
        (_under(IpAddress={"aws:SourceIp": ["203.0.113.0/24"]}), ("everybody at 203.0.113.0/24",)),
        (_under(StringNotEquals={"aws:PrincipalOrgID": "o-a1b2c3d4e5"}), ("everybody under a condition on aws:principalorgid",)),
        (_under(Bool={"aws:SecureTransport": "true"}), ()),
        (_under(StringEquals={"aws:Odd": "1"}), ("everybody under a condition on aws:odd",)),
        ({"NotPrincipal": {"AWS": "1"}, "Condition": {"StringEquals": {"aws:PrincipalAccount": "9"}}}, ("9",)),
    ],
)  # fmt: skip
def test_whom_a_statement_lets_in(statement: dict[str, Any], named: tuple[str, ...]) -> None:
    assert outsiders_of(_policy(statement)) == named


@pytest.mark.parametrize(
    "document",
    [
        {},
        "{",
        _policy({}),
        _policy({"Principal": {"Odd": "1"}}),
        _policy({"Principal": {"AWS": 1}}),
        _policy({"Principal": {"AWS": "9"}, "Effect": "Perhaps"}),
        _policy({"Principal": "*", "Condition": [1]}),
    ],
)
def test_what_can_not_be_read_is_unknown(document: Any) -> None:
    with pytest.raises(UnknownFact):
        outsiders_of(document)


def test_each_is_named_once_and_in_order() -> None:
    others = [{"Principal": {"AWS": name}} for name in ("2", "1", "2")]
    assert outsiders_of(_policy(*others)) == ("1", "2")
