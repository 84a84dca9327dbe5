"""What was found for each member of a population, as its list says it."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from soc2test.verdicts import ControlResult, Finding, Verdict

__all__ = ["NOT_NAMED", "PASSED", "Outcomes"]

PASSED = "passed"
UNKNOWN = "unknown"
NOT_NAMED = "not named"
"""of a control over a population as a whole that failed, or could not tell: it names those that deviate, and of the
others nothing is said"""


class Outcomes:
    """The outcomes of one control's result, by kind and id."""

    def __init__(
        self,
        result: ControlResult,
        *,
        over_all: bool,
        exempt: Collection[tuple[str, str]] = frozenset(),
        untold: Collection[tuple[str, str]] = frozenset(),
        marks: Mapping[tuple[str, str], str] = MappingProxyType({}),
    ) -> None:
        """`over_all`: the control looks at the population as a whole, and names what deviates.

        `exempt` are members that no finding tells of, as over a period; `untold` those that may be what a run noted
        whose evidence was pruned; `marks` stand beside the outcome of a member of which nothing was found.
        """
        self._exempt, self._untold, self._marks = exempt, untold, marks
        due = result.period.due if result.period is not None else ()
        self._late = {each.unit for each in due if each.status == "first_seen_late"}
        self._found: Mapping[tuple[str, str], Finding] = {
            (each.kind, each.resource): each for each in reversed(result.findings)
        }
        said = result.taken_out.found if result.taken_out is not None else result.verdict
        silent = over_all and said not in (Verdict.PASS, Verdict.ACCEPTED)
        self._otherwise = NOT_NAMED if silent else PASSED

    @property
    def named(self) -> set[str]:
        """The ids of which something was found, or that are exempt; of all others `otherwise` is the outcome."""
        told = (self._found, self._exempt, self._untold, self._marks)
        return {id for keys in told for _, id in keys} | self._late

    @property
    def otherwise(self) -> str:
        """The outcome of a member of which nothing was found."""
        return self._otherwise

    def of(self, kind: str, id: str) -> tuple[str, str]:
        """The outcome of a member, and the id of what was found of it; "" where nothing was."""
        finding = self._found.get((kind, id))
        if finding is None and (kind, id) in self._untold:
            return UNKNOWN, ""
        if finding is None and (kind, id) in self._exempt:
            return "exempt", ""
        if finding is None:
            mark = "first seen late" if id in self._late else self._marks.get((kind, id))
            return (f"{self._otherwise} ({mark})" if mark else self._otherwise), ""
        told = finding.waiver if finding.outcome == "waived" else finding.found
        return f"{finding.outcome} ({told})" if told else finding.outcome, finding.id
