"""Amazon Web Services: exports of the AWS CLI, credential reports and AWS Config snapshots."""

from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.aws import (
    account,
    backup,
    claims,
    cloudtrail,
    config,
    config_snapshot,
    credential_report,
    dynamodb,
    ebs,
    ec2,
    elbv2,
    guardduty,
    iam,
    iam_rights,
    kms,
    rds,
    s3,
    s3_access,
    security_groups,
    stores,
)
from soc2test_plugins.aws.kinds import (
    AccessKey,
    AccountPasswordPolicy,
    AwsAccount,
    AwsBackupPlan,
    AwsStore,
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
    RdsInstance,
    RdsSnapshot,
    RootAccessKey,
    S3Bucket,
    SecurityGroupRule,
    Trail,
)
from soc2test_plugins.aws.source import aws
