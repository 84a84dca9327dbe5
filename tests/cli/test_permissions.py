"""`soc2test permissions`: the least rights that collecting needs, as text, as JSON, and as what can be attached."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from soc2test.cli.asked_operations import asked_of, can_be_asked
from soc2test.cli.evidence import load
from soc2test.cli.evidence_records import records
from soc2test.cli.evidence_wanted import met
from soc2test.cli.here import open_here
from soc2test.cli.main import main
from soc2test.cli.policy_documents import aws_policies, cluster_role
from soc2test.finding.file_names import by_path
from soc2test.inventory.dating import Clock
from soc2test.sources.loading import load_plugins

ACME = Path(__file__).parents[2] / "fixtures/acme"
SOURCES = load_plugins(None).sources


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def permissions(*args: str) -> Result:
    return CliRunner().invoke(main, ["permissions", *args], catch_exceptions=False)


def told(*args: str) -> list[dict[str, Any]]:
    done = permissions(*args, "--format", "json")
    assert done.exit_code == 0, done.output
    value: list[dict[str, Any]] = json.loads(done.stdout)
    return value


def test_each_right_names_the_calls_that_need_it(here: Path) -> None:
    done = permissions("okta")
    assert done.exit_code == 0
    assert "okta.apps.read       listApplications, listOAuth2ClientSecrets\n" in done.stdout
    assert "not known            listDevices: its scope was not found in Okta's documents" in done.stdout
    assert "give       granted in Okta to the app" in done.stdout
    assert "reference  https://developer.okta.com/docs/api/oauth2/" in done.stdout


def test_json_holds_rights_what_needs_none_what_is_wider_and_what_is_not_known(here: Path) -> None:
    github, kubernetes = told("github", "kubernetes")
    rights = {entry["right"]: entry["operations"] for entry in github["rights"]}
    assert rights["Repository Administration: read"] == ["repos get-branch-protection"]
    assert "repos get-org-ruleset" not in {name for names in rights.values() for name in names}
    assert "repos get-org-ruleset" in {entry["operation"] for entry in github["wider"]}
    assert "repos get-org-ruleset" not in {entry["operation"] for entry in github["not_known"]}
    assert {entry["operation"] for entry in github["not_known"]} >= {"graphql repository", "orgs get"}
    assert kubernetes["none_needed"] == ["config view"]
    assert github["none_needed"] == []
    assert kubernetes["form"] == "kubernetes_role"


@pytest.mark.long
def test_a_source_that_says_nothing_has_all_its_calls_under_not_known(here: Path) -> None:
    (kandji,) = told("kandji")
    assert kandji["rights"] == []
    assert [entry["operation"] for entry in kandji["not_known"]] == ["devices", "prism filevault"]
    assert all(entry["reason"] == "its plugin says nothing of it" for entry in kandji["not_known"])
    assert "not known  devices: its plugin says nothing of it" in permissions("kandji").stdout


OWN = """
from soc2test import Identity, control

@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_users_have_a_second_factor(user: Identity):
    \"\"\"Each user has a second factor.\"\"\"
    assert user.mfa
"""


def test_only_what_the_controls_need_is_asked_for(here: Path, own_controls_alone: None) -> None:
    (here / "soc2.yaml").write_text("system: A\nsources:\n  okta: {orgs: [acme]}\n")
    (here / "policies").mkdir()
    (here / "policies/own.py").write_text(OWN)
    (okta,) = told()
    needed = {name for entry in okta["rights"] for name in entry["operations"]}
    assert {"listUsers", "listFactors"} <= needed
    assert "getOrgSettings" in needed, "who is asked"
    assert not {"listApiTokens", "listPolicies PASSWORD"} & needed


PLUGIN = """
from soc2test import Resource, Source, facts, hookimpl

class Folder(Resource, frozen=True, gc=False, kw_only=True):
    name: str

class Paper(Resource, frozen=True, gc=False, kw_only=True):
    signed: bool

papers = Source("papers", command="papers {operation} ")

@papers.reads("folders", kind=Folder, items="folders", lists=True, next="next")
def folder(item, at):
    return facts(item["id"], name=item["id"])

@papers.reads("list", kind=Paper, items="papers", lists=True, per=Folder, subject="folder", next="next",
              command="papers list {folder}")
def paper(item, at):
    return facts(item["id"], signed=item["signed"])

@papers.reads("copies", kind=Folder, subject="folder", command="<copy of {folder}>")
def copied(body, at):
    return facts(at["folder"], name="copy")

@hookimpl
def soc2_sources():
    return [papers]
"""
SIGNED = """
from soc2test import control
from soc2test_programme_plugins.papers import Paper

@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_papers_are_signed(paper: Paper):
    \"\"\"Each paper is signed.\"\"\"
    assert paper.signed
"""


def test_the_lists_of_what_others_are_asked_for_come_with_them(here: Path, own_controls_alone: None) -> None:
    for name, text in {"plugins/papers.py": PLUGIN, "policies/own.py": SIGNED}.items():
        (here / name).parent.mkdir()
        (here / name).write_text(text)
    (here / "soc2.yaml").write_text("system: A\nsources:\n  papers:\n")
    (papers,) = told()
    assert [entry["operation"] for entry in papers["not_known"]] == ["folders", "list"]


@pytest.mark.long
def test_without_names_the_declared_sources_are_told(here: Path) -> None:
    (here / "soc2.yaml").write_text("system: A\nsources:\n  registers:\n  okta: {orgs: [acme]}\n")
    assert [record["source"] for record in told()] == ["registers", "okta"]
    assert "`soc2test collect` asks nothing of it for these controls" in permissions("registers").stdout


@pytest.mark.long
def test_wrong_usage_is_told(here: Path) -> None:
    assert permissions().exit_code == 2
    assert "declares sources: name one" in permissions().stderr
    assert "did you mean okta" in permissions("oktaa").stderr
    assert "given by hand" in permissions("okta", "--format", "policy").stderr
    assert (
        "name the sources of one, of aws, kubernetes" in permissions("aws", "kubernetes", "--format", "policy").stderr
    )
    assert permissions("aws", "kubernetes", "--format", "policy").exit_code == 2


def test_what_does_not_load_ends_with_4(here: Path) -> None:
    (here / "soc2.yaml").write_text("system: A\nsources:\n  okta: {orgs: [acme]}\n  nothing:\n")
    assert permissions("okta").exit_code == 4
    (here / "soc2.yaml").write_text("system: A\nsources:\n  okta: {orgs: [acme]}\n")
    (here / "policies").mkdir()
    (here / "policies/own.py").write_text("import nothing_of_that_name\n")
    done = permissions("okta")
    assert done.exit_code == 4
    assert "okta.users.read" in done.stdout


def test_a_policy_of_aws_names_each_action_once_and_can_be_attached(here: Path) -> None:
    done = permissions("aws", "inspector", "securityhub", "--format", "policy")
    assert done.exit_code == 0
    assert done.stderr == ""
    policy = json.loads(done.stdout)
    assert policy["Version"] == "2012-10-17"
    (statement,) = policy["Statement"]
    assert statement["Effect"] == "Allow"
    assert statement["Resource"] == "*"
    actions = statement["Action"]
    assert actions == sorted(set(actions))
    said = {entry["right"] for record in told("aws", "inspector", "securityhub") for entry in record["rights"]}
    assert set(actions) == said
    assert {"s3:ListAllMyBuckets", "inspector2:ListFindings", "securityhub:GetFindings"} <= set(actions)


def test_a_policy_that_is_too_long_is_several() -> None:
    actions = [f"service:DescribeSomeThing{number:04}" for number in range(400)]
    documents = [json.loads(text) for text in aws_policies([*actions, *actions])]
    assert len(documents) > 1
    for document in documents:
        assert len("".join(json.dumps(document).split())) <= 6144
    named = [action for document in documents for action in document["Statement"][0]["Action"]]
    assert named == sorted(actions)
    first = [*documents[0]["Statement"][0]["Action"], documents[1]["Statement"][0]["Action"][0]]
    longer = json.dumps({**documents[0], "Statement": [{**documents[0]["Statement"][0], "Action": first}]})
    assert len("".join(longer.split())) > 6144, "as few as fit"


def test_a_cluster_role_has_a_rule_for_each_group_and_verb(here: Path) -> None:
    done = permissions("kubernetes", "--format", "policy")
    assert done.exit_code == 0
    assert "get secrets: the verb list is of whole objects" in done.stderr
    role = yaml.safe_load(done.stdout)
    assert role["kind"] == "ClusterRole"
    rules = {rule["apiGroups"][0]: rule for rule in role["rules"]}
    assert rules["apps"]["resources"] == ["daemonsets", "deployments", "replicasets", "statefulsets"]
    assert "pods" in rules[""]["resources"]
    assert all(rule["verbs"] == ["list"] for rule in role["rules"])
    (text,) = cluster_role(["list pods", "get pods", "list pods"])
    assert [rule["verbs"] for rule in yaml.safe_load(text)["rules"]] == [["get"], ["list"]]


def test_what_is_in_no_policy_is_named(here: Path) -> None:
    done = permissions("kubernetes", "okta", "--format", "policy")
    assert "okta: not in it, its rights are given by hand" in done.stderr


def test_all_that_collecting_names_first_is_among_the_calls_whose_rights_are_told(here: Path) -> None:
    levels = {name: source.scope for name, source in SOURCES.items() if source.collecting.tools}
    formed = {
        "account": "012345678901",
        "host": "gitlab.com",
        "organization": "0123456789abcdef01234567",
        "project": "OPS",
        "table": "incident",
        "workspace": "T0123456789",
    }
    declared = {
        name: {f"{level}s": [formed.get(level, "acme") if SOURCES[name].forms else "acme"] for level in scope}
        for name, scope in levels.items()
    }
    declared["cloudflare"] = {"accounts": ["01a7362d577a6c3019a474fd6f485823"]}
    (here / "soc2.yaml").write_text(yaml.safe_dump({"system": "A", "sources": declared}))
    (here / "exports").mkdir()
    opened = open_here(here / "soc2.yaml")
    assert opened.problems == []
    clock = Clock(datetime.now(UTC), None)
    loaded = load(opened, here / "exports", clock)
    found = records(loaded, opened, clock, met(loaded, opened))["missing"]
    named = {(each["source"], each["operation"]) for each in found if each["command"] is not None}
    asked = asked_of([opened.plugins.sources[name] for name in levels], opened)
    told_of = {(name, operation.name) for name, operations in asked.items() for operation in operations}
    left_to_people = {
        (name, operation.name)
        for name in levels
        for operation in SOURCES[name].operations.values()
        if not can_be_asked(operation)
    }
    assert len(named) > 80
    assert named - told_of - left_to_people == set()


def test_all_that_the_sample_company_exported_for_a_control_is_among_them(here: Path) -> None:
    opened = open_here()
    exported: set[tuple[str, str]] = set()
    for file in (ACME / "exports").rglob("*.json"):
        name = file.relative_to(ACME / "exports").as_posix()
        source = SOURCES.get(name.partition("/")[0])
        claim = by_path(name, source) if source is not None and source.collecting.tools else None
        if source is not None and claim is not None and can_be_asked(source.operations[claim.operation]):
            exported.add((source.name, claim.operation))
    asked = asked_of(SOURCES.values(), opened)
    told_of = {(name, operation.name) for name, operations in asked.items() for operation in operations}
    assert len(exported) > 60
    # no control asks whether an account encrypts new volumes: what each volume says counts
    assert exported - told_of == {("aws", "ec2 get-ebs-encryption-by-default")}
