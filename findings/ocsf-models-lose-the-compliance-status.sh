#!/usr/bin/env bash
# py-ocsf-models 0.10.0 (OCSF 1.5.0, as its OCSF_VERSION says), the models with which Prowler writes its findings.
#
# Expected: a Compliance Finding whose compliance object has `status` and `status_detail`, which OCSF's own object of that name has
#   (github.com/ocsf/ocsf-schema, objects/compliance.json), is the same after it was read and written again.
# Seen: both are gone without a word, and `status_id` alone stays. Of an Other (99) the schema says that `status` holds what it
#   is: after the models nobody can tell "not applicable" from "nothing happened in the period". The `status` of the event itself,
#   one level higher, is kept.
# Who is hurt: whoever passes findings of other tools through these models, and whoever reads `status` of what they wrote.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet py-ocsf-models==0.10.0
"$folder/venv/bin/python" - <<'PYTHON'
import json

from py_ocsf_models import OCSF_VERSION
from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding

event = {
    "activity_id": 1, "category_uid": 2, "class_uid": 2003, "type_uid": 200301, "time": 1795176000000,
    "severity_id": 1, "status": "New", "status_id": 1,
    "metadata": {"version": "1.5.0", "product": {"name": "tool", "vendor_name": "vendor"}},
    "finding_info": {"uid": "1", "title": "Keys are rotated"},
    "compliance": {
        "standards": ["CIS"], "control": "1.4", "status_id": 99, "status": "not applicable",
        "status_detail": "the account has no keys",
    },
}
kept = json.loads(ComplianceFinding.model_validate(event).model_dump_json(exclude_none=True))
print("version", OCSF_VERSION, "compliance", sorted(kept["compliance"]), "event status", kept.get("status"))
assert OCSF_VERSION == "1.5.0"
assert sorted(kept["compliance"]) == ["control", "standards", "status_id"], "changed: more of the status is kept"
assert kept["status"] == "New", "changed: the event's own status is not kept"
PYTHON
echo "as described"
