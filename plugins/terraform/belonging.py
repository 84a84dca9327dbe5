"""Types that hold a part of another resource, and are read with it."""

from collections.abc import Mapping

import msgspec

from soc2test import DataStore, Endpoint, Missed, Resource, Skip, UnknownFact, missed, skip
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.workspace import Workspace

__all__ = ["ALONE", "PARTS", "part"]


class Part(msgspec.Struct, frozen=True):
    """By which arguments a resource names the one that it is a part of, of which types that is, and of which kind."""

    arguments: tuple[str, ...]
    owners: tuple[str, ...]
    kind: type[Resource]


_BUCKET = Part(("bucket",), ("aws_s3_bucket",), DataStore)
_GOOGLE_BUCKET = Part(("bucket",), ("google_storage_bucket",), DataStore)
_ACCOUNT = Part(("storage_account_id", "storage_account_name"), ("azurerm_storage_account",), DataStore)
_LISTENER = Part(("listener_arn",), ("aws_lb_listener", "aws_alb_listener"), Endpoint)
_SERVER = Part(("server_id",), ("azurerm_postgresql_flexible_server",), DataStore)

PARTS: Mapping[str, Part] = {
    "aws_alb_listener_rule": _LISTENER,
    "aws_dynamodb_resource_policy": Part(("resource_arn",), ("aws_dynamodb_table",), DataStore),
    "aws_lb_listener_rule": _LISTENER,
    "aws_rds_cluster_instance": Part(("cluster_identifier",), ("aws_rds_cluster",), DataStore),
    "aws_s3_bucket_acl": _BUCKET,
    "aws_s3_bucket_logging": _BUCKET,
    "aws_s3_bucket_object_lock_configuration": _BUCKET,
    "aws_s3_bucket_ownership_controls": _BUCKET,
    "aws_s3_bucket_policy": _BUCKET,
    "aws_s3_bucket_public_access_block": _BUCKET,
    "aws_s3_bucket_server_side_encryption_configuration": _BUCKET,
    "aws_s3_bucket_versioning": _BUCKET,
    "azurerm_postgresql_flexible_server_configuration": _SERVER,
    "azurerm_storage_account_customer_managed_key": _ACCOUNT,
    "azurerm_storage_account_network_rules": _ACCOUNT,
    "azurerm_storage_container": _ACCOUNT,
    "google_storage_bucket_access_control": _GOOGLE_BUCKET,
    "google_storage_bucket_acl": _GOOGLE_BUCKET,
    "google_storage_bucket_iam_binding": _GOOGLE_BUCKET,
    "google_storage_bucket_iam_member": _GOOGLE_BUCKET,
    "google_storage_bucket_iam_policy": _GOOGLE_BUCKET,
    "google_storage_default_object_access_control": _GOOGLE_BUCKET,
    "google_storage_default_object_acl": _GOOGLE_BUCKET,
}
ALONE: Mapping[str, str] = {
    "aws_alb": "a load balancer: its listeners are resources of their own",
    "aws_db_parameter_group": "read with the databases that name it",
    "aws_kms_alias": "another name of a key, which is a resource of its own",
    "aws_lb": "a load balancer: its listeners are resources of their own",
    "azurerm_mssql_server": "read with its databases",
}
"""Types that are read with those that name them, and are nothing by themselves."""


def part(record: Record, workspace: Workspace) -> Skip | Missed:
    """A part of a resource of this workspace is told with it; one of a resource that others make is a gap."""
    rule = PARTS[record.type]
    for argument in rule.arguments:
        if argument not in record.values:
            continue
        try:
            owner = workspace.target(record, argument, *rule.owners)
        except UnknownFact:  # each of those that it may belong to is then unknown in what the part tells
            owner = next((each for each in workspace.records if each.type in rule.owners), None)
        if owner is not None:
            return skip(f"{record.type}: read with the resource that it belongs to")
    return missed(f"type {record.type} is a part of a resource that this workspace does not make", rule.kind)
