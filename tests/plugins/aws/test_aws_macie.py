"""Macie: where it looked, and what a score means."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, every, load, only, told

from soc2test import UnknownFact
from soc2test_plugins.aws import MacieBucket

SAMPLE = Path(__file__).parent / "samples" / "cli" / "macie2-describe-buckets.json"
BUCKET: dict[str, Any] = {
    "bucketArn": "arn:aws:s3:::data", "bucketName": "data", "lastAutomatedDiscoveryTime": "2026-11-18T22:40:15+00:00",
    "jobDetails": {"isDefinedInJob": "FALSE", "isMonitoredByJob": "FALSE"}, "sensitivityScore": 12, "objectCount": 13,
    "unclassifiableObjectCount": {"fileType": 1, "storageClass": 1, "total": 2},
}  # fmt: skip
CALL = "macie2 describe-buckets"
DETECTIONS = "macie2.list-resource-profile-detections.arn%3Aaws%3As3%3A%3A%3Adata"


def met(name: str, count: int = 4, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "count": count, "suppressed": False, "type": "MANAGED", **more}


def scanned(folder: Path, detections: Any = None, **bucket: Any) -> MacieBucket:
    files: dict[str, Any] = {"macie2.describe-buckets": {"buckets": [{**BUCKET, **bucket}]}}
    if detections is not None:
        files[DETECTIONS] = {"detections": detections}
    return only(load(folder, files), MacieBucket)


def test_a_bucket_with_its_scan() -> None:
    assert told(CALL, BUCKET) == {
        "scanner": "macie", "store": "arn:aws:s3:::data", "scanned_at": datetime(2026, 11, 18, 22, 40, 15, tzinfo=UTC),
        "score_sensitive": False, "items": 13, "unread": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("score", "sensitive"),
    [(-1, None), (0, None), (1, False), (49, False), (50, None), (51, True), (100, True), (101, None), (None, None)],
)
def test_what_a_score_means(score: int | None, sensitive: bool | None) -> None:
    assert told(CALL, {**BUCKET, "sensitivityScore": score}).get("score_sensitive") is sensitive


def test_a_bucket_that_only_a_job_searched_is_unknown_and_one_that_nothing_did_was_not() -> None:
    never = {**BUCKET, "lastAutomatedDiscoveryTime": None}
    assert told(CALL, never)["scanned_at"] is None
    job = {"isDefinedInJob": "TRUE", "isMonitoredByJob": "TRUE", "lastJobRunTime": "2026-11-19T07:33:06+00:00"}
    assert "scanned_at" not in told(CALL, {**never, "jobDetails": job})
    assert "scanned_at" not in told(CALL, {**never, "jobDetails": {"isDefinedInJob": "UNKNOWN"}})


def test_nothing_is_told_of_a_bucket_that_macie_could_not_look_at() -> None:
    denied = {**BUCKET, "errorCode": "ACCESS_DENIED", "errorMessage": "Macie can't look."}
    assert told(CALL, denied) == {"scanner": "macie", "store": "arn:aws:s3:::data"}


def test_what_was_met_is_sensitive_whatever_the_score(tmp_path: Path) -> None:
    assert scanned(tmp_path / "1", [met("CREDIT_CARD_NUMBER")], sensitivityScore=7).sensitive is True
    assert scanned(tmp_path / "2", [met("orders", 1, type="CUSTOM")]).sensitive is True
    assert scanned(tmp_path / "3", [met("NAME", suppressed=True)]).sensitive is True
    assert scanned(tmp_path / "4", [met("NAME")], sensitivityScore=50).sensitive is True
    assert scanned(tmp_path / "5", sensitivityScore=78).sensitive is True


def test_a_low_score_counts_where_nothing_was_met(tmp_path: Path) -> None:
    assert scanned(tmp_path / "1", []).sensitive is False
    assert scanned(tmp_path / "2", [met("NAME", 0), met("ADDRESS", 0, suppressed=True)]).sensitive is False
    with pytest.raises(UnknownFact, match="list-resource-profile-detections --resource-arn arn:aws:s3:::data"):
        assert scanned(tmp_path / "3").sensitive
    with pytest.raises(UnknownFact):
        assert scanned(tmp_path / "4", [{**met("NAME"), "count": None}]).sensitive


def test_what_was_met_is_told_in_the_scanners_words(tmp_path: Path) -> None:
    assert scanned(tmp_path, [met("NAME"), met("ADDRESS", 0), met("orders", type="CUSTOM")]).found == ("NAME", "orders")


def test_the_sample_of_the_cli_is_read(tmp_path: Path) -> None:
    """From the examples of the AWS CLI (Apache-2.0), as the other samples here."""
    body = json.loads(SAMPLE.read_text().replace("123456789012", ACCOUNT))
    found = every(load(tmp_path, {"macie2.describe-buckets": body}), MacieBucket)
    assert [(scan.store, scan.score_sensitive, scan.items, scan.unread) for scan in found] == [
        ("arn:aws:s3:::amzn-s3-demo-bucket1", True, 13, 0),
        ("arn:aws:s3:::amzn-s3-demo-bucket2", True, 8, 3),
    ]
