"""From the entries of subservice.yaml to rows of the reports: what is told of each organisation, and what is not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from soc2test.errors import ProgrammeError, UnknownFact
from soc2test.exceptions.looser_limits import wrong_clause
from soc2test.exceptions.records import Clause, ScopeOut
from soc2test.run_subservice import (
    LetterMonths,
    OwnUserEntityControlRow,
    Subservice,
    SubserviceDays,
    SubserviceRow,
    UserEntityControlRow,
)
from soc2test.subservice.checking import CheckedSubservice
from soc2test.subservice.days import Shown, days_shown
from soc2test.subservice.known import KnownOfRun
from soc2test.subservice.records import (
    LETTER_MONTHS,
    Months,
    OwnUserEntityControl,
    SubserviceOrganisation,
    documents_named,
)
from soc2test.subservice.reports_told import judged_letter, judged_report, parts_of

__all__ = ["SubserviceJudged", "by_criterion", "judge_subservice"]


class SubserviceJudged(msgspec.Struct, frozen=True, kw_only=True):
    """What the reports say, and what of subservice.yaml is refused by what the evidence says."""

    told: Subservice
    refused: tuple[ProgrammeError, ...]


def judge_subservice(
    checked: CheckedSubservice, known: KnownOfRun, scope_outs: Iterable[ScopeOut] = ()
) -> SubserviceJudged:
    """The rows of all organisations by id. `scope_outs` are the tests that soc2.yaml takes out."""
    known = msgspec.structs.replace(known, several=_named_for_several(checked.organisations))
    rows: list[SubserviceRow] = []
    refused: list[ProgrammeError] = []
    for entry in checked.organisations:
        judging = _Judging(entry, known, checked.broken.get(entry.id, ()))
        rows.append(judging.row())
        refused += judging.refused
    own = [_own(entry, known) for entry in checked.user_entity_controls]
    refused += [wrong for _, wrong in own if wrong is not None]
    told = Subservice(
        organisations=tuple(rows),
        user_entity_controls=tuple(row for row, _ in own),
        unlisted=tuple(_unlisted({entry.id for entry in checked.organisations}, known, scope_outs)),
    )
    return SubserviceJudged(told=told, refused=tuple(refused))


def _named_for_several(organisations: Iterable[SubserviceOrganisation]) -> frozenset[str]:
    """Digests of documents that are to show more than one report, letter or assertion, of whichever organisation."""
    named = Counter(document.sha256 for document in documents_named(organisations, ()))
    return frozenset(sha256 for sha256, count in named.items() if count > 1)


def by_criterion(organisations: Iterable[SubserviceOrganisation]) -> dict[str, tuple[str, ...]]:
    """The ids of the organisations on which each criterion rests."""
    found: dict[str, list[str]] = {}
    for entry in organisations:
        for criterion in entry.criteria:
            found.setdefault(criterion, []).append(entry.id)
    return {criterion: tuple(sorted(ids)) for criterion, ids in found.items()}


class _Judging:
    """Judges one entry; `refused` grows by what of it the evidence does not bear out."""

    def __init__(self, entry: SubserviceOrganisation, known: KnownOfRun, broken: Sequence[str]) -> None:
        self._entry, self._known = entry, known
        self.refused: list[ProgrammeError] = []
        self._notes: list[str] = list(broken)

    def row(self) -> SubserviceRow:
        """The row of the organisation."""
        entry, known = self._entry, self._known
        stands = self._stands()
        months = self._months(entry.months)
        reports = [judged_report(report, entry, known, stands=stands) for report in entry.reports]
        letters = [
            judged_letter(letter, reports, known, months=months.value, stands=stands) for letter in entry.letters
        ]
        days = self._days([one.shown for one in reports], [shown for _, shown in letters], stands=stands)
        theirs = self._user_entity_controls()
        self._refuse_documents()
        self._note(theirs)
        given = entry.inclusive
        return SubserviceRow(
            id=entry.id,
            name=known.vendor_name(entry.id),
            method=entry.method,
            stands=stands,
            criteria=entry.criteria,
            commitments=entry.commitments,
            services=entry.services,
            regions=entry.regions,
            assumes=entry.assumes,
            monitoring=known.answering(entry.monitoring) if entry.monitoring is not None else None,
            assertion=given.assertion.file if given is not None else None,
            sources=tuple(given.sources) if given is not None else (),
            owners=given.owners if given is not None else (),
            reports=tuple(one.row for one in reports),
            letters=tuple(row for row, _ in letters),
            letter_months=months,
            days=days,
            user_entity_controls=theirs,
            notes=tuple(self._notes),
        )

    def _stands(self) -> bool:
        """Whether the entry breaks no rule: else nothing that it names counts."""
        entry, known = self._entry, self._known
        wrong = list(known.wrong_inclusive(entry)) if entry.method == "inclusive" else []
        if why := known.wrong_vendor(entry.id):
            wrong.append(entry.place.at("id").refuse(why))
        self._notes += [error.text for error in wrong]
        self.refused += wrong
        return not self._notes

    def _months(self, given: Months) -> LetterMonths:
        """For how many months a letter is shown: more than the default only where somebody approved it."""
        value, approved = given.value, given.value > LETTER_MONTHS
        if approved and (wrong := self._not_approved(given)) is not None:
            self.refused.append(wrong)
            self._notes.append(wrong.text)
            value, approved = LETTER_MONTHS, False
        return LetterMonths(
            value=value,
            tool_default=LETTER_MONTHS,
            clause=given.clause if approved else None,
            approved_by=given.approved_by if approved else None,
        )

    def _not_approved(self, given: Months) -> ProgrammeError | None:
        if self._known.people is None:
            return given.place.refuse("who approved it can't be looked up: the exports could not be read")
        clause = Clause(clause=given.clause, approved_by=given.approved_by, place=given.place)
        people, policies = self._known.people, self._known.policies
        return wrong_clause(clause, "letter_months", given.value, LETTER_MONTHS, people, policies)

    def _days(
        self, reports: Iterable[Shown | None], letters: Iterable[Shown | None], *, stands: bool
    ) -> SubserviceDays | None:
        """Of one that is refused as inclusive nothing is tested here, and nothing covers any day."""
        if self._entry.method == "inclusive" and stands:
            return None
        return days_shown(
            self._known.ours,
            parts_of(self._entry),
            [one for one in reports if one is not None],
            [one for one in letters if one is not None],
        )

    def _user_entity_controls(self) -> tuple[UserEntityControlRow, ...] | None:
        given = self._entry.user_entity_controls
        if given is None:
            return None
        return tuple(
            UserEntityControlRow(
                id=one.id,
                text=one.text,
                controls=tuple(self._known.answering(id) for id in one.controls),
            )
            for one in given
        )

    def _refuse_documents(self) -> None:
        """A document that is named and is not there with its digest is a mistake of the file."""
        named = [(one.document, one.place) for one in self._entry.reports]
        named += [(one.document, one.place) for one in self._entry.letters]
        for document, place in named:
            if document is not None and (why := self._known.wrong_document(document)):
                self.refused.append(place.at("document").refuse(f"{why}; name the file with its SHA-256"))

    def _note(self, theirs: Sequence[UserEntityControlRow] | None) -> None:
        entry, known = self._entry, self._known
        self._notes += known.out_of_scope(entry.criteria)
        self._notes += known.unknown_commitments(entry.commitments)
        if why := known.unwatched(entry):
            self._notes.append(why)
        if theirs is None:
            self._notes.append("which user-entity controls its report expects of us is not told")
        elif without := [one.id for one in theirs if one.without]:
            self._notes.append(f"user-entity controls of its without a control of ours: {', '.join(without)}")


def _own(entry: OwnUserEntityControl, known: KnownOfRun) -> tuple[OwnUserEntityControlRow, ProgrammeError | None]:
    """One of our own user-entity controls, and what is wrong with the document that tells customers."""
    notes = [*known.out_of_scope(entry.criteria), *_untold(entry)]
    wrong = None
    if entry.document is not None and (why := known.wrong_document(entry.document)):
        notes.append(why)
        wrong = entry.place.at("document").refuse(f"{why}; name the file that customers get, with its SHA-256")
    document = entry.document
    row = OwnUserEntityControlRow(
        id=entry.id,
        text=entry.text,
        criteria=entry.criteria,
        told_at=entry.told_at,
        file=document.file if document is not None else None,
        sha256=document.sha256 if document is not None else None,
        notes=tuple(notes),
    )
    return row, wrong


def _untold(entry: OwnUserEntityControl) -> Iterator[str]:
    if entry.told_at is None and entry.document is None:
        yield "where customers are told is not said"
    elif entry.told_at is not None and not entry.told_at.startswith(("https://", "http://")):
        yield "where customers are told is no URL"


def _unlisted(listed: set[str], known: KnownOfRun, scope_outs: Iterable[ScopeOut]) -> Iterator[str]:
    """Organisations that something else calls so and that subservice.yaml does not list."""
    carved: Mapping[str, str] = {
        out.carved_out.organisation: out.control for out in scope_outs if out.carved_out is not None
    }
    for organisation, control in sorted(carved.items()):
        if organisation not in listed:
            yield f"soc2.yaml carves {control} out to {organisation}, which subservice.yaml does not list"
    for vendor in sorted(known.vendors.members if known.vendors is not None else (), key=lambda vendor: vendor.id):
        if vendor.id in listed or vendor.id in carved:
            continue
        try:
            named = vendor.active and vendor.subservice
        except UnknownFact:
            yield f"whether {vendor.id} is a subservice organisation is not known, and subservice.yaml does not list it"
            continue
        if named:
            yield f"the register of vendors has {vendor.id} as subservice: true, and subservice.yaml does not list it"
