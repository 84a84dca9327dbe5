"""The sample company's exports, as this plugin reads them."""

from datetime import timedelta
from pathlib import Path

import pytest
from aws_reading import AS_OF, every, gap_codes, load_folder, only

from soc2test import DataStore, Resource
from soc2test.inventory.inventory import Inventory
from soc2test_plugins.aws import (
    AccessAnalyzer,
    AccessKey,
    AccountPasswordPolicy,
    AwsAccount,
    AwsBackupPlan,
    AwsSecret,
    ClassicListener,
    CloudWatchAlarm,
    ConfigRecorder,
    DynamoTable,
    EbsSnapshot,
    EbsVolume,
    Ec2Instance,
    GuardDutyDetector,
    IamRoot,
    IamUser,
    KmsKey,
    LoadBalancer,
    LoadBalancerListener,
    LogGroup,
    RdsInstance,
    RdsSnapshot,
    RedshiftCluster,
    RootAccessKey,
    S3Bucket,
    SearchDomain,
    SecurityGroupRule,
    SecurityHub,
    Trail,
    Vpc,
)

EXPORTS = Path(__file__).parents[3] / "fixtures" / "acme" / "exports" / "aws"
DECLARED = {"aws": {"account": ["012345678901"], "region": ["eu-west-1", "us-east-1"]}}


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    folder = tmp_path_factory.mktemp("exports")
    for file in EXPORTS.rglob("*.json"):
        target = folder / "aws" / file.relative_to(EXPORTS)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    return load_folder(folder, DECLARED)


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        (IamUser, 2), (IamRoot, 1), (AccessKey, 1), (RootAccessKey, 0), (AccountPasswordPolicy, 1), (AwsAccount, 2),
        (S3Bucket, 3), (RdsInstance, 1), (RdsSnapshot, 1), (EbsVolume, 1), (EbsSnapshot, 1), (DynamoTable, 0),
        (KmsKey, 3),
        (SecurityGroupRule, 9), (Ec2Instance, 1), (LoadBalancer, 1), (LoadBalancerListener, 2), (Trail, 1),
        (ConfigRecorder, 2), (GuardDutyDetector, 2), (AwsBackupPlan, 1), (AccessAnalyzer, 2), (SecurityHub, 2),
        (AwsSecret, 2), (CloudWatchAlarm, 6), (LogGroup, 5), (Vpc, 2), (RedshiftCluster, 0), (SearchDomain, 0),
        (ClassicListener, 0),
    ],
)  # fmt: skip
def test_populations_are_complete(acme: Inventory, kind: type[Resource], count: int) -> None:
    assert gap_codes(acme, kind) == set()
    assert len(every(acme, kind)) == count


def test_people_and_programs(acme: Inventory) -> None:
    ci, margaret = every(acme, IamUser)
    assert (margaret.human, margaret.mfa, margaret.admin, margaret.email) == (
        True,
        True,
        False,
        "margaret.code@acme.example",
    )
    assert (ci.human, ci.admin, ci.owner) == (False, False, "margaret.code@acme.example")
    assert AS_OF - only(acme, AccessKey).created_at < timedelta(days=90)
    root = only(acme, IamRoot)
    assert (root.mfa, root.has_keys) == (True, False)


def test_stores_are_closed_encrypted_and_labelled(acme: Inventory) -> None:
    for each in every(acme, DataStore):
        assert (each.public, each.encrypted, each.tls_only, each.backed_up) == (False, True, True, True), each.id
        assert each.classification in ("internal", "confidential")
        assert each.owner == "margaret.code@acme.example"


def test_confidential_stores_are_kept_best(acme: Inventory) -> None:
    confidential = [each for each in every(acme, DataStore) if each.classification == "confidential"]
    assert {type(each).__name__ for each in confidential} == {"S3Bucket", "RdsInstance", "RdsSnapshot"}
    for each in confidential:
        assert (each.customer_key, each.access_logged, each.deletion_protected, each.multi_zone) == (True,) * 4, each.id


def test_keys_rotate(acme: Inventory) -> None:
    assert all(each.enabled and each.rotates and not each.deletion_pending for each in every(acme, KmsKey))


def test_the_boundary(acme: Inventory) -> None:
    assert {each.from_port for each in every(acme, SecurityGroupRule) if each.inbound and each.world} == {80, 443}
    assert only(acme, Ec2Instance).metadata_token_required
    assert [(each.tls, each.min_tls) for each in every(acme, LoadBalancerListener)] == [(True, "1.2"), (True, None)]


def test_what_watches(acme: Inventory) -> None:
    trail = only(acme, Trail)
    assert (trail.delivering, trail.all_regions, trail.management_events, trail.integrity_checked) == (True,) * 4
    assert (trail.encrypted, trail.retention_days) == (True, 400)
    for each in (*every(acme, ConfigRecorder), *every(acme, GuardDutyDetector)):
        assert each.enabled
        assert each.covers_all
    for account in every(acme, AwsAccount):
        assert account.public_storage_blocked
        assert account.default_encryption


def test_how_the_account_is_run(acme: Inventory) -> None:
    host = only(acme, Ec2Instance)
    assert (host.managed, host.missing_patches) == (True, 0)
    assert all(AS_OF - each.replaced_at < timedelta(days=90) for each in every(acme, AwsSecret))
    assert all(each.notifies for each in every(acme, CloudWatchAlarm))
    assert all(each.enabled for each in (*every(acme, AccessAnalyzer), *every(acme, SecurityHub)))
    assert all(each.retention_days and each.retention_days >= 90 for each in every(acme, LogGroup))
    assert all(each.traffic_logged for each in every(acme, Vpc))


def test_backups_complete(acme: Inventory) -> None:
    plan = only(acme, AwsBackupPlan)
    assert plan.scheduled
    assert not plan.last_job_failed
    assert plan.last_success_at is not None
    assert AS_OF - plan.last_success_at < timedelta(hours=24)


def test_nothing_is_dated_after_the_exports() -> None:
    for file in EXPORTS.rglob("*.json"):
        text = file.read_text()
        for later in ("2026-11-20T08:0", "2026-11-20T08:1", "2026-11-20T09", "2026-11-20T1", "2026-11-21"):
            assert later not in text.replace("2026-11-20T08:00:00Z", ""), file.name
