"""What `soc2test collect` says of a denied call: the rights that it needs, and for AWS the policy to attach."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from vendors import Company

from soc2test.cli.collected_texts import summary
from soc2test.cli.main import main
from soc2test.collecting.calls import Call
from soc2test.collecting.rounds import Ended, Outcome
from soc2test.sources.loading import load_plugins

SOURCES = load_plugins(None).sources
AWS = """
--version) echo 'aws-cli/2.31.0 Python/3.13.7 Linux/6.1' ;;
'sts get-caller-identity'*) echo '{"Account": "012345678901", "Arn": "arn:aws:iam::012345678901:user/ci"}' ;;
's3api list-buckets'*) echo '{"Buckets": [{"Name": "data", "CreationDate": "2024-01-01T00:00:00Z"}]}' ;;
's3api get-bucket-policy '*) echo "An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation" >&2
    exit 254 ;;
*) echo "An error occurred (AccessDenied) when calling the X operation: request $$" >&2; exit 254 ;;
"""


def ended(how: Ended, source: str, operation: str) -> Outcome:
    call = Call(
        source=source, operation=operation, subject={}, file=f"{source}/{operation}.json", command="", before=None,
        again=None,
    )  # fmt: skip
    return Outcome(call=call, ended=how, code="AccessDenied", text="no")


def told(*outcomes: Outcome) -> list[str]:
    return summary(outcomes, (), (), (), (), (), SOURCES).splitlines()


def test_a_denied_call_names_its_rights() -> None:
    lines = told(ended("denied", "okta", "listUsers"), ended("denied", "kubernetes", "get deployments"))
    assert "  okta/listUsers.json: AccessDenied: no; needs okta.users.read" in lines
    assert "  kubernetes/get deployments.json: AccessDenied: no; needs list deployments.apps" in lines
    attach = next(number for number, line in enumerate(lines) if line.startswith("These rights are what"))
    assert "of kubernetes need" in lines[attach]
    assert lines[attach + 1] == "apiVersion: rbac.authorization.k8s.io/v1"


def test_a_call_that_needs_more_says_so() -> None:
    lines = told(
        ended("denied", "github", "repos get-org-ruleset"), ended("denied", "github", "orgs list-members 2fa_disabled")
    )
    text = "\n".join(lines)
    assert "get-org-ruleset.json: AccessDenied: no; GitHub documents Organization Administration: write" in text
    assert 'needs Organization Members: read; GitHub says "Only owners can use this filter"' in text


def test_nothing_is_said_where_nothing_is_known() -> None:
    lines = told(ended("denied", "okta", "listDevices"), ended("denied", "kandji", "devices"))
    assert "  okta/listDevices.json: AccessDenied: no" in lines
    assert "  kandji/devices.json: AccessDenied: no" in lines
    assert not any(line.startswith("These rights") for line in lines)


def test_a_call_that_needs_no_right_is_told_apart_from_one_that_is_not_known() -> None:
    line = told(ended("denied", "aws", "sts get-caller-identity"))[1]
    assert line.endswith("AccessDenied: no; needs no right, by its vendor's documents")


@pytest.mark.parametrize("how", ["refused", "unanswered", "not_run"])
def test_no_right_is_named_for_what_was_not_denied(how: Ended) -> None:
    assert "needs" not in "\n".join(told(ended(how, "aws", "s3api list-buckets")))


def test_collecting_prints_the_policy_of_what_was_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOC2TEST_PAUSE", "0")
    company = Company(tmp_path, "  aws:\n    accounts: ['012345678901']\n    regions: [eu-west-1]\n")
    company.tool("aws", AWS)
    done = CliRunner(env=company.env).invoke(main, ["collect"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    denied = next(line for line in lines if "s3api.get-bucket-encryption.data.json" in line)
    assert denied.endswith("; needs s3:GetEncryptionConfiguration")
    begin = next(number for number, line in enumerate(lines) if line.startswith("These rights are what")) + 1
    end = lines.index("}", begin) + 1
    actions = json.loads("\n".join(lines[begin:end]))["Statement"][0]["Action"]
    assert "s3:GetEncryptionConfiguration" in actions
    assert "s3:ListAllMyBuckets" not in actions, "it was answered"
    assert "s3:GetBucketPolicy" not in actions, "that there is none is an answer"
    assert actions == sorted(set(actions))
