#!/bin/sh
# openpyxl 3.1.5: a cell with one of the built-in date formats of Chinese, Japanese and Korean Excel is a number.
#
# Expected: a day with the built-in number format 31 or 57 (ECMA-376, 18.8.30: dates where the language is Chinese, Japanese
#   or Korean) is read as a day, as one with the format 14 is.
# Seen (openpyxl 3.1.5, python-calamine 0.9.1, XlsxWriter 3.3.1, Python 3.11): openpyxl gives 2026-11-20 for 14 and 46346
#   for 27, 31, 36, 50, 57 and 58, whose format it calls "General"; is_date is False. calamine gives the day for all.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5 xlsxwriter==3.3.1
cat > "$work/run.py" <<'PY'
import datetime
import sys

import openpyxl
import python_calamine
import xlsxwriter

path, formats = sys.argv[1], [14, 27, 31, 36, 50, 57, 58]
with xlsxwriter.Workbook(path) as book:
    sheet = book.add_worksheet("S")
    for row, code in enumerate(formats):
        sheet.write_number(row, 0, 46346, book.add_format({"num_format": code}))
cells = [row[0] for row in openpyxl.load_workbook(path)["S"].iter_rows()]
other = [row[0] for row in python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()]
for code, cell, value in zip(formats, cells, other):
    print(code, repr(cell.value), cell.number_format, cell.is_date, "calamine", repr(value))
assert cells[0].value == datetime.datetime(2026, 11, 20), "format 14 is read otherwise now"
assert [cell.value for cell in cells[1:]] == [46346] * 6, "openpyxl reads these formats now"
assert other == [datetime.date(2026, 11, 20)] * 7, "calamine reads them otherwise now"
PY
"$work/venv/bin/python" "$work/run.py" "$work/days.xlsx"
