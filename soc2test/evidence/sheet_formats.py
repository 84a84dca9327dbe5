"""What the formats of a workbook make of its numbers: days, durations, percentages, numbers with zeros before them.

python-calamine 0.9.1 tells dates and durations alone. openpyxl 3.1.5 knows the codes of formats; its own reader of
styles is not used, since it refuses workbooks of other programs for a colour or a font.
"""

import re
from collections.abc import Mapping
from enum import Enum
from xml.etree import ElementTree

import msgspec

from soc2test.evidence.sheet_marks import Cell, Marks
from soc2test.evidence.xlsx_package import Book, damaged

__all__ = ["Look", "Shape", "look_of", "looks"]

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
    LETTERED = "lettered"
    """letters stand before it, or in its place, that are in the format alone, as in RISK-17"""


class Look(msgspec.Struct, frozen=True):
    """What a format makes of a number."""

    shape: Shape
    decimals: int = 0
    """how many digits it shows behind the point at least: 2.10 is another version than 2.1"""


_PLAIN = Look(Shape.NUMBER)
_DECIMALS = re.compile(r"\s*#?0\.(0+)\s*")
"""without signs for thousands: of such amounts zeros behind say nothing"""
_BRACKETS = re.compile(r"\[[^\]]*\]")
"""colours, conditions and currencies with their country"""
_BEFORE_NUMBER = re.compile(r'(?:"[^"]*"|\\.|(?!General)[^0#?@"\\])*', re.IGNORECASE)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_CURRENCY = re.compile(r"\s*[A-Z]{3}\s*|\s*(?:kr|Kr|zł|Kč|Ft|lei|R|Fr)\.?\s*|\s*\w{0,3}\$\s*")
"""letters before an amount that are no part of it: a code of three capitals, or what a country writes"""
_OF_AMOUNTS = re.compile(r"[,.][0#]")
"""signs for thousands, or a fraction; no format of ids has them beside such letters"""


def looks(book: Book, marks: Marks, file: str) -> dict[Cell, Look]:
    """How the format of each number of a sheet makes it look; those that look like plain numbers are left out.

    Raises `EvidenceError` where the workbook lacks a format that is used.
    """
    used = {*marks.styles.values()}
    if not used:
        return {}
    styles = _styles(book.parts[book.styles]) if book.styles in book.parts else []
    if max(used) >= len(styles):
        raise damaged(file, "its numbers have formats that it does not hold")
    by_style = {style: look_of(styles[style]) for style in used}
    return {cell: by_style[style] for cell, style in marks.styles.items() if by_style[style] != _PLAIN}


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


def look_of(code: str) -> Look:
    r"""How a format makes a number look, by its code such as `yyyy\-mm\-dd` or `0.0%`.

    The first section of a code is that of positive numbers.
    """
    from openpyxl.styles.numbers import STRIP_RE, is_date_format, is_timedelta_format  # noqa: PLC0415  # as above

    if is_timedelta_format(code):
        return Look(Shape.DURATION)
    if is_date_format(code):
        return Look(Shape.DATE)
    plain = _without_literals(STRIP_RE.sub("", code)).split(";")[0]
    if "%" in plain:
        return Look(Shape.PERCENT)
    whole = plain.partition(".")[0].partition("E")[0]
    if whole.count("0") > 1:
        return Look(Shape.PADDED)
    if _has_letters_before(code.split(";", maxsplit=1)[0]):
        return Look(Shape.LETTERED)
    shown = _DECIMALS.fullmatch(plain)
    return _PLAIN if shown is None else Look(Shape.NUMBER, decimals=len(shown[1]))


def _has_letters_before(section: str) -> bool:
    """True where a section of a code has letters of its own before the digits, or for them, that are no currency."""
    shown = _BRACKETS.sub("", section)
    before = _BEFORE_NUMBER.match(shown)
    literal = "".join(quoted or escaped for quoted, escaped in _LITERAL.findall(before[0])) if before else ""
    if not any(sign.isalpha() for sign in literal):
        return False
    is_amount = _CURRENCY.fullmatch(literal) is not None and _OF_AMOUNTS.search(shown) is not None
    return not is_amount


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
