#!/bin/sh
# python-calamine 0.9.1: a cell of type "d" is a moment without a zone and a text with one.
#
# Expected: ISO/IEC 29500 lets a cell of type d hold a date by ISO 8601. 2026-11-20T16:30:00 and 2026-11-20T16:30:00Z are
#   both such dates: either both come back as datetime, the second one aware, or both are refused.
# Seen (python-calamine 0.9.1, openpyxl 3.1.5, Python 3.11): the first is a datetime and the second the str
#   "2026-11-20T16:30:00Z", in one column. openpyxl reads both as datetime without a zone, so that the zone is lost there.
#   Who takes what is no datetime for a text that somebody typed treats the very moment that says its zone as the wrong one.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5
"$work/venv/bin/python" - "$work" <<'PY'
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

plain, zoned = Path(sys.argv[1], "plain.xlsx"), Path(sys.argv[1], "zoned.xlsx")
book = openpyxl.Workbook()
book.iso_dates = True
book.active.append([datetime(2026, 11, 20, 16, 30)])
book.active.append([datetime(2026, 11, 20, 16, 30)])
book.save(plain)
with zipfile.ZipFile(plain) as given, zipfile.ZipFile(zoned, "w") as made:
    for name in given.namelist():
        data = given.read(name)
        if name == "xl/worksheets/sheet1.xml":
            before, sign, after = data.rpartition(b"16:30:00</v>")
            assert sign, data
            data = before + b"16:30:00Z</v>" + after
        made.writestr(name, data)
calamine = [row[0] for row in CalamineWorkbook.from_path(str(zoned)).get_sheet_by_index(0).to_python()]
other = [row[0] for row in openpyxl.load_workbook(zoned).active.values]
print("calamine:", calamine)
print("openpyxl:", other)
assert calamine == [datetime(2026, 11, 20, 16, 30), "2026-11-20T16:30:00Z"], calamine
assert other == [datetime(2026, 11, 20, 16, 30)] * 2, other
PY
echo "as described"
