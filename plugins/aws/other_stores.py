"""Stores that lists of AWS name and nothing here reads: of a list that somebody exported, what it names is a gap."""

from soc2test import Item, Missed, Subject, missed, text
from soc2test_plugins.aws.kinds import AwsStore
from soc2test_plugins.aws.source import aws

__all__ = ["cluster", "queue"]


@aws.reads("kafka list-clusters", kind=AwsStore, items="ClusterInfoList")
@aws.reads("kafka list-clusters-v2", kind=AwsStore, items="ClusterInfoList")
def cluster(item: Item, at: Subject) -> Missed:
    """A cluster of Managed Streaming for Apache Kafka."""
    return missed(f"the Kafka cluster {text(item['ClusterName'])} holds data, and is not read here", AwsStore)


@aws.reads("sqs list-queues", kind=AwsStore, items="QueueUrls", entry="text")
def queue(item: str, at: Subject) -> Missed:
    """A queue, by its address."""
    return missed(f"the queue {item.rpartition('/')[2]} holds data, and is not read here", AwsStore)
