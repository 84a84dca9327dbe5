"""Why a criterion's tests say less than they would by themselves: each cause in words, with ids and counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from soc2test.run import AgeLimit
from soc2test.verdicts import ControlResult, Limit, LimitValue, TakenOut, Verdict, times_looser

__all__ = ["causes", "exempt_text", "found_text"]

_FOUND = {
    Verdict.PASS: "without deviation",
    Verdict.ERROR: "in error",
    Verdict.NOT_EVALUATED: "not evaluated",
    Verdict.NO_OCCURRENCES: "without occurrences",
}
_DEVIATES = (Verdict.FAIL, Verdict.ACCEPTED)
_HOURS = 24


def causes(direct: Sequence[ControlResult], older: Mapping[str, Sequence[AgeLimit]]) -> tuple[str, ...]:
    """What was taken out, is accepted, exempt, or loosened in the tests of one criterion; what deviates comes first.

    `older` holds, by the id of a test, the sources whose evidence may be older than their own limit.
    """
    found = [(_deviates(result), text) for result in direct for text in _of(result)]
    ages: dict[str, list[str]] = {}
    for result in direct:
        for age in older.get(result.id, ()):
            ages.setdefault(_age(age), []).append(result.id)
    told = [text for deviates, text in sorted(found, key=lambda cause: not cause[0])]
    return (*told, *(f"{', '.join(ids)}: {text}" for text, ids in ages.items()))


def _deviates(result: ControlResult) -> bool:
    outside = result.taken_out is not None and result.taken_out.found in _DEVIATES
    return outside or result.exempt_deviations > 0 or result.waived > 0


def _of(result: ControlResult) -> Iterator[str]:
    if result.taken_out is not None:
        yield f"{result.id} {found_text(result.taken_out, result)} and was taken out by {_form(result.taken_out)}"
    if result.waived:
        yield f"{result.id}: {_waived(result)}"
    by = ", ".join(_ids(result))
    if result.exempt:
        yield f"{result.id}: {exempt_text(result)} (by {by})"
    elif by:  # over a period, where those that it took out for some days are counted as what they were on others
        yield f"{result.id}: resources exempt on some of the days (by {by})"
    for name, limit in sorted(result.limits.items()):
        if limit.looser:
            yield f"{result.id}: {_looser(name, limit)}"
    for then in result.period.looser if result.period is not None else ():
        yield f"{result.id}: {_looser(then.name, then.limit)}, from {then.first} to {then.last}"


def found_text(out: TakenOut, result: ControlResult) -> str:
    """What a test that was taken out found all the same: "deviates (3 of 9)"."""
    if out.found in _DEVIATES:
        return f"deviates ({result.deviations} of {result.population})" if result.deviations else "deviates as a whole"
    words = _FOUND.get(out.found, out.found.replace("_", " "))
    return f"is {words} ({result.passed} of {result.population})" if out.found is Verdict.PASS else f"is {words}"


def _form(out: TakenOut) -> str:
    return f"{out.form} ({out.detail})" if out.detail else out.form


def _waived(result: ControlResult) -> str:
    """How many deviations are accepted, until when, and of how many."""
    until = {waiver.id: waiver.expires for waiver in result.waivers if waiver.matched}
    by = ", ".join(f"{id} until {day}" for id, day in until.items())
    verb = "deviates" if result.deviations == 1 else "deviate"
    accepted = "accepted" if result.waived == result.deviations else f"{result.waived} of them accepted"
    return f"{result.deviations} of {result.population} {verb}, {accepted} (by {by})"


def exempt_text(result: ControlResult) -> str:
    """How many are exempt, and of how many of them it does not hold or is not known."""
    whole = result.population + result.exempt
    return f"exempt {result.exempt} of {whole}, of which {_split(result)}"


def _split(result: ControlResult) -> str:
    undecided = sum(finding.found in ("unknown", "error", "pending") for finding in result.findings)
    verb = "deviates" if result.exempt_deviations == 1 else "deviate"
    deviating = f"{result.exempt_deviations or 'none'} {verb}"
    return f"{deviating} and {undecided} can't be told" if undecided else deviating


def _ids(result: ControlResult) -> Iterable[str]:
    for exemption in result.exemptions:
        days = "" if exemption.first is None else f" from {exemption.first} to {exemption.last}"
        if exemption.matched:
            yield f"{exemption.id}{days}"


def _looser(name: str, limit: Limit) -> str:
    default = "" if limit.tool_default is None else f" {_plain(limit.tool_default)}"
    times = times_looser(limit)
    return f"limit {name} {_plain(limit.value)}, looser than the tool default{default}{f' ({times})' if times else ''}"


def _plain(value: LimitValue) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _age(age: AgeLimit) -> str:
    allowed, usual = (f"{hours / _HOURS:g} days" for hours in (age.hours, age.tool_default))
    return f"evidence of {age.source} may be {allowed} old, looser than the tool default {usual}"
