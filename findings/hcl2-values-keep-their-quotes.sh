#!/bin/sh
# python-hcl2 8.1.4: texts, keys and labels of blocks keep the quotes that they have in the file.
#
# Expected: bucket = "logs" gives {"bucket": "logs"}, and resource "aws_s3_bucket" "b" {} gives {"aws_s3_bucket": ...}, as
#   python-hcl2 4.3.5 gives them: a policy that compares values with plain words reads both.
# Seen (python-hcl2 8.1.4, Python 3.11): {'"aws_s3_bucket"': {'"b"': {'bucket': '"logs"', '__is_block__': True}}}. A
#   comparison with "logs", or a look-up of "aws_s3_bucket", finds nothing and raises nothing; each block has one key
#   more than it has arguments, and 1.10 is the number 1.1.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/old"
python3 -m venv "$work/new"
"$work/old/bin/pip" install --quiet --disable-pip-version-check python-hcl2==4.3.5
"$work/new/bin/pip" install --quiet --disable-pip-version-check python-hcl2==8.1.4
cat > "$work/read.py" <<'PY'
import sys

import hcl2

found = hcl2.loads('resource "aws_s3_bucket" "b" {\n  bucket = "logs"\n  n = 1.10\n  tags = { "k" = "v" }\n}\n')
print(sys.argv[1], found)
block = found["resource"][0]
if sys.argv[1] == "4.3.5":
    assert block["aws_s3_bucket"]["b"]["bucket"] == "logs"
else:
    body = block['"aws_s3_bucket"']['"b"']
    assert body["bucket"] == '"logs"', "texts come without quotes now"
    assert body["__is_block__"] is True
    assert body["tags"] == {'"k"': '"v"'}
    assert body["n"] == 1.1
PY
"$work/old/bin/python" "$work/read.py" 4.3.5
"$work/new/bin/python" "$work/read.py" 8.1.4
