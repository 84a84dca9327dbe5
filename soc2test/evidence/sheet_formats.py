"""What the formats of a workbook make of its numbers: days, durations, percentages, numbers with zeros before them.

python-calamine 0.9.1 tells dates and durations alone. openpyxl 3.1.5 knows the codes of formats; its own reader of
styles is not used, since it refuses workbooks of other programs for a colour or a font.
"""

from collections.abc import Mapping
from enum import Enum
from xml.etree import ElementTree

from soc2test.evidence.sheet_marks import Cell, Marks
from soc2test.evidence.xlsx_package import Book, damaged

__all__ = ["Shape", "shape_of", "shapes"]

_EAST_ASIAN_DATES = (*range(27, 37), *range(50, 59))
"""built-in formats of Chinese, Japanese and Korean dates, which openpyxl 3.1.5 takes for General"""


class Shape(Enum):
    """How the format of a number makes it look, where that decides what it is."""

    NUMBER = "number"
    DATE = "date"
    DURATION = "duration"
    PERCENT = "percent"
    PADDED = "padded"
    """zeros stand before it that are in the format alone, as in 00123"""


def shapes(book: Book, marks: Marks, file: str) -> dict[Cell, Shape]:
    """How the format of each number of a sheet makes it look; those that look like numbers are left out.

    Raises `EvidenceError` where the workbook lacks a format that is used.
    """
    used = {*marks.styles.values()}
    if not used:
        return {}
    styles = _styles(book.parts[book.styles]) if book.styles in book.parts else []
    if max(used) >= len(styles):
        raise damaged(file, "its numbers have formats that it does not hold")
    looks = {style: shape_of(styles[style]) for style in used}
    return {cell: looks[style] for cell, style in marks.styles.items() if looks[style] is not Shape.NUMBER}


def _styles(content: bytes) -> list[str]:
    """The code of each style's format."""
    root = ElementTree.fromstring(content)  # noqa: S314  # its form was checked: no DTD
    tag = root.tag.removesuffix("styleSheet")
    codes = {_id(each): each.get("formatCode", "") for each in root.findall(f"{tag}numFmts/{tag}numFmt")}
    return [_code(_id(style), codes) for style in root.findall(f"{tag}cellXfs/{tag}xf")]


def _id(element: ElementTree.Element) -> int:
    text = element.get("numFmtId", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _code(format_id: int, codes: Mapping[int, str]) -> str:
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415  # 100 ms that few runs need

    built_in = "yyyy-mm-dd" if format_id in _EAST_ASIAN_DATES else BUILTIN_FORMATS.get(format_id, "General")
    return codes.get(format_id) or built_in


def shape_of(code: str) -> Shape:
    r"""The shape that a format gives to a number, by its code such as `yyyy\-mm\-dd` or `0.0%`.

    The first section of a code is that of positive numbers.
    """
    from openpyxl.styles.numbers import STRIP_RE, is_date_format, is_timedelta_format  # noqa: PLC0415  # as above

    if is_timedelta_format(code):
        return Shape.DURATION
    if is_date_format(code):
        return Shape.DATE
    plain = _without_literals(STRIP_RE.sub("", code)).split(";")[0]
    if "%" in plain:
        return Shape.PERCENT
    whole = plain.partition(".")[0].partition("E")[0]
    return Shape.PADDED if whole.count("0") > 1 else Shape.NUMBER


def _without_literals(code: str) -> str:
    r"""Without signs that stand for themselves (`\%`), and those that give the width of a blank (`_)`)."""
    signs = iter(code)
    left = []
    for sign in signs:
        if sign in "\\_*":
            next(signs, "")
        else:
            left.append(sign)
    return "".join(left)
