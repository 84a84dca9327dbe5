"""The benchmark's source: one operation that tells everything of a bucket, read item by item."""

from collections.abc import Iterable, Mapping
from typing import Any

from soc2test import Facts, Resource, Source, Subject, facts, hookimpl, unpaged


class BenchBucket(Resource, frozen=True, gc=False, kw_only=True):
    """A bucket as the benchmark's export holds it. A kind of its own, so that no shipped control tests it."""

    name: str
    region: str
    algorithm: str | None
    """of its default encryption; None where there is none"""
    public_blocked: bool
    """every way of public access is blocked"""
    versioning: str
    logged: bool
    owner: str | None
    tls_only: bool
    """plain HTTP is denied"""
    lifecycle: bool
    """a lifecycle rule is on"""
    groups: tuple[str, ...]
    """to which groups, by URI, its ACL grants anything"""


bench = Source("bench", title="Benchmark", paging=unpaged)


@bench.reads("buckets", kind=BenchBucket, items="", lists=True, stream=True, command="python -m benchmarks.generate")
def bucket(item: Mapping[str, Any], at: Subject) -> Facts:
    block = item["PublicAccessBlockConfiguration"]
    return facts(
        item["Arn"],
        name=item["Name"],
        region=item["Region"],
        algorithm=algorithm(item["ServerSideEncryptionConfiguration"]),
        public_blocked=(
            block["BlockPublicAcls"] is True
            and block["IgnorePublicAcls"] is True
            and block["BlockPublicPolicy"] is True
            and block["RestrictPublicBuckets"] is True
        ),
        versioning=item["Versioning"]["Status"],
        logged="LoggingEnabled" in item["Logging"],
        owner=owner(item["Tags"]),
        tls_only=denies_plain_http(item["Policy"]["Statement"]),
        lifecycle=enabled(item["Lifecycle"]["Rules"]),
        groups=groups(item["Acl"]["Grants"]),
    )


def algorithm(encryption: Mapping[str, Any] | None) -> str | None:
    if encryption is None:
        return None
    found: str = encryption["Rules"][0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"]  # a bucket has one rule
    return found


def enabled(rules: Iterable[Mapping[str, Any]]) -> bool:
    for rule in rules:  # noqa: SIM110  # a loop takes half the time of any() with a generator
        if rule["Status"] == "Enabled":
            return True
    return False


def owner(tags: Iterable[Mapping[str, str]]) -> str | None:
    for tag in tags:
        if tag["Key"] == "owner":
            return tag["Value"]
    return None


def groups(grants: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple([grant["Grantee"]["URI"] for grant in grants if grant["Grantee"]["Type"] == "Group"])


def denies_plain_http(statements: Iterable[Mapping[str, Any]]) -> bool:
    for statement in statements:
        if statement["Effect"] == "Deny" and "Condition" in statement:
            condition = statement["Condition"]
            if "Bool" in condition and condition["Bool"]["aws:SecureTransport"] == "false":
                return True
    return False


@hookimpl
def soc2_sources() -> Iterable[Source]:
    return [bench]
