#!/bin/sh
# python-calamine 0.9.1: of a cell's value with a CDATA section only what stands outside of it is read; a comment cuts it.
#
# Expected: <v><![CDATA[not ]]>active</v> is the text "not active", as XML has it and as openpyxl reads it; <v>1<!-- -->2</v>
#   is 12.
# Seen (python-calamine 0.9.1, openpyxl 3.1.5, XlsxWriter 3.3.1, Python 3.11): calamine gives "active" and 1.0 without any
#   error, openpyxl "not active" and 12. In shared strings calamine reads both right.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5 xlsxwriter==3.3.1
cat > "$work/run.py" <<'PY'
import sys
import zipfile
from pathlib import Path

import openpyxl
import python_calamine
import xlsxwriter

folder = Path(sys.argv[1])
with xlsxwriter.Workbook(folder / "plain.xlsx") as book:
    book.add_worksheet("S").write_row(0, 0, ["state", "count"])
    book.worksheets()[0].write_row(1, 0, [3, 12])
with zipfile.ZipFile(folder / "plain.xlsx") as plain, zipfile.ZipFile(folder / "told.xlsx", "w") as told:
    for name in plain.namelist():
        content = plain.read(name)
        if name == "xl/worksheets/sheet1.xml":
            content = content.replace(b'<c r="A2"><v>3</v>', b'<c r="A2" t="str"><v><![CDATA[not ]]>active</v>')
            content = content.replace(b"<v>12</v>", b"<v>1<!-- -->2</v>")
        told.writestr(name, content)
one = python_calamine.load_workbook(str(folder / "told.xlsx")).get_sheet_by_index(0).to_python()[1]
other = [cell.value for cell in openpyxl.load_workbook(folder / "told.xlsx")["S"][2]]
print("calamine", one, "openpyxl", other)
assert one == ["active", 1.0], "calamine reads it otherwise now"
assert other == ["not active", 12], "openpyxl reads it otherwise now"
PY
"$work/venv/bin/python" "$work/run.py" "$work"
