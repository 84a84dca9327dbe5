"""Macie: in which buckets it looked for sensitive data, and whether it met any.

Its automated discovery samples the objects of all buckets of a region; what jobs find stands in neither call.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from soc2test import (
    Facts,
    Item,
    Subject,
    Unknown,
    UnknownFact,
    facts,
    id_text,
    items_of,
    known,
    number,
    or_unknown,
    text,
)
from soc2test_plugins.aws.kinds import MacieBucket
from soc2test_plugins.aws.source import aws, either

SCANNER = "macie"
_NOT_SENSITIVE, _NOT_YET, _SENSITIVE = range(1, 50), 50, range(51, 101)
"""Macie User Guide, "Sensitivity scoring for S3 buckets"."""


def scan_id(bucket: str) -> str:
    """Macie looks at a bucket once, whichever call tells of it."""
    return f"{SCANNER}:{bucket}"


@aws.reads("macie2 describe-buckets", kind=MacieBucket, items="buckets", lists=True)
def bucket(item: Item, at: Subject) -> Facts:
    """A bucket of the region, with the score of what was found in it."""
    arn = id_text(item["bucketArn"])
    seen = partial(_seen, item)
    return facts(
        scan_id(arn),
        scanner=SCANNER,
        store=arn,
        scanned_at=seen(lambda: _looked_at(item)),
        score_sensitive=seen(lambda: _is_sensitive(item)),
        items=seen(lambda: item["objectCount"]),
        unread=seen(lambda: known(item["unclassifiableObjectCount"])["total"]),
    )


def _seen(item: Item, tell: Callable[[], Any]) -> Any:
    """What it tells, unless Macie says that it could not look."""
    error = item.or_else("errorCode", None)
    return or_unknown(tell) if error is None else Unknown(f"Macie could not look at it: {text(known(error))}")


def _looked_at(item: Item) -> Any:
    if known(item["lastAutomatedDiscoveryTime"]) is not None:
        return item.time("lastAutomatedDiscoveryTime")
    if text(item["jobDetails"]["isDefinedInJob"]) == "FALSE":
        return None
    raise UnknownFact("scanned_at", "automated discovery did not look at it, and what a job found is not told here")


def _is_sensitive(item: Item) -> bool:
    score = number(item["sensitivityScore"])
    if score in _SENSITIVE:
        return True
    if score in _NOT_SENSITIVE:
        return False
    raise UnknownFact("sensitive", "Macie has not analyzed it" if score == _NOT_YET else "Macie failed to analyze it")


@aws.reads(
    "macie2 list-resource-profile-detections", kind=MacieBucket, subject="resource",
    named_by={"resource": "store"},
    command="aws macie2 list-resource-profile-detections --resource-arn {resource} --region {region}",
)  # fmt: skip
def detections(body: Item, at: Subject) -> Facts:
    """Which sorts of data it met in the objects that a bucket holds, by identifiers of Macie's and of the company's own
    (https://docs.aws.amazon.com/macie/latest/APIReference/resource-profiles-detections.html)."""
    return facts(scan_id(id_text(at["resource"])), found=or_unknown(lambda: _met(body)))


def _met(body: Item) -> tuple[str, ...]:
    detections = items_of(body["detections"])
    return tuple(text(detection["name"]) for detection in detections if number(detection["count"]))


@aws.derives(MacieBucket, "sensitive")
def sensitive(scan: MacieBucket) -> bool:
    """By its score, or by anything that was met.

    The score weighs what was met against how much was looked at, and leaves out what somebody took out of it: a bucket
    of a low score may hold card numbers (https://docs.aws.amazon.com/macie/latest/user/discovery-scoring-s3.html).
    What was met in an object that was changed or deleted since is in the list no more.
    """
    return either(lambda: scan.score_sensitive, lambda: bool(scan.found))
