"""Of which databases an alarm measures the space, and which stores grow by themselves."""

from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, REGION, load, only, read, told

from soc2test import UnknownFact
from soc2test.sources.item import wrap
from soc2test_plugins.aws.kinds import S3Bucket
from soc2test_plugins.aws.rds import _grows
from soc2test_plugins.aws.rds_clusters import _grows as volume_grows

DATABASE = f"arn:aws:rds:{REGION}:{ACCOUNT}:db:shop"
ALARM = {
    "AlarmName": "space",
    "AlarmArn": f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:space",
    "ActionsEnabled": True,
    "AlarmActions": [f"arn:aws:sns:{REGION}:{ACCOUNT}:on-call"],
    "MetricName": "FreeStorageSpace",
    "Namespace": "AWS/RDS",
    "Statistic": "Average",
    "Dimensions": [{"Name": "DBInstanceIdentifier", "Value": "shop"}],
    "Threshold": 42949672960.0,
    "ComparisonOperator": "LessThanThreshold",
}
STAT = {"Namespace": "AWS/RDS", "MetricName": "FreeStorageSpace", "Dimensions": ALARM["Dimensions"]}


def space(**changed: Any) -> object:
    alarm = {key: value for key, value in {**ALARM, **changed}.items() if value is not None}
    body = {"MetricAlarms": [alarm], "CompositeAlarms": []}
    return told("cloudwatch describe-alarms", body).get("space_of", "unknown")


def test_an_alarm_that_goes_off_when_space_is_low_is_one_of_its_database() -> None:
    assert space() == (DATABASE,)
    assert space(ComparisonOperator="LessThanOrEqualToThreshold") == (DATABASE,)


@pytest.mark.parametrize(
    "changed",
    [
        {"ComparisonOperator": "GreaterThanThreshold"},
        {"Threshold": 0.0},
        {"MetricName": "CPUUtilization"},
        {"Namespace": "Acme/RDS"},
        {"Dimensions": []},
        {"Dimensions": [{"Name": "DatabaseClass", "Value": "shop"}]},
    ],
)
def test_an_alarm_on_anything_else_is_one_of_none(changed: dict[str, Any]) -> None:
    assert space(**changed) == ()


def load_of(**changed: Any) -> object:
    alarm = {key: value for key, value in {**ALARM, **changed}.items() if value is not None}
    return told("cloudwatch describe-alarms", {"MetricAlarms": [alarm], "CompositeAlarms": []}).get("capacity", "unknown")


BUSY = {"MetricName": "CPUUtilization", "Namespace": "AWS/EC2", "Threshold": 80.0}


@pytest.mark.parametrize(
    ("changed", "warns"),
    [
        ({}, True),
        ({"ComparisonOperator": "GreaterThanThreshold"}, False),
        ({**BUSY, "ComparisonOperator": "GreaterThanThreshold"}, True),
        ({**BUSY, "ComparisonOperator": "LessThanThreshold", "Threshold": 5.0}, False),
        ({**BUSY, "ComparisonOperator": "GreaterThanOrEqualToThreshold", "Threshold": 100.0}, False),
        ({**BUSY, "ComparisonOperator": "GreaterThanThreshold", "MetricName": "StatusCheckFailed"}, False),
        ({**BUSY, "ComparisonOperator": "GreaterThanThreshold", "Threshold": 400.0, "Namespace": "AWS/RDS",
          "MetricName": "DatabaseConnections"}, True),
        ({**BUSY, "ComparisonOperator": "AboutThreshold"}, "unknown"),
        ({**BUSY, "ComparisonOperator": "GreaterThanThreshold", "Threshold": "much"}, "unknown"),
    ],
)  # fmt: skip
def test_an_alarm_is_one_of_capacity_where_it_goes_off_when_little_is_left(
    changed: dict[str, Any], warns: object
) -> None:
    assert load_of(**changed) == warns


def test_words_that_nobody_knows_and_expressions_over_space_are_unknown() -> None:
    assert space(ComparisonOperator="AboutThreshold") == "unknown"
    assert space(Threshold=None) == space(Threshold="much") == "unknown"
    of_space = {"Id": "m1", "MetricStat": {"Metric": STAT, "Period": 300, "Stat": "Average"}}
    share = {"Id": "e1", "Expression": "100*m1/214748364800"}
    assert space(MetricName=None, Namespace=None, Metrics=[share, of_space]) == "unknown"
    other = {"Id": "m1", "MetricStat": {"Metric": {**STAT, "MetricName": "CPUUtilization"}, "Period": 300}}
    assert space(MetricName=None, Namespace=None, Metrics=[share, other]) == ()


def test_composite_alarms_measure_nothing_themselves() -> None:
    composite = {"AlarmName": "c", "AlarmArn": f"{ALARM['AlarmArn']}-c", "AlarmRule": 'ALARM("space")',
                 "ActionsEnabled": True, "AlarmActions": []}  # fmt: skip
    found = read("cloudwatch describe-alarms", {"MetricAlarms": [], "CompositeAlarms": [composite]})
    assert [said.told["space_of"] for said in found] == [()]


@pytest.mark.parametrize(
    ("limit", "grows"), [({"MaxAllocatedStorage": 1000}, True), ({"MaxAllocatedStorage": 200}, False), ({}, False)]
)
def test_a_database_grows_up_to_a_limit_above_what_it_has(limit: dict[str, int], grows: bool) -> None:
    assert _grows(wrap({"AllocatedStorage": 200, **limit})) is grows


def test_volumes_of_aurora_grow_and_of_others_it_is_unknown() -> None:
    assert volume_grows(wrap({"Engine": "aurora-postgresql"}))
    with pytest.raises(UnknownFact):
        volume_grows(wrap({"Engine": "postgres"}))


def test_buckets_grow(tmp_path: Path) -> None:
    buckets = {"s3api.list-buckets": {"Buckets": [{"Name": "data", "CreationDate": "2026-01-01T00:00:00+00:00"}]}}
    assert only(load(tmp_path, buckets), S3Bucket).grows
