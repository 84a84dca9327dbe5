"""SNS: who hears a topic."""

from soc2test import Facts, Item, Skip, Subject, facts, skip, text
from soc2test_plugins.aws.kinds import SnsSubscription
from soc2test_plugins.aws.source import aws, here


@aws.reads("sns list-subscriptions", kind=SnsSubscription, items="Subscriptions", lists=True)
def subscription(item: Item, at: Subject) -> Facts | Skip:
    """A subscription in force. In the place of its ARN stands `PendingConfirmation` where whoever should hear the topic
    did not say yes, and `Deleted` where it ended: neither hears anything."""
    name, topic = text(item["SubscriptionArn"]), text(item["TopicArn"])
    here(at, topic, shared=True)  # a topic of another account may be heard here
    return facts(name, topic=topic) if name.startswith("arn:") else skip("not confirmed, or ended: it hears nothing")
