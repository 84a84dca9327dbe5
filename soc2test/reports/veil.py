"""`Veil`: what every text passes before it leaves, on the console, in a log or in an artifact."""

from collections.abc import Callable

import msgspec

from soc2test.evaluation.tally import finding_id
from soc2test.reports.personal import Pseudonyms
from soc2test.reports.secret_values import redact
from soc2test.reports.veil_subservice import VeiledSubservice
from soc2test.run import (
    AgeLimit,
    CompanyControlRow,
    CompanyControls,
    CriterionRow,
    DataMap,
    Destination,
    EvidenceEntry,
    FrameworkRows,
    HeldBack,
    PeriodTold,
    PrunedTold,
    Reader,
    RequirementRow,
    Run,
    SourceNature,
    Statement,
    StoreEntry,
    TestOfControl,
    Unclaimed,
)
from soc2test.verdicts import (
    ControlPeriod,
    ControlResult,
    Exemption,
    Finding,
    JoinedPopulation,
    Limit,
    LimitValue,
    Noted,
    Reason,
    TakenBack,
    TakenOut,
    Waiver,
)

__all__ = ["Veil"]


class Veil:
    """Without `pseudonyms` it hides secrets alone, with them people as well."""

    def __init__(self, pseudonyms: Pseudonyms | None = None) -> None:
        self._people = pseudonyms

    @property
    def hides_people(self) -> bool:
        """True where names and addresses become tokens."""
        return self._people is not None

    def text(self, text: str) -> str:
        """Any text that may come from an export."""
        text = redact(text)
        return self._people.text(text) if self._people is not None else text

    def own(self, text: str) -> str:
        """A text of the company's own files: e-mail addresses are hidden, words that are also somebody's login not."""
        text = redact(text)
        return self._people.addresses(text) if self._people is not None else text

    def result(self, result: ControlResult) -> ControlResult:
        """A control's result; where people are hidden, its digests are keyed as well."""
        digest = result.population_digest
        return msgspec.structs.replace(
            result,
            title=self.own(result.title),
            supports={criterion: self.own(text) for criterion, text in result.supports.items()},
            reason=self._reason(result.reason) if result.reason else None,
            limits={name: self._limit(limit) for name, limit in result.limits.items()},
            population_digest=self._people.digest(digest) if digest and self._people is not None else digest,
            findings=self._findings(result),
            evidence=self._texts(result.evidence),
            gaps=tuple(dict.fromkeys(map(self._reason, result.gaps))),
            exemptions=tuple(map(self._exemption, result.exemptions)),
            waivers=tuple(map(self._waiver, result.waivers)),
            taken_out=self.taken_out(result.taken_out) if result.taken_out is not None else None,
            joined=tuple(map(self._joined, result.joined)),
            period=self._period(result.period) if result.period is not None else None,
        )

    def _period(self, period: ControlPeriod) -> ControlPeriod:
        return msgspec.structs.replace(
            period,
            sentence=self.text(period.sentence),
            as_a_whole=self.text(period.as_a_whole),
            looser=tuple(
                msgspec.structs.replace(each, limit=self._limit(each.limit), judged=self._texts(each.judged))
                for each in period.looser
            ),
            exempt=tuple(
                msgspec.structs.replace(each, resource=self.text(each.resource), exemption=self.own(each.exemption))
                for each in period.exempt
            ),
            noted=tuple(map(self._noted, period.noted)),
            not_applicable=tuple(
                msgspec.structs.replace(each, by=self.taken_out(each.by)) for each in period.not_applicable
            ),
            taken_back=tuple(map(self._taken_back, period.taken_back)),
            due=tuple(msgspec.structs.replace(each, text=self.text(each.text)) for each in period.due),
            notes=self._texts(period.notes),
            lacking=self._texts(period.lacking),
            known_missing=self._texts(period.known_missing),
        )

    def _noted(self, each: Noted) -> Noted:
        accepted = tuple(msgspec.structs.replace(part, waiver=self.own(part.waiver)) for part in each.accepted)
        return msgspec.structs.replace(
            each, resource=self.text(each.resource), message=self.text(each.message), accepted=accepted
        )

    def _taken_back(self, each: TakenBack) -> TakenBack:
        return msgspec.structs.replace(
            each,
            revision=self.own(each.revision),
            resource=self.text(each.resource),
            message=self.text(each.message),
            reason=self.text(each.reason),
            owner=self.text(each.owner),
            approver=self.text(each.approver),
        )

    def _joined(self, joined: JoinedPopulation) -> JoinedPopulation:
        digest = joined.population_digest
        return msgspec.structs.replace(
            joined,
            population_digest=self._people.digest(digest) if digest and self._people is not None else digest,
            evidence=self._texts(joined.evidence),
        )

    def run(self, run: Run) -> Run:
        """All of a run but its controls' results, which were veiled when they were made."""
        return msgspec.structs.replace(
            run,
            incomplete_because=_or_none(self.own, run.incomplete_because),
            programme=msgspec.structs.replace(run.programme, system=self.own(run.programme.system)),
            criteria=tuple(map(self._row, run.criteria)),
            evidence=self._entries(run.evidence),
            statements=tuple(map(self._statement, run.statements)),
            ages=tuple(map(self._age, run.ages)),
            sources=tuple(map(self._source, run.sources)),
            documents=tuple(msgspec.structs.replace(each, file=self.text(each.file)) for each in run.documents),
            unclaimed=tuple(Unclaimed(self.text(each.path), self.text(each.reason)) for each in run.unclaimed),
            problems=tuple(dict.fromkeys(map(self.text, run.problems))),
            data=self.data(run.data),
            pseudonymised=self._people is not None,
            frameworks=tuple(map(self._framework, run.frameworks)),
            company_controls=self._described(run.company_controls) if run.company_controls is not None else None,
            subservice=VeiledSubservice(self.text, self.own).of(run.subservice) if run.subservice is not None else None,
            period=self._over(run.period) if run.period is not None else None,
            held_back=self._held_back(run.held_back) if run.held_back is not None else None,
        )

    def _held_back(self, held: HeldBack) -> HeldBack:
        return msgspec.structs.replace(held, file=self.text(held.file), gone=self._texts(held.gone))

    def _over(self, told: PeriodTold) -> PeriodTold:
        return msgspec.structs.replace(
            told,
            missing=self._texts(told.missing),
            prunings=tuple(map(self._pruning, told.prunings)),
            head=None if told.head is None else msgspec.structs.replace(told.head, store=self.own(told.head.store)),
        )

    def _pruning(self, told: PrunedTold) -> PrunedTold:
        return msgspec.structs.replace(told, reason=self.text(told.reason), by=self.text(told.by))

    def _framework(self, framework: FrameworkRows) -> FrameworkRows:
        """What a file of the company's own says of one; the names of requirements are ids."""
        return msgspec.structs.replace(
            framework,
            name=self.own(framework.name),
            title=self.own(framework.title),
            origins=tuple(msgspec.structs.replace(each, name=self.own(each.name)) for each in framework.origins),
            requirements=tuple(map(self._requirement, framework.requirements)),
        )

    def _requirement(self, row: RequirementRow) -> RequirementRow:
        touches = (
            msgspec.structs.replace(each, reason=self.own(each.reason), origin=self.own(each.origin))
            for each in row.touches
        )
        return msgspec.structs.replace(row, id=self.own(row.id), touches=tuple(touches))

    def _described(self, described: CompanyControls) -> CompanyControls:
        return msgspec.structs.replace(described, controls=tuple(map(self._company_control, described.controls)))

    def _company_control(self, row: CompanyControlRow) -> CompanyControlRow:
        return msgspec.structs.replace(
            row,
            id=self.own(row.id),
            wording=self.text(row.wording),
            owner=self.text(row.owner),
            performer=_or_none(self.text, row.performer),
            system=_or_none(self.own, row.system),
            risks=tuple(map(self.own, row.risks)),
            tests=tuple(map(self._test_of_control, row.tests)),
            notes=tuple(map(self.text, row.notes)),
        )

    def _test_of_control(self, test: TestOfControl) -> TestOfControl:
        return msgspec.structs.replace(test, id=self.own(test.id), sentence=_or_none(self.text, test.sentence))

    def data(self, data: DataMap) -> DataMap:
        """The map of the data: ids, labels and owners are the company's."""
        return msgspec.structs.replace(
            data,
            stores=tuple(map(self._store, data.stores)),
            lacks=self._texts(data.lacks),
            flows_lack=self._texts(data.flows_lack),
        )

    def _store(self, store: StoreEntry) -> StoreEntry:
        return msgspec.structs.replace(
            store,
            id=self.text(store.id),
            label=_or_none(self.text, store.label),
            owner=_or_none(self.text, store.owner),
            found=self._texts(store.found),
            goes_to=tuple(map(self._destination, store.goes_to)),
            read_by=tuple(map(self._reader, store.read_by)),
        )

    def _destination(self, place: Destination) -> Destination:
        return msgspec.structs.replace(
            place,
            place=_or_none(self.text, place.place),
            label=_or_none(self.text, place.label),
            vendor=_or_none(self.text, place.vendor),
        )

    def _reader(self, reader: Reader) -> Reader:
        return Reader(job=_or_none(self.text, reader.job), owners=self._texts(reader.owners))

    def _source(self, source: SourceNature) -> SourceNature:
        return msgspec.structs.replace(source, plugin=_or_none(self.own, source.plugin))

    def reason(self, reason: Reason) -> Reason:
        """A reason that was made after the result."""
        return self._reason(reason)

    def _reason(self, reason: Reason) -> Reason:
        return Reason(reason.code, self.text(reason.text))

    def _limit(self, limit: Limit) -> Limit:
        return msgspec.structs.replace(
            limit,
            value=self._value(limit.value),
            tool_default=None if limit.tool_default is None else self._value(limit.tool_default),
            clause=_or_none(self.own, limit.clause),
            approved_by=_or_none(self.text, limit.approved_by),
        )

    def _age(self, age: AgeLimit) -> AgeLimit:
        return msgspec.structs.replace(age, clause=self.own(age.clause), approved_by=self.text(age.approved_by))

    def _value(self, value: LimitValue) -> LimitValue:
        if isinstance(value, str):
            return self.own(value)
        return tuple(map(self.own, value)) if isinstance(value, tuple) else value

    def _exemption(self, exemption: Exemption) -> Exemption:
        return msgspec.structs.replace(
            exemption,
            resources=tuple(map(self.text, exemption.resources)),
            unmatched=tuple(map(self.text, exemption.unmatched)),
            reason=self.text(exemption.reason),
            owner=self.text(exemption.owner),
            approver=self.text(exemption.approver),
        )

    def doubt(self, waiver: Waiver) -> Waiver:
        """A waiver whose compensating control was looked up after its result was made."""
        return msgspec.structs.replace(waiver, doubt=_or_none(self.text, waiver.doubt))

    def _waiver(self, waiver: Waiver) -> Waiver:
        return msgspec.structs.replace(
            waiver,
            id=self.own(waiver.id),
            resources=tuple(map(self.text, waiver.resources)),
            unmatched=tuple(map(self.text, waiver.unmatched)),
            reason=self.text(waiver.reason),
            owner=self.text(waiver.owner),
            approver=self.text(waiver.approver),
            doubt=_or_none(self.text, waiver.doubt),
        )

    def taken_out(self, out: TakenOut) -> TakenOut:
        """Why a control is taken out, where that was decided after its result was made."""
        return msgspec.structs.replace(
            out,
            detail=self.text(out.detail),
            reason=self.text(out.reason),
            owner=self.text(out.owner),
            approver=self.text(out.approver),
        )

    def _row(self, row: CriterionRow) -> CriterionRow:
        organisations = tuple(map(self.own, row.organisations))
        return msgspec.structs.replace(row, reason=_or_none(self.text, row.reason), organisations=organisations)

    def _statement(self, statement: Statement) -> Statement:
        return msgspec.structs.replace(
            statement,
            text=self.text(statement.text),
            owner=self.text(statement.owner),
            file=self.text(statement.file),
        )

    def _findings(self, result: ControlResult) -> tuple[Finding, ...]:
        """One look at all of them: to look at each of many thousand takes longer than to evaluate them."""
        if self._people is None:
            found = result.findings
            texts = {each.message for each in found} | {each.evidence for each in found} | {each.fact for each in found}
            texts |= {each.waiver for each in found}
            texts |= {id for each in found for id in each.joined}
            whole = "\n".join([*(each.resource for each in found), *(text for text in texts if text is not None)])
            if redact(whole) == whole:
                return result.findings
        return tuple([self._finding(each, result.id) for each in result.findings])

    def _finding(self, finding: Finding, control: str) -> Finding:
        """Most hold nothing to hide: one look at all their texts."""
        whole = "\n".join(
            (
                finding.resource,
                finding.message,
                finding.evidence or "",
                finding.fact or "",
                finding.waiver or "",
                *finding.joined,
            )
        )
        if self.text(whole) == whole:
            return finding
        resource = self.text(finding.resource)
        keyed = self._people is not None and resource != finding.resource
        return msgspec.structs.replace(
            finding,
            id=finding_id(control, finding.kind, resource) if keyed else finding.id,
            resource=resource,
            message=self.text(finding.message),
            evidence=_or_none(self.text, finding.evidence),
            fact=_or_none(self.text, finding.fact),
            waiver=_or_none(self.own, finding.waiver),
            joined=tuple(map(self.text, finding.joined)),
        )

    def _texts(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """One look at all of them: most hold nothing to hide, and there is one for each file."""
        whole = "\n".join(texts)
        return texts if self.text(whole) == whole else tuple(map(self.text, texts))

    def _entries(self, entries: tuple[EvidenceEntry, ...]) -> tuple[EvidenceEntry, ...]:
        names = tuple(name for entry in entries for name in dict.fromkeys((entry.id, entry.path)))
        names += tuple(dict.fromkeys(text for entry in entries for text in _beside(entry)))
        return entries if self._texts(names) is names else tuple(map(self._entry, entries))

    def _entry(self, entry: EvidenceEntry) -> EvidenceEntry:
        return msgspec.structs.replace(
            entry,
            id=self.text(entry.id),
            path=self.text(entry.path),
            command=_or_none(self.text, entry.command),
            collector=_or_none(self.text, entry.collector),
            left_out={self.text(reason): count for reason, count in entry.left_out.items()},
        )


def _beside(entry: EvidenceEntry) -> tuple[str, ...]:
    """What else an entry says than which file it is."""
    return (entry.command or "", entry.collector or "", *entry.left_out)


def _or_none(change: Callable[[str], str], text: str | None) -> str | None:
    return None if text is None else change(text)
