"""SNS: who hears a topic."""

from soc2test import Facts, Item, Skip, Subject, facts, or_unknown, skip, text
from soc2test_plugins.aws.kinds import SnsSubscription
from soc2test_plugins.aws.source import aws, here

_BY_MAIL = ("email", "email-json")


@aws.reads("sns list-subscriptions", kind=SnsSubscription, items="Subscriptions", lists=True)
def subscription(item: Item, at: Subject) -> Facts | Skip:
    """A subscription in force. In the place of its ARN stands `PendingConfirmation` where whoever should hear the topic
    did not say yes, and `Deleted` where it ended: neither hears anything."""
    name, topic = text(item["SubscriptionArn"]), text(item["TopicArn"])
    here(at, topic, shared=True)  # a topic of another account may be heard here
    if not name.startswith("arn:"):
        return skip("not confirmed, or ended: it hears nothing")
    return facts(name, topic=topic, mail=or_unknown(lambda: _mail(item)))


def _mail(item: Item) -> str | None:
    """The endpoint is an address with these protocols alone (SNS API, `Subscribe`)."""
    return text(item["Endpoint"]) if text(item["Protocol"]) in _BY_MAIL else None
