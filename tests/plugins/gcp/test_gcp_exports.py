"""Dialects of the export, its errors, and the samples."""

import json
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from gcp_reading import SAMPLES, asset, gap_codes, load, load_folder, policy

from soc2test import Claim, DataStore, ErrorInfo, Export
from soc2test_plugins.gcp import soc2_claim
from soc2test_plugins.gcp.kinds import GcpBucket, GcpIamPolicy
from soc2test_plugins.gcp.source import error_info

ROW = asset("//storage.googleapis.com/b", "storage.googleapis.com/Bucket", {"name": "b"})
SNAKE = {**{key: value for key, value in ROW.items() if key != "assetType"}, "asset_type": ROW["assetType"]}


@pytest.mark.parametrize("body", [[ROW], [SNAKE], {"assets": [ROW]}, {"readTime": "x", "assets": [ROW]}])
def test_dialects(tmp_path: Path, body: Any) -> None:
    inventory = load(tmp_path, body)
    assert [each.id for each in inventory.members(DataStore)] == [ROW["name"]]
    assert gap_codes(inventory, GcpBucket) == set()


def test_lines(tmp_path: Path) -> None:
    below = tmp_path / "gcp" / "organization=3"
    below.mkdir(parents=True)
    (below / "asset.list.resource.ndjson").write_text("\n".join(json.dumps(each) for each in (ROW, SNAKE)))
    inventory = load_folder(tmp_path).inventory
    assert gap_codes(inventory, GcpBucket) == set()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"assets": [ROW], "nextPageToken": "t"}, "partial"),
        ([], "unreadable"),
        ([policy("//storage.googleapis.com/b")], "unreadable"),
        ([{"name": "b", "assetType": "storage.googleapis.com/Bucket"}], "unreadable"),
        ({"error": {"code": 403, "status": "PERMISSION_DENIED", "message": "m"}}, "denied"),
        ("", "empty"),
        ({"rows": []}, "unreadable"),
        (ROW, "unreadable"),
    ],
)
def test_what_is_not_all_is_a_gap(tmp_path: Path, body: Any, code: str) -> None:
    assert gap_codes(load(tmp_path, body), GcpBucket) == {code}


def test_resources_are_no_policies(tmp_path: Path) -> None:
    assert gap_codes(load(tmp_path, [ROW], [ROW]), GcpIamPolicy) == {"unreadable"}


def test_errors() -> None:
    assert error_info("ERROR: (gcloud.asset.list) PERMISSION_DENIED: x") == ErrorInfo("PERMISSION_DENIED")
    assert error_info({"error": {"code": 429}}) == ErrorInfo("429", 429)
    assert error_info([ROW]) is None
    assert error_info({"error": "x"}) is None


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("iam_allowed_policy_member_domains__assets__data.json", "GcpIamPolicy", 2),
        ("iam_audit_log__assets__data.json", "GcpIamPolicy", 5),
        ("network_enable_firewall_logs__assets__data.json", "GcpFirewallRule", 1),
        ("sql_ssl__assets__data.json", "CloudSqlInstance", 3),
        ("storage_bucket_policy_only__assets__data.json", "GcpBucket", 4),
    ],
)
def test_samples(tmp_path: Path, name: str, kind: str, count: int) -> None:
    shutil.copy(SAMPLES / name, tmp_path / name)
    loaded = load_folder(tmp_path)
    assert loaded.unclaimed == ()
    assert loaded.inventory.kinds()[kind] == count
    assert all(each.complete for each in loaded.inventory.entries())


@pytest.mark.parametrize("body", [{"value": []}, [{"name": "x"}], [{**ROW, "iamPolicy": {}}], {"assetType": "x"}])
def test_other_files_are_not_claimed(body: Any) -> None:
    export = Export(PurePosixPath("x/data.json"), 1, lambda: json.dumps(body).encode())
    assert soc2_claim(export) is None


def test_a_claim_names_no_parent() -> None:
    export = Export(PurePosixPath("x/data.json"), 1, lambda: json.dumps([ROW], indent=2).encode())
    assert soc2_claim(export) == Claim("gcp", "asset list resource")
