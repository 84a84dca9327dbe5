"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.aws.kinds import (
    AccessAnalyzer,
    AccessKey,
    ConfigRecorder,
    DynamoTable,
    EbsSnapshot,
    EbsVolume,
    GuardDutyDetector,
    IamRoot,
    IamUser,
    RdsCluster,
    RdsClusterSnapshot,
    RdsInstance,
    RdsSnapshot,
    RedshiftCluster,
    RootAccessKey,
    S3Bucket,
    SearchDomain,
    SecurityHub,
    ServiceCredential,
    SigningCertificate,
    SshPublicKey,
)
from soc2test_plugins.aws.source import aws

aws.always(IamRoot, root=True)
aws.always(IamUser, root=False, stays_listed=False)  # users are deleted
aws.always(RootAccessKey, root=True, category="access_key")
for credential in (AccessKey, ServiceCredential, SigningCertificate, SshPublicKey):
    aws.always(credential, root=False)
aws.always(GuardDutyDetector, category="threat")
aws.always(ConfigRecorder, category="configuration")
aws.always(AccessAnalyzer, category="external_access")
aws.always(SecurityHub, category="benchmark")
aws.always(S3Bucket, copy=False)
for snapshot in (EbsSnapshot, RdsSnapshot, RdsClusterSnapshot):
    aws.always(snapshot, copy=True)
for sharing in (S3Bucket, DynamoTable, SearchDomain, EbsSnapshot, RdsSnapshot, RdsClusterSnapshot):
    aws.always(sharing, may_share=True)
for alone in (EbsVolume, RdsInstance, RdsCluster, RedshiftCluster):  # they have no policy of their own
    aws.always(alone, may_share=False)
