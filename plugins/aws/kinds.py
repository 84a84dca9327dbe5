"""What AWS resources tell beyond the neutral kinds.

Facts that two calls tell together stand here one by one and the neutral fact is derived from them. A fact of the
scope, told to every member of it, is marked so.
"""

from datetime import datetime

from soc2test import (
    Alarm,
    BackupPlan,
    Credential,
    DataStore,
    Detector,
    EncryptionKey,
    Endpoint,
    Host,
    Identity,
    LogSink,
    LogStore,
    Network,
    NetworkRule,
    PasswordPolicy,
    PostureCheck,
    Resource,
    Role,
    Secret,
    Tenant,
)

__all__ = [
    "AccessAnalyzer",
    "AccessKey",
    "AccessKeyUse",
    "AccountPasswordPolicy",
    "AwsAccount",
    "AwsBackupPlan",
    "AwsSecret",
    "AwsStore",
    "ClassicListener",
    "ClassicPolicy",
    "CloudWatchAlarm",
    "ConfigRecorder",
    "Database",
    "DbClusterParameterGroup",
    "DbParameterGroup",
    "DbParameters",
    "DynamoTable",
    "EbsSnapshot",
    "EbsVolume",
    "Ec2Instance",
    "GuardDutyDetector",
    "IamRole",
    "IamRoot",
    "IamUser",
    "IssuedCredential",
    "KmsKey",
    "LoadBalancer",
    "LoadBalancerListener",
    "LogGroup",
    "OrganizationAnalyzer",
    "PrefixList",
    "RdsCluster",
    "RdsClusterSnapshot",
    "RdsInstance",
    "RdsSnapshot",
    "ReachedStore",
    "RecordedGlobalTypes",
    "RedshiftCluster",
    "RedshiftParameters",
    "RootAccessKey",
    "S3Bucket",
    "SearchDomain",
    "SecurityGroup",
    "SecurityGroupRule",
    "SecurityHub",
    "ServiceCredential",
    "SigningCertificate",
    "SnsSubscription",
    "SshPublicKey",
    "Trail",
    "Vpc",
]


class IamUser(Identity, frozen=True, gc=False, kw_only=True):
    """A user of IAM. Human means that it has a console password; its id leaves out the path, which some calls omit."""

    way_in: bool
    """by password, access key or signing certificate, as the credential report knows them"""


class IamRole(Role, frozen=True, gc=False, kw_only=True):
    """A role of IAM. Those of its own account who may take it on have its rights counted as theirs."""


class IamRoot(Identity, frozen=True, gc=False, kw_only=True):
    """The root of an account. It is nobody's own account: no person's e-mail address and no owner belong to it."""

    has_keys: bool


class AccessKey(Credential, frozen=True, gc=False, kw_only=True):
    """An access key of an IAM user; its id names the time of its creation, as the credential report shows no key id."""

    key: str
    """its key id, by which IAM is asked when it was used last; not told by the credential report"""


class SigningCertificate(Credential, frozen=True, gc=False, kw_only=True):
    """An X.509 certificate of a user, or of the root, that signs requests."""


class IssuedCredential(Credential, frozen=True, gc=False, kw_only=True):
    """What IAM gives out beside access keys, and shows in no credential report."""


class ServiceCredential(IssuedCredential, frozen=True, gc=False, kw_only=True):
    """A user's credential for one service: CodeCommit, Keyspaces, API keys of Bedrock and CloudWatch."""

    service: str


class SshPublicKey(IssuedCredential, frozen=True, gc=False, kw_only=True):
    """A user's SSH key for CodeCommit."""


class AccessKeyUse(Resource, frozen=True, gc=False, kw_only=True):
    """What IAM answers when asked for the last use of one access key; its id is the key's."""

    last_used_at: datetime | None


class RootAccessKey(Credential, frozen=True, gc=False, kw_only=True):
    """An access key of the root: a resource only where one exists."""


class AccountPasswordPolicy(PasswordPolicy, frozen=True, gc=False, kw_only=True):
    """The password rules of IAM users; without one of its own an account has AWS's default rules."""

    custom: bool
    """the company set it"""


class AwsSecret(Secret, frozen=True, gc=False, kw_only=True):
    """A secret in Secrets Manager that is not about to be deleted."""

    rotated_at: datetime | None
    """when Secrets Manager last rotated it by itself; None: never"""
    version_made_at: datetime
    """when the version in use was made, by whomever"""


class AwsAccount(Tenant, frozen=True, gc=False, kw_only=True):
    """An account in one region: what AWS switches per region is told per region. Id is "account/region"."""


class S3Bucket(DataStore, frozen=True, gc=False, kw_only=True):
    """A general-purpose bucket."""

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
    ignores_acls: bool
    """its own public access block makes public ACLs void"""
    restricts_policy: bool
    """its own public access block makes a public policy void"""
    account_ignores_acls: bool
    """of the scope: so does the account's public access block"""
    account_restricts_policy: bool
    """of the scope"""
    expirations: tuple[str, ...]
    """lifecycle rules that delete objects: days and the prefix of those objects ("400:logs/"); "?" for days where the
    rule deletes on a date or by a tag"""


class AwsStore(DataStore, frozen=True, gc=False, kw_only=True):
    """A regional store that KMS encrypts and AWS Backup may protect."""

    kms_key: str | None
    """ARN of its key; None: none, or one that AWS owns"""
    recovery_points: tuple[str, ...]
    """of the scope: ARNs of the resources that AWS Backup holds a recovery point of"""


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
    forces_tls: bool
    """refuses connections without TLS, by its setting or by the engine's"""


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


class SecurityGroupRule(NetworkRule, frozen=True, gc=False, kw_only=True):
    """One permission of a security group for one peer (address range, group or prefix list)."""

    peer: str
    prefix_list: str | None
    """id of the `PrefixList` that it is for; None: it is for networks or another group"""


class SecurityGroup(Resource, frozen=True, gc=False, kw_only=True):
    """A security group of EC2. Ranges of TCP ports are written "5432-5432"."""

    name: str
    """its id in EC2"""
    open_ports: tuple[str, ...]
    """ranges that its inbound rules open to anybody"""
    unsure_ports: tuple[str, ...]
    """ranges of rules of which it is not told whom they let in, or which ports they mean"""


class PrefixList(Resource, frozen=True, gc=False, kw_only=True):
    """A list of networks by which rules name many at once. Its id is "account/region/name"."""

    name: str
    """its id in EC2"""
    anybody: bool
    """its networks, alone or together, are the whole internet"""


class Ec2Instance(Host, frozen=True, gc=False, kw_only=True):
    """A virtual machine that is not terminated."""


class Vpc(Network, frozen=True, gc=False, kw_only=True):
    """A virtual private cloud of this account, the default one too."""


class LoadBalancer(Resource, frozen=True, gc=False, kw_only=True):
    """A load balancer (application, network or gateway). `name` is its ARN, by which its listeners are asked for."""

    name: str
    public: bool


class LoadBalancerListener(Endpoint, frozen=True, gc=False, kw_only=True):
    """A port of a load balancer."""

    listener: str
    """its ARN"""
    load_balancer: str
    """ARN of the balancer"""
    protocol: str
    redirects: bool
    """plain HTTP whose default action only redirects to HTTPS"""
    rules_redirect: bool
    """and so do all its other rules"""


class ClassicListener(Endpoint, frozen=True, gc=False, kw_only=True):
    """A port of a load balancer of the former generation."""

    balancer: str
    """name of the balancer"""
    policies: tuple[str, ...]
    """names of its policies: what it speaks, and how sessions stick"""


class ClassicPolicy(Resource, frozen=True, gc=False, kw_only=True):
    """A policy of a load balancer of the former generation, by which its ports may negotiate TLS."""

    name: str
    """as the company called it, also where it means one of AWS's own"""
    negotiates: bool
    """it says which protocols are spoken"""
    min_tls: str | None
    """as of an `Endpoint`; None where it does not negotiate"""


class Trail(LogSink, frozen=True, gc=False, kw_only=True):
    """A CloudTrail trail; a trail of all regions is told by each. A region that no trail records is one that delivers
    nothing; its id is "account/region/cloudtrail"."""

    bucket: str
    prefix: str
    """what the names of its files in the bucket begin with, before AWSLogs/; empty: nothing"""


class ConfigRecorder(Detector, frozen=True, gc=False, kw_only=True):
    """AWS Config's recorder in one region, also where there is none."""

    all_types: bool
    """it records every type of resource of its region"""


class RecordedGlobalTypes(Resource, frozen=True, gc=False, kw_only=True):
    """Whether AWS Config records IAM, which knows no region, in one region; one of an account is enough."""

    account: str
    recorded: bool


class GuardDutyDetector(Detector, frozen=True, gc=False, kw_only=True):
    """GuardDuty in one region, also where it is off."""

    detector: str
    """id of the detector, by which it is asked for; not told where there is none"""


class AwsBackupPlan(BackupPlan, frozen=True, gc=False, kw_only=True):
    """A plan of AWS Backup."""

    plan: str
    """id of the plan, by which it is asked for"""


class LogGroup(LogStore, frozen=True, gc=False, kw_only=True):
    """A log group of CloudWatch."""


class CloudWatchAlarm(Alarm, frozen=True, gc=False, kw_only=True):
    """An alarm on metrics, logs or other alarms."""

    actions: tuple[str, ...]
    """ARNs of what acts when it goes off, its own or those of composite alarms around it; empty: nothing does"""


class SnsSubscription(Resource, frozen=True, gc=False, kw_only=True):
    """A confirmed subscription to a topic of SNS."""

    topic: str
    """ARN of the topic"""


class AccessAnalyzer(PostureCheck, frozen=True, gc=False, kw_only=True):
    """IAM Access Analyzer in one region, also where it is off."""

    region: str
    own: bool
    """an analyzer of this account looks for access from outside"""
    organization: str | None
    """id of the organization that the account belongs to; None: to none"""


class OrganizationAnalyzer(Resource, frozen=True, gc=False, kw_only=True):
    """An analyzer that looks in all accounts of an organization for access from outside. The others list none of it."""

    region: str
    active: bool
    organization: str | None


class SecurityHub(PostureCheck, frozen=True, gc=False, kw_only=True):
    """Security Hub in one region, also where it is off."""
