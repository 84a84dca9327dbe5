"""A subservice organisation whose report covers a half year but its last months, and copies of it with a change."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from soc2test.evidence.documents import Documents
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import Place
from soc2test.populations.population import Population
from soc2test.resources.kinds import Commitment, Person, Spell, Vendor
from soc2test.run_subservice import SubserviceRow
from soc2test.subservice.checking import check_subservice
from soc2test.subservice.days import Span
from soc2test.subservice.known import KnownOfRun
from soc2test.subservice.records import (
    BridgeLetter,
    Inclusive,
    Months,
    NamedFile,
    Noted,
    OwnUserEntityControl,
    Report,
    SubserviceOrganisation,
    UserEntityControl,
)
from soc2test.subservice.rows import SubserviceJudged, judge_subservice
from soc2test.testing import resource

__all__ = [
    "AWS",
    "DOCUMENT",
    "INCLUSIVE",
    "LETTER",
    "OWN",
    "REPORT",
    "WITH_LETTER",
    "changed",
    "judged",
    "known",
    "notes",
    "row",
    "vendor",
    "with_report",
]

AS_OF = datetime(2026, 7, 20, 12, tzinfo=UTC)
WORDS = b"stands for a report, and is long enough to be a document that somebody would have signed for it"
DOCUMENT = NamedFile(file="documents/report.txt", sha256="")
PLACE = Place("subservice.yaml", ("organisations", 0), {("organisations", 0): 2})

REPORT = Report(
    type="soc2_type2",
    auditor="Harbour & Lane LLP",
    auditor_opinion="unqualified",
    auditor_opinion_about=None,
    first=date(2025, 4, 1),
    last=date(2026, 3, 31),
    services=("EC2", "S3"),
    regions=("eu-west-1",),
    categories=("security",),
    document=DOCUMENT,
    exceptions=(),
    place=PLACE.at("reports", 0),
)
LETTER = BridgeLetter(
    first=date(2026, 4, 1),
    last=date(2026, 6, 15),
    document=DOCUMENT,
    place=PLACE.at("bridge_letters", 0),
)
AWS = SubserviceOrganisation(
    id="aws",
    method="carve_out",
    criteria=("CC6.4",),
    commitments=(),
    services=("EC2", "S3"),
    regions=("eu-west-1",),
    assumes=("guards and badges at its data centres",),
    monitoring="CTL-23",
    inclusive=None,
    reports=(REPORT,),
    letters=(),
    months=Months(value=3, clause=None, approved_by=None, place=PLACE.at("letter_months")),
    user_entity_controls=(
        UserEntityControl(
            id="CUEC-1",
            text="Customers lock away the root account.",
            controls=("CTL-08",),
            place=PLACE.at("user_entity_controls", 0),
        ),
    ),
    place=PLACE,
)
WITH_LETTER = msgspec.structs.replace(AWS, letters=(LETTER,))
INCLUSIVE = msgspec.structs.replace(
    AWS,
    method="inclusive",
    assumes=(),
    monitoring=None,
    reports=(),
    inclusive=Inclusive(
        assertion=DOCUMENT,
        sources={"aws": {"accounts": ("999999999999",)}},
        owners=("ann@acme.example",),
    ),
)
OWN = OwnUserEntityControl(
    id="UEC-01",
    text="Customers give each of their staff an account.",
    criteria=("CC6.2",),
    told_at="https://acme.example/your-part",
    document=None,
    place=Place("subservice.yaml", ("user_entity_controls", 0), {("user_entity_controls", 0): 20}),
)


def changed(entry: Any = AWS, **fields: Any) -> Any:
    """An entry with other fields."""
    return msgspec.structs.replace(entry, **fields)


def with_report(**fields: Any) -> SubserviceOrganisation:
    """The organisation with another report, and the letter that follows it."""
    return msgspec.structs.replace(WITH_LETTER, reports=(msgspec.structs.replace(REPORT, **fields),))


def vendor(id: str = "aws", **facts: Any) -> Vendor:
    """A row of the register of vendors."""
    plain = {"name": "Amazon Web Services", "active": True, "subservice": True}
    made: Vendor = resource(Vendor, id, **{**plain, **facts})
    return made


def known(root: Path, **fields: Any) -> KnownOfRun:
    """What a run over the first half of 2026 knows; `root` is a folder in which the document is made."""
    (root / "documents").mkdir(exist_ok=True)
    (root / "documents/report.txt").write_bytes(WORDS)
    spells = (Spell(started_at=datetime(2021, 1, 4, tzinfo=UTC), ended_at=None),)
    ann = resource(Person, "ann", email="ann@acme.example", active=True, spells=spells)
    plain: dict[str, Any] = {
        "ours": Span(date(2026, 1, 1), date(2026, 6, 30)),
        "today": AS_OF.date(),
        "zone": UTC,
        "vendors": Population(Vendor, [vendor()]),
        "people": People(Population(Person, [ann]), AS_OF),
        "commitments": Population(Commitment, [resource(Commitment, "COM-01")]),
        "documents": Documents(root),
        "policies": (),
        "controls": {},
        "results": {},
        "described": {"CTL-08": "no_deviations", "CTL-23": "no_deviations"},
        "owners": ("ann@acme.example",),
        "categories": ("security",),
        "declared": {"aws": {"accounts": ("012345678901", "999999999999")}},
        "exported": ("aws",),
        "over_period": False,
    }
    return KnownOfRun(**{**plain, **fields})


def judged(
    root: Path, *entries: SubserviceOrganisation, own: tuple[OwnUserEntityControl, ...] = (), **fields: Any
) -> SubserviceJudged:
    """What comes of entries; each `DOCUMENT` of theirs is a file of its own with its digest."""
    signed = [_signed(entry, _Documents(root)) for entry in entries]
    checked = check_subservice(signed, own, {"CTL-08", "CTL-23"})
    return judge_subservice(checked, known(root, **fields))


def row(root: Path, entry: SubserviceOrganisation, **fields: Any) -> SubserviceRow:
    """The row of one organisation."""
    (found,) = judged(root, entry, **fields).told.organisations
    return found


def notes(root: Path, entry: SubserviceOrganisation, **fields: Any) -> tuple[str, ...]:
    """What is not shown of one organisation."""
    return row(root, entry, **fields).notes


class _Documents:
    """Makes one file after the other below a folder; the first is the one that `DOCUMENT` names."""

    def __init__(self, root: Path) -> None:
        self._root, self._made = root, 0
        known(root)

    def next(self) -> NamedFile:
        """A file that nothing else names."""
        self._made += 1
        name = DOCUMENT.file if self._made == 1 else f"documents/report-{self._made}.txt"
        content = WORDS if self._made == 1 else WORDS + name.encode()
        (self._root / name).write_bytes(content)
        return NamedFile(file=name, sha256=sha256(content).hexdigest())


def _signed(value: Any, documents: _Documents) -> Any:
    """With a document of its own wherever one is named without a digest."""
    if value == DOCUMENT:
        return documents.next()
    if isinstance(value, tuple):
        return tuple(_signed(one, documents) for one in value)
    if isinstance(value, msgspec.Struct) and not isinstance(value, Noted):
        fields: Mapping[str, Any] = {
            field: _signed(getattr(value, field), documents) for field in value.__struct_fields__
        }
        return type(value)(**fields)
    return value
