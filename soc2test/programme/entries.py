"""exemptions.yaml and statements.yaml, the files beside soc2.yaml whose entries somebody approved or stated."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Generic, TypeVar

from soc2test.errors import ProgrammeError
from soc2test.evidence.schema_violations import Violation, violations
from soc2test.exceptions.records import ExemptionEntry, Place, StatementEntry
from soc2test.programme.exception_sections import approval_of
from soc2test.programme.yaml_files import Parsed, read_yaml
from soc2test.regular import read_regular

__all__ = ["Entries", "read_exemptions", "read_statements"]

T = TypeVar("T")
_EXEMPTION = (
    '`- {id: EX-1, test: WRK-01, resources: ["cluster/DaemonSet/kube-system/*"], reason: ..., owner: name@company, '
    "approver: other@company, since: YYYY-MM-DD, review_by: YYYY-MM-DD}`"
)
_STATEMENT = (
    "`- {id: ST-1, text: ..., criteria: [CC1.2], owner: name@company, date: YYYY-MM-DD, expires: YYYY-MM-DD, "
    "document: {file: documents/signed.pdf, sha256: ...}}`"
)


@dataclass(frozen=True)
class Entries(Generic[T]):
    """The entries of a file that have the right form, why others have not, and the SHA-256 of its bytes."""

    good: tuple[T, ...] = ()
    refused: tuple[ProgrammeError, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    """by the file's name; empty where there is no such file"""


def read_exemptions(root: Path) -> Entries[ExemptionEntry]:
    """exemptions.yaml in the folder of soc2.yaml; where it can't be read, nothing is exempt."""
    return _read(root / "exemptions.yaml", "exemptions", _exemption, _EXEMPTION)


def read_statements(root: Path) -> Entries[StatementEntry]:
    """statements.yaml in the folder of soc2.yaml; where it can't be read, nothing is stated."""
    return _read(root / "statements.yaml", "statements", _statement, _STATEMENT)


@cache
def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(files("soc2test").joinpath(f"schemas/{name}.schema.json").read_text("utf-8"))
    return schema


def _read(file: Path, section: str, make: Callable[[Mapping[str, Any], Place], T], form: str) -> Entries[T]:
    try:
        data = read_regular(file)
    except FileNotFoundError:
        if not file.is_symlink():
            return Entries()
        return Entries(refused=(ProgrammeError(file.name, "is a link that leads nowhere: none of it is in force"),))
    except OSError as error:
        return Entries(refused=(ProgrammeError(file.name, f"can't be read: {error.strerror}; none of it is in force"),))
    digests = {file.name: sha256(data).hexdigest()}
    try:
        parsed = read_yaml(data, file.name)
    except ProgrammeError as error:
        wrong = ProgrammeError(file.name, f"{error.text}; none of it is in force", line=error.line)
        return Entries(refused=(wrong,), digests=digests)
    if parsed.value is None and not parsed.faults:
        return Entries(digests=digests)
    return _entries(parsed, section, make, form, file.name, digests)


def _entries(
    parsed: Parsed,
    section: str,
    make: Callable[[Mapping[str, Any], Place], T],
    form: str,
    file: str,
    digests: Mapping[str, str],
) -> Entries[T]:
    value, place = parsed.value, Place(file, (), parsed.lines)
    found = [*parsed.faults, *violations(_schema(section), value)]
    if whole := [violation for violation in found if not _of_entry(violation, section)]:
        path, text = whole[0]
        wrong = place.at(*path).refuse(f"{text}; none of it is in force: it holds a list `{section}:` of {form}")
        return Entries(refused=(wrong,), digests=digests)
    first: dict[str | int, Violation] = {}
    for path, text in found:
        first.setdefault(path[1], (path, text))
    refused = [
        place.at(*path).refuse(f"{text}; {_named(value, section, path)}write {form}") for path, text in first.values()
    ]
    numbered = enumerate(value[section] or ())
    good = [make(entry, place.at(section, number)) for number, entry in numbered if number not in first]
    return Entries(good=tuple(good), refused=tuple(refused), digests=digests)


def _of_entry(violation: Violation, section: str) -> bool:
    path, _ = violation
    return len(path) > 1 and path[0] == section


def _named(value: Any, section: str, path: tuple[str | int, ...]) -> str:
    """Which entry is wrong, where it says so itself."""
    entry = value[section][path[1]]
    id = entry.get("id") if isinstance(entry, dict) else None
    return f"{id} is not in force: " if isinstance(id, str) and id else "it is not in force: "


def _exemption(entry: Mapping[str, Any], place: Place) -> ExemptionEntry:
    return ExemptionEntry(
        id=entry["id"],
        test=entry["test"],
        resources=tuple(entry["resources"]),
        approval=approval_of(entry, place),
    )


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
