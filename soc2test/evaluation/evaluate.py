"""Evaluation: controls over populations to results. A pure function; knows neither pytest nor files.

Resource-major: each resource is decoded once and every control of its kind runs on it; nothing is allocated for a
pass. The plugin, and later the period engine and a cluster's worker, call the same function.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from typing import Any

import msgspec

from soc2test.controls.control import Control
from soc2test.evaluation.complete import Named
from soc2test.evaluation.kinds import Kinds
from soc2test.evaluation.limits import Limits
from soc2test.evaluation.remembering import Remembered
from soc2test.evaluation.running import Raises
from soc2test.evaluation.second import confirmed
from soc2test.evaluation.tally import Members
from soc2test.evaluation.tallying import Tallied, tallied
from soc2test.progress.watch import Watch, nobody
from soc2test.resources.resource import Resource
from soc2test.verdicts import ControlResult, Exemption, Verdict, Waiver

__all__ = ["Evaluated", "evaluate"]


_UNTOLD = (Verdict.ERROR, Verdict.NOT_EVALUATED)


class Evaluated(msgspec.Struct, frozen=True):
    """A result, and the first deviating resource for whoever wants to run the control on it once more."""

    result: ControlResult
    first: Resource | None
    broken: Resource | None = None
    """the first resource that the control broke on"""
    lacks: tuple[Named, ...] = ()
    """what a second source names that its population lacks"""


def evaluate(
    controls: Sequence[Control],
    kinds: Kinds,
    limits: Mapping[str, Limits],
    as_of: datetime,
    *,
    fixtures: Mapping[str, Any] = MappingProxyType({}),
    raises: Raises = Raises(),  # noqa: B008  # frozen
    exempt: Mapping[str, Sequence[Exemption]] = MappingProxyType({}),
    waivers: Mapping[str, Sequence[Waiver]] = MappingProxyType({}),
    asked: Mapping[str, Collection[str]] = MappingProxyType({}),
    members: Mapping[str, Members] = MappingProxyType({}),
    exempted: Mapping[str, Members] = MappingProxyType({}),
    zone: tzinfo = UTC,
    watch: Watch = nobody,
    remembered: Remembered | None = None,
) -> dict[str, Evaluated]:
    """Evaluate `controls`, all in one pass over each kind; results by control id.

    `limits` holds each control's limits by id, `fixtures` the values of further parameters by name.
    `exempt` holds the exemptions by control id: what they name is evaluated all the same, and counted and listed apart;
    of events and occurrences what happened since, by the days of `zone`.
    `waivers` holds those of waivers.yaml by control id, rightly approved: the deviations that one in force names are
    found with the outcome "waived", and a control with no others is accepted.
    `asked` holds, by control id, ids of resources for which it is to say whether it holds for them; `members`, by
    control id too, what is told each resource of its population as it goes by, `exempted` what is told the exempt ones.
    `remembered` knows what the same controls found before, at an earlier moment; the results are the same without it.
    What a control raises is part of its result; it never hides another's. What a signal handler raises comes out.
    """
    done: dict[str, Evaluated] = {}
    hearing = _Hearing(members)
    if remembered is not None:
        remembered.begin()
        plain = [
            control
            for control in controls
            if not (control.fixtures or exempt.get(control.id) or waivers.get(control.id))
        ]
        done |= remembered.standing(plain, kinds, limits, as_of, asked, members)
    passed = tallied(
        [control for control in controls if control.id not in done],
        kinds,
        limits,
        as_of,
        fixtures=fixtures,
        raises=raises,
        exempt=exempt,
        waivers=waivers,
        members=members if remembered is None else hearing.members,
        exempted=exempted,
        zone=zone,
        watch=watch,
        remembered=remembered,
    )
    for found in passed:
        control = found.control
        given = {"limits": limits[control.id], "as_of": as_of}
        lacks = [*found.lacks]
        result = _result(found, kinds, given, asked.get(control.id, ()), lacks)
        done[control.id] = Evaluated(result, found.tally.first, found.tally.broken, tuple(lacks))
        if remembered is not None:
            remembered.keep(control, done[control.id], limits[control.id], asked.get(control.id, ()), hearing.told)
    return done


class _Hearing:
    """Keeps what is told of the populations, while it is told to whoever asked."""

    def __init__(self, members: Mapping[str, Members]) -> None:
        self.told: dict[str, list[Sequence[Resource]]] = {}
        self.members = {id: self._both(id, take) for id, take in members.items()}

    def _both(self, id: str, take: Members) -> Members:
        kept = self.told.setdefault(id, [])

        def hear(batch: Sequence[Resource]) -> None:
            kept.append(batch)
            take(batch)

        return hear


def _result(
    found: Tallied, kinds: Kinds, given: Mapping[str, Any], asked: Collection[str], lacks: list[Named]
) -> ControlResult:
    tally, aside, control = found.tally, found.aside, found.control
    sources = [source for needed in control.kinds for source in kinds.sources(needed)]
    left_out = aside.aside(told=tally.whole_is_told) if aside is not None else ()
    if aside is not None:
        tally.findings = list(aside.exempting.explained(tally.findings))
    result = tally.result(found.gaps, sources, kinds.declared, kinds.nature, left_out)
    if aside is not None:
        result = msgspec.structs.replace(result, exemptions=aside.exempting.told(tally.ids))
    if tally.waiving is not None:
        seen_whole = tally.whole_is_told and not result.gaps and result.verdict not in _UNTOLD
        result = msgspec.structs.replace(result, waivers=tally.waiving.told(result.findings, whole=seen_whole))
    if held_for := sorted(id for id in asked if tally.holds_for(id)):
        result = msgspec.structs.replace(result, held_for=tuple(held_for))
    return confirmed(control, result, kinds, given, lacks, kept=not found.seen and _kept(sources, kinds))


def _kept(sources: Sequence[str], kinds: Kinds) -> bool:
    """True where all of them are kept by hand."""
    return bool(sources) and all(kinds.nature(source) == "record" for source in sources)
