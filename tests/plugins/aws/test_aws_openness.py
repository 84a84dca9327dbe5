"""Policies that name everybody, weighed with their conditions and with the denials beside them."""

from typing import Any

import pytest

from soc2test import UnknownFact
from soc2test_plugins.aws.openness import open_to_all

ANYBODY = {"Effect": "Allow", "Principal": "*", "Action": "es:ESHttp*", "Resource": "arn:aws:es:r:1:domain/d/*"}
EVERYTHING = {"Effect": "Deny", "Principal": "*", "Action": "es:*", "Resource": "arn:aws:es:r:1:domain/d/*"}
OFFICE, ORGANIZATION = {"aws:SourceIp": "192.0.2.0/24"}, {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}


def allowed(condition: Any, *more: dict[str, Any]) -> dict[str, Any]:
    return {"Statement": [{**ANYBODY, "Condition": condition}, *more]}


def without(condition: Any, **more: Any) -> dict[str, Any]:
    return {"Statement": [ANYBODY, {**EVERYTHING, "Condition": condition, **more}]}


SOMEBODY = [
    {"IpAddress": OFFICE},
    {"IpAddress": {"AWS:SourceIP": ["192.0.2.0/24", "2001:db8::/32", "198.51.100.7"]}},
    {"ipaddress": {"aws:sourceip": "10.0.0.0/8"}},
    {"StringEquals": ORGANIZATION},
    {"StringLike": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}},
    {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/r-ab12/ou-ab12/*"]}},
    {"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d"}},
    {"StringEquals": {"aws:SourceVpc": ["vpc-0a1b", "vpc-0c2d"]}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}},
    {"ArnEquals": {"aws:SourceArn": "arn:aws:cloudfront::111122223333:distribution/E1"}},
    {"StringLike": {"aws:userId": "AROAEXAMPLEID12345:*"}},
    {"Bool": {"aws:SecureTransport": "true"}, "IpAddress": OFFICE},
    {"StringNotEquals": {"aws:SourceVpc": "vpc-1"}, "StringEquals": ORGANIZATION},
]
EVERYBODY = [
    {},
    {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
    {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24", "::/0"]}},
    {"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}},
    {"IpAddress": {"aws:SourceIp": [f"{number}.0.0.0/8" for number in range(256)]}},
    {"IpAddressIfExists": {"aws:SourceIp": "0.0.0.0/0"}},
    {"NotIpAddress": OFFICE},
    {"StringNotEquals": ORGANIZATION},
    {"StringEqualsIfExists": ORGANIZATION},
    {"StringLike": {"aws:PrincipalArn": "*"}},
    {"Bool": {"aws:SecureTransport": "true"}},
    {"StringLike": {"aws:Referer": "https://example.com/*"}},
]
NOT_KNOWN = [
    {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}},
    {"IpAddressIfExists": OFFICE},
    {"NotIpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
    {"ForAllValues:StringEquals": ORGANIZATION},
    {"StringLike": {"aws:PrincipalOrgID": "o-*"}},
    {"StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}},
    {"Null": {"aws:PrincipalOrgID": "false"}},
    {"DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}},
    {"StringEquals": {"aws:NewKey": "x"}},
    {"IpAddress": {"aws:SourceIp": "office"}},
    {"StringEquals": ["aws:PrincipalOrgID"]},
]


@pytest.mark.parametrize("condition", SOMEBODY)
def test_a_condition_that_shuts_everybody_else_out(condition: Any) -> None:
    assert not open_to_all(allowed(condition))
    assert open_to_all(allowed(condition, ANYBODY))


@pytest.mark.parametrize("condition", EVERYBODY)
def test_a_condition_that_everybody_meets(condition: Any) -> None:
    assert open_to_all(allowed(condition))


@pytest.mark.parametrize("condition", NOT_KNOWN)
def test_a_condition_that_only_aws_can_weigh(condition: Any) -> None:
    with pytest.raises(UnknownFact):
        open_to_all(allowed(condition))


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"NotIpAddress": OFFICE},
        {"NotIpAddressIfExists": OFFICE},
        {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}},
        {"StringNotEqualsIfExists": ORGANIZATION},
        {"NotIpAddress": OFFICE, "StringNotEquals": {"aws:SourceVpce": "vpce-1"}},
    ],
)
def test_a_denial_that_spares_somebody_alone(condition: Any) -> None:
    assert not open_to_all(without(condition))
    assert not open_to_all(without(condition, Action="*", Resource="*"))


@pytest.mark.parametrize(
    ("condition", "more"),
    [
        ({"Bool": {"aws:SecureTransport": "false"}}, {}),
        ({"NotIpAddress": {"aws:SourceIp": "0.0.0.0/0"}}, {}),
        ({"IpAddress": OFFICE}, {}),
        ({"StringEquals": {"aws:SourceVpc": "vpc-1"}}, {}),
        ({"NotIpAddress": OFFICE, "Bool": {"aws:SecureTransport": "false"}}, {}),
        ({"NotIpAddress": OFFICE}, {"Action": "es:ESHttpDelete"}),
        ({"NotIpAddress": OFFICE}, {"Resource": "arn:aws:es:r:1:domain/d/private/*"}),
        ({"NotIpAddress": OFFICE}, {"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}),
    ],
)
def test_a_denial_that_leaves_everybody_a_way(condition: Any, more: Any) -> None:
    assert open_to_all(without(condition, **more))


@pytest.mark.parametrize(
    "condition",
    [
        {"NotIpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}},
        {"Null": {"aws:PrincipalOrgID": "true"}},
        {"Bool": {"a": "b"}},
    ],
)
def test_a_denial_that_only_aws_can_weigh(condition: Any) -> None:
    with pytest.raises(UnknownFact):
        open_to_all(without(condition))
