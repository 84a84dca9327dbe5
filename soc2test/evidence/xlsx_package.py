"""The parts of an .xlsx file, a zip of XML: expanded within the limits of reading before anything is parsed."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.parsers import expat

import msgspec

from soc2test.errors import EvidenceError
from soc2test.evidence.expanding import most_expanded
from soc2test.evidence.read_limits import ReadLimits

__all__ = ["Book", "SheetPart", "damaged", "open_book"]

_ZIP = b"PK\3\4"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""how files of Excel 97 begin, and those of today that have a password"""
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
"""the name of the stream that holds what is encrypted (MS-OFFCRYPTO 2.3.4.4), as directories have it (MS-CFB 2.6.1)"""
_CELLS_OF_EXCEL_97 = "Workbook".encode("utf-16-le")
"""that of the stream that holds the cells of an .xls file (MS-XLS 2.1.7.20)"""
_STRICT = "http://purl.oclc.org/ooxml/"
_MOST_PARTS = 10_000
"""a workbook with a thousand sheets has some three thousand"""
_ENCRYPTED = 0x1
_PART = re.compile(r"\[Content_Types\]\.xml|[A-Za-z]{0,20}[0-9]{0,6}(\.xml)?(\.rels)?")
_AS_XLSX = "save it as Excel Workbook (.xlsx), without a password"
_TRUE = ("1", "true")
_WRONG = (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError, OSError, KeyError)


class SheetPart(msgspec.Struct, frozen=True):
    """One sheet of a workbook: its name, whether people see it, and the part that holds its cells."""

    name: str
    visible: bool
    part: str


class Book(msgspec.Struct, frozen=True):
    """A workbook whose parts are expanded: `parts` by their names, `styles` and `strings` "" where it has none."""

    parts: Mapping[str, bytes]
    sheets: tuple[SheetPart, ...]
    """worksheets alone; charts are none"""
    styles: str
    strings: str
    since_1904: bool
    """its days are counted from 1904-01-01, as Excel for the Mac did"""
    to_calculate: bool
    """its values are to be calculated when it is opened: those that stand in the file are nobody's"""


def open_book(data: bytes, file: str, limits: ReadLimits) -> Book:
    """The workbook in `data`. Raises `EvidenceError` where it is none, damaged, encrypted, too large or a bomb."""
    if data.startswith(_OLE):
        raise EvidenceError(file, f"{_compound(data)}: {_AS_XLSX}")
    if not data.startswith(_ZIP):
        raise EvidenceError(file, f"is no .xlsx file, whatever its name says: {_AS_XLSX}, or name it as what it is")
    parts = _expanded(data, file, limits)
    for name, content in parts.items():
        _check_form(name, content, file)
    return _book(parts, file)


def _compound(data: bytes) -> str:
    """What a compound file is, by the streams that its directory names."""
    password, excel_97 = "has a password", "is a spreadsheet of Excel 97 (.xls) under another name"
    if _ENCRYPTED_STREAM in data:
        return password
    return excel_97 if _CELLS_OF_EXCEL_97 in data else f"{password}, or {excel_97}"


def damaged(file: str, what: str) -> EvidenceError:
    """The error for a workbook that is none, with the way out."""
    return EvidenceError(file, f"is damaged: {what}; open it in Excel, LibreOffice or Google Sheets and save it again")


def _expanded(data: bytes, file: str, limits: ReadLimits) -> dict[str, bytes]:
    """All parts that are XML, by their names without the slash that some writers put before them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = [info for info in package.infolist() if not info.is_dir()]
            _check_sizes(infos, len(data), file, limits)
            # pictures and the like are not needed, and no more than their sizes is known of them
            wanted = [info for info in infos if info.filename.lower().endswith((".xml", ".rels"))]
            return {info.filename.lstrip("/"): package.read(info) for info in wanted}
    except _WRONG as error:
        raise damaged(file, f"no whole zip file ({type(error).__name__})") from None


def _check_sizes(infos: list[zipfile.ZipInfo], packed: int, file: str, limits: ReadLimits) -> None:
    """Hold what all members say that they expand to against the limits; none of them is read beyond what it says."""
    if len(infos) > _MOST_PARTS:
        raise EvidenceError(file, f"has over {_MOST_PARTS} parts; copy the sheet into a new file", code="limit")
    if len({info.filename.lstrip("/") for info in infos}) < len(infos):
        raise damaged(file, "two of its parts have one name")
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise EvidenceError(file, f"has a password: {_AS_XLSX}")
    size = sum(info.file_size for info in infos)
    if size > limits.document_bytes:
        way_out = "split it, or raise reading.document_mib in soc2.yaml"
        raise EvidenceError(file, f"expands to over {limits.document_mib} MiB; {way_out}", code="limit")
    if size > most_expanded(packed, limits):
        way_out = "save it again, or raise reading.ratio in soc2.yaml"
        raise EvidenceError(file, f"expands to over {limits.ratio} times its size; {way_out}", code="limit")


def _check_form(name: str, content: bytes, file: str) -> None:
    """Well-formed to the end, in UTF-8 and without a DTD: the readers after this one don't ask."""

    def refuse(*_: object) -> None:
        raise damaged(file, "one of its parts declares a document type, which no spreadsheet does")

    def check_encoding(version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.casefold() != "utf-8":
            raise damaged(file, f"its part {_shown(name)} is not in UTF-8")

    parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.XmlDeclHandler = check_encoding
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise damaged(file, f"its part {_shown(name)} is no whole XML") from None


def _shown(name: str) -> str:
    """The last step of a part's name, where it is one that any spreadsheet has; nobody knows who gave another one."""
    last = name.rpartition("/")[2]
    return last if _PART.fullmatch(last) else "of another name"


def _book(parts: Mapping[str, bytes], file: str) -> Book:
    main = next(iter(_targets(parts, "_rels/.rels", "/officeDocument").values()), "")
    if main not in parts:
        raise damaged(file, "it has no workbook")
    root = ElementTree.fromstring(parts[main])  # noqa: S314  # its form was checked: no DTD
    if root.tag.startswith("{" + _STRICT):
        text = "is a Strict Open XML Spreadsheet, whose formats are not read"
        raise EvidenceError(file, f"{text}: save it as Excel Workbook (.xlsx), the first of the list")
    folder, _, name = main.rpartition("/")
    links = f"{folder}/_rels/{name}.rels".lstrip("/")
    worksheets = _targets(parts, links, "/worksheet")
    sheets = [part for sheet in _named(root, "sheet") if (part := _sheet(sheet, worksheets)) is not None]
    if missing := [sheet for sheet in sheets if sheet.part not in parts]:
        raise damaged(file, f"{len(missing)} of its sheets have no part")
    properties, calculation = _attributes(root, "workbookPr"), _attributes(root, "calcPr")
    return Book(
        parts=parts,
        sheets=tuple(sheets),
        styles=next(iter(_targets(parts, links, "/styles").values()), ""),
        strings=next(iter(_targets(parts, links, "/sharedStrings").values()), ""),
        since_1904=properties.get("date1904", "") in _TRUE,
        to_calculate=calculation.get("fullCalcOnLoad", "") in _TRUE,
    )


def _sheet(sheet: ElementTree.Element, worksheets: Mapping[str, str]) -> SheetPart | None:
    """None for a sheet of another kind, such as a chart: it holds no cells."""
    link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
    if link not in worksheets:
        return None
    visible = sheet.get("state", "visible") == "visible"
    return SheetPart(name=sheet.get("name", ""), visible=visible, part=worksheets[link])


def _targets(parts: Mapping[str, bytes], links: str, kind: str) -> dict[str, str]:
    """The names of the parts to which links of a kind lead, by the link's id."""
    if links not in parts:
        return {}
    folder = links.rpartition("/")[0].removesuffix("_rels").rstrip("/")
    root = ElementTree.fromstring(parts[links])  # noqa: S314  # its form was checked: no DTD
    return {
        link.get("Id", ""): _resolved(folder, link.get("Target", ""))
        for link in _named(root, "Relationship")
        if link.get("Type", "").endswith(kind)
    }


def _resolved(folder: str, target: str) -> str:
    """A part's name from the root of the package: targets are relative to the folder unless they begin with a slash."""
    if target.startswith("/"):
        return target.lstrip("/")
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _named(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if element.tag.rpartition("}")[2] == name]


def _attributes(root: ElementTree.Element, name: str) -> Mapping[str, str]:
    """Those of the one element of a name; none where there is none."""
    return next((element.attrib for element in _named(root, name)), {})
