"""A word that a vendor does not document leaves nothing out of a population and switches nothing off."""

import importlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from soc2test import Resource, UnknownFact
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Request, load_inventory
from soc2test.resources.resource import fact_names
from soc2test.testing import AS_OF

NSG = "azure/s-1/network.nsg.list.json"
ASSETS = "gcp/project=p/asset.list.resource.json"
RULE = {
    "id": "/x/securityRules/r", "name": "r", "access": "Allow", "direction": "Inbound", "protocol": "Tcp",
    "destinationPortRange": "22", "sourceAddressPrefix": "*",
}  # fmt: skip


def asset(type_: str, **data: Any) -> dict[str, Any]:
    return {"name": f"//x/{type_}", "assetType": type_, "ancestors": ["projects/1"], "resource": {"data": data}}


FIREWALL = asset(
    "compute.googleapis.com/Firewall",
    direction="INGRESS",
    disabled=False,
    allowed=[{"IPProtocol": "tcp", "ports": ["22"]}],
)
CRYPTO = asset(
    "cloudkms.googleapis.com/CryptoKey",
    name="k",
    purpose="ENCRYPT_DECRYPT",
    versionTemplate={"protectionLevel": "SOFTWARE"},
)
SQL = asset("sqladmin.googleapis.com/Instance", name="db", instanceType="CLOUD_SQL_INSTANCE", settings={})
POLICY = {
    "id": "p", "displayName": "p", "state": "enabled",
    "grantControls": {"operator": "AND", "builtInControls": ["mfa", "compliantDevice"]},
    "conditions": {
        "users": {"includeUsers": ["All"]}, "applications": {"includeApplications": ["All"]}, "clientAppTypes": ["all"],
        "signInRiskLevels": [],
    },
}  # fmt: skip
BUCKET = asset(
    "storage.googleapis.com/Bucket",
    name="b",
    versioning={"enabled": True},
    lifecycle={"rule": [{"action": {"type": "SetStorageClass"}, "condition": {"daysSinceNoncurrentTime": 30}}]},
)
FLOW_LOG = {"id": "/f", "targetResourceId": "/t", "enabled": True, "retentionPolicy": {"days": 90, "enabled": True}}

AWS = "aws/111122223333/eu-west-1"
INSTANCE = {
    "InstanceId": "i-1", "State": {"Name": "running"}, "NetworkInterfaces": [],
    "MetadataOptions": {"State": "applied", "HttpEndpoint": "enabled", "HttpTokens": "optional"},
}  # fmt: skip
DATABASE = {
    "DBInstanceArn": "arn:aws:rds:eu-west-1:111122223333:db:d", "DBInstanceIdentifier": "d",
    "ActivityStreamStatus": "stopped",
}  # fmt: skip
JOB = {
    "BackupJobId": "j", "State": "COMPLETED", "ResourceArn": "arn:x", "CreationDate": "2026-11-19T00:00:00Z",
    "CompletionDate": "2026-11-19T01:00:00Z", "CreatedBy": {"BackupPlanArn": "arn:p"},
}  # fmt: skip
RECORDER = {"recordingGroup": {"allSupported": True, "recordingStrategy": {"useOnly": "ALL_SUPPORTED_RESOURCE_TYPES"}}}
FLOW = {
    "FlowLogStatus": "ACTIVE", "DeliverLogsStatus": "SUCCESS", "ResourceId": "vpc-1", "TrafficType": "ACCEPT",
}  # fmt: skip
BALANCER = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/l/1"
REDIRECT = {
    "ListenerArn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/l/1/2", "Port": 80,
    "LoadBalancerArn": BALANCER, "Protocol": "HTTP",
    "DefaultActions": [{"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS"}}],
}  # fmt: skip
PITR = {"ContinuousBackupsDescription": {"PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "DISABLED"}}}
TRAIL = {
    "TrailARN": "arn:aws:cloudtrail:eu-west-1:111122223333:trail/t",
    "EventSelectors": [{"ReadWriteType": "WriteOnly", "IncludeManagementEvents": True}],
}  # fmt: skip
USER = {"id": "00u1", "status": "ACTIVE", "profile": {"login": "a", "email": "a@acme.example"}}
SECRET = {"number": 1, "state": "resolved", "resolution": "revoked", "repository": {"name": "web"}}
WEAK = {"number": 1, "state": "open", "security_vulnerability": {"severity": "low"}, "repository": {"name": "web"}}
SSO = {"name": "inboundSsoAssignments/1", "ssoMode": "SSO_OFF", "targetOrgUnit": "orgUnits/1"}
REACHABLE = {
    "findingArn": "arn:aws:inspector2:eu-west-1:111122223333:finding/1", "status": "ACTIVE", "type": "NETWORK_REACHABILITY",
    "title": "t", "resources": [{"id": "i-1", "type": "AWS_EC2_INSTANCE"}],
}  # fmt: skip

CASES: list[tuple[str, str, Any, tuple[str | int, ...], str]] = [
    ("azure", NSG, [{"id": "/x", "name": "x", "securityRules": [RULE], "defaultSecurityRules": []}],
     (0, "securityRules", 0, "access"), ""),
    ("azure", NSG, [{"id": "/x", "name": "x", "securityRules": [RULE], "defaultSecurityRules": []}],
     (0, "securityRules", 0, "direction"), ""),
    ("azure", "azure/s-1/vm.list.json", [{"id": "/v", "name": "v", "powerState": "VM running", "publicIps": ""}],
     (0, "powerState"), "running"),
    ("azure", "azure/s-1/postgres.flexible-server.list.json",
     [{"id": "/p", "name": "p", "replicationRole": "Primary"}], (0, "replicationRole"), "copy"),
    ("azure", "azure/s-1/storage.account.list.json", [{"id": "/a", "name": "a", "sku": {"name": "Standard_ZRS"}}],
     (0, "sku", "name"), "multi_zone"),
    ("gcp", ASSETS, [FIREWALL], (0, "resource", "data", "direction"), ""),
    ("gcp", ASSETS, [FIREWALL], (0, "resource", "data", "disabled"), ""),
    ("gcp", ASSETS, [CRYPTO], (0, "resource", "data", "purpose"), "symmetric"),
    ("gcp", ASSETS, [CRYPTO], (0, "resource", "data", "versionTemplate", "protectionLevel"), "symmetric"),
    ("gcp", ASSETS, [SQL], (0, "resource", "data", "instanceType"), "copy"),
    ("gcp", ASSETS, [asset("cloudresourcemanager.googleapis.com/Project", projectId="p", state="ACTIVE")],
     (0, "resource", "data", "state"), ""),
    ("entra", "entra/t/identity.conditionalAccess.policies.json", {"value": [POLICY]},
     ("value", 0, "grantControls", "operator"), "asks_mfa"),
    ("azure", "azure/s-1/network.watcher.flow-log.list.westeurope.json", [FLOW_LOG], (0, "retentionPolicy", "enabled"),
     "retention_days"),
    ("azure", NSG, [{"id": "/x", "name": "x", "securityRules": [RULE], "defaultSecurityRules": []}],
     (0, "securityRules", 0, "protocol"), "protocol"),
    ("gcp", ASSETS, [BUCKET], (0, "resource", "data", "lifecycle", "rule", 0, "action", "type"), "backup_days"),
    ("azure", "azure/s-1/disk.list.json", [{"id": "/d", "name": "d", "sku": {"name": "Premium_LRS"}}],
     (0, "sku", "name"), "multi_zone"),
    ("aws", f"{AWS}/ec2.describe-instances.json", {"Reservations": [{"Instances": [INSTANCE]}]},
     ("Reservations", 0, "Instances", 0, "MetadataOptions", "HttpTokens"), "metadata_token_required"),
    ("aws", f"{AWS}/guardduty.get-detector.d.json", {"Status": "DISABLED"}, ("Status",), "enabled"),
    ("aws", f"{AWS}/rds.describe-db-instances.json", {"DBInstances": [DATABASE]},
     ("DBInstances", 0, "ActivityStreamStatus"), "activity_stream"),
    ("aws", f"{AWS}/backup.list-backup-jobs.json", {"BackupJobs": [JOB]}, ("BackupJobs", 0, "State"), "last_job_failed"),
    ("aws", f"{AWS}/configservice.describe-configuration-recorders.json", {"ConfigurationRecorders": [RECORDER]},
     ("ConfigurationRecorders", 0, "recordingGroup", "recordingStrategy", "useOnly"), "all_types"),
    ("aws", f"{AWS}/ec2.describe-flow-logs.json", {"FlowLogs": [FLOW]}, ("FlowLogs", 0, "TrafficType"), "traffic_logged"),
    ("aws", f"{AWS}/elbv2.describe-listeners.{quote(BALANCER, safe='')}.json", {"Listeners": [REDIRECT]},
     ("Listeners", 0, "DefaultActions", 0, "Type"), "redirects"),
    ("aws", f"{AWS}/dynamodb.describe-continuous-backups.t.json", PITR,
     ("ContinuousBackupsDescription", "PointInTimeRecoveryDescription", "PointInTimeRecoveryStatus"), "versioned"),
    ("aws", f"{AWS}/cloudtrail.get-event-selectors.t.json", TRAIL,
     ("EventSelectors", 0, "ReadWriteType"), "management_events"),
    ("aws", f"{AWS}/ssm.describe-instance-information.json",
     {"InstanceInformationList": [{"InstanceId": "i-1", "PingStatus": "Inactive"}]},
     ("InstanceInformationList", 0, "PingStatus"), "managed"),
    ("okta", "okta/acme/listUsers.json", [USER], (0, "status"), "disabled_at"),
    ("entra", "entra/t/identity.conditionalAccess.policies.json", {"value": [{**POLICY, "grantControls":
     {"operator": "OR", "builtInControls": ["compliantDevice"]}}]},
     ("value", 0, "grantControls", "builtInControls", 0), "asks_mfa"),
    ("entra", "entra/t/identity.conditionalAccess.policies.json", {"value": [POLICY]}, ("value", 0, "state"), "state"),
    ("github", "github/acme/secret-scanning.list-alerts-for-org.json", [SECRET], (0, "resolution"), "state"),
    ("github", "github/acme/dependabot.list-alerts-for-org.json", [WEAK],
     (0, "security_vulnerability", "severity"), "severity"),
    ("google_workspace", "google_workspace/C01/inboundSsoAssignments.list.json", {"inboundSsoAssignments": [SSO]},
     ("inboundSsoAssignments", 0, "ssoMode"), "profile"),
    ("vulnerabilities", "inspector/111122223333/eu-west-1/inspector2.list-findings.json", {"findings": [REACHABLE]},
     ("findings", 0, "type"), "category"),
]  # fmt: skip
UNREAD = ("unreadable", "unread")
"""Codes of gaps: an item that can't be read, and a part of one, beside which the others stand."""
WORDS: list[Any] = ["other", "", None, {}, 7]


def state(folder: Path, plugin: str, file: str, body: Any) -> tuple[dict[Any, Any], bool]:
    """The facts that are known, by kind, id and name; and whether anything could not be read."""
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(json.dumps(body))
    module = importlib.import_module(f"soc2test_plugins.{plugin}")
    sources = {source.name: source for source in module.soc2_sources()}
    request = Request(folder, sources, lambda export: [], {}, {}, ReadLimits(), Clock(AS_OF, AS_OF))
    inventory = load_inventory(request).inventory
    kinds = {kind for source in sources.values() for each in source.operations.values() for kind in each.kinds}
    known: dict[Any, Any] = {}
    for kind in kinds:
        told: list[Any] = [*inventory.members(kind), *map(inventory._builder.build, inventory.unlisted(kind))]
        known |= {
            (kind, name): value for each in told for name in fact_names(kind) if (value := _fact(each, name)) != "?"
        }
    codes = {gap.code for kind in kinds for gap in inventory.gaps(kind)}
    return known, not codes.isdisjoint(UNREAD)


def _fact(resource: Resource, name: str) -> Any:
    try:
        return getattr(resource, name)
    except UnknownFact:
        return "?"


@pytest.mark.each(7)
@pytest.mark.parametrize("word", WORDS, ids=repr)
@pytest.mark.parametrize(("plugin", "file", "body", "steps", "fact"), CASES)
def test_an_unknown_word_is_unknown(
    tmp_path: Path, plugin: str, file: str, body: Any, steps: tuple[str | int, ...], fact: str, word: Any
) -> None:
    known, unreadable = state(tmp_path, plugin, file, body)
    assert not unreadable
    assert known
    assert not fact or any(name == fact for _, name in known)
    spoilt = json.loads(json.dumps(body))
    holder = spoilt
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = word
    if fact == "copy" and word is None:
        return  # null is Azure's way of saying that it copies nothing
    known, unreadable = state(tmp_path, plugin, file, spoilt)
    assert unreadable if not fact else not any(name == fact for _, name in known)
