"""Waivers of one control: which of its deviations are accepted for a time, and what each of them accepted."""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from soc2test.evaluation.patterns import of_ids
from soc2test.resources.resource import Resource
from soc2test.verdicts import Finding, Waiver

__all__ = ["Waiving"]


class Waiving:
    """Which deviations the waivers of one control accept. Of several that name one resource the first counts.

    A waiver accepts a deviation and nothing else: what is unknown, in error or not evaluated stays what it is.
    """

    def __init__(self, waivers: Sequence[Waiver]) -> None:
        self._waivers = waivers
        self._patterns = [(waiver, text, of_ids(text)) for waiver in waivers for text in waiver.resources]
        self._named: set[tuple[str, str]] = set()
        """waiver and pattern of which a deviation was met"""

    def __bool__(self) -> bool:
        return bool(self._waivers)

    def accepts(self, resource: Resource) -> Waiver | None:
        """The waiver in force that accepts a deviation of this resource, None where none does."""
        naming = [(waiver, text) for waiver, text, pattern in self._patterns if pattern.fullmatch(resource.id)]
        self._named.update((waiver.id, text) for waiver, text in naming)
        return next((waiver for waiver, _ in naming if waiver.force == "in_force"), None)

    def told_beside(self, message: str, resource: Resource, accepted: Waiver | None) -> str:
        """The message of a deviation, with the waiver that accepts it, or with those that do so no more, or not yet."""
        beside = [_accepted(accepted)] if accepted is not None else list(self._without_force(resource))
        first, newline, rest = message.partition("\n")
        return f"{'; '.join([first, *beside])}{newline}{rest}"

    def _without_force(self, resource: Resource) -> Iterable[str]:
        naming = [waiver for waiver, _, pattern in self._patterns if pattern.fullmatch(resource.id)]
        for waiver in dict.fromkeys(naming):
            if waiver.force == "expired":
                yield f"the waiver {waiver.id} expired on {waiver.expires} and accepts it no longer"
            else:
                yield f"the waiver {waiver.id} is in force from {waiver.opened} on and does not accept it yet"

    def in_words(self, findings: Iterable[Finding]) -> str:
        """The waivers that accept some of these findings, each with its last day and its reason."""
        used = {finding.waiver for finding in findings if finding.waiver is not None}
        return "; ".join(
            f"{waiver.id} until {waiver.expires} ({waiver.reason})" for waiver in self._waivers if waiver.id in used
        )

    def told(self, findings: Iterable[Finding], *, whole: bool) -> tuple[Waiver, ...]:
        """The waivers with what each accepted of these findings.

        `whole` is true where all of the population was seen: only then is it known that one names no deviation.
        """
        findings = list(findings)
        matched = Counter(finding.waiver for finding in findings if finding.waiver is not None)
        untold = [finding.resource for finding in findings if finding.outcome in ("unknown", "error")]
        return tuple(self._told(waiver, matched, untold, whole) for waiver in self._waivers)

    def _told(self, waiver: Waiver, matched: Counter[str], untold: Sequence[str], whole: bool) -> Waiver:
        own = [(text, pattern) for by, text, pattern in self._patterns if by is waiver]
        unmatched = tuple(text for text, _ in own if (waiver.id, text) not in self._named)
        may_deviate = any(pattern.fullmatch(id) for _, pattern in own for id in untold)
        nothing = len(unmatched) == len(own) and waiver.force == "in_force"
        return msgspec.structs.replace(
            waiver, matched=matched[waiver.id], unmatched=unmatched, unused=nothing and whole and not may_deviate
        )


def _accepted(waiver: Waiver) -> str:
    return f"accepted until {waiver.expires} by the waiver {waiver.id}"
