"""Each call with a subject says where its answer names it, or stands here with the reason why no answer does."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from test_wrong_values import PLUGINS

from soc2test.evidence.record import Evidence
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source
from soc2test.telling.subjects import other_subject

_TAGS = "tags alone"
_SETTING = "the setting alone"
UNNAMED: dict[tuple[str, str, str], str] = {
    ("aws", "iam list-user-tags", "user"): _TAGS,
    **{
        ("aws", f"s3api {call}", "bucket"): _SETTING
        for call in (
            "get-bucket-encryption", "get-bucket-versioning", "get-bucket-logging", "get-object-lock-configuration",
            "get-bucket-policy-status", "get-bucket-ownership-controls", "get-public-access-block",
            "get-bucket-lifecycle-configuration",
        )
    },
    ("aws", "s3api get-bucket-tagging", "bucket"): _TAGS,
    ("aws", "s3api get-bucket-acl", "bucket"): "the owner of the bucket and grants",
    ("aws", "cloudtrail get-trail-status", "trail"): "times alone",
    ("aws", "dynamodb describe-continuous-backups", "table"): "times alone",
    ("aws", "dynamodb list-tags-of-resource", "table"): _TAGS,
    ("aws", "elb describe-load-balancer-policies", "balancer"): "policies, which AWS names alike everywhere",
    ("aws", "macie2 list-resource-profile-detections", "resource"): "sorts of data alone",
    ("aws", "guardduty get-detector", "detector"): "settings and the role of the service",
    ("aws", "iam get-access-key-last-used", "key"): "the user of the key and not the key",
    ("aws", "opensearch list-tags", "domain"): _TAGS,
    ("aws", "es list-tags", "domain"): _TAGS,
    ("aws", "ec2 get-managed-prefix-list-entries", "prefix_list"): "ranges of addresses",
    ("aws", "rds describe-db-parameters", "group"): "parameters alone",
    ("aws", "rds describe-db-cluster-parameters", "group"): "parameters alone",
    ("github", "code-scanning list-recent-analyses", "branch"): "other branches too, which the reader leaves aside",
    ("aws", "redshift describe-cluster-parameters", "group"): "parameters alone",
    ("aws", "redshift describe-logging-status", "cluster"): "the bucket that takes the logs",
    ("entra", "directoryRoles members", "role"): "members; the context may name the role by another id than its template's",
    ("github", "pulls list-commits", "number"): "commits, which many pull requests may have",
    ("github", "checks list-for-ref", "number"): "the commit, which the reading function holds against the pull request's",
    ("github", "repos get-combined-status-for-ref", "number"): "the commit, which the reading function compares",
    ("github", "repos list-pull-requests-associated-with-commit", "sha"): "pull requests, whose head may be another",
    ("github", "repos get-branch-rules", "branch"): "rules and the rulesets that they are of",
    ("github", "issues list-events", "number"): "events, each with an address of its own",
    ("github", "graphql repository", "repo"): "the one field that the query asks for",
    ("gitlab", "projects members all", "project"): "members, with pages of their own",
    ("gitlab", "projects protected_branches", "project"): "branches, which projects name alike",
    ("gitlab", "projects approval_rules", "project"): "rules, with an id of their own",
    ("gitlab", "projects approvals", "project"): _SETTING,
    ("gitlab", "merge_requests approvals", "project"): "the number in the project, and in Premium the project's id",
    ("gitlab", "repository commits", "project"): "commits, which forks have too",
    ("gitlab", "repository commits merge_requests", "sha"): "merge requests, whose last commit may be another",
    **{
        ("gitlab", f"merge_requests {call}", part): "commits, which the reader holds against the merge request's"
        for call in ("versions", "commits")
        for part in ("project", "number")
    },
    ("okta", "listGroupUsers", "group"): "users, with links to themselves",
    ("okta", "listUserGroups", "user"): "groups, with links to themselves",
    ("okta", "listUserIdentityProviders", "user"): "identity providers, with links to themselves",
    ("google_workspace", "tokens list", "user"): "the user by an id, who is asked for by the address",
    ("openai", "list-project-api-keys", "project"): "keys and who holds them",
    ("openai", "list-project-service-accounts", "project"): "service accounts",
}  # fmt: skip


def calls() -> Iterator[tuple[Source, Operation, str]]:
    for plugin in dict.fromkeys(PLUGINS.values()):
        for source in plugin.soc2_sources():
            for operation in source.operations.values():
                yield from ((source, operation, part) for part in operation.subject if part not in source.scope)


def test_each_call_with_a_subject_says_where_its_answer_names_it() -> None:
    silent = {(source.name, each.name, part) for source, each, part in calls() if part not in each.about}
    assert silent == set(UNNAMED)


_LB = "loadbalancer/app/web/0a1b2c3d4e5f6701"
_ELB = "arn:aws:elasticloadbalancing:eu-west-1:012345678901:"
_KEY = "b92e6a44-08c7-4d5f-8e63-52a7c0de1a02"
_SUB = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/Prod/providers"
_USER = "6ea91a8d-e32e-41a1-b7bd-d2d185eed0e0"
_GRAPH = "https://graph.microsoft.com/v1.0/$metadata#"
_GITHUB = "https://api.github.com/repos/acme/web"
_OKTA = "https://acme.okta.com/api/v1"


def _policy(*resources: Any) -> dict[str, str]:
    return {"Policy": json.dumps({"Statement": [{"Effect": "Deny", "Resource": each} for each in resources]})}


def _linked(**hrefs: str) -> list[dict[str, Any]]:
    return [{"_links": {name: {"href": href} for name, href in hrefs.items()}}]


OWN: list[tuple[str, str, dict[str, str], Any]] = [
    ("aws", "backup get-backup-plan", {"plan": "5c1e"}, {"BackupPlanId": "5c1e", "BackupPlanArn": "arn:aws:backup:eu-west-1:012345678901:backup-plan:5c1e"}),
    ("aws", "iam list-access-keys", {"user": "Ada"}, {"AccessKeyMetadata": [{"UserName": "ada"}, {}]}),
    ("aws", "kms get-key-rotation-status", {"key": _KEY}, {"KeyId": f"arn:aws:kms:eu-west-1:012345678901:key/{_KEY}"}),
    ("aws", "kms get-key-rotation-status", {"key": f"arn:aws:kms:eu-west-1:012345678901:key/{_KEY}"}, {"KeyId": _KEY.upper()}),
    ("aws", "kms describe-key", {"key": "alias/prod"}, {"KeyMetadata": {"KeyId": _KEY}}),
    ("aws", "cloudtrail get-event-selectors", {"trail": "all"}, {"TrailARN": "arn:aws:cloudtrail:eu-west-1:012345678901:trail/all"}),
    ("aws", "elbv2 describe-listeners", {"load_balancer": _ELB + _LB}, {"Listeners": [{"LoadBalancerArn": _ELB + _LB}]}),
    ("aws", "elbv2 describe-rules", {"listener": f"{_ELB}listener/app/web/1/2"}, {"Rules": [{"RuleArn": f"{_ELB}listener-rule/app/web/1/2/3"}]}),
    ("aws", "rds describe-db-snapshot-attributes", {"snapshot": "rds:acme-2026"}, {"DBSnapshotAttributesResult": {"DBSnapshotIdentifier": "rds:acme-2026"}}),
    ("aws", "rds describe-db-snapshot-attributes", {"snapshot": "arn:aws:rds:eu-west-1:012345678901:snapshot:rds:acme-2026"}, {"DBSnapshotAttributesResult": {"DBSnapshotIdentifier": "rds:acme-2026"}}),
    ("aws", "secretsmanager list-secret-version-ids", {"secret": "db-secret"}, {"Name": "db-secret", "ARN": "arn:aws:secretsmanager:eu-west-1:012345678901:secret:db-secret-AbC123"}),
    ("aws", "secretsmanager list-secret-version-ids", {"secret": "arn:aws:secretsmanager:eu-west-1:012345678901:secret:db-secret"}, {"Name": "db-secret"}),
    ("aws", "s3api get-bucket-policy", {"bucket": "data"}, _policy(["arn:aws:s3:::data", "arn:aws:s3:::data/*"], "*", "arn:aws:s3:::d*", "arn:aws-cn:s3:::data")),
    ("aws", "s3api get-bucket-policy", {"bucket": "data"}, {"Policy": "no document"}),
    ("aws", "dynamodb get-resource-policy", {"table": "Orders"}, _policy("arn:aws:dynamodb:eu-west-1:012345678901:table/Orders", "arn:aws:dynamodb:eu-west-1:012345678901:table/Orders/index/*")),
    ("azure", "sql server firewall-rule list", {"server": "acme-sql"}, [{"id": f"{_SUB}/Microsoft.Sql/servers/Acme-SQL/firewallRules/office"}]),
    ("azure", "sql server ipv6-firewall-rule list", {"server": "acme-sql"}, [{"id": f"{_SUB}/Microsoft.Sql/servers/Acme-SQL/ipv6FirewallRules/office"}]),
    ("azure", "sql db tde show", {"server": "acme-sql", "database": "crm"}, {"id": f"{_SUB}/Microsoft.Sql/servers/acme-sql/databases/crm/transparentDataEncryption/current"}),
    ("azure", "monitor diagnostic-settings list", {"resource": f"{_SUB}/Microsoft.KeyVault/vaults/v"}, [{"id": f"{_SUB.lower()}/microsoft.keyvault/vaults/v/providers/microsoft.insights/diagnosticSettings/all"}]),
    ("azure", "network watcher flow-log list", {"location": "westeurope"}, [{"location": "West Europe"}]),
    ("azure", "keyvault key list", {"vault": "Acme"}, [{"kid": "https://acme.vault.azure.net/keys/data"}]),
    ("azure", "keyvault key rotation-policy show", {"vault": "acme", "key": "Data"}, {"id": "https://acme.vault.azure.net/keys/data/rotationpolicy"}),
    ("entra", "users authentication methods", {"directory_id": _USER}, {"@odata.context": f"{_GRAPH}users('{_USER}')/authentication/methods", "value": []}),
    ("entra", "users authentication methods", {"directory_id": _USER}, {"@odata.context": f"{_GRAPH}users('ada%40acme.example')/authentication/methods"}),
    ("entra", "groups members", {"group": _USER}, {"@odata.context": f"{_GRAPH}directoryObjects(id)"}),
    ("entra", "groups owners", {"group": _USER}, {"@odata.context": f"{_GRAPH}directoryObjects(id)"}),
    ("entra", "identityGovernance privilegedAccess group eligibilityScheduleInstances", {"group": _USER}, {"value": [{"groupId": _USER}]}),
    ("entra", "domains federationConfiguration", {"domain": "acme.example"}, {"@odata.context": f"{_GRAPH}domains('Acme.example')/federationConfiguration"}),
    ("github", "pulls list-reviews", {"repo": "Web", "number": "212"}, [{"pull_request_url": f"{_GITHUB}/pulls/212", "html_url": "https://github.com/acme/web/pull/212#pullrequestreview-999"}]),
    ("github", "pulls get", {"repo": "web", "number": "212"}, {"number": 212, "url": f"{_GITHUB}/pulls/212", "body": "see #999"}),
    ("github", "repos get-branch-protection", {"repo": "web", "branch": "release/2"}, {"url": f"{_GITHUB}/branches/release%2F2/protection", "enforce_admins": {"url": f"{_GITHUB}/branches/release/2/protection/enforce_admins"}}),
    ("github", "repos get-branch-rules", {"repo": "web", "branch": "main"}, [{"ruleset_source_type": "Organization", "ruleset_source": "acme"}]),
    ("gitlab", "projects merge_requests", {"project": "acme/Web"}, [{"iid": 7, "references": {"full": "acme/web!7"}}]),
    ("gitlab", "merge_requests get", {"project": "acme/web", "number": "7"}, {"iid": 7, "references": {"full": "acme/web!7"}}),
    ("gitlab", "merge_requests approvals", {"project": "acme/web", "number": "7"}, {"approved_by": []}),
    ("okta", "getUser", {"user": "ada@acme.example"}, {"id": "00u1ada", "profile": {"login": "Ada@acme.example"}}),
    ("okta", "listFactors", {"user": "ada@acme.example"}, _linked(user=f"{_OKTA}/users/00u1ada")),
    ("okta", "listAssignedRolesForUser", {"user": "00u1ada"}, _linked(assignee=f"{_OKTA}/users/00u1ada", permissions=f"{_OKTA}/iam/roles/x")),
]  # fmt: skip
"""Answers that name their own subject in a spelling of the vendor's, or do not say which they are of."""
OTHERS: list[tuple[str, str, dict[str, str], Any, str]] = [
    ("aws", "backup get-backup-plan", {"plan": "5c1e"}, {"BackupPlanId": "999"}, "999"),
    ("aws", "ec2 describe-snapshot-attribute", {"snapshot": "snap-1"}, {"SnapshotId": "snap-2"}, "snap-2"),
    ("aws", "iam get-user", {"user": "ada"}, {"User": {"UserName": "bob"}}, "bob"),
    ("aws", "iam get-login-profile", {"user": "ada"}, {"LoginProfile": {"UserName": "bob"}}, "bob"),
    ("aws", "iam list-mfa-devices", {"user": "ada"}, {"MFADevices": [{"UserName": "ada"}, {"UserName": "bob"}]}, "bob"),
    ("aws", "iam list-access-keys", {"user": "ada"}, {"AccessKeyMetadata": [{"UserName": "bob"}]}, "bob"),
    ("aws", "iam list-service-specific-credentials", {"user": "ada"}, {"ServiceSpecificCredentials": [{"UserName": "bob"}]}, "bob"),
    ("aws", "iam list-ssh-public-keys", {"user": "ada"}, {"SSHPublicKeys": [{"UserName": "bob"}]}, "bob"),
    ("aws", "iam list-signing-certificates", {"user": "ada"}, {"Certificates": [{"UserName": "bob"}]}, "bob"),
    ("aws", "cloudtrail get-event-selectors", {"trail": "all"}, {"TrailARN": "arn:aws:cloudtrail:eu-west-1:012345678901:trail/some"}, "some"),
    ("aws", "dynamodb describe-table", {"table": "Orders"}, {"Table": {"TableName": "orders"}}, "orders"),
    ("aws", "dynamodb get-resource-policy", {"table": "Orders"}, _policy("arn:aws:dynamodb:eu-west-1:012345678901:table/Carts"), "Carts"),
    ("aws", "elbv2 describe-listeners", {"load_balancer": _ELB + _LB}, {"Listeners": [{"LoadBalancerArn": f"{_ELB}{_LB}2"}]}, _LB),
    ("aws", "elbv2 describe-rules", {"listener": f"{_ELB}listener/app/web/1/2"}, {"Rules": [{"RuleArn": f"{_ELB}listener-rule/app/web/1/9/3"}]}, "app/web/1/9"),
    ("aws", "kms get-key-rotation-status", {"key": _KEY}, {"KeyId": _KEY.replace("b9", "00")}, "002e6a44"),
    ("aws", "kms describe-key", {"key": _KEY}, {"KeyMetadata": {"Arn": "arn:aws:kms:eu-west-1:012345678901:key/mrk-0123"}}, "mrk-0123"),
    ("aws", "opensearch describe-domain", {"domain": "a"}, {"DomainStatus": {"DomainName": "b"}}, "b"),
    ("aws", "es describe-elasticsearch-domain", {"domain": "a"}, {"DomainStatus": {"ARN": "arn:aws:es:eu-west-1:012345678901:domain/b"}}, "b"),
    ("aws", "rds describe-db-snapshot-attributes", {"snapshot": "a"}, {"DBSnapshotAttributesResult": {"DBSnapshotIdentifier": "b"}}, "b"),
    ("aws", "rds describe-db-cluster-snapshot-attributes", {"snapshot": "a"}, {"DBClusterSnapshotAttributesResult": {"DBClusterSnapshotIdentifier": "b"}}, "b"),
    ("aws", "s3api get-bucket-policy", {"bucket": "data"}, _policy("arn:aws:s3:::data", "arn:aws:s3:::logs/*"), "logs"),
    ("aws", "s3api get-bucket-policy", {"bucket": "data"}, {"Policy": "%7B%22Statement%22%3A%7B%22Resource%22%3A%22arn%3Aaws%3As3%3A%3A%3Alogs%22%7D%7D"}, "logs"),
    ("aws", "secretsmanager list-secret-version-ids", {"secret": "a/b"}, {"ARN": "arn:aws:secretsmanager:eu-west-1:012345678901:secret:a/c-AbC123"}, "a/c"),
    ("azure", "sql server firewall-rule list", {"server": "a"}, [{"id": f"{_SUB}/Microsoft.Sql/servers/b/firewallRules/x"}], "b"),
    ("azure", "sql server ipv6-firewall-rule list", {"server": "a"}, [{"id": f"{_SUB}/Microsoft.Sql/servers/b/ipv6FirewallRules/x"}], "b"),
    ("azure", "postgres flexible-server firewall-rule list", {"server": "a"}, {"value": [{"id": f"{_SUB}/Microsoft.DBforPostgreSQL/flexibleServers/b/firewallRules/x"}]}, "b"),
    ("azure", "sql server audit-policy show", {"server": "a"}, {"id": f"{_SUB}/Microsoft.Sql/servers/b/auditingSettings/Default"}, "b"),
    ("azure", "sql server tde-key show", {"server": "a"}, {"id": f"{_SUB}/Microsoft.Sql/servers/b/encryptionProtector/current"}, "b"),
    ("azure", "sql db list", {"server": "a"}, [{"id": f"{_SUB}/Microsoft.Sql/servers/b/databases/crm"}], "b"),
    ("azure", "sql db tde show", {"server": "a", "database": "crm"}, {"id": f"{_SUB}/Microsoft.Sql/servers/a/databases/erp/transparentDataEncryption/current"}, "erp"),
    ("azure", "postgres flexible-server parameter show", {"server": "a", "parameter": "require_secure_transport"}, {"id": f"{_SUB}/Microsoft.DBforPostgreSQL/flexibleServers/a/configurations/ssl"}, "ssl"),
    ("azure", "monitor diagnostic-settings list", {"resource": f"{_SUB}/Microsoft.KeyVault/vaults/v"}, [{"id": f"{_SUB}/Microsoft.KeyVault/vaults/w/providers/microsoft.insights/diagnosticSettings/all"}], "vaults/w"),
    ("azure", "network watcher flow-log list", {"location": "westeurope"}, [{"location": "northeurope"}], "northeurope"),
    ("azure", "network watcher flow-log show", {"location": "westeurope", "flow_log": "a"}, {"id": f"{_SUB}/Microsoft.Network/networkWatchers/w/flowLogs/b"}, "b"),
    ("azure", "storage container-rm list", {"account": "a"}, [{"id": f"{_SUB}/Microsoft.Storage/storageAccounts/b/blobServices/default/containers/c"}], "b"),
    ("azure", "storage account blob-service-properties show", {"account": "a"}, {"id": f"{_SUB}/Microsoft.Storage/storageAccounts/b/blobServices/default"}, "b"),
    ("azure", "keyvault show", {"vault": "a"}, {"id": f"{_SUB}/Microsoft.KeyVault/vaults/b"}, "b"),
    ("azure", "keyvault key list", {"vault": "a"}, [{"kid": "https://b.vault.azure.net/keys/data"}], "b"),
    ("azure", "keyvault key rotation-policy show", {"vault": "a", "key": "k"}, {"id": "https://a.vault.azure.net/keys/l/rotationpolicy"}, "l"),
    ("entra", "users authentication methods", {"directory_id": _USER}, {"@odata.context": f"{_GRAPH}users('{_USER[:-1]}9')/authentication/methods"}, _USER[:-1]),
    ("entra", "users authentication requirements", {"directory_id": "ada@acme.example"}, {"@odata.context": f"{_GRAPH}users('bob%40acme.example')/authentication/requirements"}, "bob@acme.example"),
    ("entra", "groups members", {"group": _USER}, {"@odata.context": f"{_GRAPH}groups('{_USER[:-1]}9')/members"}, _USER[:-1]),
    ("entra", "groups owners", {"group": _USER}, {"@odata.context": f"{_GRAPH}groups('{_USER[:-1]}9')/owners"}, _USER[:-1]),
    ("entra", "identityGovernance privilegedAccess group eligibilityScheduleInstances", {"group": _USER}, {"value": [{"groupId": f"{_USER[:-1]}9"}]}, _USER[:-1]),
    ("entra", "groups transitiveMembers", {"group": _USER}, {"@odata.context": f"{_GRAPH}groups('{_USER[:-1]}9')/transitiveMembers"}, _USER[:-1]),
    ("entra", "domains federationConfiguration", {"domain": "a.example"}, {"@odata.context": f"{_GRAPH}domains('b.example')/federationConfiguration"}, "b.example"),
    ("github", "pulls list-reviews", {"repo": "web", "number": "212"}, [{"html_url": "https://github.com/acme/web/pull/999#pullrequestreview-1"}], "999"),
    ("github", "pulls list-reviews", {"repo": "web", "number": "212"}, [[{"_links": {"pull_request": {"href": f"{_GITHUB}/pulls/999"}}}]], "999"),
    ("github", "pulls get", {"repo": "web", "number": "212"}, {"number": 999}, "999"),
    ("github", "pulls list-commits", {"repo": "infra", "number": "1"}, [{"url": f"{_GITHUB}/commits/1"}], "web"),
    ("github", "checks list-for-ref", {"repo": "infra", "number": "1"}, {"check_runs": [{"url": f"{_GITHUB}/check-runs/1"}]}, "web"),
    ("github", "repos get-repo-ruleset", {"repo": "infra"}, [{"source_type": "Repository", "source": "acme/web"}], "web"),
    ("github", "repos get-branch-rules", {"repo": "infra", "branch": "main"}, [{"ruleset_source_type": "Repository", "ruleset_source": "acme/web"}], "web"),
    ("github", "repos get-all-environments", {"repo": "infra"}, {"environments": [{"url": f"{_GITHUB}/environments/prod"}]}, "web"),
    ("github", "repos get-branch-protection", {"repo": "web", "branch": "main"}, {"url": f"{_GITHUB}/branches/dev/protection"}, "dev"),
    ("gitlab", "projects merge_requests", {"project": "acme/web"}, [{"references": {"full": "acme/api!7"}}], "acme/api"),
    ("gitlab", "merge_requests get", {"project": "acme/web", "number": "7"}, {"iid": 7, "references": {"full": "acme/api!7"}}, "acme/api"),
    ("gitlab", "repository commits merge_requests", {"project": "acme/web", "sha": "a"}, [{"references": {"full": "acme/api!7"}}], "acme/api"),
    ("gitlab", "merge_requests get", {"project": "acme/web", "number": "7"}, {"iid": 8, "references": {"full": "acme/web!7"}}, "8"),
    ("gitlab", "merge_requests approvals", {"project": "acme/web", "number": "7"}, {"iid": 8, "approved_by": []}, "8"),
    ("github", "repos get-branch-protection", {"repo": "web", "branch": "main"}, {"required_signatures": {"url": f"{_GITHUB}/branches/Main/protection/required_signatures"}}, "Main"),
    ("okta", "listOAuth2ClientSecrets", {"app_id": "0oa1"}, _linked(activate=f"{_OKTA}/apps/0oa2/credentials/secrets/ocs1/lifecycle/activate"), "0oa2"),
    ("okta", "listGroupAssignedRoles", {"group": "00g1"}, _linked(assignee=f"{_OKTA}/groups/00g2"), "00g2"),
    ("okta", "listPolicyRules", {"policy": "00p1"}, _linked(self=f"{_OKTA}/policies/00p2/rules/0pr1"), "00p2"),
    ("okta", "getUser", {"user": "00u1ada"}, {"id": "00u1Ada"}, "00u1Ada"),
    ("okta", "getUser", {"user": "ada@acme.example"}, {"id": "00u1", "profile": {"login": "bob@acme.example"}}, "bob@acme.example"),
    ("okta", "listFactors", {"user": "00u1ada"}, _linked(self=f"{_OKTA}/users/00u2bob/factors/opf1"), "00u2bob"),
    ("okta", "listAssignedRolesForUser", {"user": "00u1ada"}, _linked(assignee=f"{_OKTA}/users/00u2bob"), "00u2bob"),
    ("securityhub", "securityhub get-finding-history", {"finding": "arn:aws:1"}, {"Records": [{"FindingIdentifier": {"Id": "arn:aws:2"}}]}, "arn:aws:2"),
]  # fmt: skip


def said(source: str, name: str, subject: dict[str, str], body: Any) -> str | None:
    sources = {each.name: each for plugin in PLUGINS.values() for each in plugin.soc2_sources()}
    return other_subject(sources[source].operations[name], Evidence("x", "x", source, name, subject, "", body))


@pytest.mark.parametrize(("source", "name", "subject", "body"), OWN)
def test_an_answer_about_its_own_subject_is_none_of_another(
    source: str, name: str, subject: dict[str, str], body: Any
) -> None:
    assert said(source, name, subject, body) is None


@pytest.mark.parametrize(("source", "name", "subject", "body", "named"), OTHERS)
def test_an_answer_about_another_subject_is_seen(
    source: str, name: str, subject: dict[str, str], body: Any, named: str
) -> None:
    assert named in str(said(source, name, subject, body))


def test_each_declaration_is_tried() -> None:
    tried = {(source, name) for source, name, *_ in OTHERS}
    repositories = {  # one rule for all, which is tried above
        (source.name, each.name)
        for source, each, _ in calls()
        if source.name == "github" and set(each.about) == {"repo"}
    }
    assert {(source.name, each.name) for source, each, _ in calls() if each.about} <= tried | repositories


@pytest.mark.parametrize(
    "body", [None, True, 7, "x", [], {}, [None, 7, [[]]], {"_links": 1, "Policy": "{", "value": [3]}]
)
def test_no_odd_answer_breaks_a_declaration(body: Any) -> None:
    for source, each, _ in calls():
        assert (
            other_subject(each, Evidence("x", "x", source.name, each.name, dict.fromkeys(each.subject, "x"), "", body))
            is None
        )
