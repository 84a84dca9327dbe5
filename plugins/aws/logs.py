"""CloudWatch Logs: log groups and how long they keep."""

from typing import Any

from soc2test import Facts, Item, Subject, Unknown, facts, id_text, meaning, or_unknown
from soc2test_plugins.aws.kinds import LogGroup
from soc2test_plugins.aws.source import aws

_DELIVERS = Unknown("its class only delivers events to S3 or Firehose: how long they are kept there is not exported")
_ESSENTIALS = Unknown("its class is Essentials, and AWS does not say whether that keeps events as long as it is told")
_KEEPS = {"STANDARD": True, "INFREQUENT_ACCESS": True, "DELIVERY": _DELIVERS, "ESSENTIALS": _ESSENTIALS}
"""Classes of log groups that keep events as long as they are told (CloudWatch Logs API, `logGroupClass`). One for
delivery hands them to S3 or Firehose, and keeps them for a day whatever it is told. Of the class Essentials the API
says that it can less than others, and not what."""


@aws.reads("logs describe-log-groups", kind=LogGroup, items="logGroups", lists=True)
def log_group(item: Item, at: Subject) -> Facts:
    """A group; `retentionInDays` is left out where its events don't expire."""
    name = id_text(item["arn"]).removesuffix(":*")  # the newer `logGroupArn` has no such end
    return facts(name, name=item["logGroupName"], retention_days=or_unknown(lambda: _days(item)))


def _days(item: Item) -> Any:
    meaning(item.or_else("logGroupClass", "STANDARD"), _KEEPS)  # raises where its class does not keep what it is told
    return item.or_else("retentionInDays", None)
