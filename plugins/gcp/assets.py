"""The two exports: resources with their data, and IAM policies, each asset a row."""

from collections.abc import Iterable

from soc2test import Facts, Item, Said, Subject, id_text, or_skip, skip, text
from soc2test_plugins.gcp import compute, disks, iam, kms, logs, organization, sql, storage  # noqa: F401  # readers
from soc2test_plugins.gcp.kinds import (
    CloudSqlInstance,
    GcpBucket,
    GcpCryptoKey,
    GcpDisk,
    GcpFirewallRule,
    GcpIamPolicy,
    GcpInstance,
    GcpKeyVersion,
    GcpLogDestination,
    GcpLogSink,
    GcpOrgPolicy,
    GcpProject,
    GcpServiceAccount,
    GcpServiceAccountKey,
    GcpSnapshot,
    GcpSnapshotSchedule,
)
from soc2test_plugins.gcp.shapes import READERS, asset_of
from soc2test_plugins.gcp.source import as_assets, gcp, some_assets

__all__ = ["IAM", "RESOURCES"]

RESOURCES = "asset list resource"
IAM = "asset list iam-policy"

_STORES = (GcpBucket, CloudSqlInstance, GcpDisk, GcpSnapshot)
_OTHERS = (
    GcpFirewallRule, GcpInstance, GcpServiceAccount, GcpServiceAccountKey, GcpCryptoKey, GcpKeyVersion,
    GcpLogSink, GcpLogDestination, GcpProject, GcpOrgPolicy, GcpSnapshotSchedule,
)  # fmt: skip
_TELLS = (
    "name", "copy", "public", "encrypted", "customer_key", "tls_only", "versioned", "backed_up", "backup_days",
    "deletion_protected", "multi_zone", "classification", "owner", "group", "inbound", "protocol", "from_port",
    "to_port", "world", "running", "public_address", "metadata_token_required", "human", "root", "active", "identity",
    "category", "created_at", "expires_at", "customer_managed", "enabled", "symmetric", "rotates", "deletion_pending",
    "delivering", "all_regions", "management_events", "default_encryption",
)  # fmt: skip


@gcp.reads(
    RESOURCES,
    kind=(*_STORES, *_OTHERS),
    items="assets",
    lists=True,
    tells=_TELLS,
    prepare=some_assets,
    command="gcloud asset list --{parent} --content-type=resource --format=json",
)
def resource(item: Item, at: Subject) -> Iterable[Said] | Said:
    """An asset with its data, where it is of a type that is read here. The list must not be cut by --asset-types."""
    asset = asset_of(item)
    read = READERS.get(text(item.first("assetType", "asset_type")))
    return skip("of a type that is not read here") if read is None else or_skip(read(asset), "none of its kinds")


@gcp.reads(
    IAM,
    kind=GcpIamPolicy,
    items="assets",
    lists=True,
    tells=("anyone", "owners", "audited"),
    prepare=as_assets,
    command="gcloud asset list --{parent} --content-type=iam-policy --format=json",
)
def policy(item: Item, at: Subject) -> Facts:
    """An asset with its IAM policy; one that has none is no row."""
    return iam.policy_facts(id_text(item["name"]), item.first("iamPolicy", "iam_policy"))
