"""Stores of data, and the keys that encrypt them."""

from soc2test import EncryptionKey, Resource, SharedStore

__all__ = [
    "AwsStore",
    "Database",
    "DbClusterParameterGroup",
    "DbOptionGroup",
    "DbParameterGroup",
    "DbParameters",
    "DynamoTable",
    "EbsSnapshot",
    "EbsVolume",
    "KmsKey",
    "RdsCluster",
    "RdsClusterSnapshot",
    "RdsInstance",
    "RdsSnapshot",
    "ReachedStore",
    "RedshiftCluster",
    "RedshiftParameters",
    "S3Bucket",
    "SearchDomain",
]


class S3Bucket(SharedStore, frozen=True, gc=False, kw_only=True):
    """A general-purpose bucket."""

    account: str
    """the account that owns it"""
    organization: str | None
    """of the scope: id of the organisation that its account belongs to; None: to none"""
    server_logged: bool
    """S3 itself writes a log of accesses to it into a bucket"""
    kms_key: str | None
    """the default encryption's KMS key as configured; None: S3's own key"""
    acl_public: bool
    """its ACL grants something to everybody, or to everybody with any AWS account"""
    object_acls: bool
    """access lists have force, so each of its objects may have one that lets everybody in"""
    policy_public: bool
    """AWS calls its policy public; where AWS was not asked, as `policy_open` says"""
    policy_open: bool
    """its policy allows something to everybody without a condition"""
    policy_delegates: bool
    """its policy leaves the decision to access points, whose own policies may be public"""
    policy_outsiders: tuple[str, ...]
    """`outsiders` by its policy"""
    acl_outsiders: tuple[str, ...]
    """`outsiders` by its access list"""
    ignores_acls: bool
    """its own public access block makes public ACLs void"""
    restricts_policy: bool
    """its own public access block makes a public policy void"""
    account_ignores_acls: bool
    """of the scope: so does the account's public access block"""
    account_restricts_policy: bool
    """of the scope"""
    version_days: int | None
    """days after which lifecycle rules delete a version that was overwritten; None: never"""
    expirations: tuple[str, ...]
    """lifecycle rules that delete objects: days and the prefix of those objects ("400:logs/"); "?" for days where the
    rule deletes on a date or by a tag"""


class AwsStore(SharedStore, frozen=True, gc=False, kw_only=True):
    """A regional store that KMS encrypts and AWS Backup may protect."""

    kms_key: str | None
    """ARN of its key; None: none, or one that AWS owns"""
    recovery_points: tuple[str, ...]
    """of the scope: ARNs of the resources that AWS Backup holds a recovery point of, not over 35 days old"""
    undated_points: tuple[str, ...]
    """of the scope: those of which it does not tell when they were last backed up"""


class ReachedStore(AwsStore, frozen=True, gc=False, kw_only=True):
    """A store that clients reach by a port behind security groups."""

    public_address: bool
    """it may have an address that the internet routes to; its security groups decide who comes through"""
    port: int
    security_groups: tuple[str, ...]
    """their ARNs"""


class EbsVolume(AwsStore, frozen=True, gc=False, kw_only=True):
    """A disk. Only hosts in its zone reach it; EBS keeps no versions and no record of reads."""

    attached_to: tuple[str, ...]
    """ARNs of instances"""


class EbsSnapshot(AwsStore, frozen=True, gc=False, kw_only=True):
    """A copy of a disk, of this account."""

    shared_with_all: bool
    """its permissions let anyone make a volume of it"""
    sharing_blocked: bool
    """of the scope: the account blocks all public sharing of snapshots in the region"""


class Database(ReachedStore, frozen=True, gc=False, kw_only=True):
    """A database of RDS, Aurora, DocumentDB or Neptune."""

    retention_days: int
    """how long automatic backups are kept; 0: they are off"""
    replica: bool
    """it repeats another database, and takes no changes of its own"""
    cluster: str | None
    """ARN of its cluster, whose backups are its own, or of the cluster that it is; None: it belongs to none"""
    parameter_groups: tuple[str, ...]
    """ARNs of the groups of an instance; one as a rule, none of a cluster"""
    cluster_parameter_group: str | None
    """ARN of the group of its cluster, or of the cluster that it is; None: it belongs to none"""
    parameters_applied: bool
    """what the groups of an instance say is in force: no parameter waits for a restart"""
    cluster_parameters_applied: bool
    """the same of the group of its cluster"""
    log_exports: tuple[str, ...]
    """kinds of logs sent to CloudWatch, as the instance says"""
    cluster_log_exports: tuple[str, ...]
    """the same, as its cluster says; none where it belongs to none"""
    activity_stream: bool
    cluster_activity_stream: bool
    option_groups: tuple[str, ...]
    """names of the groups of options of an instance; none of a cluster"""
    audit_plugin: bool
    """one of these groups adds the plugin that writes the audit log of MySQL and MariaDB"""


class RdsInstance(Database, frozen=True, gc=False, kw_only=True):
    """A database instance; where it belongs to a cluster, the cluster tells its protection."""


class RdsCluster(Database, frozen=True, gc=False, kw_only=True):
    """A cluster that has no instance: its volume holds data all the same. One that has some is told by them."""


class DbParameters(Resource, frozen=True, gc=False, kw_only=True):
    """The settings of database engines; AWS's own groups begin with "default."."""

    name: str
    family: str
    """the engine with its version that it is for ("aurora-postgresql16")"""
    tls_setting: bool | None
    """refuses connections without TLS; None: it leaves that to the engine"""
    log_setting: bool | None
    """records each connection; None: it leaves that to others"""
    audit_setting: bool | None
    """writes the engine's audit log; None: it leaves that to the engine"""
    forces_tls: bool
    """refuses connections without TLS, by its setting or by the engine's"""


class DbOptionGroup(Resource, frozen=True, gc=False, kw_only=True):
    """Options that are added to an engine."""

    name: str
    audits: bool
    """it adds the plugin that writes MySQL's and MariaDB's audit log"""


class DbParameterGroup(DbParameters, frozen=True, gc=False, kw_only=True):
    """The settings of instances."""


class DbClusterParameterGroup(DbParameters, frozen=True, gc=False, kw_only=True):
    """The settings of clusters, which hold for their instances."""


class RdsSnapshot(AwsStore, frozen=True, gc=False, kw_only=True):
    """A copy of a database, of this account."""


class RdsClusterSnapshot(AwsStore, frozen=True, gc=False, kw_only=True):
    """A copy of a cluster of databases, of this account."""


class DynamoTable(AwsStore, frozen=True, gc=False, kw_only=True):
    """A DynamoDB table."""

    recovery_days: int
    """how far point-in-time recovery reaches back where it is on"""


class RedshiftCluster(ReachedStore, frozen=True, gc=False, kw_only=True):
    """A data warehouse."""

    retention_days: int
    """how long automatic snapshots are kept; 0: they are off"""
    parameter_groups: tuple[str, ...]
    """their names; one as a rule"""
    parameters_applied: bool
    """what they say of TLS is in force: it does not wait for a restart"""


class RedshiftParameters(Resource, frozen=True, gc=False, kw_only=True):
    """The settings of Redshift clusters, as far as they were asked for."""

    forces_tls: bool


class SearchDomain(AwsStore, frozen=True, gc=False, kw_only=True):
    """A domain of OpenSearch or Elasticsearch."""


class KmsKey(EncryptionKey, frozen=True, gc=False, kw_only=True):
    """A key in KMS."""
