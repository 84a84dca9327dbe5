"""Subservice organisations of the demo, and the same with a hostile name in every text that comes from outside."""

import hashlib
from typing import Any

import msgspec

from soc2test.run_subservice import (
    AnsweringControl,
    LetterMonths,
    LetterRow,
    NotedInReport,
    OwnUserEntityControlRow,
    ReportRow,
    Subservice,
    SubserviceDays,
    SubserviceRow,
    UserEntityControlRow,
)
from soc2test.verdicts import Stretch

__all__ = ["poisoned_subservice", "subservice_of_demo"]

_SHA256 = hashlib.sha256(b"report").hexdigest()
_SPANS = (("2025-11-21", "2026-03-31", 131), ("2026-04-01", "2026-06-15", 76), ("2026-06-16", "2026-11-20", 158))
_COVERED, _LETTER, _BARE = (Stretch(first=first, last=last, days=days) for first, last, days in _SPANS)

REPORT = ReportRow(
    type="soc2_type2",
    auditor="Harbour & Lane LLP",
    auditor_opinion="qualified",
    auditor_opinion_about=("CC7.1",),
    first="2025-04-01",
    last="2026-03-31",
    services=("EC2", "S3"),
    regions=("eu-west-1",),
    categories=("security",),
    file="documents/vendors/aws-report.pdf",
    sha256=_SHA256,
    days=131,
    covers=131,
    lacks=("it does not include the regions us-east-1",),
    exceptions=(
        NotedInReport(text="Two accounts were removed late.", answer="Neither reaches our data."),
        NotedInReport(text="A review was skipped.", answer=None),
    ),
)
CERTIFICATE = msgspec.structs.replace(
    REPORT,
    type="iso27001",
    auditor_opinion=None,
    auditor_opinion_about=None,
    first=None,
    last=None,
    services=None,
    regions=None,
    categories=None,
    file=None,
    sha256=None,
    days=0,
    covers=0,
    lacks=("a certificate is about a management system, and covers no day",),
    exceptions=None,
)
LETTER = LetterRow(
    first="2026-04-01",
    last="2026-06-15",
    file="documents/vendors/aws-letter.pdf",
    sha256=_SHA256,
    days=76,
    shown_to="2026-06-15",
    lacks=("no document of it is named",),
)
AWS = SubserviceRow(
    id="aws",
    name="Amazon Web Services",
    method="carve_out",
    stands=True,
    criteria=("CC6.4", "A1.2"),
    commitments=("COM-01",),
    services=("EC2", "S3"),
    regions=("eu-west-1", "us-east-1"),
    assumes=("guards and badges at its data centres",),
    monitoring=AnsweringControl(id="VEN-04", status="pass"),
    assertion=None,
    sources=(),
    owners=(),
    reports=(REPORT, CERTIFICATE),
    letters=(LETTER,),
    letter_months=LetterMonths(
        value=4,
        tool_default=3,
        clause="Vendor policy, section 3",
        approved_by="ada.byron@acme.example",
    ),
    days=SubserviceDays(
        first="2025-11-21",
        last="2026-11-20",
        days=365,
        covered=131,
        by_letter=76,
        by_nothing=158,
        covered_on=(_COVERED,),
        by_letter_on=(_LETTER,),
        by_nothing_on=(_BARE,),
    ),
    user_entity_controls=(
        UserEntityControlRow(
            id="CUEC-1",
            text="Customers lock away the root account.",
            controls=(AnsweringControl(id="CTL-01", status="deviation"), AnsweringControl(id="X-1", status=None)),
        ),
        UserEntityControlRow(id="CUEC-2", text="Customers take rights back.", controls=()),
    ),
    notes=("user-entity controls of its without a control of ours: CUEC-2",),
)
MACRENT = msgspec.structs.replace(
    AWS,
    id="macrent",
    name=None,
    method="inclusive",
    stands=False,
    criteria=("CC6.5",),
    commitments=(),
    services=("leasing",),
    regions=(),
    assumes=(),
    monitoring=None,
    assertion="documents/vendors/macrent.pdf",
    sources=("okta",),
    owners=("grace.hopper@acme.example",),
    reports=(),
    letters=(),
    days=SubserviceDays(
        first="2025-11-21",
        last="2026-11-20",
        days=365,
        covered=0,
        by_letter=0,
        by_nothing=365,
        covered_on=(),
        by_letter_on=(),
        by_nothing_on=(Stretch(first="2025-11-21", last="2026-11-20", days=365),),
    ),
    user_entity_controls=None,
)
OURS = OwnUserEntityControlRow(
    id="UEC-01",
    text="Merchants give each of their staff an account of their own.",
    criteria=("CC6.2",),
    told_at="https://acme.example/your-part",
    file="documents/your-part.pdf",
    sha256=_SHA256,
    notes=("it names A1.2, which is not in scope: availability is not",),
)


def subservice_of_demo() -> Subservice:
    """Two organisations, one of them refused; one control that customers have to do."""
    return Subservice(
        organisations=(AWS, MACRENT),
        user_entity_controls=(OURS,),
        unlisted=("the register of vendors has github as subservice: true, and subservice.yaml does not list it",),
    )


_WORDS = {"type", "method", "auditor_opinion", "status"}
"""texts that are words of ours"""


def poisoned_subservice(name: str) -> Subservice:
    """The same with `name` in the place of each text of a file or an export; ids stay apart."""
    poisoned: Subservice = _poisoned(subservice_of_demo(), name)
    organisations = tuple(
        msgspec.structs.replace(row, id=f"{place}{name}") for place, row in enumerate(poisoned.organisations)
    )
    return msgspec.structs.replace(poisoned, organisations=organisations)


def _poisoned(value: Any, name: str) -> Any:
    if isinstance(value, str):
        return name
    if isinstance(value, tuple):
        return tuple(_poisoned(one, name) for one in value)
    if not isinstance(value, msgspec.Struct) or isinstance(value, Stretch | SubserviceDays):
        return value
    fields = {
        field: getattr(value, field) if field in _WORDS or field == "sha256" else _poisoned(getattr(value, field), name)
        for field in value.__struct_fields__
    }
    return type(value)(**fields)
