"""Exempt resources of one control: evaluated as all others, and kept out of its population."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from soc2test.evaluation.tally import Tally
from soc2test.resources.resource import Resource, kind_of
from soc2test.verdicts import Exemption, Finding

__all__ = ["Aside", "Exempting"]


class Exempting:
    """Which resources the exemptions of one control take out. Of several that name one resource the first counts."""

    def __init__(self, exemptions: Sequence[Exemption]) -> None:
        self._exemptions = exemptions
        self._patterns = [
            (exemption.id, pattern, _compiled(pattern)) for exemption in exemptions for pattern in exemption.resources
        ]
        self._matched: Counter[str] = Counter()
        self._used: set[tuple[str, str]] = set()

    def by(self, resource: Resource) -> str | None:
        """The id of the exemption that names a resource, None where none does."""
        return next((id for id, _, pattern in self._patterns if pattern.fullmatch(resource.id)), None)

    def count(self, resource: Resource) -> None:
        """The control applies to a resource that is exempt."""
        naming = [(id, text) for id, text, pattern in self._patterns if pattern.fullmatch(resource.id)]
        self._matched[naming[0][0]] += 1
        self._used.update(naming)

    def told(self) -> tuple[Exemption, ...]:
        """The exemptions, each with how many resources it took out and what in it names none."""
        return tuple(map(self._told, self._exemptions))

    def _told(self, exemption: Exemption) -> Exemption:
        unmatched = tuple(text for text in exemption.resources if (exemption.id, text) not in self._used)
        return msgspec.structs.replace(exemption, matched=self._matched[exemption.id], unmatched=unmatched)


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
        super().examined(*resources)
        for resource in resources:
            key = kind_of(resource).__name__, resource.id
            if key not in self._members:
                self._members[key] = resource
                self.exempting.count(resource)

    def aside(self, *, told: bool) -> list[Finding]:
        """A finding for each exempt resource with what was found; where not `told`, nothing is known of the others."""
        found = {(finding.kind, finding.resource): finding for finding in self.findings}
        return [self._finding(resource, found.get(key), told) for key, resource in self._members.items()]

    def _finding(self, resource: Resource, finding: Finding | None, told: bool) -> Finding:
        by = self.exempting.by(resource)
        if finding is not None:
            message = f"exempt by {by}; {_WORDS.get(finding.outcome, finding.outcome)}: {finding.message}"
            return msgspec.structs.replace(finding, outcome="exempt", message=message)
        kind = kind_of(resource).__name__
        return Finding(
            id=self.finding_id(kind, resource.id),
            resource=resource.id,
            kind=kind,
            source=resource.origin.source,
            outcome="exempt",
            fact=None,
            message=f"exempt by {by}; {'it holds for it' if told else 'whether it holds is not known'}",
            evidence=resource.origin.of(self.reads),
        )


_WORDS = {"deviation": "it deviates", "unknown": "it can't be told", "error": "the control broke", "pending": "pending"}


def _compiled(pattern: str) -> re.Pattern[str]:
    """An id with * for any letters and ? for one; brackets stand for themselves, since logins of bots hold them."""
    parts: Iterable[str] = re.split(r"([*?])", pattern)
    return re.compile("".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in parts), re.DOTALL)
