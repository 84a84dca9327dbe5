"""CloudWatch Logs: log groups and how long they keep."""

from soc2test import Facts, Item, Skip, Subject, facts, id_text, skip
from soc2test_plugins.aws.kinds import LogGroup
from soc2test_plugins.aws.source import aws, here

PASSES_ON = "DELIVERY"


@aws.reads("logs describe-log-groups", kind=LogGroup, items="logGroups", lists=True)
def log_group(item: Item, at: Subject) -> Facts | Skip:
    """A group; `retentionInDays` is left out where its events don't expire. One of the class that only passes events
    on to other stores keeps none."""
    if item.or_else("logGroupClass", "STANDARD") == PASSES_ON:
        return skip("of the class that passes events on and keeps none")
    name = id_text(item["arn"]).removesuffix(":*")  # the newer `logGroupArn` has no such end
    here(at, name)
    return facts(name, name=item["logGroupName"], retention_days=item.or_else("retentionInDays", None))
