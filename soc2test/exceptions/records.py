"""The entries of soc2.yaml and of the files beside it as frozen records, each with its place in its file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import msgspec

from soc2test.errors import ProgrammeError
from soc2test.evidence.yaml_text import Lines

__all__ = [
    "Approval",
    "CarvedOut",
    "Clause",
    "Declared",
    "ExemptionEntry",
    "NotRelevant",
    "Place",
    "RevisionEntry",
    "ScopeOut",
    "StatementEntry",
    "WaiverEntry",
]  # fmt: skip

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """A key path in a file of the programme."""

    file: str
    path: Path = ()
    lines: Lines = field(default_factory=dict, repr=False, compare=False)

    def at(self, *steps: str | int) -> "Place":
        """A place below this one."""
        return Place(self.file, (*self.path, *steps), self.lines)

    def refuse(self, text: str) -> ProgrammeError:
        """The error that names this place, with the line of the nearest key that has one."""
        return ProgrammeError(self.file, text, line=self._line(), key=self._key())

    def _line(self) -> int | None:
        path = self.path
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)

    def _key(self) -> str:
        return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path).lstrip(".")


class Approval(msgspec.Struct, frozen=True):
    """Why something is an exception, who answers for it, who else approved it, and from when until when."""

    reason: str
    owner: str
    approver: str
    since: date
    review_by: date
    place: Place


class CarvedOut(msgspec.Struct, frozen=True):
    """A subservice organisation: its id among the vendors, what is assumed of it, the control that watches it."""

    organisation: str
    assumes: str
    monitoring: str


class ScopeOut(msgspec.Struct, frozen=True):
    """An entry of `not_applicable`: exactly one of its three forms is given."""

    control: str
    approval: Approval
    replaced_by: tuple[str, ...] = ()
    carved_out: CarvedOut | None = None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.approval.place

    @property
    def applies_to_nothing(self) -> bool:
        """True of the form `no_population`."""
        return not self.replaced_by and self.carved_out is None


class NotRelevant(msgspec.Struct, frozen=True):
    """An entry of `not_relevant`: a criterion that management holds not relevant to the system."""

    criterion: str
    approval: Approval


class Clause(msgspec.Struct, frozen=True):
    """What a limit that is looser than the tool's own needs: the clause of the policy, and who approved it."""

    clause: str | None
    approved_by: str | None
    place: Place


class ExemptionEntry(msgspec.Struct, frozen=True):
    """An entry of exemptions.yaml; `resources` are ids, or patterns of them with * and ?."""

    id: str
    test: str
    resources: tuple[str, ...]
    approval: Approval


class RevisionEntry(msgspec.Struct, frozen=True):
    """An entry of revisions.yaml: why deviations that an earlier version of a test noted were none.

    It is about what snapshots of up to a day show of `resources`, ids or patterns of them with * and ?.
    """

    id: str
    test: str
    resources: tuple[str, ...]
    up_to: date
    approval: Approval


class WaiverEntry(msgspec.Struct, frozen=True):
    """An entry of waivers.yaml: deviations of `resources`, ids or patterns of them, that are accepted for a time.

    `since` and `review_by` of its approval are its keys `opened` and `expires`; `compensating` is the id of a control.
    """

    id: str
    test: str
    resources: tuple[str, ...]
    compensating: str | None
    approval: Approval


class StatementEntry(msgspec.Struct, frozen=True):
    """An entry of statements.yaml; `file` is relative to the programme root."""

    id: str
    text: str
    criteria: tuple[str, ...]
    owner: str
    stated: date
    expires: date
    file: str
    sha256: str
    place: Place


@dataclass(frozen=True)
class Declared:
    """All exceptions and statements of a programme that have the right form. Whether they hold is judged later."""

    scope_outs: Mapping[str, ScopeOut] = field(default_factory=dict)
    """by the id of the control"""
    not_relevant: Mapping[str, NotRelevant] = field(default_factory=dict)
    clauses: Mapping[str, Mapping[str, Clause]] = field(default_factory=dict)
    """control -> limit -> its clause, where soc2.yaml writes a limit with one"""
    ages: Mapping[str, Clause] = field(default_factory=dict)
    """by source, where soc2.yaml writes its max_age with a clause"""
    exemptions: tuple[ExemptionEntry, ...] = ()
    statements: tuple[StatementEntry, ...] = ()
    revisions: tuple[RevisionEntry, ...] = ()
    waivers: tuple[WaiverEntry, ...] = ()
    lines: Lines = field(default_factory=dict, repr=False, compare=False)
    """of soc2.yaml"""

    def __bool__(self) -> bool:
        """True where there is anything that somebody approved or stated."""
        approved = (self.scope_outs, self.not_relevant, self.clauses, self.ages, self.exemptions, self.revisions)
        some = (*approved, self.waivers, self.statements)
        return any(map(bool, some))
