"""What records, watches, checks and backs up."""

from soc2test import (
    Alarm,
    BackupPlan,
    DataScan,
    Detector,
    LogSink,
    LogStore,
    PostureCheck,
    PromptLog,
    Resource,
    RestoreTest,
)

__all__ = [
    "AccessAnalyzer",
    "AwsBackupPlan",
    "AwsRestoreJob",
    "BedrockLog",
    "CloudWatchAlarm",
    "ConfigRecorder",
    "GuardDutyDetector",
    "LogGroup",
    "MacieBucket",
    "OrganizationAnalyzer",
    "RecordedGlobalTypes",
    "SecurityHub",
    "SnsSubscription",
    "Trail",
]


class Trail(LogSink, frozen=True, gc=False, kw_only=True):
    """A CloudTrail trail; a trail of all regions is told by each. A region that no trail records is one that delivers
    nothing; its id is "account/region/cloudtrail"."""

    bucket: str
    prefix: str
    """what the names of its files in the bucket begin with, before AWSLogs/; empty: nothing"""
    validates: bool
    """digests of its files are switched on"""
    digests_arrive: bool
    """the last of them was delivered"""
    object_reads: tuple[str, ...]
    """begins of the ARNs of S3's objects of which each reading is recorded, and behind " but " what is left out of one
    ("arn:aws:s3:::data/", "arn:aws:s3 but arn:aws:s3:::logs/")"""
    object_writes: tuple[str, ...]
    """the same of each writing"""


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


class AwsRestoreJob(RestoreTest, frozen=True, gc=False, kw_only=True):
    """A restore job of AWS Backup."""

    resource: str
    """ARN of what was backed up: a store, or the machine or cluster that it belongs to"""


class LogGroup(LogStore, frozen=True, gc=False, kw_only=True):
    """A log group of CloudWatch."""


class MacieBucket(DataScan, frozen=True, gc=False, kw_only=True):
    """What Macie says of a bucket."""

    score_sensitive: bool
    """the score of its automated discovery is one of sensitive data"""


class BedrockLog(PromptLog, frozen=True, gc=False, kw_only=True):
    """Amazon Bedrock's log of what models are asked and answer in one region, also where it is off."""


class CloudWatchAlarm(Alarm, frozen=True, gc=False, kw_only=True):
    """An alarm on metrics, logs or other alarms."""

    actions: tuple[str, ...]
    """ARNs of what acts when it goes off, its own or those of composite alarms around it; empty: nothing does"""


class SnsSubscription(Resource, frozen=True, gc=False, kw_only=True):
    """A confirmed subscription to a topic of SNS."""

    topic: str
    """ARN of the topic"""
    mail: str | None
    """address that it is sent to; None: it goes another way"""


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
