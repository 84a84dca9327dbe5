"""For each source one small set of exports in its vendor's shape, clean and with one thing wrong."""

from dataclasses import dataclass
from typing import Any

__all__ = ["CASES", "SourceCase"]

Files = dict[str, Any]
"""Path below exports/ -> body."""


@dataclass(frozen=True)
class SourceCase:
    """What a shipped control says of a source's exports: `clean` passes, `bad` fails."""

    plugin: str
    source: str
    control: str
    clean: Files | None
    """None: the source tells what is wrong alone, a clean report has nothing to examine"""
    bad: Files
    unknown: str = ""
    """not empty: `bad` does not fail, since its source tells too little, in words that hold this"""


def _list(*items: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "items": list(items), "kind": "List", "metadata": {"resourceVersion": ""}}


def _pod(**context: Any) -> dict[str, Any]:
    container = {"name": "web", "image": "registry.example/web:1", "securityContext": context}
    metadata = {"name": "web", "namespace": "shop", "creationTimestamp": "2026-11-01T08:00:00Z"}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {"containers": [container]}}


def _cluster(*pods: Any) -> Files:
    kinds = ("deployments", "replicasets", "statefulsets", "daemonsets", "jobs", "cronjobs")
    lists = {f"kubernetes/prod/get.{kind}.json": _list() for kind in kinds}
    return {**lists, "kubernetes/prod/get.pods.json": _list(*pods)}


def _manifest(pod: Any) -> Files:
    return {"kubernetes-manifests/prod/manifests.json": pod}


def _terraform(description: str) -> Files:
    after = {
        "type": "ingress", "from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": [description],
        "ipv6_cidr_blocks": None, "prefix_list_ids": None, "self": False, "source_security_group_id": None,
        "security_group_id": "sg-1",
    }  # fmt: skip
    change = {"actions": ["create"], "before": None, "after": after, "after_unknown": {"id": True}}
    resource = {
        "address": "aws_security_group_rule.ssh", "mode": "managed", "type": "aws_security_group_rule", "name": "ssh",
        "provider_name": "registry.terraform.io/hashicorp/aws", "change": change,
    }  # fmt: skip
    planned = {key: resource[key] for key in ("address", "mode", "type", "name", "provider_name")}
    root = {"resources": [{**planned, "schema_version": 2, "values": after, "sensitive_values": {}}]}
    body = {
        "format_version": "1.2", "terraform_version": "1.13.4", "planned_values": {"root_module": root},
        "resource_changes": [resource], "configuration": {"root_module": {}}, "complete": True,
    }  # fmt: skip
    return {"terraform/prod/show.json": body}


def _gcp(*ranges: str) -> Files:
    name = "//compute.googleapis.com/projects/acme-prod/global/firewalls/ssh"
    data = {
        "name": "ssh", "direction": "INGRESS", "disabled": False, "sourceRanges": list(ranges),
        "network": "https://www.googleapis.com/compute/v1/projects/acme-prod/global/networks/main",
        "allowed": [{"IPProtocol": "tcp", "ports": ["22"]}],
    }  # fmt: skip
    row = {
        "name": name, "assetType": "compute.googleapis.com/Firewall", "ancestors": ["projects/1", "organizations/3"],
        "resource": {"version": "v1", "parent": "//cloudresourcemanager.googleapis.com/projects/1", "data": data},
        "updateTime": "2026-11-01T08:00:00Z",
    }  # fmt: skip
    return {"gcp/organization=3/asset.list.resource.json": [row]}


def _azure(source: str) -> Files:
    below = "azure/00000000-0000-0000-0000-000000000001"
    group = (
        "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/prod/providers/Microsoft.Network"
        "/networkSecurityGroups/web"
    )
    rule = {
        "id": f"{group}/securityRules/ssh", "name": "ssh", "type": "Microsoft.Network/networkSecurityGroups/securityRules",
        "properties": {
            "protocol": "Tcp", "access": "Allow", "direction": "Inbound", "priority": 100, "sourcePortRange": "*",
            "destinationPortRange": "22", "sourceAddressPrefix": source, "destinationAddressPrefix": "*",
        },
    }  # fmt: skip
    properties = {"securityRules": [rule], "defaultSecurityRules": []}
    nsg = {"id": group, "name": "web", "type": "Microsoft.Network/networkSecurityGroups", "properties": properties}
    return {
        f"{below}/network.nsg.list.json": {"value": [nsg]},
        f"{below}/sql.server.list.json": [],
        f"{below}/postgres.flexible-server.list.json": [],
    }


def _entra(mode: str) -> Files:
    app = {
        "id": "s1", "appId": "a1", "displayName": "Payroll", "accountEnabled": True, "preferredSingleSignOnMode": mode,
        "appOwnerOrganizationId": "t1", "tags": ["WindowsAzureActiveDirectoryIntegratedApp"], "owners": [],
    }  # fmt: skip
    body = {"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals", "value": [app]}
    return {"entra/acme.example/servicePrincipals.json": body}


def _workspace(enrolled: bool) -> Files:
    user = {
        "kind": "admin#directory#user", "id": "117", "primaryEmail": "ann@acme.example", "isAdmin": False,
        "isDelegatedAdmin": False, "suspended": False, "archived": False, "isEnrolledIn2Sv": enrolled,
        "isEnforcedIn2Sv": True, "creationTime": "2024-01-02T03:04:05.000Z", "customerId": "C01abc234",
        "lastLoginTime": "2026-11-19T08:00:00.000Z", "orgUnitPath": "/",
    }  # fmt: skip
    return {"google_workspace/C01abc234/users.list.json": {"kind": "admin#directory#users", "users": [user]}}


def _trivy(severity: str) -> Files:
    weak = {"VulnerabilityID": "CVE-1", "PkgName": "zlib", "InstalledVersion": "1.0", "Severity": severity}
    body = {
        "SchemaVersion": 2, "CreatedAt": "2026-11-20T08:00:00Z", "ArtifactName": "acme/web:1",
        "ArtifactType": "container_image",
        "Results": [{"Target": "web (debian)", "Class": "os-pkgs", "Vulnerabilities": [{**weak, "Status": "fixed"}]}],
    }  # fmt: skip
    return {"trivy/web/report.json": body}


def _grype(severity: str) -> Files:
    match = {"vulnerability": {"id": "CVE-2", "severity": severity}, "artifact": {"name": "zlib", "version": "1.0"}}
    source = {"type": "image", "target": {"userInput": "acme/web:1"}}
    descriptor = {"name": "grype", "timestamp": "2026-11-20T08:00:00Z"}
    return {"grype/web/report.json": {"matches": [match], "source": source, "descriptor": descriptor}}


def _snyk(severity: str) -> Files:
    found = {"id": "SNYK-1", "packageName": "zlib", "version": "1.0", "severity": severity}
    body = {"ok": False, "projectName": "web", "displayTargetFile": "pom.xml", "dependencyCount": 2}
    return {"snyk/web/report.json": {"vulnerabilities": [found], **body}}


def _osv(score: str) -> Files:
    package = {"name": "zlib", "version": "1.0", "ecosystem": "npm"}
    groups = [{"ids": ["GHSA-1"], "max_severity": score}]
    told = {"package": package, "vulnerabilities": [{"id": "GHSA-1"}], "groups": groups}
    return {"osv/web/report.json": {"results": [{"source": {"path": "yarn.lock"}, "packages": [told]}]}}


def _sarif(score: str) -> Files:
    result = {"ruleId": "sqli", "message": {"text": "m"}, "properties": {"security-severity": score}}
    run = {"tool": {"driver": {"name": "Semgrep"}}, "results": [result]}
    return {"sarif/web/report.json": {"version": "2.1.0", "runs": [run]}}


def _cyclonedx(severity: str) -> Files:
    weak = {"id": "CVE-3", "ratings": [{"severity": severity, "method": "CVSSv31"}], "affects": [{"ref": "zlib"}]}
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"name": "web"}}}
    return {"cyclonedx/web/report.json": {**head, "vulnerabilities": [weak]}}


def _inspector(seen: str) -> Files:
    finding = {
        "findingArn": "arn:aws:inspector2:eu-west-1:012345678901:finding/1", "firstObservedAt": seen,
        "updatedAt": "2026-11-19T00:00:00Z", "severity": "CRITICAL", "status": "ACTIVE", "title": "CVE-6 - zlib",
        "type": "PACKAGE_VULNERABILITY", "resources": [{"id": "i-1", "type": "AWS_EC2_INSTANCE"}],
    }  # fmt: skip
    return {"inspector/012345678901/eu-west-1/inspector2.list-findings.json": {"findings": [finding]}}


def _security_hub(seen: str) -> Files:
    finding = {
        "SchemaVersion": "2018-10-08", "Id": "arn:aws:securityhub:eu-west-1:012345678901:finding/1",
        "ProductArn": "arn:aws:securityhub:eu-west-1::product/aws/inspector", "AwsAccountId": "012345678901",
        "GeneratorId": "AWSInspector", "Types": ["Software and Configuration Checks/Vulnerabilities/CVE"],
        "FirstObservedAt": seen, "CreatedAt": seen, "UpdatedAt": "2026-11-19T00:00:00Z", "Severity": {"Label": "CRITICAL"},
        "Resources": [{"Type": "AwsEc2Instance", "Id": "i-1"}], "Vulnerabilities": [{"Id": "CVE-5"}],
        "Workflow": {"Status": "NEW"}, "RecordState": "ACTIVE",
    }  # fmt: skip
    return {"securityhub/012345678901/eu-west-1/securityhub.get-findings.json": {"Findings": [finding]}}


_UNDATED = "not since when"
LATELY, LONG_AGO = "2026-11-18T00:00:00Z", "2026-10-01T00:00:00Z"

CASES = [
    SourceCase("kubernetes", "kubernetes", "WRK-01", _cluster(_pod(privileged=False)), _cluster(_pod(privileged=True))),
    SourceCase("kubernetes", "kubernetes-manifests", "WRK-01", _manifest(_pod()), _manifest(_pod(privileged=True))),
    SourceCase("terraform", "terraform", "NET-01", _terraform("10.0.0.0/8"), _terraform("0.0.0.0/0")),
    SourceCase("gcp", "gcp", "NET-01", _gcp("10.0.0.0/8"), _gcp("10.0.0.0/8", "0.0.0.0/0")),
    SourceCase("azure", "azure", "NET-01", _azure("10.0.0.0/8"), _azure("Internet")),
    SourceCase("entra", "entra", "IAM-17", _entra("saml"), _entra("password")),
    SourceCase("google_workspace", "google_workspace", "IAM-01", _workspace(True), _workspace(False)),
    SourceCase("vulnerabilities", "trivy", "VUL-07", None, _trivy("CRITICAL"), _UNDATED),
    SourceCase("vulnerabilities", "grype", "VUL-07", None, _grype("Critical"), _UNDATED),
    SourceCase("vulnerabilities", "snyk", "VUL-07", None, _snyk("critical"), _UNDATED),
    SourceCase("vulnerabilities", "osv", "VUL-07", None, _osv("9.8"), _UNDATED),
    SourceCase("vulnerabilities", "sarif", "VUL-07", None, _sarif("9.8"), _UNDATED),
    SourceCase("vulnerabilities", "cyclonedx", "VUL-07", None, _cyclonedx("critical"), _UNDATED),
    SourceCase("vulnerabilities", "inspector", "VUL-01", _inspector(LATELY), _inspector(LONG_AGO)),
    SourceCase("vulnerabilities", "securityhub", "VUL-01", _security_hub(LATELY), _security_hub(LONG_AGO)),
]
