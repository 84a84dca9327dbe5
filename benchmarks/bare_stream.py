"""The least that any engine must do: typed records decoded one by one with msgspec, ten rules inline.

No populations, no evidence, no digests, no detection of duplicate keys, no reports.
`python -m benchmarks.bare_stream out.ndjson found.txt`; a .json file is read whole and cut into members.
"""

import re
import sys
from collections.abc import Iterator
from typing import Any

import msgspec

REGIONS = frozenset({"us-east-1", "us-west-2", "eu-west-1", "eu-central-1"})
NAME = re.compile(r"^acme-(prod|staging|dev)-[a-z-]+-[0-9]{7}$")


class _Record(msgspec.Struct, gc=False, rename="pascal"):
    pass


class Default(_Record):
    algorithm: str = msgspec.field(name="SSEAlgorithm")


class EncryptionRule(_Record):
    default: Default = msgspec.field(name="ApplyServerSideEncryptionByDefault")


class Encryption(_Record):
    rules: list[EncryptionRule]


class Block(_Record):
    block_public_acls: bool
    ignore_public_acls: bool
    block_public_policy: bool
    restrict_public_buckets: bool


class Tag(_Record):
    key: str
    value: str


class Status(_Record):
    status: str


class LogTarget(_Record):
    target_bucket: str


class Logging(_Record):
    logging_enabled: LogTarget | None = None


class Test(_Record):
    secure: str | None = msgspec.field(default=None, name="aws:SecureTransport")


class Condition(_Record):
    test: Test | None = msgspec.field(default=None, name="Bool")


class Statement(_Record):
    effect: str
    condition: Condition | None = None


class Policy(_Record):
    statement: list[Statement]


class Grantee(_Record):
    uri: str = msgspec.field(default="", name="URI")


class Grant(_Record):
    grantee: Grantee


class Acl(_Record):
    grants: list[Grant]


class Lifecycle(_Record):
    rules: list[Status]


class Bucket(_Record):
    name: str
    region: str
    tags: list[Tag]
    encryption: Encryption | None = msgspec.field(name="ServerSideEncryptionConfiguration")
    block: Block = msgspec.field(name="PublicAccessBlockConfiguration")
    versioning: Status
    logging: Logging
    policy: Policy
    acl: Acl
    lifecycle: Lifecycle


def broken_rules(bucket: Bucket) -> list[str]:
    """The names of the rules that a bucket breaks."""
    block, found = bucket.block, []
    encryption = bucket.encryption
    if encryption is None or not any(each.default.algorithm in ("aws:kms", "AES256") for each in encryption.rules):
        found.append("encrypted")
    if not (
        block.block_public_acls and block.ignore_public_acls
        and block.block_public_policy and block.restrict_public_buckets
    ):  # fmt: skip
        found.append("public_blocked")
    if bucket.versioning.status != "Enabled":
        found.append("versioned")
    if bucket.logging.logging_enabled is None:
        found.append("logged")
    if not any(tag.key == "owner" and tag.value for tag in bucket.tags):
        found.append("owner_tag")
    if not any(each.effect == "Deny" and _denies_plain_http(each.condition) for each in bucket.policy.statement):
        found.append("tls_only")
    if not any(rule.status == "Enabled" for rule in bucket.lifecycle.rules):
        found.append("lifecycle")
    if bucket.region not in REGIONS:
        found.append("region_ok")
    if any("AllUsers" in each.grantee.uri or "AuthenticatedUsers" in each.grantee.uri for each in bucket.acl.grants):
        found.append("acl_private")
    if NAME.match(bucket.name) is None:
        found.append("name_ok")
    return found


def _denies_plain_http(condition: Condition | None) -> bool:
    return condition is not None and condition.test is not None and condition.test.secure == "false"


def members(path: str) -> Iterator[Any]:
    """The raw JSON of each resource."""
    with open(path, "rb") as file:
        if path.endswith(".ndjson"):
            yield from file
        else:
            yield from msgspec.json.decode(file.read(), type=list[msgspec.Raw])


def main(path: str, found: str) -> None:
    """Write `rule:name` of each violation."""
    decode = msgspec.json.Decoder(Bucket).decode
    with open(found, "w", encoding="utf-8") as out:
        for member in members(path):
            bucket = decode(member)
            for rule in broken_rules(bucket):
                out.write(f"{rule}:{bucket.name}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
