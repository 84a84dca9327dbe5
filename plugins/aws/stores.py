"""What all kinds of stores share: whose key encrypts them, and what AWS Backup protects."""

from soc2test import Population, UnknownFact, or_unknown
from soc2test_plugins.aws.kinds import (
    AwsStore,
    Database,
    DynamoTable,
    EbsSnapshot,
    EbsVolume,
    KmsKey,
    RdsClusterSnapshot,
    RdsSnapshot,
    RedshiftCluster,
    S3Bucket,
)
from soc2test_plugins.aws.source import aws

__all__ = ["has_recovery_point"]


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


@aws.derives(AwsStore, "encryption_key", joins=KmsKey)
@aws.derives(S3Bucket, "encryption_key", joins=KmsKey)
def encryption_key(store: AwsStore | S3Bucket, keys: Population[KmsKey]) -> str | None:
    """The ARN of its key. Those behind an alias of AWS's own can't be taken away; which key another one leads to is
    not told."""
    name = store.kms_key
    if name is None or "alias/aws/" in name:
        return None
    if "alias/" in name:
        raise UnknownFact("encryption_key", f"which key {name} leads to no export tells")
    key = keys.one("id" if name.startswith("arn:") else "name", name)
    if key is not None:
        return key.id
    raise UnknownFact("encryption_key", f"its key {name} is in no account and region that was exported")


@aws.derives(AwsStore, "protected_days")
def protected_days(store: AwsStore) -> int | None:
    """A switch stays on until somebody turns it off."""
    return None


@aws.derives(AwsStore, "copy")
@aws.derives(S3Bucket, "copy")
def copy(store: AwsStore | S3Bucket) -> bool:
    """Snapshots are copies of disks and databases, replicas of databases."""
    if isinstance(store, Database):
        return store.replica
    return isinstance(store, EbsSnapshot | RdsSnapshot | RdsClusterSnapshot)


def has_recovery_point(store: AwsStore, *names: str) -> bool:
    """AWS Backup holds a young recovery point of one of the ARNs. Raises `UnknownFact` where their age is not told."""
    if any(name in store.recovery_points for name in names):
        return True
    if any(name in store.undated_points for name in names):
        raise UnknownFact("recovery_points", "AWS Backup does not tell when it was last backed up: export it again")
    return False


@aws.derives(AwsStore, "backup_days")
def backup_days(store: AwsStore) -> int | None:
    """Of a recovery point of AWS Backup its plan tells; of automatic backups, the store."""
    if or_unknown(lambda: has_recovery_point(store, store.id)) is True:
        return None
    if isinstance(store, Database | RedshiftCluster):
        return store.retention_days
    return store.recovery_days if isinstance(store, DynamoTable) else None


@aws.derives(S3Bucket, "backup_days")
def kept_versions(bucket: S3Bucket) -> int | None:
    """Versions are kept until a rule or somebody deletes them."""
    return bucket.version_days


@aws.derives(S3Bucket, "grows")
def bucket_grows(bucket: S3Bucket) -> bool:
    """A bucket has no size that it could reach."""
    return True


@aws.derives(EbsVolume, "grows")
def disk_grows(disk: EbsVolume) -> bool:
    """A disk keeps its size until somebody changes it."""
    return False
