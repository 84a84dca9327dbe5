"""KMS: keys, who manages them and whether they rotate."""

from datetime import datetime

from soc2test import (
    Facts,
    Item,
    Subject,
    UnknownFact,
    facts,
    flag,
    known,
    meaning,
    number,
    or_unknown,
    translated,
)
from soc2test_plugins.aws.about import key as by_key
from soc2test_plugins.aws.kinds import KmsKey
from soc2test_plugins.aws.source import arn, aws

YEAR = 366
MANAGERS = {"CUSTOMER": True, "AWS": False}
_OTHER_SPECS = (
    "ECC_NIST_EDWARDS25519", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1",
    "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512", "ML_DSA_44", "ML_DSA_65", "ML_DSA_87",
    "ML_KEM_1024", "ML_KEM_512", "ML_KEM_768", "RSA_2048", "RSA_3072", "RSA_4096", "SM2",
)  # fmt: skip
_SYMMETRIC = {"SYMMETRIC_DEFAULT": True, **dict.fromkeys(_OTHER_SPECS, False)}
"""Key specs: only of symmetric encryption keys KMS makes new material by itself."""
ORIGINS = {"AWS_KMS": True, "EXTERNAL": False, "AWS_CLOUDHSM": False, "EXTERNAL_KEY_STORE": False}
LEAVING = {
    **dict.fromkeys(("PendingDeletion", "PendingReplicaDeletion"), True),
    **dict.fromkeys(("Creating", "Enabled", "Disabled", "PendingImport", "Unavailable", "Updating"), False),
}


def key_arn(at: Subject, key: str) -> str:
    """A key's ARN, from its id or ARN."""
    return key if key.startswith("arn:") else arn(at, "kms", f"key/{key}")


@aws.reads("kms list-keys", kind=KmsKey, items="Keys", lists=True)
def key(item: Item, at: Subject) -> Facts:
    """A key of the region, AWS's own ones too."""
    return facts(known(item["KeyArn"]), name=item["KeyId"])


@aws.reads(
    "kms describe-key",
    kind=KmsKey,
    subject="key",
    command="aws kms describe-key --key-id {key} --region {region}",
    about={"key": by_key("KeyMetadata.KeyId", "KeyMetadata.Arn")},
)
def details(body: Item, at: Subject) -> Facts:
    """What it is and in which state; older exports say `CustomerMasterKeySpec` for `KeySpec`."""
    data = known(body["KeyMetadata"])
    return facts(
        known(data["Arn"]),
        customer_managed=translated(data["KeyManager"], MANAGERS),
        enabled=data["Enabled"],
        symmetric=or_unknown(lambda: _rotatable(data)),
        deletion_pending=translated(data["KeyState"], LEAVING),
    )


def _rotatable(data: Item) -> bool:
    spec = data.first("KeySpec", "CustomerMasterKeySpec")
    return meaning(spec, _SYMMETRIC) and meaning(data["Origin"], ORIGINS)


@aws.reads(
    "kms get-key-rotation-status", kind=KmsKey, subject="key", absent=["UnsupportedOperationException"],
    about={"key": by_key("KeyId")},
    command="aws kms get-key-rotation-status --key-id {key} --region {region}",
)  # fmt: skip
def rotation(body: Item | None, at: Subject) -> Facts:
    """Rotation at least yearly: a key may rotate less often. Asymmetric keys answer with an error: they never do."""
    if body is None:
        return facts(key_arn(at, at["key"]), rotates=False, next_rotation_at=None)
    return facts(
        key_arn(at, at["key"]),
        rotates=or_unknown(lambda: _yearly(body)),
        next_rotation_at=or_unknown(lambda: body.time("NextRotationDate") if "NextRotationDate" in body else None),
    )


def _yearly(body: Item) -> bool:
    period = number(body.or_else("RotationPeriodInDays", 365))
    if period <= 0:
        raise UnknownFact("rotates", "the period of the rotation is none: KMS takes 90 days at least")
    return flag(body["KeyRotationEnabled"]) and period <= YEAR


@aws.derives(KmsKey, "next_rotation_at")
def aws_rotates_next(key: KmsKey) -> datetime | None:
    """AWS shows no date of the keys that it manages itself."""
    return key.next_rotation_at if key.customer_managed else None  # reading what is not told raises with its reason


@aws.derives(KmsKey, "rotates")
def aws_rotates(key: KmsKey) -> bool:
    """AWS rotates the keys that it manages itself every year."""
    return key.rotates if key.customer_managed else True  # reading what is not told raises with its reason
