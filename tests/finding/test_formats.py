"""Formats that are not read: each is told by its suffix, with the way out."""

from pathlib import PurePosixPath

import pytest

from soc2test.finding.formats import holds_files, is_sheet, unread_format

SAID = {
    "is packed in a way that is not read": ".7z .rar .cab .lz .lz4 .lzma .br .z .sz .iso .dmg",
    "is a spreadsheet of a format that is not read": ".xlsm .xlsb .xls .ods .fods .numbers .gsheet",
    "is a page or picture for people": (
        ".pdf .doc .docx .odt .rtf .ppt .pptx .html .htm .mht .png .jpg .jpeg .gif .webp .heic .eml .msg"
    ),
    "is a database or table of a format that is not read": ".parquet .avro .orc .feather .sqlite .db",
}


@pytest.mark.parametrize(("said", "suffix"), [(said, each) for said, all_ in SAID.items() for each in all_.split()])
def test_a_format_that_is_not_read_says_what_to_do(said: str, suffix: str) -> None:
    for name in (f"aws/a{suffix}", f"aws/a{suffix.upper()}"):
        found = unread_format(PurePosixPath(name))
        assert found is not None
        assert found.startswith(said)
        assert ": " in found
    assert holds_files(PurePosixPath(f"a{suffix}")) == said.startswith("is packed")
    assert is_sheet(PurePosixPath(f"a{suffix}")) == said.startswith("is a spreadsheet")


@pytest.mark.parametrize("name", ["a.json", "a", "a.yaml", "a.xlsx", "a.zip", "a.tar.gz", "db", "pdf"])
def test_of_all_others_nothing_is_said(name: str) -> None:
    assert unread_format(PurePosixPath(name)) is None
