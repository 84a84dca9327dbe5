#!/usr/bin/env bash
# check-jsonschema 0.39.0, the schema of Azure Pipelines that it has with it (vendor.azure-pipelines).
#
# Expected: a scheduled pipeline as Azure's documentation writes it (`always: boolean`,
#   learn.microsoft.com/azure/devops/pipelines/yaml-schema/schedules-cron) is valid.
# Seen: `always: true` is refused ("True is not of type 'string'"), the text "true" is valid; in the inputs of a task it is the
#   other way round: failTaskOnMissingResultsFile takes a boolean and refuses the text. Azure's documentation writes both as
#   booleans. Besides, the schema can't be used at all with the default dialect of regular expressions: it ends with a traceback of
#   RegressError ("Invalid character escape") and needs --regex-variant nonunicode.
# Who is hurt: whoever checks a nightly pipeline with it and "mends" what is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet check-jsonschema==0.39.0
pipeline() { # always, failTaskOnMissingResultsFile
    cat > "$folder/azure-pipelines.yml" <<YAML
schedules:
  - cron: "17 5 * * *"
    branches: {include: [main]}
    always: $1
steps:
  - script: pytest
  - task: PublishTestResults@2
    inputs: {testResultsFormat: JUnit, testResultsFiles: junit.xml, failTaskOnMissingResultsFile: $2}
YAML
}
check() {
    "$folder/venv/bin/check-jsonschema" --builtin-schema vendor.azure-pipelines --data-transform azure-pipelines "$@" \
        "$folder/azure-pipelines.yml" 2>&1
}
pipeline '"true"' true
check --regex-variant nonunicode | tail -1
check > "$folder/default" && { echo "changed: the default dialect works"; exit 1; }
grep -q "RegressError" "$folder/default" || { echo "changed: no RegressError"; exit 1; }
pipeline true true
check --regex-variant nonunicode > "$folder/boolean" && { echo "changed: always takes a boolean"; exit 1; }
grep -qF "schedules[0].always: True is not of type 'string'" "$folder/boolean" || { echo "changed: another error"; exit 1; }
pipeline '"true"' '"true"'
check --regex-variant nonunicode > "$folder/text" && { echo "changed: an input of a task takes a text"; exit 1; }
grep -qF "failTaskOnMissingResultsFile: 'true' is not of type 'boolean'" "$folder/text" || { echo "changed: another error"; exit 1; }
echo "as seen: a schedule's always has to be text, an input of a task a boolean"
