"""The files beside soc2.yaml whose entries stand by themselves: exemptions, waivers, statements and others."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from soc2test.company_controls.records import CompanyControl
from soc2test.errors import ProgrammeError
from soc2test.evidence.schema_violations import Violation, violations
from soc2test.exceptions.records import Approval, ExemptionEntry, Place, RevisionEntry, StatementEntry, WaiverEntry
from soc2test.programme.exception_sections import approval_of
from soc2test.programme.subservice_entries import organisation, own_user_entity_control
from soc2test.programme.yaml_files import Parsed, read_yaml
from soc2test.regular import read_regular
from soc2test.subservice.records import OwnUserEntityControl, SubserviceOrganisation

__all__ = [
    "DESCRIBED",
    "SUBSERVICE",
    "WAIVERS",
    "Entries",
    "SubserviceEntries",
    "company_controls_in",
    "read_company_controls",
    "read_exemptions",
    "read_revisions",
    "read_statements",
    "read_subservice",
    "read_waivers",
    "waivers_in",
]

DESCRIBED = "controls.yaml"
"""the file of the company's own controls"""
SUBSERVICE = "subservice.yaml"
"""the file of the organisations whose controls are needed with the company's"""
WAIVERS = "waivers.yaml"

T = TypeVar("T")
_EXEMPTION = (
    '`- {id: EX-1, test: WRK-01, resources: ["cluster/DaemonSet/kube-system/*"], reason: ..., owner: name@company, '
    "approver: other@company, since: YYYY-MM-DD, review_by: YYYY-MM-DD}`"
)
_REVISION = (
    "`- {id: RV-1, test: IAM-12, resources: [...], up_to: YYYY-MM-DD, reason: ..., owner: name@company, "
    "approver: other@company, since: YYYY-MM-DD, review_by: YYYY-MM-DD}`"
)
_WAIVER = (
    '`- {id: WV-1, test: IAM-01, resources: ["okta/user/00u1"], reason: ..., owner: name@company, '
    "approver: other@company, compensating: IAM-13, opened: YYYY-MM-DD, expires: YYYY-MM-DD}`"
)
_CONTROL = (
    "`- {id: CTL-01, wording: ..., owner: name@company, performer: name@company, frequency: quarterly, "
    "type: detective, execution: manual, since: YYYY-MM-DD, criteria: [CC6.2], tests: [IAM-13]}`"
)
_STATEMENT = (
    "`- {id: ST-1, text: ..., criteria: [CC1.2], owner: name@company, date: YYYY-MM-DD, expires: YYYY-MM-DD, "
    "document: {file: documents/signed.pdf, sha256: ...}}`"
)
_ORGANISATION = (
    "`- {id: aws, method: carve_out, criteria: [CC6.4], services: [EC2], regions: [eu-west-1], assumes: [...], "
    "monitoring: VEN-04, reports: [...], user_entity_controls: [...]}`"
)
_OWN_USER_ENTITY_CONTROL = "`- {id: UEC-01, text: ..., criteria: [CC6.2], told_at: https://...}`"


@dataclass(frozen=True)
class Entries(Generic[T]):
    """The entries of a file that have the right form, why others have not, and the SHA-256 of its bytes."""

    good: tuple[T, ...] = ()
    refused: tuple[ProgrammeError, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    """by the file's name; empty where there is no such file"""
    whole: bool = False
    """True where the file as a whole is refused, and each list of it"""


class _Section(NamedTuple, Generic[T]):
    """The list that a file holds."""

    name: str
    make: Callable[[Mapping[str, Any], Place], T]
    form: str
    """of an entry, for who has to mend one"""
    lost: str = "in force"
    """what an entry of a wrong form is not"""
    schema: str = ""
    """whose name is not that of the list"""
    beside: tuple[str, ...] = ()
    """lists of the same file that are read by themselves"""


class SubserviceEntries(NamedTuple):
    """The two lists of subservice.yaml; what is wrong with the file as a whole stands with the first."""

    organisations: Entries[SubserviceOrganisation]
    user_entity_controls: Entries[OwnUserEntityControl]


def read_exemptions(root: Path) -> Entries[ExemptionEntry]:
    """exemptions.yaml in the folder of soc2.yaml; where it can't be read, nothing is exempt."""
    return _read(root / "exemptions.yaml", _Section("exemptions", _exemption, _EXEMPTION))


def read_revisions(root: Path) -> Entries[RevisionEntry]:
    """revisions.yaml in the folder of soc2.yaml; where it can't be read, each earlier deviation stands."""
    return _read(root / "revisions.yaml", _Section("revisions", _revision, _REVISION))


def read_waivers(root: Path) -> Entries[WaiverEntry]:
    """waivers.yaml in the folder of soc2.yaml; where it can't be read, no deviation is accepted."""
    return _read(root / WAIVERS, _OF_WAIVERS)


def waivers_in(data: bytes) -> Entries[WaiverEntry]:
    """What the bytes of a waivers.yaml hold."""
    return _of(_opened(data, WAIVERS, lost=_OF_WAIVERS.lost), _OF_WAIVERS)


def read_statements(root: Path) -> Entries[StatementEntry]:
    """statements.yaml in the folder of soc2.yaml; where it can't be read, nothing is stated."""
    return _read(root / "statements.yaml", _Section("statements", _statement, _STATEMENT))


def read_company_controls(root: Path) -> Entries[CompanyControl]:
    """controls.yaml in the folder of soc2.yaml; where it can't be read, no control of the company is known."""
    return _read(root / DESCRIBED, _OF_CONTROLS)


def company_controls_in(data: bytes) -> Entries[CompanyControl]:
    """What the bytes of a controls.yaml hold."""
    return _of(_opened(data, DESCRIBED, lost=_OF_CONTROLS.lost), _OF_CONTROLS)


def read_subservice(root: Path) -> SubserviceEntries:
    """subservice.yaml in the folder of soc2.yaml; where it can't be read, no organisation is known."""
    organisations: _Section[SubserviceOrganisation] = _Section(
        "organisations",
        organisation,
        _ORGANISATION,
        lost="listed",
        schema="subservice",
        beside=("user_entity_controls",),
    )
    ours: _Section[OwnUserEntityControl] = _Section(
        "user_entity_controls",
        own_user_entity_control,
        _OWN_USER_ENTITY_CONTROL,
        lost="listed",
        schema="subservice",
        beside=("organisations",),
    )
    opened = _open(root / SUBSERVICE, lost="listed")
    listed = _of(opened, organisations)
    return SubserviceEntries(listed, Entries() if listed.whole else _of(opened, ours))


@cache
def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(files("soc2test").joinpath(f"schemas/{name}.schema.json").read_text("utf-8"))
    return schema


class _Opened(NamedTuple):
    """A file that was read once, whatever lists it holds; without a value, why, or that there is no such file."""

    name: str
    parsed: Parsed | None = None
    digests: Mapping[str, str] = {}
    refused: tuple[ProgrammeError, ...] = ()


def _read(file: Path, section: _Section[T]) -> Entries[T]:
    return _of(_open(file, lost=section.lost), section)


def _open(file: Path, *, lost: str) -> _Opened:
    try:
        data = read_regular(file)
    except FileNotFoundError:
        if not file.is_symlink():
            return _Opened(file.name)
        wrong = ProgrammeError(file.name, f"is a link that leads nowhere: none of it is {lost}")
        return _Opened(file.name, refused=(wrong,))
    except OSError as error:
        wrong = ProgrammeError(file.name, f"can't be read: {error.strerror}; none of it is {lost}")
        return _Opened(file.name, refused=(wrong,))
    return _opened(data, file.name, lost=lost)


def _opened(data: bytes, file: str, *, lost: str) -> _Opened:
    digests = {file: sha256(data).hexdigest()}
    try:
        return _Opened(file, read_yaml(data, file), digests)
    except ProgrammeError as error:
        wrong = ProgrammeError(file, f"{error.text}; none of it is {lost}", line=error.line)
        return _Opened(file, None, digests, (wrong,))


def _of(opened: _Opened, section: _Section[T]) -> Entries[T]:
    """One list of a file."""
    parsed = opened.parsed
    if parsed is None:
        return Entries(refused=opened.refused, digests=opened.digests, whole=bool(opened.refused))
    if parsed.value is None and not parsed.faults:
        return Entries(digests=opened.digests)
    return _entries(parsed, section, opened.name, opened.digests)


def _entries(
    parsed: Parsed,
    section: _Section[T],
    file: str,
    digests: Mapping[str, str],
) -> Entries[T]:
    value, place = parsed.value, Place(file, (), parsed.lines)
    lists = (section.name, *section.beside)
    found = [*parsed.faults, *violations(_schema(section.schema or section.name), value)]
    if whole := [violation for violation in found if not _of_entry(violation, lists)]:
        path, text = whole[0]
        wrong = place.at(*path).refuse(
            f"{text}; none of it is {section.lost}: it holds a list `{section.name}:` of {section.form}"
        )
        return Entries(refused=(wrong,), digests=digests, whole=True)
    first: dict[str | int, Violation] = {}
    for path, text in found:
        if path[0] == section.name:
            first.setdefault(path[1], (path, text))
    refused = [
        place.at(*path).refuse(f"{text}; {_named(value, section, path)}write {section.form}")
        for path, text in first.values()
    ]
    numbered = enumerate(value.get(section.name) or ())
    good = [section.make(entry, place.at(section.name, number)) for number, entry in numbered if number not in first]
    return Entries(good=tuple(good), refused=tuple(refused), digests=digests)


def _of_entry(violation: Violation, lists: Collection[str]) -> bool:
    path, _ = violation
    return len(path) > 1 and path[0] in lists


def _named(value: Any, section: _Section[T], path: tuple[str | int, ...]) -> str:
    """Which entry is wrong, where it says so itself."""
    entry = value[section.name][path[1]]
    id = entry.get("id") if isinstance(entry, dict) else None
    return f"{id if isinstance(id, str) and id else 'it'} is not {section.lost}: "


def _exemption(entry: Mapping[str, Any], place: Place) -> ExemptionEntry:
    return ExemptionEntry(
        id=entry["id"],
        test=entry["test"],
        resources=tuple(entry["resources"]),
        approval=approval_of(entry, place),
    )


def _revision(entry: Mapping[str, Any], place: Place) -> RevisionEntry:
    return RevisionEntry(
        id=entry["id"],
        test=entry["test"],
        resources=tuple(entry["resources"]),
        up_to=date.fromisoformat(entry["up_to"]),
        approval=approval_of(entry, place),
    )


def _waiver(entry: Mapping[str, Any], place: Place) -> WaiverEntry:
    return WaiverEntry(
        id=entry["id"],
        test=entry["test"],
        resources=tuple(entry["resources"]),
        compensating=entry.get("compensating"),
        approval=Approval(
            reason=entry["reason"],
            owner=entry["owner"],
            approver=entry["approver"],
            since=date.fromisoformat(entry["opened"]),
            review_by=date.fromisoformat(entry["expires"]),
            place=place,
        ),
    )


_OF_WAIVERS = _Section("waivers", _waiver, _WAIVER)


def _statement(entry: Mapping[str, Any], place: Place) -> StatementEntry:
    return StatementEntry(
        id=entry["id"],
        text=entry["text"],
        criteria=tuple(entry["criteria"]),
        owner=entry["owner"],
        stated=date.fromisoformat(entry["date"]),
        expires=date.fromisoformat(entry["expires"]),
        file=entry["document"]["file"],
        sha256=entry["document"]["sha256"],
        place=place,
    )


def _company_control(entry: Mapping[str, Any], place: Place) -> CompanyControl:
    until = entry.get("until")
    return CompanyControl(
        id=entry["id"],
        wording=entry["wording"],
        owner=entry["owner"],
        performer=entry.get("performer"),
        frequency=entry["frequency"],
        type=entry["type"],
        execution=entry["execution"],
        since=date.fromisoformat(entry["since"]),
        until=date.fromisoformat(until) if until is not None else None,
        system=entry.get("system"),
        risks=tuple(entry.get("risks") or ()),
        criteria=tuple(entry["criteria"]),
        tests=tuple(entry.get("tests") or ()),
        place=place,
    )


_OF_CONTROLS = _Section("controls", _company_control, _CONTROL, lost="listed")
