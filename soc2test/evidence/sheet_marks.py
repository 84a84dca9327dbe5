"""What the XML of a sheet shows of its cells and python-calamine does not: where they end, errors, formulas, styles.

python-calamine 0.9.1 gives an error as an empty cell, and likewise a formula without a value; it loses text in CDATA
and behind a comment within a value. It makes room for all cells between the first and the last one, however few there
are, and dies where there is none. So each sheet goes through here first. openpyxl 3.1.5 tells errors and formulas, in
ten times the time, and leaves out rows that are not in order.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from xml.parsers import expat

import msgspec

from soc2test.errors import EvidenceError
from soc2test.evidence.tables import letters
from soc2test.evidence.xlsx_package import damaged

__all__ = ["Cell", "Marks", "check_strings", "marks_of"]

Cell = tuple[int, int]
"""Row and column, both from 1."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ERROR = re.compile(r"#[A-Z0-9/_]{1,16}[!?]?")
_DIGITS = re.compile(r"[0-9]{1,6}")
_NO_STYLE = 1_000_000
"""more than any workbook has: then the format is missing"""
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ROOM = 4_000_000
"""so many cells between the first and the last one are read, however few of them hold anything"""
_MOST_BLANK = 20
"""cells of a larger sheet for each one that holds something"""


class Marks(msgspec.Struct):
    """Of one sheet: where its content ends, and the cells that are not what their values say."""

    bottom: int = 0
    """the last row with content, from 1; 0 for an empty sheet"""
    right: int = 0
    filled: int = 0
    """how many cells have content"""
    furthest: Cell = (0, 0)
    styles: dict[Cell, int] = msgspec.field(default_factory=dict)
    """the style of each number that has one"""
    errors: dict[Cell, str] = msgspec.field(default_factory=dict)
    """the word of each error, such as #REF!"""
    uncounted: set[Cell] = msgspec.field(default_factory=set)
    """formulas without a value"""
    formulas: set[Cell] = msgspec.field(default_factory=set)


def marks_of(content: bytes, file: str, place: str) -> Marks:
    """The marks of a sheet's XML, which is well-formed; `place` names the sheet.

    Raises `EvidenceError` where its cells are in no order, stand twice, or lie so far apart that they can't be read.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    reader = _Reader(parser, file, place)
    parser.StartElementHandler = reader.start
    _refuse_what_is_lost(parser, file, place)
    parser.Parse(content, True)
    marks = reader.end()
    _check_room(marks, file, place)
    return marks


def check_strings(content: bytes, file: str) -> None:
    """Raise `EvidenceError` where the texts that the sheets share are written in a way that loses some of them."""
    parser = expat.ParserCreate()
    _refuse_what_is_lost(parser, file, "")
    parser.Parse(content, True)


def _refuse_what_is_lost(parser: expat.XMLParserType, file: str, place: str) -> None:
    """No spreadsheet program writes CDATA or comments among cells, and calamine reads past what stands in them."""

    def refuse(*_: object) -> None:
        text = "is written in a way that is not read (CDATA or a comment in its XML)"
        way_out = "open it in Excel, LibreOffice or Google Sheets and save it again"
        raise EvidenceError(file, f"{text}: {way_out}", place=place)

    parser.StartCdataSectionHandler = refuse
    parser.CommentHandler = refuse
    parser.ProcessingInstructionHandler = refuse


def _check_room(marks: Marks, file: str, place: str) -> None:
    if marks.bottom * marks.right <= max(_ROOM, marks.filled * _MOST_BLANK):
        return
    row, column = marks.furthest
    there = f"{place}, row {row}, column {letters(column)}"
    text = "holds something far away from all the rest: delete what stands there, or copy the table into a new sheet"
    raise EvidenceError(file, text, place=there, code="limit")


class _Reader:
    """Follows the elements of a sheet. Rows and cells may say where they are; else each follows the one before.

    Only beginnings are listened to, and texts where they decide: listening to all takes twice the time.
    """

    def __init__(self, parser: expat.XMLParserType, file: str, place: str) -> None:
        self.marks = Marks()
        self._parser, self._file, self._place = parser, file, place
        self._row = self._column = 0
        self._kind, self._style = "n", ""
        self._known: dict[str, Callable[[Mapping[str, str]], None]] = {}
        self._formula = self._value = False
        """of the cell at hand: whether it has a formula, and a text, number or the like that is not empty"""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self._known:  # the first element: all have its namespace
            space = name.removesuffix("worksheet")
            known = {"row": self._at_row, "c": self._at_cell, "v": self._at_value, "f": self._at_formula}
            self._known = {f"{space}{local}": method for local, method in known.items()}
            self._known[f"{space}is"] = self._at_text
        if (method := self._known.get(name)) is not None:
            self._parser.CharacterDataHandler = None
            method(attributes)

    def end(self) -> Marks:
        self._cell_ended()
        return self.marks

    def _at_row(self, attributes: Mapping[str, str]) -> None:
        self._cell_ended()
        said = attributes.get("r", "")
        row = int(said) if said.isascii() and said.isdigit() else self._row + 1
        if row <= self._row or row > _LAST_ROW:
            raise damaged(self._file, f"the rows of {self._place} are in no order")
        self._row, self._column = row, 0

    def _at_cell(self, attributes: Mapping[str, str]) -> None:
        self._cell_ended()
        row, column = self._told(attributes.get("r", ""))
        if row != self._row or column <= self._column or column > _LAST_COLUMN:
            raise damaged(self._file, f"the cells in row {self._row} of {self._place} are in no order")
        self._column = column
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")

    def _told(self, reference: str) -> Cell:
        """The cell that a reference such as C5 names, by default the next one."""
        if not reference:
            return self._row, self._column + 1
        told = _REFERENCE.fullmatch(reference)
        if told is None:
            raise damaged(self._file, f"a cell in row {self._row} of {self._place} is nowhere")
        return int(told[2]), _number(told[1])

    def _at_formula(self, attributes: Mapping[str, str]) -> None:
        self._formula = True

    def _at_text(self, attributes: Mapping[str, str]) -> None:
        self._value = True

    def _at_value(self, attributes: Mapping[str, str]) -> None:
        if self._formula or self._kind == "e":
            self._parser.CharacterDataHandler = self._text
        else:
            self._value = True

    def _text(self, data: str) -> None:
        """Of an error its word, of a formula its value; line breaks between elements are none."""
        self._value = self._value or not data.isspace()
        if self._kind == "e":
            here = self._row, self._column
            self.marks.errors[here] = self.marks.errors.get(here, "") + data

    def _cell_ended(self) -> None:
        if self._value or self._formula:
            self._note()
        self._value = self._formula = False

    def _note(self) -> None:
        """A cell with content; one that only has a format is none."""
        marks, row, column = self.marks, self._row, self._column
        marks.filled += 1
        marks.bottom = row
        marks.right = max(marks.right, column)
        if row * column > marks.furthest[0] * marks.furthest[1]:
            marks.furthest = row, column
        if self._formula:
            marks.formulas.add((row, column))
        if self._kind == "e":
            word = marks.errors.get((row, column), "").strip()
            marks.errors[row, column] = word if _ERROR.fullmatch(word) else "#VALUE!"
        elif self._formula and not self._value and self._kind != "str":
            marks.uncounted.add((row, column))  # a text of no signs is a value as well: `=""`
        elif self._kind == "n" and self._style not in ("", "0"):
            marks.styles[row, column] = int(self._style) if _DIGITS.fullmatch(self._style) else _NO_STYLE


@lru_cache(maxsize=_LAST_COLUMN)
def _number(letters_: str) -> int:
    """A column's number from 1 by its letters."""
    number = 0
    for letter in letters_:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
