"""Exempt resources of one control: evaluated as all others, and kept out of its population."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, tzinfo

import msgspec

from soc2test.controls.control import Control
from soc2test.controls.dated import day_of_event
from soc2test.errors import UnknownFact
from soc2test.evaluation.digests import DigestSet
from soc2test.evaluation.outside import by_signal
from soc2test.evaluation.patterns import of_ids
from soc2test.evaluation.tally import Tally
from soc2test.faults import words
from soc2test.resources.resource import Resource, kind_of
from soc2test.verdicts import Exemption, Finding

__all__ = ["Aside", "Exempting", "by_itself", "exempt_by"]


class Exempting:
    """Which resources the exemptions of one control take out. Of several that cover one resource the first counts.

    An exemption is approved beforehand: of events and occurrences it covers those that happened since its day.
    """

    def __init__(self, control: Control, exemptions: Sequence[Exemption], zone: tzinfo = UTC) -> None:
        self._control, self._exemptions, self._zone = control, exemptions, zone
        self._patterns = [
            (exemption, pattern, of_ids(pattern)) for exemption in exemptions for pattern in exemption.resources
        ]
        self._matched: Counter[str] = Counter()
        self._found: Counter[tuple[str, str]] = Counter()
        self._used: set[tuple[str, str]] = set()
        self._before: dict[str, set[str]] = {exemption.id: set() for exemption in exemptions}
        self._uncovered: dict[tuple[str, str], str] = {}
        self._undated: set[tuple[str, str]] = set()

    def __bool__(self) -> bool:
        return bool(self._exemptions)

    def by(self, resource: Resource) -> str | None:
        """The id of the exemption that covers a resource, None where none does."""
        named = self._naming(resource)
        if not named or self._control.nature == "state" or _key(resource) in self._undated:
            return named[0].id if named else None
        return self._since(resource, named)

    def covers_doubt(self, resource: Resource) -> bool:
        """Whether one covers a resource that is no event: one that another source tells, and the population may lack.

        What it stands for may not have happened at all, so that no day of it has to be known.
        """
        if self._naming(resource):
            self._undated.add(_key(resource))
        return _key(resource) in self._undated

    def _naming(self, resource: Resource) -> list[Exemption]:
        return [exemption for exemption, _, pattern in self._patterns if pattern.fullmatch(resource.id)]

    def _since(self, resource: Resource, named: Sequence[Exemption]) -> str | None:
        """The id of the first exemption that was in force when it happened."""
        happened = self._happened(resource)
        for exemption in named:
            if not isinstance(happened, str) and happened >= date.fromisoformat(exemption.since):
                return exemption.id
        key = _key(resource)
        if key not in self._uncovered:
            known = happened if isinstance(happened, str) else f"this happened {happened}"
            self._uncovered[key] = f"exempt from {named[0].since} by {named[0].id}; {known}"
            for exemption in named:
                self._before[exemption.id].add(resource.id)
        return None

    def _happened(self, resource: Resource) -> date | str:
        """The day of an event, or that it is not known: what nobody can date may have come before its exemption."""
        try:
            return day_of_event(self._control, resource, self._zone)
        except UnknownFact as unknown:
            return f"when this happened is not known: {unknown.reason}"
        except Exception as error:  # a programme's own function: what it raises dates nothing
            if by_signal(error):
                raise
            return f"when this happened is not known: dated= of {self._control.id} raised {words(error)}"

    def count(self, resource: Resource) -> None:
        """The control applies to a resource that is exempt."""
        naming = [(exemption.id, text) for exemption, text, pattern in self._patterns if pattern.fullmatch(resource.id)]
        self._matched[self.by(resource) or naming[0][0]] += 1
        self._used.update(naming)

    def found(self, resource: Resource, outcome: str) -> None:
        """What was found for a resource that is exempt."""
        self._found[self.by(resource) or "", outcome] += 1

    def explained(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings of the others; those that an exemption names and does not cover say why."""
        for finding in findings:
            why = self._uncovered.get((finding.kind, finding.resource))
            first, newline, rest = finding.message.partition("\n")  # below stands what pytest shows of the assert
            message = f"{first}; {why}{newline}{rest}"
            yield finding if why is None else msgspec.structs.replace(finding, message=message)

    def told(self, applied: DigestSet) -> tuple[Exemption, ...]:
        """The exemptions, each with how many resources it took out, what in it names none, and what came before it.

        `applied` are the ids of the resources that the control applies to and that are not exempt.
        """
        return tuple(self._told(exemption, applied) for exemption in self._exemptions)

    def _told(self, exemption: Exemption, applied: DigestSet) -> Exemption:
        earlier = [id for id in self._before[exemption.id] if id in applied]
        used = {text for id, text in self._used if id == exemption.id}
        used |= {
            text for by, text, pattern in self._patterns if by is exemption and any(map(pattern.fullmatch, earlier))
        }
        return msgspec.structs.replace(
            exemption,
            matched=self._matched[exemption.id],
            deviating=self._found[exemption.id, "deviation"],
            earlier=len(earlier),
            unmatched=tuple(text for text in exemption.resources if text not in used),
        )


class Aside(Tally):
    """What a control finds for its exempt resources, apart from the tally of the others."""

    exempting: Exempting
    _members: dict[tuple[str, str], Resource]

    def begin(self, exempting: Exempting) -> "Aside":
        """This one, for these exemptions."""
        self.exempting, self._members = exempting, {}
        return self

    def examined(self, *resources: Resource) -> None:
        """The control applies to these."""
        new = {key: resource for resource in resources if (key := _key(resource)) not in self._members}
        self._members |= new
        for resource in new.values():
            self.exempting.count(resource)
        self._census.add(resources)
        if self.members is not None:
            self.members(tuple(new.values()))

    def aside(self, *, told: bool) -> list[Finding]:
        """A finding for each exempt resource with what was found; where not `told`, nothing is known of the others."""
        found = {(finding.kind, finding.resource): finding for finding in self.findings}
        return [self._finding(resource, found.get(key), told) for key, resource in self._members.items()]

    def _finding(self, resource: Resource, finding: Finding | None, told: bool) -> Finding:
        by = self.exempting.by(resource)
        if finding is not None:
            self.exempting.found(resource, finding.outcome)
            message = f"{_EXEMPT}{by}; {_WORDS.get(finding.outcome, finding.outcome)}: {finding.message}"
            return msgspec.structs.replace(finding, outcome="exempt", found=finding.outcome, message=message)
        kind = kind_of(resource).__name__
        return Finding(
            id=self.finding_id(kind, resource.id),
            resource=resource.id,
            kind=kind,
            source=resource.origin.source,
            outcome="exempt",
            fact=None,
            message=f"{_EXEMPT}{by}; {'it holds for it' if told else 'whether it holds is not known'}",
            evidence=resource.origin.of(self.reads),
        )


_EXEMPT = "exempt by "
_WORDS = {"deviation": "it deviates", "unknown": "it can't be told", "error": "the control broke", "pending": "pending"}


def exempt_by(finding: Finding) -> str:
    """The id of the exemption by which something is exempt, as its finding says it."""
    return finding.message.removeprefix(_EXEMPT).partition(";")[0]


def by_itself(finding: Finding) -> Finding | None:
    """What was found of something that is exempt, as if it were not; None where it holds for it."""
    if finding.found is None:
        return None
    message = finding.message.removeprefix(f"{_EXEMPT}{exempt_by(finding)}; ")
    text = message.removeprefix(f"{_WORDS.get(finding.found, finding.found)}: ")
    return msgspec.structs.replace(finding, outcome=finding.found, found=None, message=text)


def _key(resource: Resource) -> tuple[str, str]:
    return kind_of(resource).__name__, resource.id
