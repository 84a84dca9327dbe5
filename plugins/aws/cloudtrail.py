"""CloudTrail: trails, whether they deliver, and what they record."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from soc2test import Facts, Item, Subject, UnknownFact, facts, flag, known, listed, meaning, or_unknown, text
from soc2test_plugins.aws.about import last
from soc2test_plugins.aws.kinds import Trail
from soc2test_plugins.aws.object_events import BASIC, READ, WRITE, objects_recorded
from soc2test_plugins.aws.references import encrypted_by, logged_to
from soc2test_plugins.aws.since import since
from soc2test_plugins.aws.source import arn, aws, regional

_LATE = timedelta(days=1)


def trail_id(at: Subject, trail: str) -> str:
    """A trail's ARN, from its ARN or, in its home region, its name."""
    return trail if trail.startswith("arn:") else arn(at, "cloudtrail", f"trail/{trail}")


@aws.reads(
    "cloudtrail describe-trails", kind=Trail, lists=True,
    tells=["name", "scope", "of_organization", "all_regions", "validates", "encrypted", "bucket",
           "prefix"],  # of the rest only where there is none
    references=[encrypted_by("trailList[].KmsKeyId"), logged_to("trailList[].CloudWatchLogsLogGroupArn")],
)  # fmt: skip
def trails(body: Item, at: Subject) -> Iterator[Facts]:
    """The trails that record the region, an organisation's and those of other home regions too. Where there is none
    nothing is recorded, which is no smaller population: another account's trail would pass for all."""
    found = listed(body["trailList"])
    if not found:
        yield facts(
            regional(at, "cloudtrail"),
            name=regional(at),
            scope=at["account"],
            of_organization=False,
            delivering=False,
            last_delivered_at=None,
            recording_since=None,
            all_regions=False,
            management_events=False,
            object_reads=(),
            object_writes=(),
            validates=False,
            digests_arrive=False,
            encrypted=False,
            retention_days=0,
        )
    for item in found:
        yield _trail(item)


def _trail(item: Item) -> Facts:
    """CloudTrail takes keys of the company only, and leaves out `KmsKeyId` where there is none."""
    return facts(
        known(item["TrailARN"]),
        name=item["Name"],
        scope=or_unknown(lambda: _owner(text(item["TrailARN"]))),
        of_organization=item["IsOrganizationTrail"],
        all_regions=item["IsMultiRegionTrail"],
        validates=item["LogFileValidationEnabled"],
        encrypted=or_unknown(lambda: text(item.or_else("KmsKeyId", None) or "") != ""),
        bucket=item["S3BucketName"],
        prefix=or_unknown(lambda: text(item.or_else("S3KeyPrefix", None) or "")),
    )


def _owner(name: str) -> str:
    """The account in an ARN. An organisation's trail is made in the account that manages it, or for which it does."""
    parts = name.split(":")
    if len(parts) < len(["arn", "partition", "service", "region", "account", "trail"]) or not parts[4]:
        raise UnknownFact("scope", "the trail's ARN names no account")
    return parts[4]


@aws.reads(
    "cloudtrail get-trail-status", kind=Trail, subject="trail", named_by={"trail": "id"},
    command="aws cloudtrail get-trail-status --name {trail} --region {region}",
)  # fmt: skip
def status(body: Item, at: Subject) -> Facts:
    """Is it on, and did its last delivery work? The error and the times are left out where there are none.

    `TimeLoggingStarted` and `TimeLoggingStopped` are documented as no longer in use.
    """
    delivered = or_unknown(lambda: body.time("LatestDeliveryTime") if "LatestDeliveryTime" in body else None)
    return facts(
        trail_id(at, at["trail"]),
        delivering=or_unknown(
            lambda: (
                flag(body["IsLogging"])
                and text(body.or_else("LatestDeliveryError", "")) == ""
                and known(delivered) is not None
            )
        ),
        last_delivered_at=delivered,
        recording_since=or_unknown(lambda: since(body, "IsLogging", "StartLoggingTime", "StopLoggingTime")),
        digests_arrive=or_unknown(lambda: _digests_arrive(body, known(delivered))),
    )


def _digests_arrive(body: Item, delivered: Any) -> bool:
    """A digest is delivered each hour; without digests nobody can tell whether a log was changed.

    Of a trail that validates nothing no time is told, nor of one of which no digest arrived yet.
    """
    if text(body.or_else("LatestDigestDeliveryError", None) or "") != "":
        return False
    if "LatestDigestDeliveryTime" not in body:
        raise UnknownFact("digests_arrive", "no digest was delivered yet")
    latest = known(body.time("LatestDigestDeliveryTime"))
    if not isinstance(latest, datetime):
        raise UnknownFact("digests_arrive", "when the last digest was delivered is not told")
    if isinstance(delivered, datetime) and delivered - latest > _LATE:
        raise UnknownFact("digests_arrive", "the last digest is much older than the last log: do digests still arrive?")
    return True


@aws.derives(Trail, "integrity_checked")
def integrity_checked(trail: Trail) -> bool:
    """Digests are switched on, and arrive."""
    return trail.validates and trail.digests_arrive


@aws.reads(
    "cloudtrail get-event-selectors", kind=Trail, subject="trail", named_by={"trail": "id"},
    about={"trail": last("TrailARN")},
    command="aws cloudtrail get-event-selectors --trail-name {trail} --region {region}",
)  # fmt: skip
def event_selectors(body: Item, at: Subject) -> Facts:
    """Whether all management events are recorded, reading and writing, of all services; and of which buckets those of
    objects are."""
    name = body["TrailARN"] if "TrailARN" in body else trail_id(at, at["trail"])
    return facts(
        known(name),
        management_events=or_unknown(lambda: _recorded(body) == {READ, WRITE}),
        object_reads=or_unknown(lambda: objects_recorded(body, READ)),
        object_writes=or_unknown(lambda: objects_recorded(body, WRITE)),
    )


def _recorded(body: Item) -> set[str]:
    if body.or_else("AdvancedEventSelectors", []):
        return _union(_advanced(each["FieldSelectors"]) for each in listed(body["AdvancedEventSelectors"]))
    return _union(_basic(each) for each in listed(body["EventSelectors"]))


def _union(sets: Iterable[set[str]]) -> set[str]:
    return set().union(*sets)


def _basic(selector: Item) -> set[str]:
    """A selector that leaves a service out does not record all."""
    if not flag(selector["IncludeManagementEvents"]) or selector.or_else("ExcludeManagementEventSources", []):
        return set()
    return meaning(selector["ReadWriteType"], BASIC)


def _advanced(fields: Iterable[Item]) -> set[str]:
    """Any further field narrows the selector; `readOnly` halves it."""
    wanted = {text(each["Field"]): each.or_else("Equals", []) for each in fields}
    if wanted.pop("eventCategory", []) != ["Management"]:
        return set()
    half = wanted.pop("readOnly", ["true", "false"])
    return set() if wanted else {READ if each == "true" else WRITE for each in half}
