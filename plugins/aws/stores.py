"""What all kinds of stores share: whose key encrypts them, and what AWS Backup protects."""

from soc2test import EVERY, Facts, Item, Population, Subject, UnknownFact, facts, listed, text
from soc2test_plugins.aws.kinds import AwsStore, EbsSnapshot, KmsKey, RdsClusterSnapshot, RdsSnapshot, S3Bucket
from soc2test_plugins.aws.source import aws


@aws.derives(AwsStore, "customer_key", joins=KmsKey)
@aws.derives(S3Bucket, "customer_key", joins=KmsKey)
def customer_key(store: AwsStore | S3Bucket, keys: Population[KmsKey]) -> bool:
    """The store has a KMS key and it is none of AWS's; the ARN of a key does not tell, KMS does."""
    name = store.kms_key
    if name is None:
        return False
    if "alias/" in name:  # the prefix is AWS's; no other alias leads to one of its keys
        return "alias/aws/" not in name
    key = keys.one("id" if name.startswith("arn:") else "name", name)
    if key is not None:
        return key.customer_managed
    raise UnknownFact("customer_key", f"its key {name} is in no account and region that was exported")


@aws.derives(AwsStore, "copy")
@aws.derives(S3Bucket, "copy")
def copy(store: AwsStore | S3Bucket) -> bool:
    """Snapshots are copies of disks and databases."""
    return isinstance(store, EbsSnapshot | RdsSnapshot | RdsClusterSnapshot)


@aws.reads("backup list-protected-resources", kind=AwsStore)
def protected_resources(body: Item, at: Subject) -> Facts:
    """What AWS Backup holds a recovery point of, in the region."""
    arns = sorted(text(each["ResourceArn"]) for each in listed(body["Results"]))
    return facts(EVERY, AwsStore, recovery_points=tuple(arns))
