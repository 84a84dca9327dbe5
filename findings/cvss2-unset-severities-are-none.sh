#!/bin/sh
# cvss 3.6: of a vector of CVSS 2 without temporal and environmental metrics these severities are "None", the word for a
# score of 0.0; of CVSS 3 they are those of the base.
#
# Expected: severities() tells that metrics which are not defined change nothing: ("High", "High", "High"), as it does for
#   CVSS 3.1, or None in the place of what is not defined, as scores() does.
# Seen (cvss 3.6, Python 3.11): ("High", "None", "None") for AV:N/AC:L/Au:N/C:P/I:P/A:P, beside scores() of (7.5, None,
#   None); ("Critical", "Critical", "Critical") for a vector of CVSS 3.1. Who takes the environmental severity, the last
#   one, finds no severity in any old vulnerability.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check cvss==3.6
"$work/venv/bin/python" - <<'PY'
from cvss import CVSS2, CVSS3

old = CVSS2("AV:N/AC:L/Au:N/C:P/I:P/A:P")
new = CVSS3("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")
print(old.scores(), old.severities(), new.scores(), new.severities())
assert old.scores() == (7.5, None, None)
assert old.severities() == ("High", "None", "None"), "severities that are not defined are those of the base now"
assert new.severities() == ("Critical", "Critical", "Critical")
PY
