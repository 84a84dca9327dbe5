"""`Tally`: counts and findings of one control while its population goes by; keeps nothing for a pass."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from soc2test.code_reading.named import names_in
from soc2test.code_reading.reads import deciding_facts, facts_read
from soc2test.controls.control import Control
from soc2test.controls.parameters import looks_at
from soc2test.errors import UnknownFact
from soc2test.evaluation.by_source import by_source
from soc2test.evaluation.digests import DigestSet
from soc2test.evaluation.grounds import Ground, Nature, ground_of, rests_on
from soc2test.evaluation.joined import cited, grounds_of
from soc2test.evaluation.limits import Limits
from soc2test.evaluation.waiving import Waiving
from soc2test.populations.population import Gap, Population
from soc2test.resources.kinds import DeclaredScope, NamedControl, SubserviceReport
from soc2test.resources.resource import Origin, Resource, kind_of
from soc2test.verdicts import ControlResult, Finding, Outcome, Reason, Verdict

__all__ = ["Census", "Members", "Tally", "finding_id"]

_OF_NAMES = (DeclaredScope, NamedControl, SubserviceReport)
"""What soc2.yaml and subservice.yaml say and which controls there are is evidence of nothing."""
_MOST_CITED = 20
"""Pieces of evidence of joined members that a finding names; the control names all of the population."""
_RANK = {"error": 0, "deviation": 1, "waived": 2, "unknown": 3, "pending": 4, "exempt": 5}


Members = Callable[[Sequence[Resource]], None]


class Census:
    """The resources of a population as they go by: their ids, and the evidence that told them."""

    __slots__ = ("_last_origin", "by_source", "evidence", "grounds", "ids")

    def __init__(self) -> None:
        self.ids = DigestSet()
        self.evidence: set[str] = set()
        self.by_source: dict[str, int] = {}
        """source -> how many of the resources are its own"""
        self.grounds: set[Ground] = set()
        self._last_origin: object = None

    def add(self, resources: Sequence[Resource]) -> None:
        """Some more resources."""
        self.ids.add(*[each.id for each in resources])
        origins = [each.origin for each in resources]
        if origins and origins.count(origins[0]) == len(origins):  # as in a stream: one look for all of them
            self._tell(origins[0], len(origins))
        else:
            for origin in origins:
                self._tell(origin, 1)

    def recall(self, other: "Census") -> None:
        """The same resources as another one counted."""
        self.ids, self.evidence, self.by_source, self.grounds = (
            other.ids,
            other.evidence,
            other.by_source,
            other.grounds,
        )

    def _tell(self, origin: Origin, count: int) -> None:
        """What told so many resources after each other."""
        if origin is not self._last_origin:
            self._last_origin = origin
            self.evidence.update(origin.evidence)
            self.grounds.add(ground_of(origin))
        self.by_source[origin.source] = self.by_source.get(origin.source, 0) + count


class Tally:
    """One control's running count."""

    def __init__(
        self,
        control: Control,
        limits: Limits,
        joined: Mapping[str, Population[Any]] = MappingProxyType({}),
        whole: Census | None = None,
    ) -> None:
        self.control = control
        populations = list(joined.values())
        # of a control over populations alone the first one is what it tests
        self._own = populations[0] if control.kind is None and populations else None
        self._joined = populations[1:] if self._own is not None else populations
        beside = [population for name, population in joined.items() if name in control.beside]
        looked_at = [population for name, population in joined.items() if looks_at(control.function, name)]
        self._needed = [population for population in self._joined if population not in beside]
        against = [population for name, population in joined.items() if name in control.against]
        self._deciding_joins = [each for each in self._joined if each in looked_at and each not in against]
        self.limits = limits
        self.first: Resource | None = None
        self.findings: list[Finding] = []
        # controls that apply to all of a kind share one census, which who reads the kind keeps
        self._census = Census() if whole is None else whole
        self._counts = {"deviation": 0, "waived": 0, "unknown": 0, "error": 0, "pending": 0}
        self._outside: list[tuple[str, str, str]] = []
        self.reads = facts_read(control)
        self._deciding = deciding_facts(control)
        self.broken: Resource | None = None
        self._seen: set[str] = set()
        self.finding_id = finding_ids(control.id)
        self.members: Members | None = None
        """is told each resource of the population, where somebody has to list it"""
        self.waiving: Waiving | None = None
        """which deviations are accepted, where there are waivers"""

    def examined(self, *resources: Resource) -> None:
        """The resources belong to the population."""
        self._census.add(resources)
        if self.members is not None:
            self.members(resources)

    def examines(self, resource: Resource) -> bool:
        """Whether the resource is known to belong to the population."""
        return resource.id in self._census.ids

    def deviation(self, resource: Resource, message: str, caught: BaseException | None = None) -> None:
        """The control does not hold for the resource; `caught` is what said so."""
        accepted = self.waiving.accepts(resource) if self.waiving is not None else None
        if self.first is None and accepted is None:
            self.first = resource
        if self.control.kind is None and resource.id not in self._census.ids:
            self.examined(resource)  # named from another population than the first that the control takes

        reads: tuple[str, ...] = ()
        if resource.origin.facts:  # else one piece of evidence told them all
            # by `deviation(...)`, in a control over populations, or by an assert
            function = self.control.function
            reads = names_in(kind_of(resource), function) if caught is None else self._deciding(caught)
        message = message or self.control.title
        if self.waiving is not None:
            message = self.waiving.told_beside(message, resource, accepted)
        outcome: Outcome = "deviation" if accepted is None else "waived"
        self._note(resource, outcome, message, None, reads, waiver=accepted.id if accepted is not None else None)

    def unknown(self, resource: Resource, caught: UnknownFact) -> None:
        """A fact that the control reads is unknown; where `where` read it, the resource counts as a member."""
        if self.control.where is not None and resource.id not in self._census.ids:
            self.examined(resource)
        self._note(resource, "unknown", caught.reason, caught)

    def pending(self, resource: Resource, text: str, until: str) -> None:
        """The limit of this event is still open, until a moment (ISO 8601, UTC)."""
        self._note(resource, "pending", text, None, until=until)

    def error(self, resource: Resource, text: str) -> None:
        """The control broke on the resource."""
        if self.control.where is not None and resource.id not in self._census.ids:
            self.examined(resource)
        if self.broken is None:
            self.broken = resource
        self._note(resource, "error", text, None)

    def undecided(self, caught: UnknownFact) -> None:
        """A control over a population met something unknown."""
        self._outside.append(("unknown", caught.code, str(caught)))

    def failed(self, message: str) -> None:
        """A control over a population failed as a whole, naming no resource."""
        self._outside.append(("deviation", "assertion", message or self.control.title))

    def broke(self, text: str) -> None:
        """A control over a population broke as a whole."""
        self._outside.append(("error", "raised", text))

    def _note(
        self,
        resource: Resource,
        outcome: Outcome,
        message: str,
        caught: UnknownFact | None,
        reads: tuple[str, ...] = (),
        until: str | None = None,
        waiver: str | None = None,
    ) -> None:
        kind = kind_of(resource).__name__
        id = self.finding_id(kind, resource.id)
        if id in self._seen:
            return
        self._seen.add(id)
        self._counts[outcome] += 1
        fact = caught.fact or None if caught is not None else None
        origin = resource.origin
        evidence = origin.of(reads or self.reads)
        joined = self._given() if self._joined else ()
        self.findings.append(
            Finding(
                id, resource.id, kind, origin.source, outcome, fact, message, evidence, waiver, joined=joined,
                until=until,
            )
        )  # fmt: skip

    def _given(self) -> tuple[str, ...]:
        """The evidence of the members of joined populations that the control was given last, the first of many."""
        if self.control.kind is None:
            return ()
        given = (id for population in self._joined for member in population.given for id in member.origin.evidence)
        return tuple(islice(dict.fromkeys(given), _MOST_CITED))

    @property
    def census(self) -> Census:
        """What it counts the resources with that it applies to."""
        return self._census

    def recall(self, findings: Sequence[Finding], broken: Resource | None, first: Resource | None) -> None:
        """Take these for all that was found of the resources, `first` and `broken` for the first that deviates, or on
        which the control broke."""
        self.findings = [*findings]
        self.first, self.broken = first, broken
        self._seen = {finding.id for finding in findings}
        for outcome in self._counts:
            self._counts[outcome] = sum(finding.outcome == outcome for finding in findings)

    @property
    def ids(self) -> DigestSet:
        """The ids of the resources that it applies to."""
        return self._census.ids

    def holds_for(self, id: str) -> bool:
        """Whether it looked at a resource, and found nothing wrong or unknown."""
        return id in self._census.ids and all(finding.resource != id for finding in self.findings)

    @property
    def whole_is_told(self) -> bool:
        """False where a control over populations met something unknown, or broke, or failed naming no resource."""
        return not self._outside

    def verdict(self, own: Sequence[Gap]) -> tuple[Verdict, Reason | None]:
        """The verdict alone, as `result` says it where nothing is exempt: a proof asks for hundreds of thousands."""
        own, joined = self._gaps(own)
        return self._verdict([*own, *joined], exempt=0)

    def counted(self, outcome: Outcome) -> int:
        """For how many resources this was found."""
        return self._counts[outcome]

    def _gaps(self, own: Sequence[Gap]) -> tuple[list[Gap], list[Gap]]:
        """What the population under test lacks, and what those lack that are joined."""
        tested = [*own, *(self._own.gaps if self._own is not None else ())]
        return tested, [gap for population in self._needed for gap in population.gaps]

    def result(
        self,
        own: Sequence[Gap],
        sources: Sequence[str],
        declared: Callable[[str | None], bool],
        nature: Nature,
        exempt: Sequence[Finding] = (),
    ) -> ControlResult:
        """What was found, once the whole population went by. `own` are the gaps of the kind under test, `sources` the
        names of those that tell any of the kinds it needs, `nature` what stands behind the facts of a source, `exempt`
        what was found for the resources that are exempt."""
        own, joined = self._gaps(own)
        gaps = [*own, *joined]
        verdict, reason = self._verdict(gaps, len(exempt))
        ids = self._census.ids
        size = len(ids)
        bad = self._counts
        control = self.control
        found = sorted((*self.findings, *exempt), key=attrgetter("resource"))
        if len({each.kind for each in found}) > 1:  # texts alone sort three times faster than pairs of them
            found.sort(key=attrgetter("kind"))
        if len(found) > max(bad.values()):
            found.sort(key=lambda each: _RANK[each.outcome])
        reasons = tuple(dict.fromkeys(Reason(gap.code, gap.text) for gap in gaps))
        return ControlResult(
            control.id, control.title, control.criteria, dict(control.supports), verdict, reason, control.severity,
            control.operates, dict(self.limits.items()), size, ids.digest() if size else None,
            size - sum(bad.values()), bad["deviation"] + bad["waived"], bad["waived"], bad["unknown"], bad["error"],
            tuple(found),
            tuple(sorted(self._census.evidence | {each.evidence for each in exempt if each.evidence is not None})),
            declared=any(map(declared, self._lacking(gaps) or sources)),
            gaps=reasons,
            by_source=by_source(self._census.by_source, found, own, everywhere=self._everywhere(joined)),
            joined=tuple(cited(population) for population in self._joined),
            nature=control.nature,
            rests_on=self._rests_on(nature, sources, self._deciding_joins),
            pending=bad["pending"],
            exempt=len(exempt),
            exempt_deviations=sum(finding.found == "deviation" for finding in exempt),
            reliance=control.reliance,
            tested_facts=self._rests_on(nature, sources, ()),
        )  # fmt: skip

    def _rests_on(
        self, nature: Nature, sources: Sequence[str], populations: Iterable[Population[Any]]
    ) -> tuple[str, ...]:
        """Of an empty population what the sources are that would tell it; what soc2.yaml declares is evidence of
        nothing."""
        kind = self.control.kinds[0]
        telling = [population for population in populations if population.kind not in _OF_NAMES]
        joined = [(population.kind, grounds_of(population)) for population in telling]
        own = self._census.grounds or {(source, (), ()) for source in sources}
        return rests_on(self.control, [(kind, own), *joined], nature)

    def _everywhere(self, joined: Sequence[Gap]) -> Verdict | None:
        """The verdict that no source's can be better than, for what is of none of them alone."""
        outcomes = {outcome for outcome, _, _ in self._outside}
        if "deviation" in outcomes:
            return Verdict.FAIL
        if "error" in outcomes:
            return Verdict.ERROR
        return Verdict.NOT_EVALUATED if joined or "unknown" in outcomes or self._census.ids.repeated else None

    def _lacking(self, gaps: Sequence[Gap]) -> list[str | None]:
        """The sources that something is missing from."""
        unknown = [each.source for each in self.findings if each.outcome == "unknown"]
        return [*(gap.source for gap in gaps), *unknown]

    def _verdict(self, gaps: Sequence[Gap], exempt: int) -> tuple[Verdict, Reason | None]:
        outside = {outcome: Reason(code, text) for outcome, code, text in reversed(self._outside)}
        if self._counts["deviation"] or "deviation" in outside:
            return Verdict.FAIL, outside.get("deviation")
        if self._counts["error"] or "error" in outside:
            return Verdict.ERROR, outside.get("error") or Reason("raised", "the control broke on a resource")
        if gaps:
            return Verdict.NOT_EVALUATED, Reason(gaps[0].code, gaps[0].text)
        if "unknown" in outside:
            return Verdict.NOT_EVALUATED, outside["unknown"]
        if self._counts["unknown"]:
            first = next(each for each in self.findings if each.outcome == "unknown")
            return Verdict.NOT_EVALUATED, Reason("unknown_fact", f"{first.kind}({first.resource}): {first.message}")
        ids = self._census.ids
        if ids.repeated:
            return Verdict.NOT_EVALUATED, Reason("conflict", f"{ids.repeated} ids occur more than once")
        if self.waiving is not None and (accepted := self._counts["waived"]):
            by = self.waiving.in_words(self.findings)
            return Verdict.ACCEPTED, Reason("waived", f"{accepted} of {len(ids)} deviate, all accepted by {by}")
        if not len(ids) and exempt:
            text = f"all {exempt} resources that it applies to are exempt (exemptions.yaml), so that it tested nothing"
            return Verdict.NOT_EVALUATED, Reason("exempt", text)
        if not len(ids):
            return self._nothing()
        if self._counts["pending"] == len(ids):
            return Verdict.NO_OCCURRENCES, Reason("pending", "nothing has fallen due: all of it is pending")
        return Verdict.PASS, None

    def _nothing(self) -> tuple[Verdict, Reason]:
        kind = self.control.kinds[0].__name__
        text = f"the population is complete and empty: there is no {kind} that the control applies to"
        verdict = {
            "no_occurrences": Verdict.NO_OCCURRENCES,
            "fail": Verdict.FAIL,
            "not_evaluated": Verdict.NOT_EVALUATED,
        }[self.control.on_empty]
        return verdict, Reason("empty", text)


def finding_id(control: str, kind: str, resource: str) -> str:
    """The stable id of a finding: 16 hex digits of the digest of control, kind and resource."""
    return finding_ids(control)(kind, resource)


def finding_ids(control: str) -> Callable[[str, str], str]:
    """`finding_id` for many findings of one control."""
    begun: dict[str, Callable[[], Any]] = {}

    def id(kind: str, resource: str) -> str:
        if kind not in begun:
            begun[kind] = sha256(f"{control}\0{kind}\0".encode("utf-8", "surrogatepass")).copy
        hash = begun[kind]()
        hash.update(resource.encode("utf-8", "surrogatepass"))
        digest: str = hash.hexdigest()[:16]
        return digest

    return id
