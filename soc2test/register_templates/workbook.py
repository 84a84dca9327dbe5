"""A register's template as a spreadsheet: a comment on each column, lists to choose from, and days as days."""

import io
from collections.abc import Iterable, Sequence

from soc2test.register_templates.columns import Column, example_row

__all__ = ["as_workbook"]

_ROWS = 1000
"""rows that get lists to choose from and formats"""
_WIDEST = 40
_LONGEST_LIST = 250
"""letters of a list that a spreadsheet takes"""
_DAY = "yyyy-mm-dd"


def as_workbook(title: str, columns: Sequence[Column], filled: Iterable[Sequence[str]] = ()) -> bytes:
    """An .xlsx of one sheet: the names of the columns, an example that does not count, and the `filled` rows."""
    from openpyxl import Workbook  # noqa: PLC0415  # takes a third of a second, and most commands write none
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _sheet_name(title)
    sheet.append([column.name for column in columns])
    sheet.append(example_row(list(columns)))
    for row in filled:
        sheet.append([cell or None for cell in row])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        head = sheet[f"{letter}1"]
        head.font = Font(bold=column.required)
        head.comment = Comment(
            f"{column.title}. {column.description}\n\n{column.how}", "soc2test", height=160, width=320
        )
        sheet[f"{letter}2"].font = Font(italic=True, color="808080")
        sheet.column_dimensions[letter].width = min(_WIDEST, max(len(column.name), len(column.example)) + 4)
        if column.form == "day":
            sheet.column_dimensions[letter].number_format = _DAY
        if choices := _choices(column):
            listed = DataValidation(
                type="list", formula1=f'"{choices}"', allow_blank=column.empty or not column.required
            )
            listed.error = f"{column.how}"[:_LONGEST_LIST]
            sheet.add_data_validation(listed)
            listed.add(f"{letter}3:{letter}{_ROWS}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _choices(column: Column) -> str:
    """The words of a list as a spreadsheet takes them; "" where there are none, or too many."""
    words = ("yes", "no") if column.form == "yes or no" else column.words
    listed = ",".join(words)
    return listed if len(listed) <= _LONGEST_LIST and column.form != "list" else ""


def _sheet_name(title: str) -> str:
    """What a spreadsheet allows as a sheet's name: 31 signs, and none of those that formulas use."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31]
