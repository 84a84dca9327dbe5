"""Each source with scopes says which ids its vendor gives once, or stands here with the reason why it can't."""

from typing import Any

import pytest
from test_wrong_values import PLUGINS

SCANS = "two things may be scanned that are the same, such as one image of two services"
SILENT = {
    **dict.fromkeys(
        ("jira", "jira_users"),
        "each site counts its issues and projects anew, an account may be in several; addresses bear the site's name",
    ),
    "azure": "each id begins with its subscription, which is held against the folder",
    "servicenow": "a copy of an instance has the ids of the original",
    "slack": "a folder bears the id of its workspace, which is held against its exports",
    **dict.fromkeys(("trivy", "grype", "snyk", "osv", "sarif", "cyclonedx", "prowler"), SCANS),
    "securityhub": "a region that gathers the findings of others shows the same ones",
    "inspector": "a region that gathers the findings of others shows the same ones",
}
GUID = "6ea91a8d-e32e-41a1-b7bd-d2d185eed0e0"


def sources() -> dict[str, Any]:
    return {each.name: each for plugin in PLUGINS.values() for each in plugin.soc2_sources()}


def test_each_source_with_scopes_says_what_its_vendor_gives_once() -> None:
    silent = {each.name for each in sources().values() if each.scope and not (each.identity and each.identity.once)}
    assert silent == set(SILENT)


def _state(type: str, mode: str = "managed", **values: Any) -> dict[str, Any]:
    resource = {"type": type, "mode": mode, "values": values}
    return {"values": {"root_module": {"child_modules": [{"resources": [resource]}]}}}


@pytest.mark.parametrize(
    ("source", "operation", "subject", "item", "several"),
    [
        ("aws", "ec2 describe-volumes", {}, {"VolumeId": "vol-1"}, 1),
        ("aws", "s3api list-buckets", {}, {"Name": "b"}, 1),
        ("aws", "iam list-roles", {}, {"Name": "ci"}, 0),
        ("aws", "ec2 describe-vpcs", {}, {"InstanceId": "i-1"}, 0),
        ("entra", "users", {}, {"id": GUID}, 1),
        ("entra", "directoryRoles", {}, {"id": GUID}, 0),
        ("gcp", "asset list resource", {"parent": "project=a"}, {"name": "//storage.googleapis.com/b"}, 1),
        ("gcp", "asset list resource", {"parent": "folder=1"}, {"name": "//storage.googleapis.com/b"}, 0),
        ("gcp", "asset list resource", {"parent": "project=a"}, {"name": "//iam.googleapis.com/organizations/1/roles/x"}, 0),
        ("github", "repos list-for-org", {}, {"node_id": "R_1"}, 1),
        ("github", "orgs list-members", {}, {"node_id": "U_1"}, 0),
        ("google_workspace", "users list", {}, {"id": "1", "primaryEmail": "a@b.c"}, 1),
        ("kubernetes", "get pods", {}, {"metadata": {"uid": "u"}}, 1),
        ("kubernetes-manifests", "manifests", {}, {"metadata": {"uid": "u"}}, 0),
        ("anthropic", "api_keys list", {}, {"id": "apikey_1"}, 1),
        ("anthropic", "users list", {}, {"id": "user_1"}, 0),
        ("cloudflare", "accounts members", {}, {"id": "4536bcfad5faccb111b47003c79917fa"}, 1),
        ("cloudflare", "accounts members", {}, {"id": "m"}, 0),
        ("defender", "machines SoftwareVulnerabilitiesByMachine", {}, {"deviceId": "0" * 40}, 1),
        ("defender", "machines SoftwareVulnerabilitiesByMachine", {}, {"deviceId": "d"}, 0),
        ("duo", "users", {}, {"user_id": "DU1"}, 1),
        ("intune", "deviceManagement managedDevices", {}, {"id": GUID}, 1),
        ("intune", "deviceManagement managedDevices", {}, {"id": "d"}, 0),
        ("intune", "organization", {}, {"id": GUID}, 0),
        ("jamf", "computers-inventory", {}, {"id": "1", "udid": "2", "general": {"managementId": GUID}}, 1),
        ("jamf", "computers-inventory", {}, {"id": "1", "udid": "2", "general": None}, 0),
        ("gitlab", "groups projects", {}, {"id": 7, "web_url": "https://gitlab.com/acme/web"}, 1),
        ("gitlab", "groups members all", {}, {"id": 7, "web_url": "https://gitlab.com/ann"}, 0),
        ("jumpcloud", "systemusers", {}, {"_id": "5dc094e91b6c344c321f5bd5"}, 1),
        ("jumpcloud", "systemusers", {}, {"_id": "u"}, 0),
        ("kandji", "devices", {}, {"device_id": GUID}, 1),
        ("bamboohr", "list-employees", {}, {"employeeId": "112", "workEmail": "ann@acme.example"}, 1),
        ("bamboohr", "list-employees", {}, {"employeeId": "112", "workEmail": None}, 0),
        ("hibob", "people-search", {}, {"id": "333", "email": "ann@acme.example"}, 1),
        ("hibob", "people-search", {}, {"/root/id": {"value": "333"}, "/root/email": {"value": None}}, 0),
        ("knowbe4", "training enrollments", {}, {"enrollment_id": 1, "user": {"id": 2}}, 1),
        ("knowbe4", "training enrollments", {}, {"enrollment_id": 1, "user": None}, 0),
        ("kandji", "devices", {}, {"device_id": None}, 0),
        ("okta", "listUsers", {}, {"id": "00u1ada0byron00001d7"}, 1),
        ("okta", "listUsers", {}, {"id": "u"}, 0),
        ("openai", "list-projects", {}, {"id": "proj_1"}, 1),
        ("openai", "list-users", {}, {"id": "user_1"}, 0),
        ("opsgenie", "listAlerts", {}, {"id": "8743a1b2-11da-480e-8493-744660987bef"}, 1),
        ("opsgenie", "listAlerts", {}, {"id": "1"}, 0),
        ("pagerduty", "listIncidents", {}, {"id": "Q1ANN"}, 1),
        ("sentinelone", "agents", {}, {"id": "225494730938493804"}, 1),
        ("sentinelone", "agents", {}, {"id": "7"}, 0),
        ("terraform", "show", {}, _state("aws_s3_bucket", id="b", arn="arn:aws:s3:::b"), 1),
        ("terraform", "show", {}, _state("aws_vpc", id="vpc-0a1"), 1),
        ("terraform", "show", {}, {"prior_state": _state("aws_vpc", id="vpc-0a1")}, 1),
        ("terraform", "show", {}, _state("aws_default_vpc", id="vpc-0a1"), 0),
        ("terraform", "show", {}, _state("aws_vpc", "data", id="vpc-0a1"), 0),
        ("terraform", "show", {}, _state("aws_iam_role", id="ci-1"), 0),
    ],
)  # fmt: skip
def test_ids_that_are_given_once(source: str, operation: str, subject: Any, item: Any, several: int) -> None:
    assert len(list(sources()[source].identity.once(subject, operation, item))) == several


@pytest.mark.parametrize(
    "item", [None, 7, "x", [], {}, [None, [[]]], {"metadata": 1, "values": [], "id": 3, "ancestors": 1}]
)
def test_no_odd_item_breaks_a_rule(item: Any) -> None:
    for each in sources().values():
        if each.identity is not None and each.identity.once is not None:
            for subject in ({"parent": "project=a"}, {"parent": "folder=1"}, {}):
                assert list(each.identity.once(subject, "users", item)) == []
                list(each.identity.of(subject, "users", item) if each.identity.of is not None else ())
