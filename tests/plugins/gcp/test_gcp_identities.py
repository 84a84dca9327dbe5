"""Service accounts, their keys, KMS keys, projects and log sinks."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from gcp_reading import NODE, asset, every, load, only, org_policy, policy

from soc2test import UnknownFact
from soc2test.testing import check
from soc2test_plugins.gcp.kinds import GcpCryptoKey, GcpLogSink, GcpProject, GcpServiceAccount, GcpServiceAccountKey
from soc2test_policies.cc6.administrators import test_administrators_are_few as few_control
from soc2test_policies.cc6.encryption_keys import test_encryption_keys_rotate as rotate_control
from soc2test_policies.cc6.keys import test_keys_are_rotated as rotated_control
from soc2test_policies.cc7.audit_logs import test_audit_logs_are_kept as kept_control
from soc2test_policies.cc7.audit_logs import test_audit_logs_cover_everything as cover_control

EMAIL = "ci@acme.iam.gserviceaccount.com"
ACCOUNT = "//iam.googleapis.com/projects/acme-prod/serviceAccounts/117"
LOGGING = "//logging.googleapis.com/projects/acme-prod"
ACTIVITY = 'LOG_ID("cloudaudit.googleapis.com/activity")'


def account(**data: Any) -> dict[str, Any]:
    return asset(ACCOUNT, "iam.googleapis.com/ServiceAccount", {"email": EMAIL, **data})


@pytest.mark.parametrize(
    ("place", "role", "admin"),
    [
        (f"{NODE}projects/1", "roles/owner", True),
        (f"{NODE}projects/1", "roles/viewer", False),
        ("//storage.googleapis.com/logs", "roles/owner", False),
    ],
)
def test_a_service_account_that_owns(tmp_path: Path, place: str, role: str, admin: bool) -> None:
    inventory = load(tmp_path, [account()], [policy(place, (role, f"serviceAccount:{EMAIL}"))])
    found = only(inventory, GcpServiceAccount)
    assert (found.name, found.human, found.active, found.disabled_at, found.admin) == (EMAIL, False, True, None, admin)
    assert check(few_control, found, limits={"administrators": 0}).verdict == ("fail" if admin else "pass")


def test_a_disabled_one(tmp_path: Path) -> None:
    found = only(load(tmp_path, [account(disabled=True)]), GcpServiceAccount)
    assert found.active is False
    for fact in ("admin", "disabled_at", "created_at"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)


def keys(folder: Path, **data: Any) -> list[GcpServiceAccountKey]:
    told = {"keyType": "USER_MANAGED", "validAfterTime": "2026-10-01T00:00:00Z", **data}
    row = asset(f"{ACCOUNT}/keys/abc", "iam.googleapis.com/ServiceAccountKey", told)
    return every(load(folder, [row]), GcpServiceAccountKey)


def test_keys_of_service_accounts(tmp_path: Path) -> None:
    (key,) = keys(tmp_path, validBeforeTime="9999-12-31T23:59:59Z")
    assert (key.identity, key.active, key.expires_at) == (ACCOUNT, True, None)
    assert check(rotated_control, key).verdict == "pass"
    (old,) = keys(tmp_path, validAfterTime="2025-10-01T00:00:00Z")
    assert check(rotated_control, old).verdict == "fail"
    assert keys(tmp_path, keyType="SYSTEM_MANAGED") == []
    (off,) = keys(tmp_path, disabled=True)
    assert off.active is False


def crypto(folder: Path, state: str = "ENABLED", **data: Any) -> GcpCryptoKey:
    name = "//cloudkms.googleapis.com/projects/acme-prod/locations/eu/keyRings/r/cryptoKeys/k"
    told = {"name": name[27:], "purpose": "ENCRYPT_DECRYPT", "versionTemplate": {"protectionLevel": "HSM"}, **data}
    version = asset(f"{name}/cryptoKeyVersions/1", "cloudkms.googleapis.com/CryptoKeyVersion", {"state": state})
    return only(load(folder, [asset(name, "cloudkms.googleapis.com/CryptoKey", told), version]), GcpCryptoKey)


@pytest.mark.parametrize(("period", "verdict"), [("7776000s", "pass"), ("31536000s", "pass"), ("94608000s", "fail")])
def test_rotation(tmp_path: Path, period: str, verdict: str) -> None:
    key = crypto(tmp_path, rotationPeriod=period)
    assert (key.enabled, key.symmetric, key.deletion_pending) == (True, True, False)
    assert check(rotate_control, key).verdict == verdict


def test_keys_that_do_not_rotate(tmp_path: Path) -> None:
    assert crypto(tmp_path).rotates is False
    assert crypto(tmp_path, purpose="ASYMMETRIC_SIGN").symmetric is False
    assert crypto(tmp_path, versionTemplate={"protectionLevel": "EXTERNAL"}).symmetric is False
    assert crypto(tmp_path, "DESTROY_SCHEDULED").enabled is False
    with pytest.raises(UnknownFact):
        _ = crypto(tmp_path, versionTemplate={"protectionLevel": "QUANTUM"}).symmetric
    with pytest.raises(UnknownFact):
        _ = crypto(tmp_path, versionTemplate=None).symmetric


def test_a_level_of_protection_that_is_left_out_is_the_documented_one(tmp_path: Path) -> None:
    assert crypto(tmp_path, versionTemplate={"algorithm": "GOOGLE_SYMMETRIC_ENCRYPTION"}).symmetric


def test_projects(tmp_path: Path) -> None:
    row = asset(f"{NODE}projects/1", "cloudresourcemanager.googleapis.com/Project", {"projectId": "acme-prod"})
    rule = org_policy("organizations/3", "storage.publicAccessPrevention", enforce=True)
    found = only(load(tmp_path, [row, rule]), GcpProject)
    assert (found.name, found.default_encryption, found.public_storage_blocked) == ("acme-prod", True, True)
    with pytest.raises(UnknownFact):
        _ = found.mfa_required


def sinks(folder: Path, bucket: dict[str, Any] | None = None, **data: Any) -> list[GcpLogSink]:
    target = "logging.googleapis.com/projects/acme-prod/locations/global/buckets/_Required"
    told = {"name": "s", "destination": target, "filter": ACTIVITY, **data}
    rows = [
        asset(f"{LOGGING}/sinks/s", "logging.googleapis.com/LogSink", told),
        asset(f"//{target}", "logging.googleapis.com/LogBucket", bucket or {"retentionDays": 400}),
    ]
    return every(load(folder, rows), GcpLogSink)


def test_the_required_sink(tmp_path: Path) -> None:
    (sink,) = sinks(tmp_path, filter=f'{ACTIVITY} OR LOG_ID("externalaudit.googleapis.com/activity")')
    assert (sink.delivering, sink.all_regions, sink.management_events) == (True, True, True)
    assert (sink.integrity_checked, sink.encrypted, sink.retention_days) == (True, False, 400)
    assert check(cover_control, sink).verdict == "pass"
    assert check(kept_control, sink).verdict == "pass"


MADE = "2021-06-14T07:30:12.200000Z"


@pytest.mark.parametrize(
    ("told", "since"),
    [
        ({"createTime": MADE, "updateTime": MADE}, datetime(2021, 6, 14, 7, 30, 12, 200000, tzinfo=UTC)),
        ({"createTime": MADE, "updateTime": MADE, "disabled": True}, None),
        ({"createTime": MADE, "updateTime": "2026-11-18T00:00:00Z"}, UnknownFact),
        ({}, UnknownFact),
    ],
)
def test_since_when_a_sink_is_on(tmp_path: Path, told: dict[str, Any], since: Any) -> None:
    """A sink that was changed may have been off until then; nothing tells."""
    (sink,) = sinks(tmp_path, **told)
    if since is UnknownFact:
        with pytest.raises(UnknownFact):
            _ = sink.recording_since
    else:
        assert sink.recording_since == since


@pytest.mark.parametrize(
    "filter",
    [f'NOT {ACTIVITY} AND NOT LOG_ID("externalaudit.googleapis.com/activity")', 'resource.type="gce_instance"'],
)
def test_sinks_that_take_no_audit_log_are_none(tmp_path: Path, filter: str) -> None:
    assert sinks(tmp_path, filter=filter) == []


@pytest.mark.parametrize("change", [{"filter": f'{ACTIVITY} AND severity>="ERROR"'}, {"exclusions": [{"name": "x"}]}])
def test_a_sink_that_leaves_something_out_is_unknown(tmp_path: Path, change: dict[str, Any]) -> None:
    (sink,) = sinks(tmp_path, **change)
    assert check(cover_control, sink).verdict == "not_evaluated"


def test_other_destinations(tmp_path: Path) -> None:
    (off,) = sinks(tmp_path, disabled=True, filter="")
    assert (off.delivering, off.management_events) == (False, True)
    (away,) = sinks(tmp_path, destination="bigquery.googleapis.com/projects/acme-prod/datasets/audit")
    for fact in ("delivering", "retention_days", "integrity_checked"):
        with pytest.raises(UnknownFact):
            getattr(away, fact)


ORGANIZATION = "//logging.googleapis.com/organizations/3"


@pytest.mark.parametrize(
    ("name", "children", "told"),
    [
        (f"{LOGGING}/sinks/s", False, ("projects/acme-prod", False, "organizations/3")),
        (f"{ORGANIZATION}/sinks/s", True, ("organizations/3", True, "organizations/3")),
        (f"{ORGANIZATION}/sinks/s", False, ("organizations/3", False, "organizations/3")),
        ("//logging.googleapis.com/folders/2/sinks/s", True, ("folders/2", False, "organizations/3")),
    ],
)
def test_only_an_aggregated_sink_of_the_organisation_covers_its_members(
    tmp_path: Path, name: str, children: bool, told: tuple[str, bool, str]
) -> None:
    data = {"name": "s", "destination": "storage.googleapis.com/logs", "filter": ACTIVITY, "includeChildren": children}
    sink = only(load(tmp_path, [asset(name, "logging.googleapis.com/LogSink", data)]), GcpLogSink)
    assert (sink.scope, sink.of_organization, sink.organization) == told


def test_an_exclusion_that_is_off_leaves_nothing_out(tmp_path: Path) -> None:
    (sink,) = sinks(tmp_path, exclusions=[{"name": "x", "filter": "severity<ERROR", "disabled": True}])
    assert sink.management_events is True
