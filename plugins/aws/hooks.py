"""The hooks by which AWS enters; importing the modules of its services declares their calls."""

from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.aws import (
    account,
    alarms,
    backup,
    bedrock,
    claims,
    cloudtrail,
    config,
    config_snapshot,
    constants,  # noqa: F401  # it declares
    credential_report,
    dynamodb,
    ebs,
    ec2,
    elb,
    elbv2,
    exposure,
    guardduty,
    iam,
    iam_credentials,
    iam_key_use,
    iam_rights,
    kms,
    logs,
    macie,
    opened_rules,
    opensearch,
    organizations,
    other_stores,
    posture,
    prefix_lists,
    protected,
    rds,
    rds_clusters,
    rds_parameters,
    rds_snapshots,
    redshift,
    restores,
    s3,
    s3_access,
    s3_lifecycle,
    secrets,
    security_groups,
    sns,
    ssm,
    stores,
    trail_events,
    trail_files,
    vpc,
)
from soc2test_plugins.aws.source import aws

__all__ = ["SERVICES", "soc2_claim", "soc2_sources"]

SERVICES = (
    account, alarms, backup, bedrock, cloudtrail, config, config_snapshot, credential_report, dynamodb, ebs, ec2,
    elb, elbv2, exposure, guardduty, iam, iam_credentials, iam_key_use, iam_rights, kms, logs, macie, opened_rules,
    opensearch, organizations, other_stores, posture, prefix_lists, protected, rds, rds_clusters, rds_parameters,
    rds_snapshots, redshift, restores, s3, s3_access, s3_lifecycle, secrets, security_groups, sns, ssm, stores,
    trail_events, trail_files, vpc,
)  # fmt: skip


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """Amazon Web Services."""
    return (aws,)


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """Folders by account, region and call; credential reports; AWS Config snapshots."""
    return claims.claim(export)
