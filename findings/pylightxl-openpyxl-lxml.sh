#!/bin/sh
# pylightxl 1.61: whether it can read a workbook of openpyxl depends on lxml being installed where that was written.
#
# Expected: readxl() reads what openpyxl writes, or refuses it, whatever else is installed.
# Seen (pylightxl 1.61, openpyxl 3.1.5, Python 3.11): without lxml it reads the workbook. Once lxml 6.1.3 is installed,
#   openpyxl writes the same workbook with the prefix of relationships declared on each sheet's element in place of the
#   root; readxl() looks at declarations of the root alone and ends in TypeError ("expected string or bytes-like object,
#   got 'NoneType'"). A register that a script writes stops being readable when an unrelated package brings lxml along.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pylightxl==1.61 openpyxl==3.1.5
cat > "$work/write.py" <<'PY'
import openpyxl

book = openpyxl.Workbook()
book.active["A1"] = "id"
book.save("register.xlsx")
PY
cat > "$work/read.py" <<'PY'
import pylightxl

try:
    print("read:", pylightxl.readxl("register.xlsx").ws_names)
except TypeError as error:
    print("TypeError:", error)
PY
cd "$work"
venv/bin/python write.py
venv/bin/python read.py | tee without
venv/bin/pip install --quiet --disable-pip-version-check lxml==6.1.3
venv/bin/python write.py
venv/bin/python read.py | tee with
grep -q "^read: \['Sheet'\]" without || { echo "without lxml it is otherwise now"; exit 1; }
grep -q "^TypeError" with || { echo "with lxml it can be read now"; exit 1; }
