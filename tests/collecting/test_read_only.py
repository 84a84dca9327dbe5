"""Only commands that read are run: all that are shipped do, and none that changes anything does."""

import re

import pytest

from soc2test.collecting.read_only import changes_something
from soc2test.collecting.words import NeedsShell, pipeline
from soc2test.finding.suggested import command, filled
from soc2test.sources.loading import load_plugins

SOURCES = load_plugins().sources
VARIABLES = {name: "https://x" for source in SOURCES.values() for name in source.collecting.variables}
BY_PEOPLE = {"duo", "kubernetes-manifests", "terraform", "trivy", "grype", "snyk", "osv", "sarif", "cyclonedx"}
"""Sources of which a person runs the tool, or whose calls are signed: `collect` leaves them to people."""


def commands() -> dict[str, str]:
    found = {}
    for source in SOURCES.values():
        if source.name in BY_PEOPLE or source.name == "registers":
            continue
        for operation in source.operations.values():
            known = dict.fromkeys((*operation.scope, *operation.subject), "x")
            if operation.several is None:
                found[f"{source.name} {operation.name}"] = command(operation, known)
                continue
            found[f"{source.name} {operation.name} ids"] = filled(operation.several.ids, known)
            one = filled(operation.several.one.replace("{ids}", "@"), known)
            found[f"{source.name} {operation.name} one"] = one.replace("@", "1")
            found[f"{source.name} {operation.name} together"] = operation.several.together
    return found


def test_every_shipped_call_only_reads() -> None:
    for name, text in commands().items():
        if re.search(r"<[a-z]|#", text):
            with pytest.raises(NeedsShell):  # it is completed by people
                pipeline(text, VARIABLES)
            continue
        for program in pipeline(text, VARIABLES):
            assert changes_something(program) is None, name


def test_what_needs_a_shell_has_its_calls_declared() -> None:
    for source in SOURCES.values():
        for operation in source.operations.values():
            if "$(" in operation.command:
                assert operation.several is not None, f"{source.name} {operation.name}"
                tools = {operation.several.ids.split()[0], operation.several.one.split()[0]}
                assert all(re.search(rf"\b{tool} ", operation.command) for tool in tools)


@pytest.mark.parametrize(
    "text",
    [
        "aws ec2 terminate-instances --instance-ids i-1", "aws s3 cp s3://a b", "aws s3 rm s3://a", "aws iam",
        "aws iam create-access-key --user-name x", "aws secretsmanager get-secret-value --secret-id x",
        "aws ssm get-parameters --names x", "aws sts assume-role --role-arn x", "aws ecr get-login-password",
        "aws --debug ec2 describe-instances", "gh api -X DELETE repos/a/b", "gh api --method=PATCH repos/a/b",
        "gh api repos/a/b -f name=c", "gh api graphql -f query='mutation {x}'", "gh api -XPUT repos/a/b",
        "gh api repos/a/b --input file", "gh repo delete a/b", "gh auth token", "az vm delete --name x",
        "az rest --method post --url https://x", "az rest --url https://x --body {}", "az account get-access-token",
        "az rest -m delete --url https://x", "gcloud projects delete x", "gcloud auth print-access-token", "gcloud projects delete list", "gh api -X GET -X DELETE repos/a/b",
        "gh api -iXDELETE repos/a/b", "az rest --method get --method delete --url https://x",
        "kubectl config view --raw", "kubectl get --raw /x",
        "kubectl delete pod x", "kubectl exec x -- sh", "kubectl apply -f x", "curl -X POST https://x",
        "curl -d a=b https://x", "curl -o file https://x", "curl https://x https://y", "curl -T file https://x",
        "curl file:///etc/passwd", "jq --from-file x .", "sh -c true", "rm -rf x", "terraform apply", "python -c 1",
    ],
)  # fmt: skip
def test_what_may_change_something_or_hands_out_secrets_is_not_run(text: str) -> None:
    words = text.replace("'mutation {x}'", "mutation").replace("{}", "b").split()
    assert changes_something(words) is not None


@pytest.mark.parametrize(
    "words",
    [
        ["gh", "api", "graphql", "-f", "query=query($o: String!) {a}", "-f", "o=acme"], ["gh", "--version"],
        ["az", "rest", "--method", "GET", "--url", "https://x"], ["az", "vm", "list", "--show-details"],
        ["kubectl", "config", "view", "--minify"], ["gcloud", "asset", "list", "--organization=1"],
        ["curl", "--fail-with-body", "-sS", "-H", "a: b", "https://x"], ["gh", "api", "-X", "get", "user"],
    ],
)  # fmt: skip
def test_what_only_reads_is_run(words: list[str]) -> None:
    assert changes_something(words) is None
