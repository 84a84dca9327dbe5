#!/bin/sh
# sarif-tools 3.0.5: results that are suppressed, or that are gone since the baseline, count as errors.
#
# Expected: `sarif --check error` ends with 0 over a log of which the only two results are one with an accepted suppression
#   (SARIF 2.1.0, 3.27.23) and one whose baselineState is "absent" (3.27.24: it was there and is not any more).
# Seen (sarif-tools 3.0.5, Python 3.11): `summary` says "error: 2", and `--check error` ends with the exit code 2, as for
#   two open errors; a filter file with --filter is needed to leave them out.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check sarif-tools==3.0.5
cat > "$work/log.sarif" <<'LOG'
{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [
  {"tool": {"driver": {"name": "T", "rules": [{"id": "R1"}]}}, "results": [
    {"ruleId": "R1", "level": "error", "message": {"text": "accepted"},
     "suppressions": [{"kind": "external", "status": "accepted"}],
     "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.tf"}, "region": {"startLine": 1}}}]},
    {"ruleId": "R1", "level": "error", "message": {"text": "gone"}, "baselineState": "absent",
     "locations": [{"physicalLocation": {"artifactLocation": {"uri": "b.tf"}, "region": {"startLine": 1}}}]}]}]}
LOG
code=0
"$work/venv/bin/sarif" --check error summary "$work/log.sarif" > "$work/out" 2>&1 || code=$?
cat "$work/out"
echo "exit code $code"
test "$code" = 2 || { echo "it ends with another code now"; exit 1; }
grep -q '^error: 2$' "$work/out" || { echo "it counts otherwise now"; exit 1; }
