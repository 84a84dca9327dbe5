"""The parts of a workbook in the hands of a test: changed after a library has made it, and packed again."""

import io
import zipfile
from collections.abc import Mapping

__all__ = ["WORKBOOK", "calculated", "changed", "packed", "parts_of"]

WORKBOOK = "xl/workbook.xml"


def calculated(data: bytes) -> bytes:
    """XlsxWriter asks every program to calculate its formulas anew; a program that has saved them does not."""
    return changed(data, WORKBOOK, b' fullCalcOnLoad="1"', b"")


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with bytes of a part replaced; asserts that they stand there."""
    parts = parts_of(data)
    assert old in parts[part], parts[part]
    parts[part] = parts[part].replace(old, new)
    return packed(parts)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()
