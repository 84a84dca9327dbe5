"""CloudWatch: of which databases an alarm tells that their space runs low, and in which direction one goes off."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from soc2test import Item, Subject, UnknownFact, id_text, items_of, known, meaning, text
from soc2test_plugins.aws.source import arn

__all__ = ["goes_off_when_high", "goes_off_when_low", "space_of"]

_METRIC = ("AWS/RDS", "FreeStorageSpace")
_NAME = "DBInstanceIdentifier"
_LOW: Mapping[str, bool] = {
    "GreaterThanOrEqualToThreshold": False,
    "GreaterThanThreshold": False,
    "GreaterThanUpperThreshold": False,
    "LessThanLowerOrGreaterThanUpperThreshold": True,
    "LessThanLowerThreshold": True,
    "LessThanOrEqualToThreshold": True,
    "LessThanThreshold": True,
}
"""Does the alarm go off when what is measured is low?"""
_BOTH = "LessThanLowerOrGreaterThanUpperThreshold"
_HIGH: Mapping[str, bool] = {operator: not low or operator == _BOTH for operator, low in _LOW.items()}
"""Does it go off when that is high?"""


def space_of(alarm: Item, at: Subject) -> tuple[str, ...]:
    """ARNs of the databases whose free space, as RDS measures it, makes the alarm go off while there is some left.

    The source of the metric: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
    Raises `UnknownFact` where the space is one of several things in an expression.
    """
    if "Metrics" in alarm:
        return _in_expression(alarm)
    if "MetricName" not in alarm or (text(alarm["Namespace"]), text(alarm["MetricName"])) != _METRIC:
        return ()
    if not goes_off_when_low(alarm):
        return ()
    return tuple(arn(at, "rds", f"db:{name}") for name in _databases(alarm))


def _in_expression(alarm: Item) -> tuple[str, ...]:
    measured = [query["MetricStat"] for query in items_of(alarm["Metrics"]) if "MetricStat" in query]
    for stat in measured:
        metric = known(known(stat)["Metric"])
        if (text(metric["Namespace"]), text(metric["MetricName"])) == _METRIC:
            raise UnknownFact("space_of", "it measures free space as part of an expression")
    return ()


def goes_off_when_low(alarm: Item) -> bool:
    """At nothing left it is too late: such a threshold is none."""
    return meaning(alarm["ComparisonOperator"], _LOW) and _size(alarm["Threshold"]) > 0


def goes_off_when_high(alarm: Item, most: float) -> bool:
    """At the most that there can be it is too late, and above it never goes off."""
    return meaning(alarm["ComparisonOperator"], _HIGH) and _size(alarm["Threshold"]) < most


def _size(threshold: Any) -> float:
    """CloudWatch writes thresholds with a fraction."""
    value = known(threshold)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise UnknownFact("", "its threshold is no number")
    return float(value)


def _databases(alarm: Item) -> Iterator[str]:
    for dimension in items_of(alarm["Dimensions"]):
        if text(dimension["Name"]) == _NAME:
            yield id_text(dimension["Value"])
