"""What changed from one run to the next: verdicts, deviations, limits, evidence, and what tested."""

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from soc2test.comparing.deviations import Deviation
from soc2test.comparing.other_periods import of_another_period
from soc2test.comparing.sides import Side
from soc2test.comparing.told_no_more import is_told_no_more

__all__ = ["Changed", "ChangedLimit", "Changes", "Deviation", "compare"]

_WORST_FIRST = ("fail", "error", "not_evaluated", "accepted", "not_applicable", "no_occurrences", "pass")


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A control whose verdict is another one; None where the other run did not have it."""

    control: str
    title: str
    before: str | None
    after: str | None
    worse: bool


class ChangedLimit(msgspec.Struct, frozen=True, kw_only=True):
    """A limit with another value."""

    control: str
    name: str
    before: Any
    after: Any


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """All of it. Lists are by id; deviations by severity first."""

    before: str
    after: str
    as_of: tuple[str, str]
    complete: tuple[bool, bool]
    verdicts: tuple[Changed, ...]
    new: tuple[Deviation, ...]
    closed: tuple[Deviation, ...]
    """that are none any more: it holds, or the control does not apply to it any more"""
    taken_back: tuple[Deviation, ...]
    """that runs of then noted, and an entry of revisions.yaml takes back; their messages name it"""
    exempt: tuple[Deviation, ...]
    """that an entry of exemptions.yaml takes out now, as the newer run found them"""
    other_period: tuple[Deviation, ...]
    """that lie outside of the days of which the newer run tells"""
    other_limit: tuple[Deviation, ...]
    """that are gone where a limit of their control has another value: nobody knows whether they were closed"""
    lost: tuple[Deviation, ...]
    """that the newer run does not tell: unknown now, or its control was not evaluated"""
    accepted: tuple[Deviation, ...]
    """of both runs, that a waiver accepts now and none did before"""
    lapsed: tuple[Deviation, ...]
    """of both runs, that a waiver accepted before and none does now"""
    still: int
    """deviations of both"""
    limits: tuple[ChangedLimit, ...]
    evidence_new: tuple[str, ...]
    evidence_gone: tuple[str, ...]
    evidence_changed: int
    tested_with: tuple[str, ...]
    """plugins and policies that are others, in words"""

    @property
    def worse(self) -> bool:
        """True where a verdict got worse, or there is a deviation that was not there, or that nobody can tell of or
        accepts any more."""
        return bool(self.new or self.lost or self.other_limit or self.lapsed) or any(
            each.worse for each in self.verdicts
        )


def compare(before: Side, after: Side) -> Changes:
    """Hold two runs against each other."""
    old, new = _deviations(before), _deviations(after)
    limits = tuple(_limits(before, after))
    changed = {each.control for each in limits}
    gone: dict[str, list[Deviation]] = {}
    for id in old:
        if id not in new:
            why = _why_gone(before, after, old[id], id, changed)
            told = old[id] if why != "exempt" else _as_exempt(after, id, old[id])
            gone.setdefault(why, []).append(told)
    return Changes(
        before=before.shown,
        after=after.shown,
        as_of=(before.as_of, after.as_of),
        complete=(before.complete, after.complete),
        verdicts=tuple(_verdicts(before, after)),
        new=_ordered(new[id] for id in new if id not in old),
        closed=_ordered(gone.get("closed", ())),
        taken_back=_ordered(_taken_back(after, each) for each in gone.get("taken_back", ())),
        exempt=_ordered(gone.get("exempt", ())),
        other_period=_ordered(gone.get("other_period", ())),
        other_limit=_ordered(gone.get("other_limit", ())),
        lost=_ordered(gone.get("lost", ())),
        accepted=_ordered(new[id] for id in new if id in old and new[id].waiver and not old[id].waiver),
        lapsed=_ordered(new[id] for id in new if id in old and old[id].waiver and not new[id].waiver),
        still=sum(id in old for id in new),
        limits=limits,
        evidence_new=tuple(sorted(after.evidence.keys() - before.evidence.keys())),
        evidence_gone=tuple(sorted(before.evidence.keys() - after.evidence.keys())),
        evidence_changed=sum(
            after.evidence[path] != digest for path, digest in before.evidence.items() if path in after.evidence
        ),
        tested_with=tuple(_tested_with(before.packs, after.packs)),
    )


def _deviations(side: Side) -> dict[str, Deviation]:
    whole = {id: text for id, control in side.controls.items() if (text := _as_a_whole(control))}
    return _of_findings(side) | {
        f"{id} as a whole": Deviation(
            control=id,
            severity=side.controls[id]["severity"],
            kind="",
            resource="",
            message=text,
            evidence=None,
            waiver=None,
        )
        for id, text in whole.items()
    }


def _as_a_whole(control: Mapping[str, Any]) -> str:
    """What deviates of a control and is no finding of a resource; "" where nothing does.

    Of a moment that is the reason of its verdict; earlier versions told nothing of it over a period.
    """
    period, reason = control.get("period"), control.get("reason")
    if period is not None:
        return str(period.get("as_a_whole", ""))
    return str(reason["text"]) if control["verdict"] == "fail" and reason is not None else ""


def _of_findings(side: Side) -> dict[str, Deviation]:
    return {
        id: Deviation(
            control=line["control"],
            severity=line["severity"],
            kind=line["kind"],
            resource=line["resource"],
            message=line["message"],
            evidence=line["evidence"],
            waiver=line["waiver"] if line["outcome"] == "waived" else None,
        )
        for id, line in side.findings.items()
        if line["outcome"] in ("deviation", "waived")
    }


def _why_gone(before: Side, after: Side, deviation: Deviation, id: str, changed: Collection[str]) -> str:
    """Under which heading a deviation stands that the newer run does not show."""
    if of_another_period(before, after, deviation):
        return "other_period"
    if _revisions(after, deviation):
        return "taken_back"
    if _is_exempt(after, deviation, id):
        return "exempt"
    if not _is_told(after, deviation, id) or is_told_no_more(before, after, deviation):
        return "lost"
    return "other_limit" if deviation.control in changed else "closed"


def _revisions(after: Side, deviation: Deviation) -> list[Mapping[str, Any]]:
    """What entries of revisions.yaml take back of a deviation in the newer run."""
    control = after.controls.get(deviation.control) or {}
    taken = (control.get("period") or {}).get("taken_back", ())
    name = (deviation.kind, deviation.resource)
    return [each for each in taken if (each["kind"], each["resource"]) == name]


def _taken_back(after: Side, deviation: Deviation) -> Deviation:
    by = "; ".join(
        f"taken back by {each['revision']}, approved by {each['approver']}: {each['reason']}"
        for each in _revisions(after, deviation)
    )
    return msgspec.structs.replace(deviation, message=f"{deviation.message} ({by})")


def _is_exempt(after: Side, deviation: Deviation, id: str) -> bool:
    """True where the newer run looked at it, and an entry that it names takes it out."""
    control, finding = after.controls.get(deviation.control), after.findings.get(id)
    if control is None or control["verdict"] == "error" or control["gaps_total"] or finding is None:
        return False
    return bool(finding["outcome"] == "exempt" and finding.get("found") not in ("unknown", "error"))


def _as_exempt(after: Side, id: str, deviation: Deviation) -> Deviation:
    """As the newer run tells it, with the entry."""
    return msgspec.structs.replace(deviation, message=after.findings[id]["message"])


def _is_told(after: Side, deviation: Deviation, id: str) -> bool:
    """True where the newer run looked at the control's whole population: what is missing or unknown closes nothing."""
    control = after.controls.get(deviation.control)
    if control is None or control["verdict"] in ("error", "not_evaluated") or control["gaps_total"]:
        return False
    finding = after.findings.get(id)
    return finding is None or finding["outcome"] not in ("unknown", "error", "exempt", "pending")


def _verdicts(before: Side, after: Side) -> list[Changed]:
    found = []
    for id in sorted(before.controls.keys() | after.controls.keys()):
        old, new = before.controls.get(id), after.controls.get(id)
        was, now = (None if each is None else str(each["verdict"]) for each in (old, new))
        if was != now:
            title = (new or old or {})["title"]
            found.append(Changed(control=id, title=title, before=was, after=now, worse=_is_worse(was, now)))
    return found


def _is_worse(was: str | None, now: str | None) -> bool:
    """A control that is not there any more tests nothing: that is worse than whatever it said, but for a failure."""
    if now is None:
        return was != "fail"
    if was is None:
        return now in ("fail", "error")
    return _WORST_FIRST.index(now) < _WORST_FIRST.index(was)


def _limits(before: Side, after: Side) -> list[ChangedLimit]:
    found = []
    for id in sorted(before.controls.keys() & after.controls.keys()):
        old, new = (side.controls[id]["limits"] for side in (before, after))
        for name in sorted(old.keys() | new.keys()):
            was, now = (limits.get(name, {}).get("value") for limits in (old, new))
            if was != now:
                found.append(ChangedLimit(control=id, name=name, before=was, after=now))
    return found


def _tested_with(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    found = []
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was is None:
            found.append(f"{name}: new")
        elif now is None:
            found.append(f"{name}: gone")
        elif was != now:
            found.append(f"{name}: from {was[:12]} to {now[:12]}")
    return found


_SEVERITIES = ("critical", "high", "medium", "low")


def _ordered(found: Any) -> tuple[Deviation, ...]:
    def place(each: Deviation) -> tuple[int, str, str]:
        known = _SEVERITIES.index(each.severity) if each.severity in _SEVERITIES else len(_SEVERITIES)
        return known, each.control, each.resource

    return tuple(sorted(found, key=place))
