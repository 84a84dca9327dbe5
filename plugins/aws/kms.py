"""KMS: keys, who manages them and whether they rotate."""

from soc2test import Facts, Item, Subject, facts
from soc2test_plugins.aws.kinds import KmsKey
from soc2test_plugins.aws.source import arn, attempt, aws, here, known

YEAR = 366


def key_arn(at: Subject, key: str) -> str:
    """A key's ARN, from its id or ARN."""
    return key if key.startswith("arn:") else arn(at, "kms", f"key/{key}")


@aws.reads("kms list-keys", kind=KmsKey, items="Keys", lists=True)
def key(item: Item, at: Subject) -> Facts:
    """A key of the region, AWS's own ones too."""
    here(at, item["KeyArn"])
    return facts(known(item["KeyArn"]), name=item["KeyId"])


@aws.reads(
    "kms describe-key", kind=KmsKey, subject="key", command="aws kms describe-key --key-id {key} --region {region}"
)
def details(body: Item, at: Subject) -> Facts:
    """What it is and in which state; older exports say `CustomerMasterKeySpec` for `KeySpec`."""
    data = known(body["KeyMetadata"])
    return facts(
        known(data["Arn"]),
        customer_managed=data.then("KeyManager", lambda manager: manager == "CUSTOMER"),
        enabled=data["Enabled"],
        symmetric=attempt(lambda: _rotatable(data)),
        deletion_pending=data.then("KeyState", lambda state: state in ("PendingDeletion", "PendingReplicaDeletion")),
    )


def _rotatable(data: Item) -> bool:
    spec = known(data.first("KeySpec", "CustomerMasterKeySpec"))
    return bool(spec == "SYMMETRIC_DEFAULT" and known(data["Origin"]) == "AWS_KMS")


@aws.reads(
    "kms get-key-rotation-status", kind=KmsKey, subject="key", absent=["UnsupportedOperationException"],
    command="aws kms get-key-rotation-status --key-id {key} --region {region}",
)  # fmt: skip
def rotation(body: Item | None, at: Subject) -> Facts:
    """Rotation at least yearly: a key may rotate less often. Asymmetric keys answer with an error: they never do."""
    rotates = False if body is None else attempt(lambda: _yearly(body))
    return facts(key_arn(at, at["key"]), rotates=rotates)


def _yearly(body: Item) -> bool:
    return bool(known(body["KeyRotationEnabled"]) is True and body.or_else("RotationPeriodInDays", 365) <= YEAR)


@aws.derives(KmsKey, "rotates")
def aws_rotates(key: KmsKey) -> bool:
    """AWS rotates the keys that it manages itself every year."""
    return key.rotates if key.customer_managed else True  # reading what is not told raises with its reason
