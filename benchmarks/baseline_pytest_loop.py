"""What most would write without soc2test: a pytest item a rule, each a loop over the resources of one `json.load`.

`BENCH_DATA=out.ndjson BENCH_FOUND=found.txt pytest benchmarks/baseline_pytest_loop.py`. The items write down what they
find and pass: printing failures is no part of the comparison, and would make the loop slower.
"""

import json
import os
import re
from collections.abc import Callable
from typing import Any

import pytest

Json = dict[str, Any]

REGIONS = {"us-east-1", "us-west-2", "eu-west-1", "eu-central-1"}
NAME = re.compile(r"^acme-(prod|staging|dev)-[a-z-]+-[0-9]{7}$")
BLOCKS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


def load(path: str) -> list[Json]:
    """All resources, in memory."""
    with open(path, encoding="utf-8") as file:
        loaded: list[Json] = [json.loads(line) for line in file] if path.endswith(".ndjson") else json.load(file)
    return loaded


BUCKETS = load(os.environ["BENCH_DATA"])


def encrypted(bucket: Json) -> bool:
    """Some default encryption is set."""
    found = bucket.get("ServerSideEncryptionConfiguration")
    rules = found["Rules"] if found else ()
    return any(each["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] in ("aws:kms", "AES256") for each in rules)


def public_blocked(bucket: Json) -> bool:
    """All four blocks are on."""
    block = bucket.get("PublicAccessBlockConfiguration") or {}
    return all(block.get(key) is True for key in BLOCKS)


def versioned(bucket: Json) -> bool:
    """Versioning is on."""
    return bool(bucket["Versioning"].get("Status") == "Enabled")


def logged(bucket: Json) -> bool:
    """Access is logged."""
    return bool(bucket["Logging"].get("LoggingEnabled"))


def owner_tag(bucket: Json) -> bool:
    """A tag names the owner."""
    return any(tag["Key"] == "owner" and tag["Value"] for tag in bucket["Tags"])


def tls_only(bucket: Json) -> bool:
    """The policy denies plain HTTP."""
    return any(
        each["Effect"] == "Deny" and each.get("Condition", {}).get("Bool", {}).get("aws:SecureTransport") == "false"
        for each in bucket["Policy"]["Statement"]
    )


def lifecycle(bucket: Json) -> bool:
    """A lifecycle rule is on."""
    return any(each["Status"] == "Enabled" for each in bucket["Lifecycle"]["Rules"])


def region_ok(bucket: Json) -> bool:
    """It lies in an allowed region."""
    return bucket["Region"] in REGIONS


def acl_private(bucket: Json) -> bool:
    """No grant goes to everybody."""
    uris = [grant["Grantee"].get("URI", "") for grant in bucket["Acl"]["Grants"]]
    return not any("AllUsers" in uri or "AuthenticatedUsers" in uri for uri in uris)


def name_ok(bucket: Json) -> bool:
    """Its name follows the convention."""
    return NAME.match(bucket["Name"]) is not None


RULES = (
    encrypted, public_blocked, versioned, logged, owner_tag, tls_only, lifecycle, region_ok, acl_private, name_ok,
)  # fmt: skip


@pytest.mark.parametrize("holds", RULES, ids=lambda rule: str(rule.__name__))
def test_rule(holds: Callable[[Json], bool]) -> None:
    """Write down the resources that break a rule; the benchmark compares them with the known ones."""
    names = [bucket["Name"] for bucket in BUCKETS if not holds(bucket)]
    with open(os.environ["BENCH_FOUND"], "a", encoding="utf-8") as file:
        file.writelines(f"{holds.__name__}:{name}\n" for name in names)
