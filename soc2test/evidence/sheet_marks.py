"""What the XML of a sheet shows of its cells and python-calamine does not: where they end, errors, formulas, styles.

python-calamine 0.9.1 gives an error as an empty cell, and likewise a formula without a value; it loses text in CDATA
and behind a comment within a value. It makes room for all cells between the first and the last one: a file of 5 kB with
a cell at XFD1048576 ends the process. So each sheet goes through here first. openpyxl 3.1.5 tells errors and formulas,
in ten times the time, and leaves out rows that are not in order.
"""

import re
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
    reader = _Reader(file=file, place=place, marks=Marks())
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    _refuse_what_is_lost(parser, file, place)
    parser.Parse(content, True)
    _check_room(reader.marks, file, place)
    return reader.marks


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


def _check_room(marks: Marks, file: str, place: str) -> None:
    if marks.bottom * marks.right <= max(_ROOM, marks.filled * _MOST_BLANK):
        return
    row, column = marks.furthest
    there = f"{place}, row {row}, column {letters(column)}"
    text = "holds something far away from all the rest: delete what stands there, or copy the table into a new sheet"
    raise EvidenceError(file, text, place=there, code="limit")


class _Reader(msgspec.Struct):
    """Follows the elements of a sheet. Rows and cells may say where they are; else each follows the one before."""

    file: str
    place: str
    marks: Marks
    row: int = 0
    column: int = 0
    kind: str = ""
    style: int = 0
    value: list[str] = msgspec.field(default_factory=list)
    """the text in the `v` of the cell at hand"""
    in_cells: bool = False
    in_value: bool = False
    has_formula: bool = False
    has_text: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "sheetData":
            self.in_cells = True
        elif not self.in_cells:
            return
        elif local == "c":
            self._cell(attributes)
        elif local == "row":
            self._row(attributes)
        elif local == "v":
            self.in_value = True
        elif local == "f":
            self.has_formula = True
        elif local == "is":
            self.has_text = True

    def text(self, data: str) -> None:
        if self.in_value:
            self.value.append(data)

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "v":
            self.in_value = False
        elif local == "c" and self.in_cells:
            self._ended()
        elif local == "sheetData":
            self.in_cells = False

    def _row(self, attributes: dict[str, str]) -> None:
        said = attributes.get("r", "")
        row = int(said) if said.isascii() and said.isdigit() else self.row + 1
        if row <= self.row or row > _LAST_ROW:
            raise damaged(self.file, f"the rows of {self.place} are in no order")
        self.row, self.column = row, 0

    def _cell(self, attributes: dict[str, str]) -> None:
        row, column = self._at(attributes.get("r", ""))
        if row != self.row or column <= self.column or column > _LAST_COLUMN:
            raise damaged(self.file, f"the cells in row {self.row} of {self.place} are in no order")
        self.column = column
        self.kind, style = attributes.get("t", "n"), attributes.get("s", "0")
        self.style = int(style) if style.isascii() and style.isdigit() else 0
        self.value = []
        self.has_formula = self.has_text = False

    def _at(self, reference: str) -> Cell:
        if not reference:
            return self.row, self.column + 1
        told = _REFERENCE.fullmatch(reference)
        if told is None:
            raise damaged(self.file, f"a cell in row {self.row} of {self.place} is nowhere")
        column = 0
        for letter in told[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(told[2]), column

    def _ended(self) -> None:
        here, text = (self.row, self.column), "".join(self.value)
        if not (text or self.has_text or self.has_formula):
            return  # a cell that only has a format
        marks = self.marks
        marks.filled += 1
        marks.bottom, marks.right = max(marks.bottom, self.row), max(marks.right, self.column)
        if self.row * self.column > marks.furthest[0] * marks.furthest[1]:
            marks.furthest = here
        if self.has_formula:
            marks.formulas.add(here)
        if self.kind == "e":
            marks.errors[here] = text if _ERROR.fullmatch(text) else "#VALUE!"
        elif self.has_formula and not text and self.kind != "str":
            marks.uncounted.add(here)  # a text of no signs is a value as well: `=""`
        elif self.kind == "n" and self.style:
            marks.styles[here] = self.style
