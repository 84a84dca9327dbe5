"""S3: when lifecycle rules delete objects, and which of them those of a trail of CloudTrail are."""

from collections.abc import Iterator

from soc2test import (
    Facts,
    Item,
    Population,
    Subject,
    UnknownFact,
    facts,
    item_of,
    listed,
    meaning,
    number,
    or_unknown,
    text,
)
from soc2test_plugins.aws.kinds import S3Bucket, Trail
from soc2test_plugins.aws.s3 import IN_FORCE, bucket_id, s3
from soc2test_plugins.aws.source import aws
from soc2test_plugins.versions_kept import days_kept

_UNSURE = "?"
_LOGS = "AWSLogs/"
_OF_TRAILS = "CloudTrail"
_ORGANIZATION = "o-"


@s3("get-bucket-lifecycle-configuration", absent=["NoSuchLifecycleConfiguration"])
def bucket_lifecycle(body: Item | None, at: Subject) -> Facts:
    """The rules in force that delete objects, and for how many days they leave versions that were overwritten."""
    rules = [] if body is None else or_unknown(lambda: listed(body["Rules"]))
    return facts(
        bucket_id(at, at["bucket"]),
        expirations=or_unknown(lambda: tuple(_expirations(listed(rules)))),
        version_days=or_unknown(lambda: _version_days(listed(rules))),
    )


def _version_days(rules: list[Item]) -> int | None:
    """Days after which an overwritten or deleted version is gone for good; None: never."""
    of_all: list[int] = []
    of_some: list[int] = []
    for rule in rules:
        if not meaning(rule["Status"], IN_FORCE) or "NoncurrentVersionExpiration" not in rule:
            continue
        days = number(item_of(rule["NoncurrentVersionExpiration"])["NoncurrentDays"])
        prefix, tagged = _filter(rule)
        (of_some if prefix or tagged else of_all).append(int(days))
    return days_kept(of_all, of_some)


def _expirations(rules: list[Item]) -> Iterator[str]:
    """Days and prefix of each rule, as "400:logs/"; "?" for days where it is not told when, or of which objects.

    An expiration may be about delete markers alone; one that says nothing at all is not "kept for ever".
    """
    for rule in rules:
        if not meaning(rule["Status"], IN_FORCE) or "Expiration" not in rule:
            continue
        end = item_of(rule["Expiration"])
        if "ExpiredObjectDeleteMarker" in end and "Days" not in end and "Date" not in end:
            continue
        prefix, tagged = _filter(rule)
        days = _UNSURE if tagged or "Date" in end else str(number(end["Days"]))
        yield f"{days}:{prefix}"


def _filter(rule: Item) -> tuple[str, bool]:
    """The prefix of the objects that a rule is for, and whether it is for those with some tag alone.

    A rule for objects of some size is one for the rest too: which of them are that large is not told.
    """
    chosen = item_of(rule["Filter"]) if "Filter" in rule else rule  # the older spelling has the prefix in the rule
    both = item_of(chosen["And"]) if "And" in chosen else chosen
    return text(both.or_else("Prefix", "")), bool("Tag" in both or both.or_else("Tags", []))


@aws.derives(Trail, "retention_days", joins=S3Bucket)
def retention_days(trail: Trail, buckets: Population[S3Bucket]) -> int | None:
    """How long its bucket keeps what the trail delivers; rules for other objects say nothing of it."""
    bucket = buckets.one("name", trail.bucket)
    if bucket is None:
        raise UnknownFact("retention_days", f"its bucket {trail.bucket} is not in the exported accounts")
    rules = [rule.partition(":") for rule in bucket.expirations]
    days = [when for when, _, prefix in rules if _touches(prefix, trail)]
    if _UNSURE in days:
        text = "a lifecycle rule deletes some of its objects, by a tag or on a date, not after a number of days"
        raise UnknownFact("retention_days", text)
    return min(map(int, days), default=None)


def _touches(prefix: str, trail: Trail) -> bool:
    """Whether files of the trail begin with the prefix of a rule.

    They are named PREFIX/AWSLogs/[ORGANIZATION/]ACCOUNT/CloudTrail[-Digest]/REGION/...
    """
    base = f"{trail.prefix.rstrip('/')}/{_LOGS}" if trail.prefix else _LOGS
    if base.startswith(prefix):
        return True
    if not prefix.startswith(base):
        return False
    parts = prefix.removeprefix(base).split("/")
    of_organization = parts[0].startswith(_ORGANIZATION) and len(parts) > 1
    account, *rest = parts[1:] if of_organization else parts
    if not _may_be(account, rest, trail):
        return False
    service = rest[0] if rest else ""
    return _OF_TRAILS.startswith(service) or service.startswith(_OF_TRAILS)


def _may_be(account: str, rest: list[str], trail: Trail) -> bool:
    """Whether an account, of which a rule without more names the beginning, is one whose events the trail takes in."""
    if or_unknown(lambda: trail.of_organization) is not False:
        return True
    return account == trail.scope if rest else trail.scope.startswith(account)
