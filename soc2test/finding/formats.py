"""Formats that are not read, by a file's suffix, each with the way out."""

from pathlib import PurePosixPath

__all__ = ["holds_files", "is_sheet", "unread_format"]

_PACKED = (".7z", ".rar", ".cab", ".lz", ".lz4", ".lzma", ".br", ".z", ".sz", ".iso", ".dmg")
_SHEETS = (".xlsm", ".xlsb", ".xls", ".ods", ".fods", ".numbers", ".gsheet")
_PAGES = (
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".html", ".htm", ".mht", ".png", ".jpg", ".jpeg", ".gif",
    ".webp", ".heic", ".eml", ".msg",
)  # fmt: skip
_COLUMNS = (".parquet", ".avro", ".orc", ".feather", ".sqlite", ".db")


def unread_format(path: PurePosixPath) -> str | None:
    """What a file of a known format that is not read is, and what to do; None for all others."""
    suffix = path.suffix.lower()
    if holds_files(path):
        return "is packed in a way that is not read: pack it again as .zip or .tar.gz"
    if is_sheet(path):
        return "is a spreadsheet of a format that is not read: save it as Excel Workbook (.xlsx), or as CSV"
    if suffix in _PAGES:
        return "is a page or picture for people, which is not read: export the data that it shows, as JSON or CSV"
    if suffix in _COLUMNS:
        return "is a database or table of a format that is not read: export it as NDJSON or CSV"
    return None


def holds_files(path: PurePosixPath) -> bool:
    """True where any export may be packed in it, so that what is lost with it is not known."""
    return path.suffix.lower() in _PACKED


def is_sheet(path: PurePosixPath) -> bool:
    """True for the name of a spreadsheet that is not read."""
    return path.suffix.lower() in _SHEETS
