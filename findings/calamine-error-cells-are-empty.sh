#!/bin/sh
# python-calamine 0.9.1: a cell that holds an error of the spreadsheet comes out as an empty one.
#
# Expected: #REF!, #N/A, #DIV/0! and #NAME? come out as these words, as openpyxl gives them: an approver that a lookup did
#   not find is no approver who was never entered.
# Seen (python-calamine 0.9.1 beside openpyxl 3.1.5, Python 3.11): "" for each of the four, the same as for a cell that
#   nobody filled; openpyxl gives the words. A number -1 with a date format is midnight (datetime.time(0, 0)) in calamine
#   and 1899-12-29 in openpyxl.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5
cd "$work"
"$work/venv/bin/python" - <<'PY'
import datetime

import openpyxl
from python_calamine import CalamineWorkbook

errors = ["#REF!", "#N/A", "#DIV/0!", "#NAME?"]
book = openpyxl.Workbook()
sheet = book.active
for row, value in enumerate([*errors, None, -1, "end"], 1):
    sheet.cell(row, 1, f"row {row}")
    sheet.cell(row, 2, value)
sheet.cell(6, 2).number_format = "yyyy-mm-dd"
book.save("register.xlsx")

calamine = [row[1] for row in CalamineWorkbook.from_path("register.xlsx").get_sheet_by_index(0).to_python()]
openpyxl_ = [row[1] for row in openpyxl.load_workbook("register.xlsx", data_only=True).active.values]
print("calamine", calamine)
print("openpyxl", openpyxl_)
assert openpyxl_[:5] == [*errors, None]
assert calamine[:5] == [""] * 5, "errors are told apart from empty cells now"
assert calamine[5] == datetime.time(0, 0) and openpyxl_[5] == datetime.datetime(1899, 12, 29)
PY
