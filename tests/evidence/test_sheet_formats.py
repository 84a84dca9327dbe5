"""What the code of a format makes of a number; both libraries are asked as well, where they have a word for it."""

import datetime as dt
import io
import warnings

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from soc2test.evidence.sheet_formats import Look, Shape, look_of

DATES = [
    "yyyy-mm-dd", r"yyyy\-mm\-dd", "d/m/yy", "dd.mm.yyyy", "d-mmm", "mmm-yy", "m/d/yy h:mm", "h:mm", "mm:ss", "[$-409]d-mmm-yy;@",
    r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy", '[$-407]d. mmmm yyyy', 'yyyy"年"m"月"d"日"', "[Red]yyyy", "dd/mm/yyyy;;", "AM/PM h:mm",
]  # fmt: skip
DURATIONS = ["[h]:mm", "[h]:mm:ss", "[mm]:ss", "[ss]"]
NUMBERS = [
    "General", "0", "0.00", "#,##0", "#,##0.00", "@", "0.00E+00", "##0.0E+0", "# ?/?", '0 "days"', r"0.0\d",'"EUR" #,##0', '"kr "0.00', r'"US$"#,##0.00', '[$R-1C09] 0', "#,##0_s", "#,##0_)", ";;;",
    "[Red]0.00", "[$€-2] #,##0.00", '#,##0 "kr"', r"#,##0\ _k_r", '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', 'General" d"', r"0\%", '0"%"', "",
]  # fmt: skip
PERCENT = ["0%", "0.00%", "0.0 %", "#,##0%", "[Red]0%", "0%;-0%", r"0\x%"]
LETTERED = ['"yes";;"no"', '[=1]"left";General', '"A-"General', '"d"0', '"RISK-"0', r"\L\A\P\-0", '"INC"0', '"R"0', '"v"0.0', '[Red]"A "0;-0', '"EUR "0']
PADDED = ["00", "00000", "000-00-0000", "00.0", '"A"000']
CASES = [
    *((code, Shape.DATE) for code in DATES),
    *((code, Shape.DURATION) for code in DURATIONS),
    *((code, Shape.NUMBER) for code in NUMBERS),
    *((code, Shape.PERCENT) for code in PERCENT),
    *((code, Shape.PADDED) for code in PADDED),
    *((code, Shape.LETTERED) for code in LETTERED),
]


@pytest.mark.parametrize(("code", "shape"), CASES)
def test_the_code_of_a_format_tells_the_shape_of_its_numbers(code: str, shape: Shape) -> None:
    assert look_of(code).shape is shape


@pytest.mark.parametrize(
    ("code", "decimals"),
    [("0.0", 1), ("0.00", 2), ("0.00_ ", 2), ("0.00;[Red]-0.00", 2), ("#0.0", 1), ("0", 0), ("General", 0), ("0.##", 0),
     ("#,##0.00", 0), ('0.00 "EUR"', 2), ("[$€-2] 0.00", 2), ("0.00E+00", 0)],
)  # fmt: skip
def test_zeros_behind_the_point_are_shown_but_of_amounts_with_thousands(code: str, decimals: int) -> None:
    assert look_of(code) == Look(Shape.NUMBER, decimals=decimals)


@pytest.mark.each(2)
@pytest.mark.parametrize(("code", "shape"), [case for case in CASES if case[0]])
def test_calamine_and_openpyxl_take_the_same_numbers_for_dates(code: str, shape: Shape) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet().write_number(0, 0, 45_000.5, book.add_format({"num_format": code}))
    ((by_calamine,),) = CalamineWorkbook.from_filelike(io.BytesIO(made.getvalue())).get_sheet_by_index(0).to_python()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        by_openpyxl = openpyxl.load_workbook(made)["Sheet1"]["A1"].value
    wanted = {Shape.DATE: dt.datetime, Shape.DURATION: dt.timedelta}.get(shape, float)
    assert type(by_calamine) is wanted
    assert type(by_openpyxl) is wanted


@pytest.mark.parametrize("format_id", [*range(27, 37), *range(50, 59)])
def test_built_in_dates_of_east_asia_are_dates(format_id: int) -> None:
    """openpyxl 3.1.5 takes them for General: a day would be the number 45000."""
    from spreadsheets import STYLES, cell, started
    from workbook_parts import changed

    data = changed(cell(45_000, "0.00000"), STYLES, b'numFmtId="164" fontId', f'numFmtId="{format_id}" fontId'.encode())
    assert started(data) == "2023-03-15"
