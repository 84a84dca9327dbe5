"""What a run says of subservice organisations: whose controls are needed with ours, and which days a report covers."""

import msgspec

from soc2test.verdicts import Stretch

__all__ = [
    "AnsweringControl",
    "LetterMonths",
    "LetterRow",
    "NotedInReport",
    "OwnUserEntityControlRow",
    "ReportRow",
    "Subservice",
    "SubserviceDays",
    "SubserviceRow",
    "UserEntityControlRow",
]


class SubserviceDays(msgspec.Struct, frozen=True, kw_only=True):
    """Days of ours by what shows an organisation's controls; each day stands in exactly one of the three.

    Days are dates of the programme's time zone: "2026-03-31".
    """

    first: str
    last: str
    days: int
    """from the first to the last, both counted"""
    covered: int
    """by reports of Type 2 that count, for all that we use"""
    by_letter: int
    """by a bridge letter, which nobody examined; it covers none"""
    by_nothing: int
    covered_on: tuple[Stretch, ...]
    by_letter_on: tuple[Stretch, ...]
    by_nothing_on: tuple[Stretch, ...]


class NotedInReport(msgspec.Struct, frozen=True, kw_only=True):
    """A deviation that a report notes and that touches us, with our answer; None where there is none."""

    text: str
    answer: str | None


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    """A report on an organisation, as subservice.yaml tells it. None: it is not told."""

    type: str
    auditor: str | None
    auditor_opinion: str | None
    """unqualified, qualified, adverse or disclaimer"""
    auditor_opinion_about: tuple[str, ...] | None
    """the criteria for which it is not unqualified"""
    first: str | None
    """a date, as is the next: "2026-03-31\""""
    last: str | None
    services: tuple[str, ...] | None
    regions: tuple[str, ...] | None
    categories: tuple[str, ...] | None
    file: str | None
    """relative to the programme root"""
    sha256: str | None
    days: int
    """of ours that lie in its period, whether or not it covers them"""
    covers: int
    """of ours that it covers for at least some of what we use"""
    lacks: tuple[str, ...]
    """why it covers no day, in words; then what of ours it does not include"""
    exceptions: tuple[NotedInReport, ...] | None
    """those that touch us"""


class LetterRow(msgspec.Struct, frozen=True, kw_only=True):
    """A bridge letter: the organisation's own statement for the days after a report, which nobody examined."""

    first: str
    """a date, as are the next: "2026-04-01\""""
    last: str
    file: str | None
    sha256: str | None
    days: int
    """of ours for which it is shown; none of them is covered"""
    shown_to: str | None
    """the last day for which it is shown; None: it is shown for none"""
    lacks: tuple[str, ...]


class LetterMonths(msgspec.Struct, frozen=True, kw_only=True):
    """For how many months after a report's end a letter is shown, and who approved more than the tool's default."""

    value: int
    tool_default: int
    clause: str | None
    approved_by: str | None


class AnsweringControl(msgspec.Struct, frozen=True, kw_only=True):
    """A test or a control of ours by its id, and what it shows: a verdict or a status; None where nobody knows it."""

    id: str
    status: str | None


class UserEntityControlRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a report expects of its customers, us among them, and our controls that do it; none: it is without one."""

    id: str
    text: str
    controls: tuple[AnsweringControl, ...]

    @property
    def without(self) -> bool:
        """True where no control of ours that anybody knows does it, or none that is in force."""
        return all(control.status in (None, "not_in_force") for control in self.controls)


class SubserviceRow(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation whose controls are needed with ours. It raises the status of no criterion."""

    id: str
    """in the register of vendors"""
    name: str | None
    """as the register has it"""
    method: str
    """carve_out or inclusive"""
    stands: bool
    """False where its entry breaks a rule: then no day is covered, and no letter is shown"""
    criteria: tuple[str, ...]
    commitments: tuple[str, ...]
    services: tuple[str, ...]
    """those that we use"""
    regions: tuple[str, ...]
    assumes: tuple[str, ...]
    """types of controls that we assume of it; none where it is inclusive"""
    monitoring: AnsweringControl | None
    """the control of ours that watches it"""
    assertion: str | None
    """file of its written assertion, where it is inclusive"""
    sources: tuple[str, ...]
    """of the programme, that hold its evidence, where it is inclusive"""
    owners: tuple[str, ...]
    """its people who own controls of controls.yaml, where it is inclusive"""
    reports: tuple[ReportRow, ...]
    letters: tuple[LetterRow, ...]
    letter_months: LetterMonths
    days: SubserviceDays | None
    """None where it is taken as inclusive: its controls are tested here, by its evidence"""
    user_entity_controls: tuple[UserEntityControlRow, ...] | None
    """None where it is not told which there are"""
    notes: tuple[str, ...]
    """what beside its days is not shown of it, in words"""


class OwnUserEntityControlRow(msgspec.Struct, frozen=True, kw_only=True):
    """What we expect of our own customers, for which criteria, and where they are told."""

    id: str
    text: str
    criteria: tuple[str, ...]
    told_at: str | None
    """a URL; None where a document tells it"""
    file: str | None
    """relative to the programme root"""
    sha256: str | None
    notes: tuple[str, ...]
    """why nothing shows that customers are told, in words"""


class Subservice(msgspec.Struct, frozen=True, kw_only=True):
    """What subservice.yaml says, held against what the run knows; by id."""

    organisations: tuple[SubserviceRow, ...]
    user_entity_controls: tuple[OwnUserEntityControlRow, ...]
    """ours, of our customers"""
    unlisted: tuple[str, ...]
    """organisations that soc2.yaml or the register of vendors names so and subservice.yaml does not, in words"""
