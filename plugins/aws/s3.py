"""S3: buckets, their encryption, versions, logs and labels. Who may read them stands in `s3_access`."""

from collections.abc import Callable
from typing import Any, TypeVar

from soc2test import (
    Facts,
    Item,
    Reference,
    Subject,
    Unknown,
    by_token,
    facts,
    id_text,
    item_of,
    items_of,
    known,
    listed,
    meaning,
    number,
    or_unknown,
    text,
    translated,
)
from soc2test_plugins.aws.kinds import S3Bucket
from soc2test_plugins.aws.source import aws, partition
from soc2test_plugins.aws.tags import tag, tags_of

_NOT_OF_BUCKETS = Unknown(
    "the bucket's encryption algorithm is one that S3 has for access points to FSx and AWS Backup, not for buckets"
)
_BY_KEY = {
    "AES256": False, "aws:kms": True, "aws:kms:dsse": True, "aws:fsx": _NOT_OF_BUCKETS, "aws:backup": _NOT_OF_BUCKETS
}  # fmt: skip
"""Encryption algorithms of buckets: is it by a key of KMS?"""

__all__ = ["ACCOUNT", "IN_FORCE", "bucket_id", "encryption", "s3"]

ACCOUNT = ("account",)
_YEAR = 365
IN_FORCE = {"Enabled": True, "Disabled": False}
R = TypeVar("R", bound=Callable[..., Any])


def bucket_id(at: Subject, name: str) -> str:
    """A bucket's ARN names neither region nor account."""
    return f"arn:{partition(at)}:s3:::{id_text(name)}"


def s3(operation: str, **rest: Any) -> Callable[[R], R]:
    """Declare a call about one bucket."""
    return aws.reads(
        f"s3api {operation}", kind=S3Bucket, subject="bucket", scope=ACCOUNT,
        command=f"aws s3api {operation} --bucket {{bucket}}", **rest,
    )  # fmt: skip


_PAGES = by_token("ContinuationToken")


def _not_all(body: Any) -> str | None:
    """A page, or a list that was asked for by a prefix, which S3 repeats where one was given
    (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html)."""
    filtered = isinstance(body, dict) and bool(body.get("Prefix"))
    return _PAGES(body) or ("it names the buckets of one prefix alone" if filtered else None)


@aws.reads(
    "s3api list-buckets", kind=S3Bucket, items="Buckets", lists=True, scope=ACCOUNT, paging=_not_all,
    command="aws s3api list-buckets",
)  # fmt: skip
def bucket(item: Item, at: Subject) -> Facts:
    """A general-purpose bucket, whose objects S3 keeps in three zones at least (its One Zone class apart)."""
    name = id_text(item["Name"])
    return facts(bucket_id(at, name), name=name, account=at["account"], multi_zone=True, grows=True)


@s3(
    "get-bucket-encryption",
    absent=["ServerSideEncryptionConfigurationNotFoundError"],
    tells=["encrypted", "kms_key"],
)
def bucket_encryption(body: Item | None, at: Subject) -> Facts:
    """Default encryption. S3 encrypts every new object since January 2023, also where this call finds nothing set."""
    if body is None:
        return facts(bucket_id(at, at["bucket"]), encrypted=True, kms_key=None)
    rules = items_of(known(body["ServerSideEncryptionConfiguration"])["Rules"])
    default = known(rules[0]["ApplyServerSideEncryptionByDefault"])
    return facts(
        bucket_id(at, at["bucket"]),
        **encryption(known(default["SSEAlgorithm"]), default.or_else("KMSMasterKeyID", None)),
    )


def encryption(algorithm: str, key: str | None) -> dict[str, Any]:
    """What an algorithm and a key mean. Without a key, KMS encryption uses AWS's own key alias/aws/s3."""
    if not meaning(algorithm, _BY_KEY):
        return {"encrypted": True, "kms_key": None}
    return {"encrypted": True, "kms_key": text(key or "") or "alias/aws/s3"}


@s3("get-bucket-versioning", empty={})
def bucket_versioning(body: Item, at: Subject) -> Facts:
    """Nothing is printed for a bucket that never had versions."""
    on = translated(body.or_else("Status", "Off"), {"Enabled": True, "Suspended": False, "Off": False})
    return facts(bucket_id(at, at["bucket"]), versioned=on, backed_up=on)


_LOGS_IN = Reference(at="LoggingEnabled.TargetBucket", of=S3Bucket, id=bucket_id)
"""A bucket of the same account and region (S3 User Guide, "Enabling Amazon S3 server access logging")."""


@s3("get-bucket-logging", empty={}, references=[_LOGS_IN])
def bucket_logging(body: Item, at: Subject) -> Facts:
    """Nothing is printed where server access logging is off."""
    return facts(bucket_id(at, at["bucket"]), server_logged=or_unknown(lambda: _logs(body)))


def _logs(body: Item) -> bool:
    """It is on where a bucket is named that takes the logs."""
    told = body.or_else("LoggingEnabled", None)
    return told is not None and bool(id_text(item_of(told)["TargetBucket"]))


@s3("get-object-lock-configuration", absent=["ObjectLockConfigurationNotFoundError"])
def object_lock(body: Item | None, at: Subject) -> Facts:
    """Locked versions can't be deleted, nor can the bucket that holds them."""
    configuration = None if body is None else known(body["ObjectLockConfiguration"])
    return facts(
        bucket_id(at, at["bucket"]),
        deletion_protected=configuration is not None and _lock(configuration),
        protected_days=or_unknown(lambda: None if configuration is None else _lock_days(configuration)),
    )


def _lock(configuration: Item) -> bool | Unknown:
    """Only a default retention locks each new version; without one, it is left to every writer."""
    if "Rule" not in configuration:
        return False
    return or_unknown(
        lambda: meaning(configuration["ObjectLockEnabled"], {"Enabled": True}) and _retains(configuration["Rule"])
    )


def _retains(rule: Item) -> bool:
    if "DefaultRetention" not in rule:
        return False
    return meaning(item_of(rule["DefaultRetention"])["Mode"], {"GOVERNANCE": True, "COMPLIANCE": True})


def _lock_days(configuration: Item) -> int | None:
    """How long each new version is locked: by days or by years, of which S3 takes one."""
    if "Rule" not in configuration or "DefaultRetention" not in configuration["Rule"]:
        return None
    retention = item_of(configuration["Rule"]["DefaultRetention"])
    if "Days" in retention:
        return int(number(retention["Days"]))
    return int(number(retention["Years"])) * _YEAR


@s3("get-bucket-tagging", absent=["NoSuchTagSet"])
def bucket_tagging(body: Item | None, at: Subject) -> Facts:
    """Owner and class; without any tag the call fails."""
    tags = {} if body is None else tags_of(listed(body["TagSet"]))
    return facts(
        bucket_id(at, at["bucket"]),
        owner=tag(tags, "owner"),
        classification=tag(tags, "classification", "data-classification", "dataclassification"),
    )
