#!/bin/sh
# @octokit/openapi 23.0.2: GitHub's own examples of open alerts and running checks fail GitHub's own description.
#
# Expected: a member with `nullable: true` and an enumeration may be null, so that an alert that nobody dismissed
#   (`dismissed_reason: null`) is valid, as the example beside the schema shows it.
# Seen (OpenAPI 3.0.3 document for api.github.com; openapi-schema-validator 0.9.0, Python 3.11): 71 of 150 nullable
#   enumerations do not list null, and an enumeration holds for null as for any value. Seven of the document's own
#   answers are refused, of code scanning, Dependabot, secret scanning and a check run in progress. The conclusion of a
#   check run lacks null, that of a check suite has it. Whoever checks collected answers by this document refuses
#   the open alerts, and keeps the closed ones.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent @octokit/openapi@23.0.2 > /dev/null
tar xzf octokit-openapi-23.0.2.tgz
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check openapi-schema-validator==0.9.0
cat > check.py <<'PY'
import json

from openapi_schema_validator import OAS30Validator

with open("package/generated/api.github.com.deref.json") as file:
    document = json.load(file)
with open("package/generated/api.github.com.json") as file:
    references = json.load(file)


def nullable(node):
    if isinstance(node, dict):
        if node.get("nullable") and "enum" in node:
            yield None in node["enum"]
        for value in node.values():
            yield from nullable(value)
    elif isinstance(node, list):
        for value in node:
            yield from nullable(value)


def refused(content):
    for example in (content.get("examples") or {}).values():
        for error in OAS30Validator(content["schema"]).iter_errors(example["value"]):
            if error.validator == "enum" and error.instance is None:
                yield error.absolute_path[-1]


asked = {
    ("/repos/{owner}/{repo}/dependabot/alerts/{alert_number}", "get", "200"): "dismissed_reason",
    ("/orgs/{org}/code-scanning/alerts", "get", "200"): "dismissed_reason",
    ("/repos/{owner}/{repo}/secret-scanning/alerts/{alert_number}", "get", "200"): "resolution",
    ("/repos/{owner}/{repo}/check-runs", "post", "201"): "conclusion",
}
for (path, method, code), fact in asked.items():
    answer = document["paths"][path][method]["responses"][code]["content"]["application/json"]
    found = set(refused(answer))
    print(method, path, found)
    assert found == {fact}, "the examples are valid now"
lists = list(nullable(references))
print(lists.count(False), "of", len(lists), "nullable enumerations do not list null")
assert (lists.count(False), len(lists)) == (71, 150)
PY
env/bin/python check.py
