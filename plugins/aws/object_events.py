"""Data events of CloudTrail: of which buckets a trail records each access to an object."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import call

from soc2test import Item, Population, UnknownFact, all_of, any_of, items_of, listed, meaning, text
from soc2test_plugins.aws.kinds import S3Bucket, Trail
from soc2test_plugins.aws.source import aws, either

__all__ = ["BASIC", "READ", "WRITE", "objects_recorded"]

READ, WRITE = "read", "write"
BASIC = {"All": {READ, WRITE}, "ReadOnly": {READ}, "WriteOnly": {WRITE}}
"""https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html"""
_OBJECTS = "AWS::S3::Object"
_ALL_OR_ONE = re.compile(r"arn:[^:]+:s3(?::::(?:[^/]+/)?)?")
"""What a basic selector names: all buckets (`arn:aws:s3`), or one with an empty prefix (`arn:aws:s3:::name/`). With a
prefix it records some objects alone (https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DataResource.html).
"""
_BUT = " but "
"""No name of a bucket holds a blank."""


def objects_recorded(body: Item, half: str) -> tuple[str, ...]:
    """Begins of the ARNs of objects of which a trail records each reading, or each writing.

    What a selector leaves out follows it: `arn:aws:s3 but arn:aws:s3:::logs/`. One that records some objects of a
    bucket, or some calls, is none of them.
    """
    if body.or_else("AdvancedEventSelectors", []):
        selectors = listed(body["AdvancedEventSelectors"])
        found = (selected for each in selectors for selected in _advanced(items_of(each["FieldSelectors"]), half))
    else:
        found = (selected for each in listed(body["EventSelectors"]) for selected in _basic(each, half))
    return tuple(dict.fromkeys(found))


def _basic(selector: Item, half: str) -> Iterator[str]:
    if half not in meaning(selector["ReadWriteType"], BASIC):
        return
    for resource in listed(selector.or_else("DataResources", [])):
        if text(resource["Type"]) == _OBJECTS:
            named = (text(value) for value in resource.or_else("Values", []))
            yield from (value for value in named if _ALL_OR_ONE.fullmatch(value))


def _advanced(fields: Iterable[Item], half: str) -> Iterator[str]:
    """Of `readOnly` true is reading and false writing; without it both are recorded. Any other field narrows it
    (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html)."""
    by_name = {text(field["Field"]): field for field in fields}
    category, sort = _equals(by_name.pop("eventCategory", None)), _equals(by_name.pop("resources.type", None))
    if category != ["Data"] or sort != [_OBJECTS]:
        return
    halves = _equals(by_name.pop("readOnly", None))
    names = by_name.pop("resources.ARN", None)
    wanted = "true" if half == READ else "false"
    if by_name or (halves is not None and wanted not in halves):
        return
    yield from ["arn:"] if names is None else _by_name(names)


def _equals(field: Item | None) -> list[str] | None:
    return None if field is None else [text(value) for value in field.or_else("Equals", [])]


def _by_name(field: Item) -> Iterator[str]:
    """The buckets by the ARNs of their objects; a single object, or the end of a name, tells of no whole bucket."""

    def values(operator: str) -> list[str]:
        return [text(value) for value in field.or_else(operator, [])]

    if values("Equals") or values("EndsWith") or values("NotEndsWith"):
        return
    left_out = [_bucket_of(value) for value in values("NotStartsWith")]
    left_out += [f"{value.partition('/')[0]}/" for value in values("NotEquals")]
    begins = [value for value in values("StartsWith") if _bucket_of(value) == value]
    if not values("StartsWith"):
        begins = ["arn:"]
    for begin in begins:
        yield f"{begin}{_BUT}{' '.join(left_out)}" if left_out else begin


def _bucket_of(begin: str) -> str:
    """The begin of an ARN without what follows the bucket's name."""
    bucket, slash, _ = begin.partition("/")
    return bucket + slash


@aws.derives(S3Bucket, "access_logged", joins=Trail)
def access_logged(bucket: S3Bucket, trails: Population[Trail]) -> bool:
    """S3's own access log is on, or trails record each reading and writing of its objects.

    A trail does where it delivers, takes in the events of the bucket's account, and of all regions.
    """
    return either(lambda: bucket.server_logged, lambda: _by_trails(bucket, trails))


def _by_trails(bucket: S3Bucket, trails: Population[Trail]) -> bool:
    reads = any_of(trails, lambda trail: _records(trail, bucket, lambda: trail.object_reads))
    return reads and any_of(trails, lambda trail: _records(trail, bucket, lambda: trail.object_writes))


def _records(trail: Trail, bucket: S3Bucket, selected: Callable[[], Sequence[str]]) -> bool:
    asked: tuple[Callable[[], bool], ...] = (
        lambda: any(_covers(selector, bucket) for selector in selected()),
        lambda: trail.delivering,
        partial(_takes_in, trail, bucket),
        partial(_is_everywhere, trail),
    )
    return all_of(asked, call)


def _covers(selector: str, bucket: S3Bucket) -> bool:
    begin, _, left_out = selector.partition(_BUT)
    whole = f"{bucket.id}/"
    return whole.startswith(begin) and not any(whole.startswith(each) for each in left_out.split())


def _takes_in(trail: Trail, bucket: S3Bucket) -> bool:
    """It is of the bucket's account, or of the organisation to which that belongs."""
    if trail.scope == bucket.account:
        return True
    if not trail.of_organization:
        if not bucket.account.isdigit():
            raise UnknownFact("account", f"which account {bucket.account} is nobody tells: name the folder by its id")
        return False
    return bucket.organization is not None and trail.organization == bucket.organization


def _is_everywhere(trail: Trail) -> bool:
    if trail.all_regions:
        return True
    raise UnknownFact("all_regions", f"trail {trail.name} records one region, and no export tells that of the bucket")
