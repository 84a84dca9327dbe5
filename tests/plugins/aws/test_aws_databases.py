"""RDS and DynamoDB."""

import json
from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, every, known, load, only, read, told

from soc2test import UnknownFact
from soc2test_plugins.aws import DynamoTable, RdsClusterSnapshot, RdsInstance, RdsSnapshot

DB = f"arn:aws:rds:eu-west-1:{ACCOUNT}:db:main"


GROUP = {"DBParameterGroupName": "own", "ParameterApplyStatus": "in-sync"}


def database(**more: Any) -> dict[str, Any]:
    return {
        "DBInstanceIdentifier": "main", "DBInstanceArn": DB, "DBInstanceStatus": "available",
        "PubliclyAccessible": False, "StorageEncrypted": True,
        "KmsKeyId": f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/k", "MultiAZ": True, "BackupRetentionPeriod": 7,
        "DeletionProtection": True, "TagList": [], "DBParameterGroups": [GROUP], **more,
    }  # fmt: skip


def one(folder: Path, item: dict[str, Any], **files: Any) -> RdsInstance:
    return only(load(folder, {"rds.describe-db-instances": {"DBInstances": [item]}, **files}), RdsInstance)


def parameters(**values: str) -> dict[str, Any]:
    names = {name.replace("__", "."): value for name, value in values.items()}
    return {"Parameters": [{"ParameterName": name, "ParameterValue": value} for name, value in names.items()]}


def test_a_database(tmp_path: Path) -> None:
    main = one(tmp_path, database())
    assert (main.public, main.encrypted, main.multi_zone, main.deletion_protected) == (False, True, True, True)
    assert (main.versioned, main.backed_up, main.owner, main.classification) == (True, True, None, None)


def test_a_database_with_everything_off(tmp_path: Path) -> None:
    off = database(
        PubliclyAccessible=True,
        Endpoint={"Port": 5432},
        VpcSecurityGroups=[{"VpcSecurityGroupId": "sg-1", "Status": "active"}],
        StorageEncrypted=False,
        MultiAZ=False,
        BackupRetentionPeriod=0,
        DeletionProtection=False,
    )
    del off["KmsKeyId"]
    everybody = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    groups = [{"GroupId": "sg-1", "IpPermissions": [everybody], "IpPermissionsEgress": []}]
    files = {
        "backup.list-protected-resources": {"Results": []},
        "ec2.describe-security-groups": {"SecurityGroups": groups},
    }
    main = one(tmp_path, off, **files)
    assert (main.public, main.encrypted, main.customer_key, main.multi_zone) == (True, False, False, False)
    assert (main.versioned, main.backed_up, main.deletion_protected) == (False, False, False)


def test_a_recovery_point_elsewhere_is_a_backup_too(tmp_path: Path) -> None:
    results = {"Results": [{"ResourceArn": DB, "ResourceType": "RDS", "LastBackupTime": "2026-11-19T05:00:00Z"}]}
    main = one(tmp_path, database(BackupRetentionPeriod=0), **{"backup.list-protected-resources": results})
    assert main.backed_up


@pytest.mark.parametrize("key", ["PubliclyAccessible", "StorageEncrypted", "MultiAZ", "DeletionProtection", "TagList"])
def test_absent_keys_are_unknown(key: str) -> None:
    item = database()
    del item[key]
    fact = {"PubliclyAccessible": "public_address", "StorageEncrypted": "encrypted", "MultiAZ": "multi_zone",
            "DeletionProtection": "deletion_protected", "TagList": "owner"}[key]  # fmt: skip
    assert fact not in told("rds describe-db-instances", item)


def test_a_cluster_tells_how_its_members_are_protected(tmp_path: Path) -> None:
    member = database(DBClusterIdentifier="aurora", MultiAZ=False, DeletionProtection=False, BackupRetentionPeriod=1)
    cluster = {
        "DBClusterIdentifier": "aurora", "Status": "available",
        "MultiAZ": True, "DeletionProtection": True, "BackupRetentionPeriod": 35,
        "DBClusterMembers": [{"DBInstanceIdentifier": "main", "IsClusterWriter": True}],
    }  # fmt: skip
    assert "deletion_protected" not in told("rds describe-db-instances", member)
    main = one(tmp_path, member, **{"rds.describe-db-clusters": {"DBClusters": [cluster]}})
    assert (main.multi_zone, main.deletion_protected, main.retention_days) == (True, True, 35)


@pytest.mark.parametrize(
    ("group", "forced"),
    [
        (parameters(rds__force_ssl="1"), True),
        (parameters(rds__force_ssl="0"), False),
        (parameters(require_secure_transport="ON"), True),
        (parameters(require_secure_transport="OFF"), False),
    ],
)
def test_tls_by_parameter_group(tmp_path: Path, group: Any, forced: bool) -> None:
    main = one(tmp_path, database(), **{"rds.describe-db-parameters.own": group})
    assert main.tls_only is forced


@pytest.mark.parametrize("status", ["pending-reboot", "applying", "failed-to-apply", None])
def test_a_group_that_waits_for_a_restart_is_not_in_force(tmp_path: Path, status: str | None) -> None:
    group = {key: value for key, value in {**GROUP, "ParameterApplyStatus": status}.items() if value is not None}
    item = database(DBParameterGroups=[GROUP, group], EnabledCloudwatchLogsExports=["postgresql"])
    own = parameters(rds__force_ssl="1", log_connections="1")
    main = one(tmp_path, item, **{"rds.describe-db-parameters.own": own})
    for fact in ("tls_only", "access_logged"):
        with pytest.raises(UnknownFact):
            getattr(main, fact)


def test_tls_of_a_group_that_does_not_tell(tmp_path: Path) -> None:
    main = one(tmp_path, database(), **{"rds.describe-db-parameters.own": parameters(work_mem="64")})
    with pytest.raises(UnknownFact):
        assert main.tls_only
    with pytest.raises(UnknownFact):
        assert one(tmp_path / "other", database()).tls_only


@pytest.mark.parametrize(
    ("name", "family", "forced"),
    [
        ("default.postgres17", "postgres17", True), ("default.postgres14", "postgres14", False),
        ("postgres17", "postgres17", None), ("default.oracle-ee-19", "oracle-ee-19", None),
        ("default.aurora-postgresql17", "aurora-postgresql17", True), ("default.mysql8.0", "mysql8.0", None),
        ("default.aurora-mysql8.0", "aurora-mysql8.0", False),
    ],
)  # fmt: skip
def test_groups_whose_default_is_documented(tmp_path: Path, name: str, family: str, forced: bool | None) -> None:
    item = database(DBParameterGroups=[{"DBParameterGroupName": name, "ParameterApplyStatus": "in-sync"}])
    groups = {"DBParameterGroups": [{"DBParameterGroupName": name, "DBParameterGroupFamily": family}]}
    main = one(tmp_path, item, **{"rds.describe-db-parameter-groups": groups})
    if forced is None:
        with pytest.raises(UnknownFact):
            assert main.tls_only
    else:
        assert main.tls_only is forced


PG = {"EnabledCloudwatchLogsExports": ["postgresql"]}
GENERAL = {"EnabledCloudwatchLogsExports": ["general"]}
LOADED = {"shared_preload_libraries": "pg_stat_statements,pgaudit"}


@pytest.mark.parametrize(
    ("more", "values", "logged"),
    [
        ({"ActivityStreamStatus": "started"}, {}, True),
        ({"EnabledCloudwatchLogsExports": ["postgresql"]}, {"log_connections": "1"}, True),
        (PG, {"log_connections": "receipt,authorization"}, True),
        (PG, {"log_connections": "setup_durations"}, False),
        (PG, {"pgaudit__log": "all", "log_connections": "0", **LOADED}, True),
        (PG, {"pgaudit__log": "read, write", "log_connections": "0", **LOADED}, True),
        (PG, {"pgaudit__log": "all,-misc", "log_connections": "0", **LOADED}, True),
        (PG, {"pgaudit__log": "all,-read", "log_connections": "0", **LOADED}, False),
        (PG, {"pgaudit__log": "role", "log_connections": "0", **LOADED}, False),
        (PG, {"pgaudit__log": "all", "log_connections": "0"}, False),
        (PG, {"pgaudit__log": "role", "log_connections": "1", **LOADED}, True),
        (PG, {"pgaudit__log": "none", "log_connections": "0", **LOADED}, False),
        (GENERAL, {"general_log": "1", "log_output": "FILE"}, True),
        (GENERAL, {"general_log": "1", "log_output": "TABLE"}, False),
        (GENERAL, {"general_log": "0", "log_output": "FILE"}, False),
        ({"EnabledCloudwatchLogsExports": ["postgresql"]}, {"log_connections": "0"}, False),
        ({"EnabledCloudwatchLogsExports": ["upgrade"]}, {"log_connections": "1"}, False),
        ({}, {"log_connections": "1"}, False),
    ],
)
def test_access_leaves_a_record(tmp_path: Path, more: Any, values: Any, logged: bool) -> None:
    main = one(tmp_path, database(**more), **{"rds.describe-db-parameters.own": parameters(**values)})
    assert main.access_logged is logged


@pytest.mark.parametrize(
    ("family", "options", "logged"),
    [
        ("mysql8.4", ["default:mysql-8-4"], False),
        ("mysql8.4", [], False),
        ("mysql8.4", ["audited"], True),
        ("mariadb10.11", ["default:mariadb-10-11", "audited"], True),
        ("mysql8.4", ["plain"], False),
        ("mysql8.4", ["gone"], None),
        ("oracle-ee-19", ["audited"], None),
    ],
)
def test_an_audit_log_needs_whoever_writes_it(tmp_path: Path, family: str, options: Any, logged: bool | None) -> None:
    groups = {"DBParameterGroups": [{"DBParameterGroupName": "own", "DBParameterGroupFamily": family}]}
    named = [
        {"OptionGroupName": "audited", "Options": [{"OptionName": "MARIADB_AUDIT_PLUGIN"}]},
        {"OptionGroupName": "plain", "Options": [{"OptionName": "MEMCACHED"}]},
    ]
    item = database(
        EnabledCloudwatchLogsExports=["audit", "error"],
        OptionGroupMemberships=[{"OptionGroupName": name, "Status": "in-sync"} for name in options],
    )
    files = {
        "rds.describe-db-parameter-groups": groups,
        "rds.describe-db-parameters.own": parameters(),
        "rds.describe-option-groups": {"OptionGroupsList": named},
    }
    main = one(tmp_path, item, **files)
    if logged is None:
        with pytest.raises(UnknownFact):
            assert main.access_logged
    else:
        assert main.access_logged is logged


@pytest.mark.parametrize(
    ("family", "values", "logged"),
    [
        ("aurora-mysql8.0", {"server_audit_logging": "1"}, True),
        ("aurora-mysql8.0", {"server_audit_logging": "0"}, False),
        ("docdb5.0", {"audit_logs": "enabled"}, True),
        ("docdb5.0", {"audit_logs": "disabled"}, False),
        ("neptune1.3", {"neptune_enable_audit_log": "1"}, True),
        ("neptune1.3", {"neptune_enable_audit_log": "0"}, False),
        ("aurora-mysql8.0", {}, None),
    ],
)
def test_an_audit_log_of_a_cluster(tmp_path: Path, family: str, values: Any, logged: bool | None) -> None:
    arn = f"arn:aws:rds:eu-west-1:{ACCOUNT}:cluster:c"
    cluster = {
        "DBClusterIdentifier": "c", "DBClusterArn": arn, "DBClusterMembers": [
            {"DBInstanceIdentifier": "main", "DBClusterParameterGroupStatus": "in-sync", "IsClusterWriter": True}
        ],
        "DBClusterParameterGroup": "cluster-own", "EnabledCloudwatchLogsExports": ["audit"],
    }  # fmt: skip
    groups = {
        "DBClusterParameterGroups": [{"DBClusterParameterGroupName": "cluster-own", "DBParameterGroupFamily": family}]
    }
    files = {
        "rds.describe-db-clusters": {"DBClusters": [cluster]},
        "rds.describe-db-cluster-parameter-groups": groups,
        "rds.describe-db-cluster-parameters.cluster-own": parameters(**values),
    }
    main = one(tmp_path, database(DBClusterIdentifier="c", EnabledCloudwatchLogsExports=["audit"]), **files)
    if logged is None:
        with pytest.raises(UnknownFact, match="leaves the audit log"):
            assert main.access_logged
    else:
        assert main.access_logged is logged


def snapshot(sort: str) -> dict[str, Any]:
    arn = f"arn:aws:rds:eu-west-1:{ACCOUNT}:snapshot:s"
    return {"DBSnapshotIdentifier": "s", "DBSnapshotArn": arn, "Encrypted": True, "SnapshotType": sort, "TagList": []}


def test_snapshots(tmp_path: Path) -> None:
    assert told("rds describe-db-snapshots", snapshot("automated"))["public"] is False
    files: dict[str, Any] = {"rds.describe-db-snapshots": {"DBSnapshots": [snapshot("manual")]}}
    with pytest.raises(UnknownFact, match="describe-db-snapshot-attributes"):
        assert only(load(tmp_path, files), RdsSnapshot).public
    shared: dict[str, Any] = {
        "DBSnapshotIdentifier": "s",
        "DBSnapshotAttributes": [{"AttributeName": "restore", "AttributeValues": ["all"]}],
    }
    files["rds.describe-db-snapshot-attributes.s"] = {"DBSnapshotAttributesResult": shared}
    found = only(load(tmp_path / "more", files), RdsSnapshot)
    assert (found.public, found.deletion_protected, found.outsiders) == (True, False, ())
    shared["DBSnapshotAttributes"][0]["AttributeValues"] = ["999988887777", "all", "111122224444"]
    found = only(load(tmp_path / "others", files), RdsSnapshot)
    assert (found.public, found.outsiders) == (True, ("111122224444", "999988887777"))
    assert told("rds describe-db-snapshots", snapshot("automated"))["outsiders"] == ()


def cluster_snapshot(sort: str, **more: Any) -> dict[str, Any]:
    arn = f"arn:aws:rds:eu-west-1:{ACCOUNT}:cluster-snapshot:c"
    told = {"DBClusterSnapshotIdentifier": "c", "DBClusterSnapshotArn": arn, "StorageEncrypted": True, "TagList": []}
    return {**told, "SnapshotType": sort, **more}


@pytest.mark.parametrize(("values", "public"), [(["all"], True), (["999988887777"], False), ([], False)])
def test_a_clusters_snapshot_may_be_shared_with_everybody(tmp_path: Path, values: list[str], public: bool) -> None:
    automated = told("rds describe-db-cluster-snapshots", cluster_snapshot("automated"))
    assert (automated["public"], automated["deletion_protected"]) == (False, True)
    files: dict[str, Any] = {"rds.describe-db-cluster-snapshots": {"DBClusterSnapshots": [cluster_snapshot("manual")]}}
    with pytest.raises(UnknownFact, match="describe-db-cluster-snapshot-attributes --db-cluster-snapshot-identifier c"):
        assert only(load(tmp_path, files), RdsClusterSnapshot).public
    shared = {
        "DBClusterSnapshotIdentifier": "c",
        "DBClusterSnapshotAttributes": [
            {"AttributeName": "other", "AttributeValues": ["all"]},
            {"AttributeName": "restore", "AttributeValues": values},
        ],
    }
    files["rds.describe-db-cluster-snapshot-attributes.c"] = {"DBClusterSnapshotAttributesResult": shared}
    found = only(load(tmp_path / "more", files), RdsClusterSnapshot)
    assert (found.public, found.copy, found.deletion_protected, found.encrypted) == (public, True, False, True)


@pytest.mark.parametrize("values", [None, "all", {}])
@pytest.mark.parametrize("sort", ["DBSnapshot", "DBClusterSnapshot"])
def test_who_may_restore_a_snapshot_is_unknown_where_it_is_no_list(sort: str, values: object) -> None:
    call = {"DBSnapshot": "snapshot", "DBClusterSnapshot": "cluster-snapshot"}[sort]
    attributes = [{"AttributeName": "restore", "AttributeValues": values}]
    body = {f"{sort}AttributesResult": {f"{sort}Identifier": "s", f"{sort}Attributes": attributes}}
    assert "public" not in told(f"rds describe-db-{call}-attributes", body)


@pytest.mark.parametrize(
    ("told_by", "encrypted"),
    [
        ({"StorageEncrypted": True, "StorageEncryptionType": "sse-kms"}, True),
        ({"StorageEncrypted": False, "StorageEncryptionType": "sse-rds"}, True),
        ({"StorageEncrypted": False, "StorageEncryptionType": "none"}, False),
        ({"StorageEncrypted": False}, False),
    ],
)
def test_a_key_of_awss_own_encrypts_too(told_by: dict[str, Any], encrypted: bool) -> None:
    assert told("rds describe-db-instances", database(**told_by))["encrypted"] is encrypted
    assert told("rds describe-db-cluster-snapshots", cluster_snapshot("manual", **told_by))["encrypted"] is encrypted
    of_instance = {"Encrypted": told_by["StorageEncrypted"], **told_by}
    assert told("rds describe-db-snapshots", {**snapshot("manual"), **of_instance})["encrypted"] is encrypted


def test_another_tables_answer_says_nothing_of_this_one(tmp_path: Path) -> None:
    body = {"Table": {"TableName": "other", "DeletionProtectionEnabled": True}}
    files: dict[str, Any] = {**TABLE, "dynamodb.describe-table.orders": body}
    orders = next(each for each in every(load(tmp_path, files), DynamoTable) if each.id.endswith("/orders"))
    with pytest.raises(UnknownFact):
        assert orders.deletion_protected


TABLE = {"dynamodb.list-tables": {"TableNames": ["orders"]}}


def test_a_table(tmp_path: Path) -> None:
    deny = {"Effect": "Deny", "Principal": "*", "Action": "dynamodb:*", "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}}}  # fmt: skip
    recovery = {"PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "ENABLED"}}
    files = {
        **TABLE,
        "dynamodb.describe-table.orders": {"Table": {"TableName": "orders", "DeletionProtectionEnabled": True}},
        "dynamodb.describe-continuous-backups.orders": {"ContinuousBackupsDescription": recovery},
        "dynamodb.get-resource-policy.orders": {"Policy": json.dumps({"Statement": deny})},
        "dynamodb.list-tags-of-resource.orders": {"Tags": [{"Key": "classification", "Value": "confidential"}]},
    }
    table = only(load(tmp_path, files), DynamoTable)
    assert table.id == f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/orders"
    assert (table.encrypted, table.customer_key, table.deletion_protected, table.versioned) == (True, False, True, True)
    assert (table.public, table.tls_only, table.backed_up) == (False, True, True)
    assert (table.classification, table.owner) == ("confidential", None)


def test_a_table_without_policy_and_recovery() -> None:
    nobody = {"public": False, "tls_only": False, "outsiders": ()}
    assert told("dynamodb get-resource-policy", None, table="orders") == nobody
    off = {
        "ContinuousBackupsDescription": {"PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "DISABLED"}}
    }
    assert told("dynamodb describe-continuous-backups", off, table="orders")["versioned"] is False
    with pytest.raises(UnknownFact):
        read(
            "dynamodb describe-continuous-backups",
            {"ContinuousBackupsDescription": {"ContinuousBackupsStatus": "ENABLED"}},
            table="o",
        )


def test_a_tables_key() -> None:
    key = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/k"
    sse = {"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": key}
    (said,) = read(
        "dynamodb describe-table",
        {"Table": {"TableStatus": "ACTIVE", "SSEDescription": sse}},
        table=f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/o",
    )
    assert str(said.id).endswith("table/o")
    assert known(said) == {"kms_key": key}


LOCKED = ["inaccessible-encryption-credentials", "inaccessible-encryption-credentials-recoverable"]


@pytest.mark.parametrize("status", LOCKED)
def test_a_database_that_can_t_use_its_key_is_not_known_to_be_kept(status: str, tmp_path: Path) -> None:
    main = one(tmp_path, database(DBInstanceStatus=status))
    for fact in ("kms_key", "encryption_key", "customer_key", "backed_up", "backup_days", "versioned"):
        with pytest.raises(UnknownFact, match="can't use its key"):
            getattr(main, fact)
    assert main.encrypted  # nobody reads it


@pytest.mark.parametrize("status", LOCKED)
def test_a_cluster_that_can_t_use_its_key_keeps_nothing_of_its_members(status: str, tmp_path: Path) -> None:
    cluster = {
        "DBClusterIdentifier": "aurora", "Status": status, "MultiAZ": True, "DeletionProtection": True,
        "BackupRetentionPeriod": 35, "DBClusterMembers": [{"DBInstanceIdentifier": "main", "IsClusterWriter": True}],
    }  # fmt: skip
    member = database(DBClusterIdentifier="aurora")
    main = one(tmp_path, member, **{"rds.describe-db-clusters": {"DBClusters": [cluster]}})
    with pytest.raises(UnknownFact, match="can't use its key"):
        assert main.backed_up


def test_a_status_that_is_not_told_is_none_that_is_good() -> None:
    item = database()
    del item["DBInstanceStatus"]
    assert {"kms_key", "retention_days", "versioned"}.isdisjoint(told("rds describe-db-instances", item))


@pytest.mark.parametrize(
    ("status", "more"),
    [
        ("ACTIVE", {"InaccessibleEncryptionDateTime": "2026-11-19T08:00:00Z"}),
        ("INACCESSIBLE_ENCRYPTION_CREDENTIALS", {}),
        ("ARCHIVED", {}),
    ],
)
def test_a_table_that_can_t_use_its_key(status: str, more: dict[str, str]) -> None:
    sse = {"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/k", **more}
    assert "kms_key" not in told(
        "dynamodb describe-table", {"Table": {"TableStatus": status, "SSEDescription": sse}}, table="orders"
    )


def test_more_tables_than_one_page(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"dynamodb.list-tables": {"TableNames": ["orders"], "LastEvaluatedTableName": "orders"}})
    assert {gap.code for gap in inventory.gaps(DynamoTable)} == {"partial"}
