"""What the run knows by which the entries of subservice.yaml are judged, and what of them it looks up."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import date, tzinfo

import msgspec

from soc2test.controls.control import Control
from soc2test.criteria import CRITERIA
from soc2test.errors import ProgrammeError, UnknownFact
from soc2test.evidence.documents import Documents
from soc2test.exceptions.looser_limits import Policies
from soc2test.exceptions.named_people import People, same_person
from soc2test.exceptions.scope_outs import watches_no_vendor, wrong_subservice_vendor
from soc2test.populations.population import Population
from soc2test.resources.kinds import Commitment, Vendor
from soc2test.run_subservice import AnsweringControl
from soc2test.subservice.days import Span
from soc2test.subservice.records import NamedFile, SubserviceOrganisation
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["KnownOfRun"]

_UNREAD = "can't be looked up: the exports could not be read"
_GOOD = "no_deviations"


class KnownOfRun(msgspec.Struct, frozen=True, kw_only=True):
    """Registers, documents and results. Registers are None where the exports could not be read at all."""

    ours: Span
    """the days of which a report covers some"""
    today: date
    zone: tzinfo
    vendors: Population[Vendor] | None
    people: People | None
    commitments: Population[Commitment] | None
    documents: Documents
    policies: Policies
    controls: Mapping[str, Control]
    """the loaded tests"""
    results: Mapping[str, ControlResult]
    described: Mapping[str, str]
    """the status of each control of controls.yaml, by its id"""
    owners: Collection[str]
    """e-mail addresses of who owns controls of controls.yaml that are in force"""
    categories: Collection[str]
    """those in scope"""
    declared: Mapping[str, Mapping[str, tuple[str, ...]]]
    """the sources of soc2.yaml, each with its scopes by level in the plural"""
    exported: Collection[str]
    """sources of which there is any export"""
    over_period: bool
    several: Collection[str] = ()
    """digests of documents that subservice.yaml names for more than one report or letter"""

    def vendor(self, id: str) -> Vendor | None:
        """The vendor of an id."""
        members = self.vendors.members if self.vendors is not None else ()
        return next((vendor for vendor in members if vendor.id == id), None)

    def vendor_name(self, id: str) -> str | None:
        """Its name, None where it is not known."""
        vendor = self.vendor(id)
        with suppress(UnknownFact):
            return vendor.name if vendor is not None else None
        return None

    def wrong_vendor(self, id: str) -> str:
        """Why an id is not that of an active subservice organisation of the register; empty where it is."""
        return wrong_subservice_vendor(id, self.vendors) if self.vendors is not None else f"{id} {_UNREAD}"

    def wrong_document(self, named: NamedFile | None) -> str:
        """Why nothing is behind a document; empty where it is there with its digest."""
        if named is None:
            return "no document of it is named"
        if named.sha256 in self.several:  # whichever of them it is, it says nothing of the others
            return f"{named.file} is named for several reports or letters, and shows one"
        return self.documents.wrong(named.file, named.sha256) or ""

    def answering(self, id: str) -> AnsweringControl:
        """A test or a control of ours, and what it shows."""
        result = self.results.get(id)
        status = str(result.verdict) if result is not None else self.described.get(id)
        return AnsweringControl(id=id, status=status)

    def out_of_scope(self, criteria: Collection[str]) -> Iterator[str]:
        """What is to be said of criteria that there are not, or that are of no category in scope."""
        for id in criteria:
            if id not in CRITERIA:
                yield f"it names the criterion {id}, which there is not"
            elif CRITERIA[id].category not in self.categories:
                yield f"it names {id}, which is not in scope: {CRITERIA[id].category.replace('_', ' ')} is not"

    def unknown_commitments(self, ids: Collection[str]) -> Iterator[str]:
        """What is to be said of commitments that the register does not have."""
        for id in ids:
            if self.commitments is None:
                yield f"commitment {id} {_UNREAD}"
            elif id not in {commitment.id for commitment in self.commitments.members}:
                gap = next(iter(self.commitments.gaps), None)
                unseen = f"can't be looked up, since not all are known: {gap.text}" if gap is not None else ""
                yield f"commitment {id} {unseen or 'is not in the register of commitments'}"

    def unwatched(self, entry: SubserviceOrganisation) -> str:
        """Why nothing shows that our monitoring of it works; empty where something does."""
        id = entry.monitoring
        if id is None:
            return ""
        if id in self.results:
            return self._unwatched_by_test(self.results[id], entry.id)
        status = self.described.get(id)
        if status is None:
            return f"{id}, which is to watch it, is neither a loaded test nor a control of controls.yaml"
        return "" if status == _GOOD else f"{id}, which is to watch it: {status.replace('_', ' ')}"

    def _unwatched_by_test(self, result: ControlResult, organisation: str) -> str:
        control = self.controls.get(result.id)
        if control is not None and (why := watches_no_vendor(control)):
            return why
        if result.verdict is Verdict.FAIL:
            return f"{result.id}, which is to watch it, deviates"
        if result.verdict is not Verdict.PASS:
            why = f": {result.reason.text}" if result.reason is not None else ""
            return f"{result.id}, which is to watch it, is {result.verdict.replace('_', ' ')}{why}"
        if organisation in result.held_for:
            return ""
        if self.over_period:
            return f"{result.id} says nothing good of it: not each snapshot of the period shows that it looked at it"
        return f"{result.id} says nothing good of it: it is exempt there, or not among what it looks at"

    def wrong_inclusive(self, entry: SubserviceOrganisation) -> Iterator[ProgrammeError]:
        """What the inclusive method needs and is not there."""
        given = entry.inclusive
        if given is None:
            return
        place = entry.place.at("inclusive")
        if why := self.wrong_document(given.assertion):
            text = f"{why}; without its written assertion {entry.id} can't be inclusive: write `method: carve_out`"
            yield place.at("assertion").refuse(text)
        for source, levels in given.sources.items():
            if why := self._no_evidence(source, levels):
                text = f"{why}; without its evidence {entry.id} can't be inclusive: declare it in soc2.yaml, or write "
                yield place.at("sources", source).refuse(f"{text}`method: carve_out`")
        for number, email in enumerate(given.owners):
            if why := self._no_owner(email):
                text = f"{why}; without its people as owners {entry.id} can't be inclusive"
                yield place.at("owners", number).refuse(text)

    def _no_evidence(self, source: str, levels: Mapping[str, tuple[str, ...]]) -> str:
        if source not in self.declared:
            return f"{source} is no source of soc2.yaml"
        for level, values in levels.items():
            if lost := [value for value in values if value not in self.declared[source].get(level, ())]:
                return f"soc2.yaml names no {', '.join(lost)} under {level} of {source}"
        if not levels and self.declared[source]:
            return f"which {' and '.join(self.declared[source])} of {source} are the organisation's is not told"
        return "" if source in self.exported else f"of {source} there is no export"

    def _no_owner(self, email: str) -> str:
        if self.people is None:
            return f"{email} {_UNREAD}"
        if why := self.people.wrong(email):
            return why
        owns = any(same_person(email, owner) for owner in self.owners)
        return "" if owns else f"{email} owns no control of controls.yaml that is in force"
