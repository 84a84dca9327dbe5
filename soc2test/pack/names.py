"""What lies where in a pack."""

from typing import Literal

import msgspec

from soc2test.errors import Soc2Error

__all__ = [
    "ABOUT",
    "EVIDENCE",
    "GUIDE",
    "PROGRAMME",
    "RECORDS",
    "REPORT",
    "SIGNATURE",
    "STORE",
    "SUMS",
    "About",
    "LeftOut",
    "PackError",
]  # fmt: skip

ABOUT, GUIDE, SUMS, SIGNATURE = "pack.json", "README.md", "SHA256SUMS", "SHA256SUMS.sig"
RECORDS, EVIDENCE = "records.csv", "evidence.csv"
PROGRAMME, REPORT, STORE = "programme", "report", "store"


class PackError(Soc2Error):
    """The pack can't be made, or what was given is none; says what to do."""


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was tested and is not in the pack."""

    path: str
    """below the programme root"""
    sha256: str
    because: str


class About(msgspec.Struct, frozen=True, kw_only=True):
    """`pack.json`: what the pack is of. Nothing of it counts that the other files don't show."""

    schema: Literal["pack/1"] = "pack/1"
    system: str
    period: str
    """first and last day: "2026-01-01..2026-06-30" """
    report_date: str | None
    head: str
    """of the store that the pack holds"""
    soc2test: str
    """the version that made it and ran the tests"""
    left_out: tuple[LeftOut, ...] = ()
