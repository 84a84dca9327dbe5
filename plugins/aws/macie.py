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
    flag,
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
    """Which sorts of data it met in a bucket, and which of them somebody took out of the score."""
    met = [each for each in items_of(body["detections"]) if number(each["count"])]
    return facts(
        scan_id(id_text(at["resource"])),
        found=tuple(text(each["name"]) for each in met),
        suppressed=or_unknown(lambda: tuple(text(each["name"]) for each in met if flag(each["suppressed"]))),
    )


@aws.derives(MacieBucket, "sensitive")
def sensitive(scan: MacieBucket) -> bool:
    """By its score; what was taken out of the score is sensitive all the same."""
    return either(lambda: scan.score_sensitive, lambda: bool(scan.suppressed))
