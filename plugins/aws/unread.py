"""Calls of AWS that are known and not read, each with the reason.

A file that holds one is claimed for its call, so that it is reported as such and not as a stranger's.
"""

__all__ = ["UNREAD"]

UNREAD = {
    # answers about one named thing that say less than a list that is read
    "guardduty get-findings": "answers for finding ids that were asked for, and knows no decision on them",
    "accessanalyzer list-findings": "access that is meant until somebody archives it: no fact says which is",
    "iam get-policy-version": "get-account-authorization-details holds each document with who it is attached to",
    "iam get-role": "get-account-authorization-details holds each role with its policies",
    "iam generate-credential-report": "says that a report is being made; get-credential-report is the report",
    "iam generate-service-last-accessed-details": "starts a job, and is about roles",
    "iam get-service-last-accessed-details": "names a job and not whom it is about",
    "sso-admin list-account-assignments": "whom Identity Center lets into an account is not counted: IAM-12 says so",
    "sso-admin list-permission-sets": "IAM holds the role of each, with its policies",
    "identitystore list-group-memberships": "whom Identity Center lets into an account is not counted: IAM-12 says so",
    "iam list-saml-providers": "that a provider exists does not say that people use it",
    # lists that add nothing to what is read
    "autoscaling describe-auto-scaling-groups": "its machines stand in ec2 describe-instances; capacity needs metrics",
    "configservice describe-compliance-by-config-rule": "which rules are the company's baseline is not told",
    "configservice list-discovered-resources": "of one type that only the command named",
    "dlm get-lifecycle-policies": "without --policy-id's details it tells no schedule and no target",
    "ec2 describe-network-acls": "the default one is open by design, and security groups decide behind it",
    "wafv2 list-web-acls": "an ACL protects nothing until it is associated, which this list does not tell",
    "ec2 describe-availability-zones": "AWS's own places",
    "ec2 describe-network-interfaces": "addresses of what other lists name",
    "ec2 describe-subnets": "places, without rules of their own",
    "ec2 describe-vpc-endpoints": "paths inside; no control asks for them",
    "ec2 describe-vpc-peering-connections": "paths inside; no control asks for them",
    "route53 list-hosted-zones-by-vpc": "names; no control asks for them",
    "redshift describe-cluster-subnet-groups": "places, without rules of their own",
    "s3api get-bucket-location": "where a bucket is; no control asks for it",
    # stores, endpoints and workloads whose lists would leave every account partial that does not export them
    "ecr describe-repositories": "images are tested by scanners' reports",
    "ecr get-repository-policy": "images are tested by scanners' reports",
    "ecs describe-tasks": "workloads, which no AWS list that is read names",
    "ecs list-clusters": "workloads, which no AWS list that is read names",
    "ecs list-tasks": "workloads, which no AWS list that is read names",
    "elb describe-load-balancer-attributes": "of the former generation",
    "elbv2 describe-load-balancer-attributes": "access logs of a balancer; no control asks for them",
    "lambda get-policy": "workloads, which no AWS list that is read names",
    "lambda list-functions": "workloads, which no AWS list that is read names",
    "secretsmanager get-resource-policy": "who may fetch a secret; no control asks for it",
    "sns get-topic-attributes": "messages on their way, which no store holds",
    "sns list-topics": "messages on their way, which no store holds",
    "sqs get-queue-attributes": "messages on their way; a store that is not in the list of stores read here",
}
