"""For each source one small set of exports in its vendor's shape, clean and with one of two things wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["CASES", "SourceCase"]

Files = dict[str, Any]
"""Path below exports/ -> body."""


@dataclass(frozen=True)
class SourceCase:
    """What a shipped control says of a source's exports: `clean` passes, and in `bad` it finds `planted` alone."""

    plugin: str
    source: str
    control: str
    clean: Files | None
    """None: the source tells what is wrong alone, a clean report has nothing to examine"""
    bad: Files
    planted: str
    """id of the one resource that deviates (or is unknown), beside one that does not"""
    unknown: str = ""
    """not empty: `bad` does not fail, since its source tells too little, in words that hold this"""
    limits: Mapping[str, Any] = field(default_factory=dict)
    """of the control, where the company must set them"""


def _list(*items: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "items": list(items), "kind": "List", "metadata": {"resourceVersion": ""}}


def _pod(name: str, **context: Any) -> dict[str, Any]:
    container = {"name": "web", "image": "registry.example/web:1", "securityContext": context}
    metadata = {"name": name, "namespace": "shop", "creationTimestamp": "2026-11-01T08:00:00Z"}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {"containers": [container]}}


def _cluster(*pods: Any) -> Files:
    kinds = ("deployments", "replicasets", "statefulsets", "daemonsets", "jobs", "cronjobs")
    lists = {f"kubernetes/prod/get.{kind}.json": _list() for kind in kinds}
    return {**lists, "kubernetes/prod/get.pods.json": _list(*pods)}


def _manifest(*pods: Any) -> Files:
    return {"kubernetes-manifests/prod/manifests.json": _list(*pods)}


def _terraform(*ranges: str) -> Files:
    planned, changes = zip(*(_planned(f"ssh{place}", each) for place, each in enumerate(ranges)), strict=True)
    body = {
        "format_version": "1.2", "terraform_version": "1.13.4", "complete": True, "configuration": {"root_module": {}},
        "planned_values": {"root_module": {"resources": planned}}, "resource_changes": changes,
    }  # fmt: skip
    return {"terraform/prod/show.json": body}


def _planned(name: str, network: str) -> tuple[Any, Any]:
    after = {
        "type": "ingress", "from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": [network],
        "ipv6_cidr_blocks": None, "prefix_list_ids": None, "self": False, "source_security_group_id": None,
        "security_group_id": "sg-1",
    }  # fmt: skip
    change = {"actions": ["create"], "before": None, "after": after, "after_unknown": {"id": True}}
    resource = {
        "address": f"aws_security_group_rule.{name}", "mode": "managed", "type": "aws_security_group_rule", "name": name,
        "provider_name": "registry.terraform.io/hashicorp/aws", "change": change,
    }  # fmt: skip
    planned = {key: resource[key] for key in ("address", "mode", "type", "name", "provider_name")}
    return {**planned, "schema_version": 2, "values": after, "sensitive_values": {}}, resource


def _gcp(*ranges: list[str]) -> Files:
    return {
        "gcp/organization=3/asset.list.resource.json": [_firewall(f"ssh{n}", each) for n, each in enumerate(ranges)]
    }


def _firewall(called: str, ranges: list[str]) -> dict[str, Any]:
    name = f"//compute.googleapis.com/projects/acme-prod/global/firewalls/{called}"
    data = {
        "name": called, "direction": "INGRESS", "disabled": False, "sourceRanges": ranges,
        "network": "https://www.googleapis.com/compute/v1/projects/acme-prod/global/networks/main",
        "allowed": [{"IPProtocol": "tcp", "ports": ["22"]}],
    }  # fmt: skip
    return {
        "name": name, "assetType": "compute.googleapis.com/Firewall", "ancestors": ["projects/1", "organizations/3"],
        "resource": {"version": "v1", "parent": "//cloudresourcemanager.googleapis.com/projects/1", "data": data},
        "updateTime": "2026-11-01T08:00:00Z",
    }  # fmt: skip


def _azure(*sources: str) -> Files:
    below = "azure/00000000-0000-0000-0000-000000000001"
    group = (
        "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/prod/providers/Microsoft.Network"
        "/networkSecurityGroups/web"
    )
    rules = [
        {
            "id": f"{group}/securityRules/ssh{place}", "name": f"ssh{place}",
            "type": "Microsoft.Network/networkSecurityGroups/securityRules",
            "properties": {
                "protocol": "Tcp", "access": "Allow", "direction": "Inbound", "priority": 100 + place,
                "sourcePortRange": "*", "destinationPortRange": "22", "sourceAddressPrefix": source,
                "destinationAddressPrefix": "*",
            },
        }
        for place, source in enumerate(sources)
    ]  # fmt: skip
    properties = {"securityRules": rules, "defaultSecurityRules": []}
    nsg = {"id": group, "name": "web", "type": "Microsoft.Network/networkSecurityGroups", "properties": properties}
    return {
        f"{below}/network.nsg.list.json": {"value": [nsg]},
        f"{below}/sql.server.list.json": [],
        f"{below}/postgres.flexible-server.list.json": [],
    }


def _entra(*modes: str) -> Files:
    apps = [
        {
            "id": f"s{place}", "appId": f"a{place}", "displayName": f"Payroll {place}", "accountEnabled": True,
            "preferredSingleSignOnMode": mode, "appOwnerOrganizationId": "t1", "owners": [],
            "tags": ["WindowsAzureActiveDirectoryIntegratedApp"],
        }
        for place, mode in enumerate(modes)
    ]  # fmt: skip
    body = {"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals", "value": apps}
    return {"entra/acme.example/servicePrincipals.json": body}


def _workspace(*enrolled: bool) -> Files:
    users = [
        {
            "kind": "admin#directory#user", "id": f"11{place}", "primaryEmail": f"ann{place}@acme.example",
            "isAdmin": False, "isDelegatedAdmin": False, "suspended": False, "archived": False, "isEnrolledIn2Sv": True,
            "isEnforcedIn2Sv": each, "creationTime": "2024-01-02T03:04:05.000Z", "customerId": "C01abc234",
            "lastLoginTime": "2026-11-19T08:00:00.000Z", "orgUnitPath": "/",
        }
        for place, each in enumerate(enrolled)
    ]  # fmt: skip
    return {"google_workspace/C01abc234/users.list.json": {"kind": "admin#directory#users", "users": users}}


def _trivy(*severities: str) -> Files:
    weak = [
        {
            "VulnerabilityID": f"CVE-{place}", "PkgName": "zlib", "InstalledVersion": "1.0", "Severity": severity,
            "Status": "fixed",
        }
        for place, severity in enumerate(severities)
    ]  # fmt: skip
    body = {
        "SchemaVersion": 2, "CreatedAt": "2026-11-20T08:00:00Z", "ArtifactName": "acme/web:1",
        "ArtifactType": "container_image",
        "Results": [{"Target": "web (debian)", "Class": "os-pkgs", "Vulnerabilities": weak}],
    }  # fmt: skip
    return {"trivy/web/report.json": body}


def _grype(*severities: str) -> Files:
    matches = [
        {
            "vulnerability": {"id": f"CVE-{place}", "severity": severity},
            "artifact": {"name": "zlib", "version": "1.0"},
        }
        for place, severity in enumerate(severities)
    ]
    source = {"type": "image", "target": {"userInput": "acme/web:1"}}
    descriptor = {"name": "grype", "timestamp": "2026-11-20T08:00:00Z"}
    return {"grype/web/report.json": {"matches": matches, "source": source, "descriptor": descriptor}}


def _snyk(*severities: str) -> Files:
    found = [
        {"id": f"SNYK-{place}", "packageName": "zlib", "version": "1.0", "severity": severity}
        for place, severity in enumerate(severities)
    ]
    body = {"ok": False, "projectName": "web", "displayTargetFile": "pom.xml", "dependencyCount": 2}
    return {"snyk/web/report.json": {"vulnerabilities": found, **body}}


def _osv(*scores: str) -> Files:
    package = {"name": "zlib", "version": "1.0", "ecosystem": "npm"}
    groups = [{"ids": [f"GHSA-{place}"], "max_severity": score} for place, score in enumerate(scores)]
    found = [{"id": f"GHSA-{place}"} for place in range(len(scores))]
    told = {"package": package, "vulnerabilities": found, "groups": groups}
    return {"osv/web/report.json": {"results": [{"source": {"path": "yarn.lock"}, "packages": [told]}]}}


def _sarif(*scores: str) -> Files:
    found = [
        {"ruleId": f"sqli{place}", "message": {"text": "m"}, "properties": {"security-severity": score}}
        for place, score in enumerate(scores)
    ]
    run = {"tool": {"driver": {"name": "Semgrep"}}, "results": found}
    return {"sarif/web/report.json": {"version": "2.1.0", "runs": [run]}}


def _cyclonedx(*severities: str) -> Files:
    weak = [
        {
            "id": f"CVE-{place}",
            "ratings": [{"severity": severity, "method": "CVSSv31"}],
            "affects": [{"ref": "zlib"}],
        }
        for place, severity in enumerate(severities)
    ]
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"name": "web"}}}
    return {"cyclonedx/web/report.json": {**head, "vulnerabilities": weak}}


def _prowler(*severities: str) -> Files:
    found = [
        {
            "metadata": {"event_code": "iam_role_trust", "product": {"name": "Prowler", "version": "5.0.0"}},
            "severity": each, "status": "New", "status_code": "FAIL", "class_uid": 2004, "time": 1795000000,
            "finding_info": {"uid": f"prowler-aws-iam_role_trust-{n}"},
            "resources": [{"uid": f"arn:aws:iam::123456789012:role/r{n}", "name": f"r{n}"}],
            "cloud": {"account": {"uid": "123456789012"}},
        }
        for n, each in enumerate(severities)
    ]  # fmt: skip
    return {"prowler/aws/report.json": found}


def _defender(*seen: str) -> Files:
    rows = [
        {
            "id": f"{n:040}_google_chrome_81.0_CVE-{n}", "deviceId": f"{n:040}", "deviceName": f"host{n}.acme.example",
            "softwareName": "chrome", "softwareVersion": "81.0", "cveId": f"CVE-{n}",
            "vulnerabilitySeverityLevel": "Critical", "firstSeenTimestamp": each,
        }
        for n, each in enumerate(seen)
    ]  # fmt: skip
    return {"defender/acme.example/machines.SoftwareVulnerabilitiesByMachine.json": {"value": rows}}


def _inspector(*seen: str) -> Files:
    findings = [
        {
            "findingArn": f"{FINDING.format('inspector2')}{place}", "firstObservedAt": each,
            "updatedAt": "2026-11-19T00:00:00Z", "severity": "CRITICAL", "status": "ACTIVE",
            "title": f"CVE-{place} - zlib", "type": "PACKAGE_VULNERABILITY",
            "resources": [{"id": "i-1", "type": "AWS_EC2_INSTANCE"}],
        }
        for place, each in enumerate(seen)
    ]  # fmt: skip
    return {"inspector/012345678901/eu-west-1/inspector2.list-findings.json": {"findings": findings}}


def _security_hub(*seen: str) -> Files:
    findings = [
        {
            "SchemaVersion": "2018-10-08", "Id": f"{FINDING.format('securityhub')}{place}",
            "ProductArn": "arn:aws:securityhub:eu-west-1::product/aws/inspector", "AwsAccountId": "012345678901",
            "GeneratorId": "AWSInspector", "Types": ["Software and Configuration Checks/Vulnerabilities/CVE"],
            "FirstObservedAt": each, "CreatedAt": each, "UpdatedAt": "2026-11-19T00:00:00Z",
            "Severity": {"Label": "CRITICAL"}, "Resources": [{"Type": "AwsEc2Instance", "Id": "i-1"}],
            "Vulnerabilities": [{"Id": f"CVE-{place}"}], "Workflow": {"Status": "NEW"}, "RecordState": "ACTIVE",
        }
        for place, each in enumerate(seen)
    ]  # fmt: skip
    return {"securityhub/012345678901/eu-west-1/securityhub.get-findings.json": {"Findings": findings}}


_UNDATED = "not since when"
FINDING = "arn:aws:{}:eu-west-1:012345678901:finding/"
LATELY, LONG_AGO = "2026-11-18T00:00:00Z", "2026-10-01T00:00:00Z"
YOUNG = 1794268800  # 2026-11-10
INSIDE, WORLD = "10.0.0.0/8", "0.0.0.0/0"
SAFE, RISKY = _pod("safe", privileged=False), _pod("risky", privileged=True)
FIREWALLS = "//compute.googleapis.com/projects/acme-prod/global/firewalls"
GROUP = (
    "/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/prod/providers/microsoft.network"
    "/networksecuritygroups/web"
)


def _openai(*made: int) -> Files:
    owner = {"type": "user", "user": {"id": "user_1", "email": "ann@acme.example"}}
    keys = [{"id": f"key_{n}", "created_at": each, "last_used_at": each, "owner": owner} for n, each in enumerate(made)]
    project = {"id": "proj_1", "status": "active"}
    return {
        "openai/acme/list-projects.json": {"object": "list", "data": [project], "has_more": False},
        "openai/acme/list-project-api-keys.proj_1.json": {"object": "list", "data": keys, "has_more": False},
        "openai/acme/admin-api-keys-list.json": {"object": "list", "data": [], "has_more": False},
    }


def _anthropic(*made: str) -> Files:
    keys = [
        {
            "id": f"apikey_{n}", "type": "api_key", "status": "active", "created_at": each, "expires_at": None,
            "created_by": {"id": "user_1", "type": "user"},
        }
        for n, each in enumerate(made)
    ]  # fmt: skip
    return {"anthropic/acme/api_keys.list.json": {"data": keys, "has_more": False}}


def _slack(*second_factors: bool) -> Files:
    roles = dict.fromkeys(
        ("is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted", "is_bot", "is_app_user"),
        False,
    )
    members = [
        {
            **roles, "id": f"U{n}", "team_id": "T0ACME", "name": f"ann{n}", "deleted": False, "updated": 1794268800,
            "has_2fa": each, "profile": {"email": f"ann{n}@acme.example", "team": "T0ACME"},
        }
        for n, each in enumerate(second_factors)
    ]  # fmt: skip
    body = {"ok": True, "members": members, "cache_ts": 1, "response_metadata": {"next_cursor": ""}}
    return {"slack/T0ACME/users.list.json": body}


def _jumpcloud(*encrypted: bool) -> Files:
    systems = [
        {
            "_id": f"5dc094e91b6c344c321f5bd{n}", "active": True, "displayName": f"laptop-{n}", "hostname": f"laptop-{n}",
            "fde": {"active": each, "keyPresent": each}, "lastContact": "2026-11-19T08:00:00.000Z", "os": "Windows",
            "organization": "5cdc7f3c95a60d5c14488d5f", "serialNumber": f"SERIAL{n}", "version": "11 Pro",
        }
        for n, each in enumerate(encrypted)
    ]  # fmt: skip
    return {"jumpcloud/5cdc7f3c95a60d5c14488d5f/systems.json": {"totalCount": len(systems), "results": systems}}


def _bamboohr(*managers: str | None) -> Files:
    left = {"status": "Inactive", "terminationDate": "2026-11-01"}
    people: list[dict[str, Any]] = [
        {
            "employeeId": str(place), "firstName": "Ann", "lastName": "Hill", "jobTitleName": "Engineer", "status": "Active",
            "_restrictedFields": [], "workEmail": f"p{place}@acme.example", "hireDate": "2024-01-02",
            "originalHireDate": "2024-01-02", "terminationDate": None, "reportsToId": manager,
            **(left if place == len(managers) else {}),
        }
        for place, manager in enumerate(managers, 1)
    ]  # fmt: skip
    return {"bamboohr/acme/list-employees.json": {"data": people, "meta": {"total": len(people)}}}


def _hibob(*managers: str | None) -> Files:
    left = {"lifecycleStatus": "terminated", "terminationDate": "2026-11-01"}
    people: list[dict[str, Any]] = [
        {
            "id": str(place), "companyId": 637323, "firstName": "Ann", "surname": "Hill", "email": f"p{place}@acme.example",
            "work": {
                "title": "209192163", "startDate": "2024-01-02",
                "reportsTo": manager and {"id": manager[1:], "email": f"{manager}@acme.example"},
            },
            "internal": left if place == len(managers) else {"lifecycleStatus": "employed", "terminationDate": None},
            "humanReadable": {"work": {"title": "Engineer"}},
        }
        for place, manager in enumerate(managers, 1)
    ]  # fmt: skip
    began = [{"status": "hired", "effectiveDate": "2023-12-01"}, {"status": "employed", "effectiveDate": "2024-01-02"}]
    table = [{"employeeId": person["id"], "values": began} for person in people]
    return {
        "hibob/acme/people-search.json": {"employees": people},
        "hibob/acme/bulk-people-lifecycle.json": {"results": table, "response_metadata": {"next_cursor": None}},
    }


def _kandji(*encrypted: bool) -> Files:
    devices = [
        {
            "device_id": f"03f81208-2b6a-4a77-81f5-cf1633bcfb9{n}", "device_name": f"mac-{n}", "serial_number": f"SERIAL{n}",
            "platform": "Mac", "os_version": "26.1", "last_check_in": "2026-11-19T08:00:00.000000Z", "is_missing": False,
            "is_removed": False, "user": {"email": f"ann{n}@acme.example", "name": "Ann", "is_archived": False},
        }
        for n in range(len(encrypted))
    ]  # fmt: skip
    vaults = [
        {
            "device_id": devices[n]["device_id"], "device__family": "Mac", "serial_number": f"SERIAL{n}", "status": each,
            "last_collected_at": "2026-11-19T08:00:00.000000+00:00",
        }
        for n, each in enumerate(encrypted)
    ]  # fmt: skip
    prism = {"cursor": None, "data": vaults, "limit": 300, "offset": 0, "total": None}
    return {"kandji/acme/devices.json": devices, "kandji/acme/prism.filevault.json": prism}


def _jamf(*states: str) -> Files:
    computers = [
        {
            "id": str(n), "udid": f"123{n}",
            "general": {
                "name": f"mac-{n}", "remoteManagement": {"managed": True}, "lastContactTime": "2026-11-19T08:00:00.345Z",
                "managementId": f"73226fb6-61df-4c10-9552-eb9bc353d50{n}",
            },
            "hardware": {"serialNumber": f"SERIAL{n}"},
            "diskEncryption": {"bootPartitionEncryptionDetails": {"partitionFileVault2State": state}},
            "userAndLocation": {"username": f"ann{n}", "email": f"ann{n}@acme.example"},
        }
        for n, state in enumerate(states)
    ]  # fmt: skip
    return _of_jamf(computers, [])


def _of_jamf(computers: list[Any], mobiles: list[Any]) -> Files:
    return {
        "jamf/acme.jamfcloud.com/computers-inventory.json": {"totalCount": len(computers), "results": computers},
        "jamf/acme.jamfcloud.com/mobile-devices.detail.json": {"totalCount": len(mobiles), "results": mobiles},
    }


def _jamf_phones(*passcodes: bool) -> Files:
    phones = [
        {
            "mobileDeviceId": str(n), "deviceType": "iOS", "hardware": {"serialNumber": f"SERIAL{n}"},
            "general": {"displayName": f"phone-{n}", "managed": True, "lastInventoryUpdateDate": "2026-11-19T08:00:00Z"},
            "security": {"blockLevelEncryptionCapable": True, "fileLevelEncryptionCapable": True, "passcodePresent": each},
            "userAndLocation": {"username": f"ann{n}", "emailAddress": f"ann{n}@acme.example"},
        }
        for n, each in enumerate(passcodes)
    ]  # fmt: skip
    return _of_jamf([], phones)


def _intune(*encrypted: bool, threat: str = "secured") -> Files:
    devices = [
        {
            "id": f"6ea91a8d-e32e-41a1-b7bd-d2d185eed0e{n}", "deviceName": f"laptop-{n}", "serialNumber": f"SERIAL{n}",
            "emailAddress": f"ann{n}@acme.example", "userPrincipalName": f"ann{n}@acme.example", "isEncrypted": each,
            "managementState": "managed", "complianceState": "compliant", "lastSyncDateTime": "2026-11-19T08:00:00Z",
            "partnerReportedThreatState": threat if n else "secured",
        }
        for n, each in enumerate(encrypted)
    ]  # fmt: skip
    context = "https://graph.microsoft.com/v1.0/$metadata#deviceManagement/managedDevices"
    return {"intune/acme.example/deviceManagement.managedDevices.json": {"@odata.context": context, "value": devices}}


def _duo(*used: int) -> Files:
    users = [
        {
            "user_id": f"DU{n}", "username": f"ann{n}", "email": f"ann{n}@acme.example", "status": "active", "is_enrolled": True,
            "created": 1700000000, "last_login": each, "groups": [{"name": "all", "status": "Active"}], "phones": [],
        }
        for n, each in enumerate(used)
    ]  # fmt: skip
    return {"duo/acme/users.json": {"stat": "OK", "response": users, "metadata": {"total_objects": len(users)}}}


def _gitlab(*pushers: int) -> Files:
    projects: list[Any] = []
    files: Files = {}
    for place, level in enumerate(pushers):
        path = f"acme/web{place}"
        projects.append({
            "id": place, "path_with_namespace": path, "web_url": f"https://gitlab.com/{path}", "visibility": "private",
            "archived": False, "empty_repo": False, "default_branch": "main", "only_allow_merge_if_pipeline_succeeds": True,
            "allow_merge_on_skipped_pipeline": False, "secret_push_protection_enabled": True,
        })  # fmt: skip
        levels = {"push_access_levels": [{"access_level": level}], "merge_access_levels": [{"access_level": 40}]}
        rule = {
            "id": 1, "rule_type": "any_approver", "approvals_required": 1, "eligible_approvers": [], "protected_branches": [],
            "applies_to_all_protected_branches": False, "contains_hidden_groups": False,
        }  # fmt: skip
        settings = {
            "merge_requests_author_approval": False, "disable_overriding_approvers_per_merge_request": True,
            "reset_approvals_on_push": True,
        }  # fmt: skip
        named = f"acme%2Fweb{place}.json"
        files |= {
            f"{_GITLAB}/projects.protected_branches.{named}": [{"name": "main", "allow_force_push": False, **levels}],
            f"{_GITLAB}/projects.approval_rules.{named}": [rule], f"{_GITLAB}/projects.approvals.{named}": settings,
            **_merged_on_gitlab(path),
        }  # fmt: skip
    return {f"{_GITLAB}/groups.projects.json": projects, **files}


def _merged_on_gitlab(path: str) -> Files:
    """A merge request of a project, and whoever is in it."""
    ann, ben = (
        {"username": name, "state": "active", "web_url": f"https://gitlab.com/{name}"} for name in ("ann", "ben")
    )
    moment, sha = "2026-11-18T10:00:00.000Z", "8" * 40
    change = {
        "iid": 3, "title": "Cents", "state": "merged", "merge_user": ben, "merged_at": moment, "author": ann, "labels": ["x"],
        "target_branch": "main", "sha": sha, "merge_commit_sha": None, "squash_commit_sha": None,
        "references": {"full": f"{path}!3"},
    }  # fmt: skip
    made = {
        "id": sha, "parent_ids": [], "message": "Cents", "author_email": "7-ann@users.noreply.gitlab.com",
        "committer_email": "7-ann@users.noreply.gitlab.com", "committed_date": "2026-11-17T10:00:00.000Z",
    }  # fmt: skip
    user = {
        **ann, "bot": False, "email": "ann@acme.example", "two_factor_enabled": True, "identities": [{"provider": "x"}],
        "is_admin": False, "created_at": moment, "last_sign_in_at": moment, "current_sign_in_at": moment,
        "last_activity_on": "2026-11-18",
    }  # fmt: skip
    run = {"sha": sha, "status": "success", "finished_at": "2026-11-18T09:00:00.000Z"}
    push = {"head_commit_sha": sha, "created_at": "2026-11-17T10:00:00.000Z", "patch_id_sha": "p"}
    approval = {"user": ben, "approved_at": "2026-11-18T09:00:00.000Z"}
    people, named = [{**ann, "access_level": 50}, {**ben, "access_level": 30}], path.replace("/", "%2F")
    return {
        f"{_GITLAB}/groups.members.all.json": people, f"{_GITLAB}/users.json": [user],
        f"{_GITLAB}/projects.members.all.{named}.json": people, f"{_GITLAB}/projects.merge_requests.{named}.json": [change],
        f"{_GITLAB}/merge_requests.approvals.{named}~3.json": {"approved_by": [approval]},
        f"{_GITLAB}/merge_requests.versions.{named}~3.json": [push], f"{_GITLAB}/merge_requests.commits.{named}~3.json": [made],
        f"{_GITLAB}/merge_requests.get.{named}~3.json": {**change, "head_pipeline": run},
        f"{_GITLAB}/repository.commits.{named}.json": [made],
        f"{_GITLAB}/repository.commits.merge_requests.{named}~{sha}.json": [change],
    }  # fmt: skip


_GITLAB = "gitlab/gitlab.com/acme"


def _pagerduty(*urgencies: str) -> Files:
    paged = [
        {
            "id": f"Q{n}", "incident_number": n, "title": "The shop is slow", "created_at": "2026-03-04T09:12:00Z",
            "status": "resolved", "resolved_at": "2026-03-04T09:59:00Z", "urgency": each, "priority": None,
            "resolve_reason": None, "html_url": f"https://acme.pagerduty.com/incidents/Q{n}",
        }
        for n, each in enumerate(urgencies)
    ]  # fmt: skip
    return {
        "pagerduty/acme/listIncidents.json": {
            "incidents": paged,
            "limit": 100,
            "offset": 0,
            "total": None,
            "more": False,
        }
    }


def _opsgenie(*priorities: str) -> Files:
    alerts = [
        {
            "id": f"8743a1b2-11da-480e-8493-74466098700{n}", "tinyId": str(n), "message": "The shop is slow",
            "status": "closed", "priority": each, "createdAt": "2026-03-04T09:12:00Z",
        }
        for n, each in enumerate(priorities)
    ]  # fmt: skip
    return {
        "opsgenie/acme/listAlerts.json": {"data": alerts, "paging": {"first": "https://api.opsgenie.com/v2/alerts"}},
        "opsgenie/acme/countAlerts.json": {"data": {"count": len(alerts)}, "took": 0.01, "requestId": "r"},
    }


def _servicenow(count: int) -> Files:
    records = [
        {
            "sys_id": f"{n:032}", "number": f"INC{n:07}", "short_description": "The shop is slow",
            "sys_class_name": "incident", "sys_created_on": "2026-03-04 09:12:00", "active": "false",
            "closed_at": "2026-03-04 09:59:00",
        }
        for n in range(count)
    ]  # fmt: skip
    return {
        "servicenow/acme/incident/table.json": {"result": records},
        "servicenow/acme/incident/stats.json": {"result": {"stats": {"count": str(count)}}},
    }


def _cloudflare(*second_factors: bool) -> Files:
    members = [
        {
            "id": f"{n:032}", "status": "accepted", "roles": [{"id": "r", "name": "Administrator"}], "policies": [],
            "user": {"email": f"ann{n}@acme.example", "two_factor_authentication_enabled": each},
        }
        for n, each in enumerate(second_factors)
    ]  # fmt: skip
    info = {"page": 1, "per_page": 50, "total_pages": 1, "count": len(members), "total_count": len(members)}
    body = {"success": True, "errors": [], "messages": [], "result": members, "result_info": info}
    return {f"cloudflare/{'0' * 32}/accounts.members.json": body}


def _sentinelone(*encrypted: bool) -> Files:
    agents = [
        {
            "id": f"22549473093849380{n}", "computerName": f"win-{n}", "serialNumber": f"SERIAL{n}", "machineType": "laptop",
            "isUninstalled": False, "isDecommissioned": False, "lastActiveDate": "2026-11-19T08:00:00Z",
            "encryptedApplications": each, "userActionsNeeded": [],
        }
        for n, each in enumerate(encrypted)
    ]  # fmt: skip
    pagination = {"totalItems": len(agents), "nextCursor": None}
    return {"sentinelone/usea1/agents.json": {"data": agents, "pagination": pagination}}


def _jira(count: int) -> Files:
    api = "https://acme.atlassian.net/rest/api/3"
    issues = [
        {
            "id": str(n), "key": f"OPS-{n}", "self": f"{api}/issue/{n}",
            "fields": {
                "summary": "The shop is slow", "issuetype": {"name": "Incident"}, "project": {"key": "OPS"},
                "status": {"statusCategory": {"key": "done"}}, "statuscategorychangedate": "2026-03-04T09:59:00.000+0000",
                "created": "2026-03-04T09:12:00.000+0000", "labels": [],
            },
        }
        for n in range(count)
    ]  # fmt: skip
    project = {"id": "1", "key": "OPS", "self": f"{api}/project/1", "insight": {"totalIssueCount": count}}
    return {
        "jira/acme/OPS/search-jql.json": {"issues": issues, "isLast": True},
        "jira/acme/OPS/project-search.json": {"values": [project], "isLast": True, "startAt": 0, "total": 1},
    }


def _jira_users(*active: bool) -> Files:
    api = "https://acme.atlassian.net/rest/api/3"
    users = [
        {
            "self": f"{api}/user?accountId=u{n}", "accountId": f"u{n}", "accountType": "atlassian", "active": each,
            "emailAddress": f"u{n}@acme.example", "displayName": "Somebody",
        }
        for n, each in enumerate(active)
    ]  # fmt: skip
    return {"jira_users/acme/users-search.json": users}


CASES = [
    SourceCase("gitlab", "gitlab", "CHG-02", _gitlab(0, 0), _gitlab(0, 40), "gitlab/gitlab.com/acme/web1"),
    SourceCase(
        "openai", "openai", "IAM-05", _openai(YOUNG, YOUNG), _openai(YOUNG, 1700000000), "openai/acme/keys/key_1",
    ),
    SourceCase(
        "anthropic", "anthropic", "IAM-05", _anthropic(LATELY, LATELY), _anthropic(LATELY, "2026-05-01T00:00:00Z"),
        "anthropic/acme/keys/apikey_1",
    ),
    SourceCase(
        "kubernetes", "kubernetes", "WRK-01", _cluster(SAFE, _pod("more")), _cluster(SAFE, RISKY), "prod/Pod/shop/risky",
    ),
    SourceCase(
        "kubernetes", "kubernetes-manifests", "WRK-01", _manifest(SAFE, _pod("more")), _manifest(SAFE, RISKY),
        "prod/manifests/Pod/shop/risky",
    ),
    SourceCase(
        "terraform", "terraform", "NET-01", _terraform(INSIDE, INSIDE), _terraform(INSIDE, WORLD),
        f"prod/plan/aws_security_group_rule.ssh1/in/tcp/22-22/{WORLD}",
    ),
    SourceCase(
        "gcp", "gcp", "NET-01", _gcp([INSIDE], [INSIDE]), _gcp([INSIDE], [INSIDE, WORLD]), f"{FIREWALLS}/ssh1/tcp/22",
    ),
    SourceCase(
        "azure", "azure", "NET-01", _azure(INSIDE, INSIDE), _azure(INSIDE, "Internet"), f"{GROUP}/securityrules/ssh1/22",
    ),
    SourceCase(
        "entra", "entra", "IAM-17", _entra("saml", "saml"), _entra("saml", "password"),
        "entra/acme.example/applications/s1",
    ),
    SourceCase(
        "google_workspace", "google_workspace", "IAM-01", _workspace(True, True), _workspace(True, False),
        "google_workspace/C01abc234/users/111",
    ),
    SourceCase("duo", "duo", "IAM-10", _duo(YOUNG, YOUNG), _duo(YOUNG, 1700000000), "duo/acme/users/DU1"),
    SourceCase(
        "bamboohr", "bamboohr", "PPL-09", _bamboohr(None, "1", "1"), _bamboohr("3", "1", "1"), "p1@acme.example",
    ),
    SourceCase("hibob", "hibob", "PPL-09", _hibob(None, "p1", "p1"), _hibob("p3", "p1", "p1"), "p1@acme.example"),
    SourceCase("intune", "intune", "DEV-01", _intune(True, True), _intune(True, False), "SERIAL1"),
    SourceCase(
        "intune", "intune", "DEV-02", _intune(True, True), _intune(True, True, threat="unresponsive"), "SERIAL1",
    ),
    SourceCase("jamf", "jamf", "DEV-01", _jamf("ENCRYPTED", "ENCRYPTED"), _jamf("ENCRYPTED", "ENCRYPTING"), "SERIAL1"),
    SourceCase("jamf", "jamf", "DEV-01", _jamf_phones(True, True), _jamf_phones(True, False), "SERIAL1"),
    SourceCase("kandji", "kandji", "DEV-01", _kandji(True, True), _kandji(True, False), "SERIAL1"),
    SourceCase("sentinelone", "sentinelone", "DEV-01", _sentinelone(True, True), _sentinelone(True, False), "SERIAL1"),
    SourceCase("jumpcloud", "jumpcloud", "DEV-01", _jumpcloud(True, True), _jumpcloud(True, False), "SERIAL1"),
    SourceCase(
        "pagerduty", "pagerduty", "INC-08", None, _pagerduty("low", "high"), "pagerduty/acme/incidents/Q1",
        "not all of Incident is known",
    ),
    SourceCase(
        "opsgenie", "opsgenie", "INC-08", None, _opsgenie("P5", "P1"),
        "opsgenie/acme/alerts/8743a1b2-11da-480e-8493-744660987001", "not all of Incident is known",
    ),
    SourceCase(
        "servicenow", "servicenow", "INC-09", None, _servicenow(1), f"servicenow/acme/incident/{0:032}",
        "not all of Incident is known", {"incident_tickets": ("incident",)},
    ),
    SourceCase(
        "cloudflare", "cloudflare", "IAM-01", _cloudflare(True, True), _cloudflare(True, False),
        f"cloudflare/{'0' * 32}/members/{1:032}",
    ),
    SourceCase(
        "jira", "jira", "INC-09", None, _jira(1), "jira/acme/issues/0", "not all of Incident is known",
        {"incident_tickets": ("Incident",)},
    ),
    SourceCase(
        "jira", "jira_users", "IAM-01", None, _jira_users(False, True), "jira/acme/users/u1", "no export that soc2test reads tells mfa",
    ),
    SourceCase("slack", "slack", "IAM-01", _slack(True, True), _slack(True, False), "slack/T0ACME/U1"),
    SourceCase(
        "vulnerabilities", "trivy", "VUL-07", None, _trivy("HIGH", "CRITICAL"), "trivy/web/web (debian)/CVE-1/zlib@1.0/", _UNDATED,
    ),
    SourceCase(
        "vulnerabilities", "grype", "VUL-07", None, _grype("High", "Critical"), "grype/web/CVE-1/zlib@1.0/", _UNDATED,
    ),
    SourceCase(
        "vulnerabilities", "snyk", "VUL-07", None, _snyk("high", "critical"), "snyk/web/web/pom.xml/SNYK-1/zlib@1.0", _UNDATED,
    ),
    SourceCase(
        "vulnerabilities", "osv", "VUL-07", None, _osv("8.9", "9.0"), "osv/web/yarn.lock/GHSA-1/zlib@1.0", _UNDATED,
    ),
    SourceCase(
        "vulnerabilities", "prowler", "VUL-07", None, _prowler("High", "Critical"), "prowler/aws/prowler-aws-iam_role_trust-1",
        _UNDATED,
    ),
    SourceCase(
        "vulnerabilities", "defender", "VUL-01", _defender(LATELY, LATELY), _defender(LATELY, LONG_AGO),
        f"defender/acme.example/{1:040}_google_chrome_81.0_CVE-1",
    ),
    SourceCase(
        "vulnerabilities", "sarif", "VUL-07", None, _sarif("8.9", "9.0"), "sarif/web/Semgrep/sqli1/", _UNDATED,
    ),
    SourceCase(
        "vulnerabilities", "cyclonedx", "VUL-07", None, _cyclonedx("high", "critical"), "cyclonedx/web/CVE-1/zlib", _UNDATED,
    ),
    SourceCase(
        "vulnerabilities", "inspector", "VUL-01", _inspector(LATELY, LATELY), _inspector(LATELY, LONG_AGO),
        f"{FINDING.format('inspector2')}1",
    ),
    SourceCase(
        "vulnerabilities", "securityhub", "VUL-01", _security_hub(LATELY, LATELY), _security_hub(LATELY, LONG_AGO),
        f"{FINDING.format('securityhub')}1",
    ),
]  # fmt: skip
