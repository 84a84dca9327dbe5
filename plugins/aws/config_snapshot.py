"""AWS Config: configuration snapshots as Config delivers them to its bucket.

They tell facts, but name no population: which types a recorder records does not stand in them.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from soc2test import (
    Facts,
    Item,
    Said,
    Subject,
    Types,
    UnknownFact,
    facts,
    id_text,
    item_of,
    known,
    listed,
    meaning,
    number,
    or_skip,
    or_unknown,
    skip,
    text,
)
from soc2test.sources.item import wrap
from soc2test_plugins.aws.administrators import Account, administrators
from soc2test_plugins.aws.config_types import others
from soc2test_plugins.aws.documents import denies_plain_http, embedded
from soc2test_plugins.aws.ebs import CLASSIFICATION
from soc2test_plugins.aws.grants import grants_of
from soc2test_plugins.aws.iam import contact
from soc2test_plugins.aws.kinds import EbsVolume, IamUser, RdsInstance, S3Bucket, SecurityGroup, SecurityGroupRule
from soc2test_plugins.aws.names import user_id
from soc2test_plugins.aws.openness import delegates, open_to_all
from soc2test_plugins.aws.outsiders import outsiders_of
from soc2test_plugins.aws.principals import Principal, attached_policy
from soc2test_plugins.aws.rds import raise_if_locked
from soc2test_plugins.aws.s3 import bucket_id, encryption
from soc2test_plugins.aws.security_groups import group_id, group_rules
from soc2test_plugins.aws.source import arn, aws, home_arn
from soc2test_plugins.aws.tags import tag

__all__ = ["OPERATION"]

OPERATION = "configservice deliver-config-snapshot"
PUBLIC_GRANTEES = ("AllUsers", "AuthenticatedUsers")
Supplement = Callable[[Item, str], dict[str, Any]]
GONE = ("ResourceDeleted", "ResourceDeletedNotRecorded", "ResourceNotRecorded")


@aws.reads(
    OPERATION,
    kind=(S3Bucket, IamUser, SecurityGroupRule, SecurityGroup, RdsInstance, EbsVolume),
    items="configurationItems",
    tells=(),
    command="aws configservice deliver-config-snapshot --delivery-channel-name default --region {region}"
    " # prints a name alone: save <the object that it puts into the bucket>",
)
def configuration_item(item: Item, at: Subject) -> Iterable[Said] | Said:
    """One recorded resource, where it is of a type that is read here and exists."""
    if item.or_else("configurationItemStatus", "OK") in GONE:
        return skip("deleted, or no longer recorded")
    name = text(item["resourceType"])
    unread = TYPES.judge(name)
    if unread is not None:
        return unread
    return or_skip(_READERS[name](item, _part(item, "configuration"), at), "nothing in it that a control tests")


def _part(item: Item, key: str) -> Item:
    """An object, which may be JSON in a string."""
    value = wrap(embedded(known(item[key])), f".{key}")
    if not isinstance(value, Item):
        raise UnknownFact(key, f"the configuration item's {key} is no object")
    return value


def _labels(item: Item) -> dict[str, Any]:
    """Owner and class by tags; Config writes the tags as an object, {} where there are none."""
    if "tags" not in item:
        return {}
    tags = item_of(item["tags"])
    return {"owner": tag(tags, "owner"), "classification": tag(tags, *CLASSIFICATION)}


def _bucket(item: Item, configuration: Item, at: Subject) -> Iterator[Facts]:
    name = id_text(configuration["name"])
    more = _part(item, "supplementaryConfiguration")
    told: dict[str, Any] = {"name": name, "account": at["account"], "multi_zone": True, **_labels(item)}
    for key, read in _SUPPLEMENTS.items():
        if key in more:
            told |= _guarded(read, more, key, name)
    yield facts(bucket_id(at, name), S3Bucket, **told)


def _guarded(read: Supplement, more: Item, key: str, name: str) -> dict[str, Any]:
    """One part that can't be read leaves the other parts' facts known."""
    found = or_unknown(lambda: read(_part(more, key), name))
    return found if isinstance(found, dict) else {}


def _acl(acl: Item, name: str) -> dict[str, Any]:
    grantees = [each["grantee"] for each in listed(acl["grantList"])]
    return {"acl_public": any(isinstance(each, str) and each in PUBLIC_GRANTEES for each in grantees)}


def _policy(policy: Item, name: str) -> dict[str, Any]:
    text = known(policy["policyText"])
    if text is None:
        return {"tls_only": False, "policy_delegates": False, "policy_open": False, "policy_outsiders": ()}
    return {
        "tls_only": or_unknown(lambda: denies_plain_http(text, name)),
        "policy_open": or_unknown(lambda: open_to_all(text)),
        "policy_delegates": or_unknown(lambda: delegates(text)),
        "policy_outsiders": or_unknown(lambda: outsiders_of(text)),
    }


def _block(block: Item, name: str) -> dict[str, Any]:
    return {"ignores_acls": block["ignorePublicAcls"], "restricts_policy": block["restrictPublicBuckets"]}


def _encryption(configuration: Item, name: str) -> dict[str, Any]:
    default = known(configuration["rules"][0]["applyServerSideEncryptionByDefault"])
    return encryption(known(default.first("sseAlgorithm", "SSEAlgorithm")), default.or_else("kmsMasterKeyID", None))


def _versioning(configuration: Item, name: str) -> dict[str, Any]:
    on = meaning(configuration["status"], {"Enabled": True, "Suspended": False, "Off": False})
    return {"versioned": on, "backed_up": on}


def _logging(configuration: Item, name: str) -> dict[str, Any]:
    return {
        "server_logged": known(configuration["destinationBucketName"]) is not None
        and text(configuration["destinationBucketName"]) != ""
    }


_SUPPLEMENTS: dict[str, Supplement] = {
    "AccessControlList": _acl,
    "BucketPolicy": _policy,
    "PublicAccessBlockConfiguration": _block,
    "ServerSideEncryptionConfiguration": _encryption,
    "BucketVersioningConfiguration": _versioning,
    "BucketLoggingConfiguration": _logging,
}


def _user(item: Item, configuration: Item, at: Subject) -> Iterator[Facts]:
    name = id_text(configuration["userName"])
    told: dict[str, Any] = {"name": name, "root": False, "created_at": configuration.time("createDate")}
    if "tags" in item:
        told |= contact(name, dict(item_of(item["tags"]).items()))
    if (
        or_unknown(lambda: _certainly_admin(configuration, at)) is True
    ):  # groups' policies stand elsewhere: no is not told
        told["admin"] = True
    yield facts(user_id(at, name), IamUser, **told)


def _certainly_admin(configuration: Item, at: Subject) -> bool:
    """By its own policies; within a boundary the snapshot does not tell what is left of them."""
    if configuration.or_else("permissionsBoundary", None) is not None:
        return False
    attached = [text(each["policyArn"]) for each in listed(configuration["attachedManagedPolicies"])]
    own = [known(each["policyDocument"]) for each in configuration.or_else("userPolicyList", [])]
    name = id_text(configuration["userName"])
    user = Principal(
        sort="user",
        name=name,
        arn=user_id(at, name),
        policies=[*map(grants_of, own), *(attached_policy(reference, {}) for reference in attached)],
        attached=frozenset(attached),
    )
    alone = Account(prefix=home_arn(at, "iam", "").rstrip(":"), principals=[user], trusts={}, policies={})
    return administrators(alone)[user.arn] is True


def _group(item: Item, configuration: Item, at: Subject) -> Iterator[Facts]:
    return group_rules(configuration, at)


def _database(item: Item, configuration: Item, at: Subject) -> Iterator[Facts]:
    yield facts(
        known(configuration["dBInstanceArn"]),
        RdsInstance,
        name=configuration["dBInstanceIdentifier"],
        public_address=configuration["publiclyAccessible"],
        port=or_unknown(lambda: number(item_of(configuration["endpoint"])["port"])),
        security_groups=or_unknown(lambda: _behind(configuration, at)),
        encrypted=configuration["storageEncrypted"],
        kms_key=or_unknown(lambda: _key(configuration)),
        **_labels(item),
        **({} if configuration.or_else("dBClusterIdentifier", None) else _protection(configuration)),
    )


def _key(configuration: Item) -> str | None:
    raise_if_locked(configuration, "dBInstanceStatus")
    name = configuration.or_else("kmsKeyId", None)
    return None if name is None else text(name)


def _behind(configuration: Item, at: Subject) -> tuple[str, ...]:
    groups = listed(configuration["vpcSecurityGroups"])
    return tuple(group_id(at, id_text(group["vpcSecurityGroupId"])) for group in groups)


def _protection(configuration: Item) -> dict[str, Any]:
    return {
        "multi_zone": configuration["multiAZ"],
        "deletion_protected": configuration["deletionProtection"],
        "retention_days": or_unknown(lambda: _retention_days(configuration)),
        "versioned": or_unknown(lambda: _retention_days(configuration) > 0),
    }


def _retention_days(configuration: Item) -> int:
    raise_if_locked(configuration, "dBInstanceStatus")
    return int(number(configuration["backupRetentionPeriod"]))


def _disk(item: Item, configuration: Item, at: Subject) -> Iterator[Facts]:
    name = id_text(configuration["volumeId"])
    yield facts(
        arn(at, "ec2", f"volume/{name}"),
        EbsVolume,
        name=name,
        encrypted=configuration["encrypted"],
        kms_key=configuration.or_else("kmsKeyId", None),
        tls_only=configuration["encrypted"],
        public=False,
        **_labels(item),
    )


_READERS: dict[str, Callable[[Item, Item, Subject], Iterator[Facts]]] = {
    "AWS::S3::Bucket": _bucket,
    "AWS::IAM::User": _user,
    "AWS::EC2::SecurityGroup": _group,
    "AWS::RDS::DBInstance": _database,
    "AWS::EC2::Volume": _disk,
}

TYPES = Types(read=_READERS, others=others)
