"""Whether the control that a waiver names as compensating was seen to hold for what the waiver accepts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from soc2test.controls.control import Control
from soc2test.evaluation.tally import Members
from soc2test.resources.resource import Resource, kind_of
from soc2test.verdicts import ControlResult, Verdict

__all__ = ["Compensating"]

Key = tuple[str, str]
"""kind and id of a resource"""


class _Looked(NamedTuple):
    """What a control that is named as compensating looked at, and those of which it does not hold or can't tell."""

    members: frozenset[Key]
    findings: frozenset[Key]
    doubt: str
    """why it holds for none of them, whatever it looked at; empty where nothing speaks against it"""


class Compensating:
    """Learns what controls looked at, before anything is hidden of it, and answers for waivers."""

    def __init__(self, named: Mapping[str, str], taken_out: Iterable[str]) -> None:
        """`named` holds the controls by the id of the waiver that names each; of those `taken_out` none counts."""
        self._named, self._taken_out = named, frozenset(taken_out)
        self._members: dict[str, set[Key]] = {id: set() for id in named.values()}
        self._looked: dict[str, _Looked] = {}
        self._accepted: dict[str, dict[str, set[Key]]] = {}
        """control -> waiver -> the resources whose deviations it accepts"""

    def sinks(self, controls: Sequence[Control]) -> dict[str, Members]:
        """What is to be told each resource of the controls among these that some waiver names."""
        return {control.id: self._sink(control.id) for control in controls if control.id in self._members}

    def _sink(self, id: str) -> Members:
        def take(resources: Sequence[Resource]) -> None:
            self._members[id].update((kind_of(resource).__name__, resource.id) for resource in resources)

        return take

    def learn(self, control: Control, result: ControlResult) -> None:
        """The result of a control as it was found."""
        for finding in result.findings:
            if finding.outcome == "waived" and finding.waiver is not None:
                of_waiver = self._accepted.setdefault(control.id, {}).setdefault(finding.waiver, set())
                of_waiver.add((finding.kind, finding.resource))
        if control.id in self._members:
            self._looked[control.id] = _Looked(
                members=frozenset(self._members[control.id]),
                findings=frozenset((finding.kind, finding.resource) for finding in result.findings),
                doubt=_doubt(control, result),
            )

    def told(self, result: ControlResult, evaluate: Callable[[str], object]) -> ControlResult:
        """The result with the compensating controls of its waivers; `evaluate` lets one be evaluated that was not yet.

        One is named where it looked at each resource whose deviation the waiver accepts, and holds for all of them.
        """
        waivers = []
        for waiver in result.waivers:
            accepted = self._accepted.get(result.id, {}).get(waiver.id, set())
            other = self._named.get(waiver.id)
            if other is None or not accepted:
                waivers.append(waiver)
                continue
            why = self._why_not(other, accepted, evaluate)
            waivers.append(
                msgspec.structs.replace(
                    waiver,
                    compensating=None if why else other,
                    doubt=f"{other} is not seen to compensate: {why}" if why else None,
                )
            )
        return msgspec.structs.replace(result, waivers=tuple(waivers)) if waivers else result

    def _why_not(self, other: str, accepted: set[Key], evaluate: Callable[[str], object]) -> str:
        """Why a control is not seen to hold for all of these; empty where it is."""
        if other in self._taken_out:
            return "it is taken out (not_applicable)"
        if other not in self._looked:
            evaluate(other)
        looked = self._looked.get(other)
        if looked is None:
            return "it was not evaluated in this run"
        if looked.doubt:
            return looked.doubt
        missed = sorted(id for kind, id in accepted if (kind, id) not in looked.members)
        if missed:
            return f"{_first(missed)} {_are(missed)} not among what it looks at"
        failing = sorted(id for kind, id in accepted if (kind, id) in looked.findings)
        return f"it does not hold for {_first(failing)}, or can't tell" if failing else ""


def _doubt(control: Control, result: ControlResult) -> str:
    if result.verdict is Verdict.ERROR:
        return "it is in error"
    # one over whole populations that can't tell, or fails, says so of all of them
    if control.kind is None and result.verdict is not Verdict.PASS:
        return f"it looks at a population as a whole, and is {result.verdict.replace('_', ' ')}"
    return ""


def _first(ids: Sequence[str]) -> str:
    return ids[0] if len(ids) == 1 else f"{ids[0]} and {len(ids) - 1} more"


def _are(ids: Sequence[str]) -> str:
    return "is" if len(ids) == 1 else "are"
