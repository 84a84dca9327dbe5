"""What the veil hides of subservice organisations: names of people may stand in any text of subservice.yaml."""

from collections.abc import Callable

import msgspec

from soc2test.run_subservice import (
    AnsweringControl,
    LetterMonths,
    LetterRow,
    OwnUserEntityControlRow,
    ReportRow,
    Subservice,
    SubserviceRow,
    UserEntityControlRow,
)

__all__ = ["VeiledSubservice"]

Hides = Callable[[str], str]


class VeiledSubservice:
    """Hides by two functions of a veil: `text` for what anybody writes, `own` for ids of the company's own files."""

    def __init__(self, text: Hides, own: Hides) -> None:
        self._text, self._own = text, own

    def of(self, told: Subservice) -> Subservice:
        """The same with its texts veiled."""
        return Subservice(
            organisations=tuple(map(self._organisation, told.organisations)),
            user_entity_controls=tuple(map(self._ours, told.user_entity_controls)),
            unlisted=self._texts(told.unlisted),
        )

    def _organisation(self, row: SubserviceRow) -> SubserviceRow:
        theirs = row.user_entity_controls
        return msgspec.structs.replace(
            row,
            id=self._own(row.id),
            name=self._maybe(row.name),
            criteria=tuple(map(self._own, row.criteria)),
            commitments=tuple(map(self._own, row.commitments)),
            services=self._texts(row.services),
            regions=self._texts(row.regions),
            assumes=self._texts(row.assumes),
            monitoring=self._answering(row.monitoring) if row.monitoring is not None else None,
            assertion=self._maybe(row.assertion),
            sources=tuple(map(self._own, row.sources)),
            owners=self._texts(row.owners),
            reports=tuple(map(self._report, row.reports)),
            letters=tuple(map(self._letter, row.letters)),
            letter_months=self._months(row.letter_months),
            user_entity_controls=tuple(map(self._theirs, theirs)) if theirs is not None else None,
            notes=self._texts(row.notes),
        )

    def _report(self, report: ReportRow) -> ReportRow:
        noted = report.exceptions
        about = report.auditor_opinion_about
        return msgspec.structs.replace(
            report,
            auditor=self._maybe(report.auditor),
            auditor_opinion_about=tuple(map(self._own, about)) if about is not None else None,
            services=self._texts(report.services) if report.services is not None else None,
            regions=self._texts(report.regions) if report.regions is not None else None,
            file=self._maybe(report.file),
            lacks=self._texts(report.lacks),
            exceptions=None
            if noted is None
            else tuple(
                msgspec.structs.replace(one, text=self._text(one.text), answer=self._maybe(one.answer)) for one in noted
            ),
        )

    def _letter(self, letter: LetterRow) -> LetterRow:
        return msgspec.structs.replace(letter, file=self._maybe(letter.file), lacks=self._texts(letter.lacks))

    def _months(self, months: LetterMonths) -> LetterMonths:
        return msgspec.structs.replace(
            months,
            clause=self._maybe(months.clause),
            approved_by=self._maybe(months.approved_by),
        )

    def _theirs(self, control: UserEntityControlRow) -> UserEntityControlRow:
        return msgspec.structs.replace(
            control,
            id=self._own(control.id),
            text=self._text(control.text),
            controls=tuple(map(self._answering, control.controls)),
        )

    def _answering(self, control: AnsweringControl) -> AnsweringControl:
        return msgspec.structs.replace(control, id=self._own(control.id))

    def _ours(self, control: OwnUserEntityControlRow) -> OwnUserEntityControlRow:
        return msgspec.structs.replace(
            control,
            id=self._own(control.id),
            text=self._text(control.text),
            criteria=tuple(map(self._own, control.criteria)),
            told_at=self._maybe(control.told_at),
            file=self._maybe(control.file),
            notes=self._texts(control.notes),
        )

    def _texts(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self._text, texts))

    def _maybe(self, text: str | None) -> str | None:
        return None if text is None else self._text(text)
