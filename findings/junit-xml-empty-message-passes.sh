#!/bin/sh
# junit-xml 1.9: a failure or an error without a text is written as a test that passed.
#
# Expected: add_failure_info("") and add_error_info() write <failure/> and <error/>, and the suite counts them, as
#   add_skipped_info() without a text writes <skipped/>.
# Seen (junit-xml 1.9, Python 3.11): <testcase name="a" classname="k"/> and <testcase name="b" classname="k"/>, and the
#   suite says errors="0" failures="0": whoever reads it sees two tests that passed. A second failure of a test case
#   replaces the first unless allow_multiple_subelements is given.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check junit-xml==1.9
"$work/venv/bin/python" - <<'PY'
import warnings

import junit_xml

warnings.simplefilter("ignore")
failed, broken, skipped, twice = (junit_xml.TestCase(name, "k") for name in "abcd")
failed.add_failure_info("")
broken.add_error_info()
skipped.add_skipped_info()
twice.add_failure_info("first")
twice.add_failure_info("second")
text = junit_xml.to_xml_report_string([junit_xml.TestSuite("s", [failed, broken, skipped, twice])])
print(text)
assert '<testcase name="a" classname="k"/>' in text, "a failure without a text is written now"
assert '<testcase name="b" classname="k"/>' in text, "an error without a text is written now"
assert '<skipped type="skipped"/>' in text
assert 'errors="0" failures="1" name="s" skipped="1" tests="4"' in text
assert "first" not in text and "second" in text, "both failures are kept now"
PY
