"""The benchmark's data: S3-bucket-like resources, of which each of ten rules is broken by 3 %, independently.

The draws come in a fixed order from a seeded generator: the same seed gives the same resources for ever, and
`EXPECTED` holds what any engine must find among them. `python -m benchmarks.generate 10000 out.ndjson` writes a file.
"""

import json
import os
import random
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

__all__ = ["EXPECTED", "RULES", "buckets", "violations_digest", "write"]

Json = dict[str, Any]

RULES = (
    "encrypted", "public_blocked", "versioned", "logged", "owner_tag",
    "tls_only", "lifecycle", "region_ok", "acl_private", "name_ok",
)  # fmt: skip
EXPECTED = {1_000: (314, "6f0658515d"), 10_000: (2_922, "9f99f1cfa7"), 100_000: (29_936, "252de65fac")}
"""Resources -> how many violations there are with seed 42, and how the SHA-256 of their sorted lines begins."""

_SHARE = 0.03
_REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "eu-central-1")
_TEAMS = ("payments", "platform", "data-eng", "security", "growth", "mobile", "infra")
_ENVS = ("prod", "staging", "dev")


def buckets(count: int, seed: int = 42) -> Iterator[Json]:
    """The first `count` resources of a seed."""
    draw = random.Random(seed)  # noqa: S311  # made-up data, no secret
    return (_bucket(number, draw) for number in range(count))


def _bucket(number: int, draw: random.Random) -> Json:
    """One resource. The order of the draws is the order of the lines here: changing it changes all data."""
    broken = {rule: draw.random() < _SHARE for rule in RULES}
    team, env = draw.choice(_TEAMS), draw.choice(_ENVS)
    name = f"Bucket_{team}.{number:07d}" if broken["name_ok"] else f"acme-{env}-{team}-{number:07d}"
    region = "ap-south-1" if broken["region_ok"] else draw.choice(_REGIONS)
    arn, account = f"arn:aws:s3:::{name}", f"{100000000000 + (number * 7919) % 899999999999}"
    tags = _tags(env, team, draw, owned=not broken["owner_tag"])
    grants = [_grant({"Type": "CanonicalUser", "ID": f"{draw.getrandbits(256):064x}"}, "FULL_CONTROL")]
    if broken["acl_private"]:
        everyone = {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AllUsers"}
        grants.append(_grant(everyone, "READ"))
    return {
        "Name": name,
        "Arn": arn,
        "Region": region,
        "AccountId": account,
        "CreationDate": _created(draw),
        "Tags": tags,
        "ServerSideEncryptionConfiguration": None if broken["encrypted"] else _encryption(region, account, draw),
        "PublicAccessBlockConfiguration": {
            "BlockPublicAcls": True,
            "IgnorePublicAcls": True,
            "BlockPublicPolicy": not broken["public_blocked"],
            "RestrictPublicBuckets": True,
        },
        "Acl": {"Owner": {"ID": f"{draw.getrandbits(256):064x}"}, "Grants": grants},
        "Logging": {} if broken["logged"] else _logging(name),
        "Versioning": {"Status": "Suspended" if broken["versioned"] else "Enabled", "MFADelete": "Disabled"},
        "Policy": {"Version": "2012-10-17", "Statement": _statements(arn, account, team, tls=not broken["tls_only"])},
        "Lifecycle": {"Rules": [] if broken["lifecycle"] else _lifecycle()},
    }


def _tags(env: str, team: str, draw: random.Random, *, owned: bool) -> list[Json]:
    pairs = {"env": env, "team": team, "cost-center": f"cc-{draw.randrange(1000, 9999)}"}
    pairs["data-class"] = draw.choice(("internal", "confidential", "public"))
    if owned:
        pairs["owner"] = f"{team}@acme.example"
    return [{"Key": key, "Value": value} for key, value in pairs.items()]


def _grant(grantee: Json, permission: str) -> Json:
    return {"Grantee": grantee, "Permission": permission}


def _created(draw: random.Random) -> str:
    date = f"202{draw.randrange(0, 6)}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}"
    return f"{date}T{draw.randrange(24):02d}:{draw.randrange(60):02d}:00+00:00"


def _encryption(region: str, account: str, draw: random.Random) -> Json:
    key = f"arn:aws:kms:{region}:{account}:key/{draw.getrandbits(128):032x}"
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    return {"Rules": [{"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}]}


def _logging(name: str) -> Json:
    return {"LoggingEnabled": {"TargetBucket": "acme-prod-logs", "TargetPrefix": f"{name}/"}}


def _statements(arn: str, account: str, team: str, *, tls: bool) -> list[Json]:
    allow = {
        "Sid": "AllowApp", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:role/{team}-app"},
        "Action": ["s3:GetObject", "s3:PutObject"], "Resource": f"{arn}/*",
    }  # fmt: skip
    deny = {
        "Sid": "DenyInsecureTransport", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
        "Resource": [arn, f"{arn}/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }  # fmt: skip
    return [allow, deny] if tls else [allow]


def _lifecycle() -> list[Json]:
    expire = {
        "ID": "expire-noncurrent", "Status": "Enabled", "Filter": {"Prefix": ""},
        "NoncurrentVersionExpiration": {"NoncurrentDays": 90},
    }  # fmt: skip
    archive = {
        "ID": "to-ia", "Status": "Enabled", "Filter": {"Prefix": "archive/"},
        "Transitions": [{"Days": 30, "StorageClass": "STANDARD_IA"}],
    }  # fmt: skip
    return [expire, archive]


def write(path: Path, count: int, seed: int = 42) -> None:
    """Write `count` resources: one a line for .ndjson, else as one array, a member a line."""
    lines = path.suffix == ".ndjson"
    partial = path.with_name(f".{path.name}.partial")
    with open(partial, "w", encoding="utf-8") as file:
        file.write("" if lines else "[\n")
        for number, bucket in enumerate(buckets(count, seed), 1):
            file.write(json.dumps(bucket, separators=(",", ":")) + ("\n" if lines or number == count else ",\n"))
        file.write("" if lines else "]\n")
    os.replace(partial, path)


def violations_digest(found: Iterable[tuple[str, str]]) -> tuple[int, str]:
    """Of (rule, resource name) pairs: how many, and the first ten hex digits of the SHA-256 of their sorted lines."""
    lines = sorted(f"{rule}:{name}" for rule, name in found)
    return len(lines), sha256("\n".join(lines).encode()).hexdigest()[:10]


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
