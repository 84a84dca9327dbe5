"""Google Cloud's kinds: the neutral ones with what Cloud Asset Inventory tells beside them."""

from datetime import datetime

import msgspec

from soc2test import (
    BackupPlan,
    Credential,
    DataStore,
    EncryptionKey,
    Host,
    Identity,
    LogSink,
    NetworkRule,
    Resource,
    Role,
    Tenant,
)

__all__ = [
    "CloudSqlInstance",
    "GcpAccountName",
    "GcpAsset",
    "GcpBucket",
    "GcpCryptoKey",
    "GcpDisk",
    "GcpFirewallRule",
    "GcpGrants",
    "GcpIamPolicy",
    "GcpInstance",
    "GcpKeyVersion",
    "GcpLogDestination",
    "GcpLogSink",
    "GcpMember",
    "GcpOrgPolicy",
    "GcpProject",
    "GcpRole",
    "GcpServiceAccount",
    "GcpServiceAccountKey",
    "GcpSharedRights",
    "GcpSnapshot",
    "GcpSnapshotSchedule",
]


class AuditLog(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A log of data access that a policy switches on for a service, or for "allServices"."""

    service: str
    log_type: str
    """"DATA_READ", "DATA_WRITE" or "ADMIN_READ\""""
    exempts: bool
    """somebody's access is not logged"""


class GcpIamPolicy(Resource, frozen=True, gc=False, kw_only=True):
    """The IAM policy of one resource; id is the asset's name. A grant under a condition counts as a grant."""

    anyone: tuple[str, ...]
    """roles granted to allUsers or allAuthenticatedUsers"""
    audited: tuple[AuditLog, ...]


class GcpAsset(Resource, frozen=True, gc=False, kw_only=True):
    """Any asset that the export of resources lists, of whichever type: whatever else names one must be among them."""


class GcpRole(Resource, frozen=True, gc=False, kw_only=True):
    """A role of the company's own; id is what bindings call it: "projects/acme/roles/deployer"."""

    permissions: tuple[str, ...]


class GcpGrants(Resource, frozen=True, gc=False, kw_only=True):
    """The grants of one IAM policy that may make somebody an administrator, as the export of one scope has them."""

    scope: str
    """the parent that was exported, such as project=acme-prod"""
    asset: str
    """name of the project, folder, organization or service account that they are given on"""
    members: tuple[str, ...]
    """all who hold one of them: "user:ann@acme.example", "serviceAccount:..." """
    grants: tuple[tuple[str, str, bool], ...]
    """member, role, and whether under a condition, which may have ended since"""
    administrators: tuple[str, ...]
    """members who administer the project, folder or organization"""
    impersonators: tuple[str, ...]
    """members who may act as the accounts"""
    accounts: tuple[str, ...]
    """e-mail addresses of the service accounts that it is given on: of one, or of all below"""
    doubtful: tuple[str, ...]
    """members who may hold more: under a condition, or by a role that no export tells"""


class GcpAccountName(Resource, frozen=True, gc=False, kw_only=True):
    """A service account once more, by its address in the export of one scope: policies name it that way."""

    scope: str
    asset: str
    email: str
    parents: tuple[str, ...]


class GcpOrgPolicy(Resource, frozen=True, gc=False, kw_only=True):
    """An organisation policy with a yes-or-no constraint, set on one project, folder or organisation."""

    node: str
    """asset name of the project, folder or organisation"""
    constraint: str
    """"storage.publicAccessPrevention" ..."""
    enforced: bool


class GcpProject(Tenant, frozen=True, gc=False, kw_only=True):
    """A project. Who signs in how is told by Cloud Identity, not here."""

    parents: tuple[str, ...]
    """asset names of the project itself, its folders and its organisation"""


class GcpBucket(DataStore, frozen=True, gc=False, kw_only=True):
    """A bucket of Cloud Storage.

    A bucket is public where it, or what it inherits from, grants anybody a role, or its own access lists do. A grant
    to anybody counts unless the bucket or an organisation policy in the export prevents public access for certain.
    Soft delete makes a bucket `versioned` (deleted and overwritten objects come back), not `backed_up`.
    """

    parents: tuple[str, ...]
    prevention: str
    """public access prevention of the bucket itself: "enforced" or "inherited\""""
    uniform_access: bool
    """access lists of the bucket and its objects have no force"""
    acl_public: bool
    """the bucket's own access lists name anybody"""
    prevented: bool
    """an organisation policy in the export prevents public access"""
    usage_logged: bool
    retention_days: int | None
    retention_locked: bool


class CloudSqlInstance(DataStore, frozen=True, gc=False, kw_only=True):
    """An instance of Cloud SQL; a read replica is a `copy`. Public means: reachable from any address."""


class ScheduledSnapshots(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What one schedule made of one disk."""

    schedule: str
    """asset name"""
    last_ready_at: datetime | None
    """when the newest was made that is ready; None: none is"""
    last_failed: bool | None
    """the newest that ended failed; None: none has ended"""
    gap_hours: float
    """the longest time between two that are ready, from the first that ended"""


class GcpDisk(DataStore, frozen=True, gc=False, kw_only=True):
    """A persistent disk; nobody reaches it but the machine it is attached to.

    `backed_up` means that a snapshot schedule is attached which made a snapshot of this very disk, or was not due since
    the disk is there; copies made by other means are not seen.
    """

    number: str
    """the id that Google gives once: a disk of the same name that comes later has another"""
    created_at: datetime
    exported_at: datetime
    """the moment that the export tells of"""
    resource_policies: tuple[str, ...]
    """asset names of the policies attached, snapshot schedules and others"""
    scheduled_snapshots: tuple[ScheduledSnapshots, ...]
    """what each schedule made of it, also one that is not attached any more"""


class GcpSnapshot(DataStore, frozen=True, gc=False, kw_only=True):
    """A snapshot of a disk."""

    disk: str | None
    """`number` of the disk that it was made of; None: made by hand, and it does not say of which"""
    schedule: str | None
    """asset name of the schedule that made it; None: made by hand"""
    created_at: datetime
    succeeded: bool | None
    """None: it is still being made, or is being deleted: nothing to rest on, and no failure"""


class GcpSnapshotSchedule(BackupPlan, frozen=True, gc=False, kw_only=True):
    """A snapshot schedule, as good as the disk says that it reached worst of all that it is attached to."""


class GcpFirewallRule(NetworkRule, frozen=True, gc=False, kw_only=True):
    """One protocol and port range that a VPC firewall rule or a firewall policy allows.

    Rules that deny are not set off against it: what a rule opens counts, whatever its priority.
    """


class GcpInstance(Host, frozen=True, gc=False, kw_only=True):
    """A virtual machine.

    Its metadata server has no session tokens; it refuses each request without the header `Metadata-Flavor: Google`,
    and each that was forwarded, which guards against the same forged requests: `metadata_token_required` is true.
    """


class GcpServiceAccount(Identity, frozen=True, gc=False, kw_only=True):
    """A service account.

    `admin` means that it may set the IAM policy of a project, folder or organisation of the export (owners may), or act
    as a service account that may.
    """


class GcpMember(Identity, frozen=True, gc=False, kw_only=True):
    """Somebody whom a project, folder or organisation gives a role that may make an administrator of him.

    Google Cloud knows people by their address alone: their second factor and last sign-in are told by their directory.
    A service account that the export of resources lists is a `GcpServiceAccount`, and not active as a member.
    """


class GcpSharedRights(Role, frozen=True, gc=False, kw_only=True):
    """The rights of a group, a domain or an identity pool, or those that are inherited from above what was exported."""

    inherited: str | None
    """asset name of the folder or organisation that they come from; None: of members of the exported parent"""


class GcpServiceAccountKey(Credential, frozen=True, gc=False, kw_only=True):
    """A key of a service account that people manage; those that Google makes and rotates itself are left out."""

    expires_at: datetime | None


class GcpCryptoKey(EncryptionKey, frozen=True, gc=False, kw_only=True):
    """A key in Cloud KMS."""


class GcpKeyVersion(Resource, frozen=True, gc=False, kw_only=True):
    """One version of a key."""

    key: str
    """asset name of the key"""
    state: str
    """"ENABLED", "DISABLED", "DESTROY_SCHEDULED", "DESTROYED" ..."""


class GcpLogDestination(Resource, frozen=True, gc=False, kw_only=True):
    """A bucket that log sinks can write to, of Cloud Logging or of Cloud Storage; id is a sink's `destination`."""

    locked: bool
    """records can't be changed or deleted before their time"""
    customer_key: bool
    retention_days: int | None


class GcpLogSink(LogSink, frozen=True, gc=False, kw_only=True):
    """A sink of Cloud Logging that takes in audit logs; others are left out.

    Whether a sink's deliveries succeed is not told, but where it writes to a bucket of Cloud Logging in its own
    project, which needs no permission.
    """

    destination: str
