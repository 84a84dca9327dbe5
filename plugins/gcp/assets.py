"""The two exports: resources with their data, and IAM policies, each asset a row."""

from collections.abc import Iterator

from soc2test import (
    Item,
    Said,
    Skip,
    Subject,
    facts,
    id_text,
    named,
    or_skip,
)
from soc2test_plugins.gcp import grants, iam
from soc2test_plugins.gcp.asset_types import KINDS_READ, judge, type_of
from soc2test_plugins.gcp.kinds import (
    CloudSqlInstance,
    GcpAccountName,
    GcpAsset,
    GcpBucket,
    GcpCryptoKey,
    GcpDisk,
    GcpFirewallRule,
    GcpGrants,
    GcpIamPolicy,
    GcpInstance,
    GcpKeyVersion,
    GcpLogDestination,
    GcpLogSink,
    GcpMember,
    GcpOrgPolicy,
    GcpProject,
    GcpRole,
    GcpServiceAccount,
    GcpServiceAccountKey,
    GcpSharedRights,
    GcpSnapshot,
    GcpSnapshotSchedule,
)
from soc2test_plugins.gcp.shapes import READERS, ancestors, asset_of, with_moment
from soc2test_plugins.gcp.source import as_assets, gcp, some_assets

__all__ = ["IAM", "RESOURCES"]

RESOURCES = "asset list resource"
IAM = "asset list iam-policy"

_UNTOLD = "//cloudresourcemanager.googleapis.com/whatever is above"
_STORES = (GcpBucket, CloudSqlInstance, GcpDisk, GcpSnapshot)
_OTHERS = (
    GcpFirewallRule, GcpInstance, GcpServiceAccount, GcpServiceAccountKey, GcpCryptoKey, GcpKeyVersion,
    GcpAsset, GcpAccountName, GcpRole, GcpLogSink, GcpLogDestination, GcpProject, GcpOrgPolicy, GcpSnapshotSchedule,
)  # fmt: skip
_TELLS = (
    "name", "copy", "public", "encrypted", "customer_key", "encryption_key", "tls_only", "versioned", "backed_up",
    "backup_days",
    "deletion_protected", "protected_days", "multi_zone", "classification", "owner", "group", "inbound", "protocol",
    "from_port",
    "to_port", "world", "running", "public_address", "metadata_token_required", "human", "root", "active", "identity",
    "category", "created_at", "expires_at", "customer_managed", "enabled", "symmetric", "rotates", "deletion_pending",
    "permissions", "scope", "asset", "parents", "delivering", "all_regions", "management_events", "default_encryption",
)  # fmt: skip


@gcp.reads(
    RESOURCES,
    kind=(*_STORES, *_OTHERS),
    items="assets",
    lists=True,
    tells=_TELLS,
    prepare=some_assets,
    arrange=with_moment,
    command="gcloud asset list --{parent} --content-type=resource --format=json",
)
def resource(item: Item, at: Subject) -> Iterator[Said]:
    """An asset with its data, where it is of a type that is read here. The list must not be cut by --asset-types."""
    yield facts(id_text(item["name"]), GcpAsset)
    type_ = type_of(item)
    word = judge(type_)
    if word is not None:
        yield word
        return
    asset = asset_of(item, _scope(at))
    yield from or_skip(READERS[type_](asset), f"{type_}: holds none of the kinds that are read")


@gcp.reads(
    IAM,
    kind=(GcpIamPolicy, GcpGrants, GcpMember, GcpSharedRights),
    items="assets",
    lists=True,
    tells=(
        "anyone", "audited", "scope", "asset", "members", "grants", "name", "email", "human", "root", "active",
        "password", "password_set_at", "disabled_at", "owner", "anybody", "outsiders", "inherited",
    ),
    prepare=as_assets,
    command="gcloud asset list --{parent} --content-type=iam-policy --format=json",
)  # fmt: skip
def policy(item: Item, at: Subject) -> Iterator[Said]:
    """An asset with its IAM policy; one that has none is no row. The export of resources must list each of them."""
    name, told = id_text(item["name"]), item.first("iamPolicy", "iam_policy")
    yield iam.policy_facts(name, told)
    yield from _whose(name, type_of(item))
    if not grants.no_node(name):
        yield from grants.grants_facts(_scope(at), name, told, _above(name, item))


def _scope(at: Subject) -> str:
    """The parent that was exported; an export that lies elsewhere may not say which."""
    return at["parent"] if "parent" in at else ""  # noqa: SIM401  # `get` raises too


def _whose(name: str, type_: str) -> Iterator[Said]:
    """The asset is there, whether the export of resources lists it or not."""
    word = judge(type_)
    if word is None:
        yield named(name, GcpAsset, *KINDS_READ[type_])
    elif not isinstance(word, Skip):
        yield word


def _above(name: str, item: Item) -> tuple[str, ...]:
    """What a project or folder inherits policies from."""
    if "/organizations/" in name or not grants.is_node(name):
        return ()
    if "ancestors" not in item:  # an older export
        return (_UNTOLD,)
    return tuple(node for node in ancestors(item) if node != name)
