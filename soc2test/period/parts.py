"""The parts of a result over a period, and the result that they make."""

from collections.abc import Mapping

import msgspec

from soc2test.evaluation.digests import DigestSet
from soc2test.period.observed import WHOLE, Key
from soc2test.verdicts import ControlPeriod, ControlResult, Exemption, Finding, Reason, SourceResult, Verdict, Waiver

__all__ = ["Parts", "told"]


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one control."""

    members: Mapping[Key, str]
    outcomes: Mapping[Key, Finding]
    aside: Mapping[Key, Finding] = {}
    """what is exempt, beside the population"""
    untold: frozenset[Key] = frozenset()
    """members of which nothing else was found, and that may be what runs noted whose evidence was pruned, or what a
    control would have found that broke as a whole"""
    exemptions: tuple[Exemption, ...] = ()
    verdict: Verdict
    reason: Reason | None
    period: ControlPeriod


def told(newest: ControlResult, parts: Parts, waivers: tuple[Waiver, ...] = ()) -> ControlResult:
    """The result over the period: what does not change with it is that of the newest snapshot.

    `waivers` are those that accepted a part of something: over a period they are beside the deviations and change no
    count.
    """
    found = [each for key, each in parts.outcomes.items() if key != WHOLE]
    counts = {outcome: sum(each.outcome == outcome for each in found) for outcome in ("deviation", "unknown", "error")}
    pending = sum(each.outcome == "pending" for each in found)
    ids = DigestSet()
    ids.add(*sorted({id for _, id in parts.members}))
    population = len(parts.members)
    reason = parts.reason
    if parts.verdict is Verdict.FAIL and found:
        reason = None
    return msgspec.structs.replace(
        newest,
        verdict=parts.verdict,
        reason=reason,
        population=population,
        population_digest=ids.digest() if population else None,
        passed=population - len(found) - len(parts.untold),
        deviations=counts["deviation"],
        waived=0,
        unknown=counts["unknown"] + len(parts.untold),
        errors=counts["error"],
        pending=pending,
        exempt=len(parts.aside),
        exempt_deviations=sum(each.found == "deviation" for each in parts.aside.values()),
        exemptions=parts.exemptions,
        waivers=waivers,
        findings=tuple(sorted((*found, *parts.aside.values()), key=lambda each: (each.kind, each.resource))),
        gaps=(),
        by_source=_by_source(parts),
        joined=(),
        evidence=(),
        held_for=(),
        period=parts.period,
    )


def _by_source(parts: Parts) -> dict[str, SourceResult]:
    """The same counts for the resources of each source; what units of the calendar are due is of none."""
    found: dict[str, SourceResult] = {}
    for source in sorted({of for of in parts.members.values() if of}):
        keys = [key for key, of in parts.members.items() if of == source]
        outcomes: list[str] = [parts.outcomes[key].outcome for key in keys if key in parts.outcomes]
        outcomes += ["unknown" for key in keys if key in parts.untold]
        deviations, unknown, errors = (sum(each == of for each in outcomes) for of in ("deviation", "unknown", "error"))
        found[source] = SourceResult(
            population=len(keys),
            passed=len(keys) - len(outcomes),
            deviations=deviations,
            pending=outcomes.count("pending"),
            unknown=unknown,
            errors=errors,
            verdict=_verdict_of(parts, deviations, unknown, errors),
        )
    return found


def _verdict_of(parts: Parts, deviations: int, unknown: int, errors: int) -> Verdict:
    """Of one source: what deviates, broke or is not evidenced of the control as a whole is of none alone, and spoils
    each.
    """
    if deviations or parts.period.as_a_whole:
        return Verdict.FAIL
    if errors or parts.verdict is Verdict.ERROR:
        return Verdict.ERROR
    if unknown or parts.period.not_evidenced or parts.verdict is Verdict.NOT_EVALUATED:
        return Verdict.NOT_EVALUATED
    return Verdict.PASS if parts.verdict in (Verdict.PASS, Verdict.FAIL) else parts.verdict
