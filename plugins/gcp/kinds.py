"""Google Cloud's kinds: the neutral ones with what Cloud Asset Inventory tells beside them."""

from datetime import datetime

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
    Tenant,
)

__all__ = [
    "CloudSqlInstance",
    "GcpBucket",
    "GcpCryptoKey",
    "GcpDisk",
    "GcpFirewallRule",
    "GcpIamPolicy",
    "GcpInstance",
    "GcpKeyVersion",
    "GcpLogDestination",
    "GcpLogSink",
    "GcpOrgPolicy",
    "GcpProject",
    "GcpServiceAccount",
    "GcpServiceAccountKey",
    "GcpSnapshot",
    "GcpSnapshotSchedule",
]


class GcpIamPolicy(Resource, frozen=True, gc=False, kw_only=True):
    """The IAM policy of one resource; id is the asset's name. A grant under a condition counts as a grant."""

    anyone: tuple[str, ...]
    """roles granted to allUsers or allAuthenticatedUsers"""
    owners: tuple[str, ...]
    """members with roles/owner: "user:ann@acme.example", "serviceAccount:..." """
    audited: tuple[str, ...]
    """services (or "allServices") whose data reads and writes are logged, nobody exempted"""


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


class GcpDisk(DataStore, frozen=True, gc=False, kw_only=True):
    """A persistent disk; nobody reaches it but the machine it is attached to.

    `backed_up` means a snapshot schedule is attached; copies made by other means are not seen.
    """

    resource_policies: tuple[str, ...]
    """asset names of the policies attached, snapshot schedules and others"""


class GcpSnapshot(DataStore, frozen=True, gc=False, kw_only=True):
    """A snapshot of a disk."""

    schedule: str | None
    """asset name of the schedule that made it; None: made by hand"""
    created_at: datetime
    succeeded: bool


class GcpSnapshotSchedule(BackupPlan, frozen=True, gc=False, kw_only=True):
    """A snapshot schedule, for all disks that it is attached to."""


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
    """A service account. `admin` means roles/owner on a project, folder or organisation of the export."""


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
