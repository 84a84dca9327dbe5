"""What the pictures of `matrix.html` show, as counts: criteria, deviations by severity and age, evidence by age."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from soc2test.reports.view import STATUS_WORDS, is_started
from soc2test.run import CriterionRow, EvidenceEntry, Run
from soc2test.verdicts import SEVERITIES, ControlResult, Finding, Verdict

__all__ = [
    "AGES",
    "AGE_NOT_TOLD",
    "DEVIATION_AGES",
    "SHOWN_SOURCES",
    "criteria_groups",
    "deviation_rows",
    "evidence_rows",
    "out_of_scope_text",
    "status_counts",
]

_DAY = timedelta(days=1)
_STEPS = ((1, "up to a day"), (7, "2 to 7 days"), (30, "8 to 30 days"), (90, "31 to 90 days"))
_OLDER = "over 90 days"
_AHEAD = "after the moment"
_UNDATED = "not dated"

AGES = (*(words for _, words in _STEPS), _OLDER, _AHEAD, _UNDATED)
"""Of evidence, from young to old; then what was collected after the moment of the run, and what says no date."""

AGE_NOT_TOLD = "age not told"
_ACCEPTED = "accepted"

DEVIATION_AGES = (*(words for _, words in _STEPS), _OLDER, AGE_NOT_TOLD, _ACCEPTED)
"""Of deviations: how long they were seen, by a period; those that a waiver accepts apart."""

SHOWN_SOURCES = 12
_OTHERS = "other sources"

Counts = dict[str, int]


def criteria_groups(run: Run) -> list[tuple[str, list[CriterionRow]]]:
    """The criteria in scope by their group ("CC6"), in their order."""
    groups: dict[str, list[CriterionRow]] = {}
    for row in run.criteria:
        if row.status != "out_of_scope":
            groups.setdefault(row.id.partition(".")[0], []).append(row)
    return list(groups.items())


def out_of_scope_text(run: Run) -> str:
    """The ids of what is out of scope, in a line; "" where all is in scope."""
    return ", ".join(row.id for row in run.criteria if row.status == "out_of_scope")


def status_counts(rows: list[CriterionRow]) -> Counts:
    """How many criteria have each status, from worst to best; only those that some have."""
    found = Counter(row.status for row in rows)
    return {status: found[status] for status in STATUS_WORDS if found[status]}


def deviation_rows(run: Run) -> list[tuple[str, Counts]]:
    """Severity -> how many deviations and errors of each age; severities without any are left out."""
    rows: dict[str, Counts] = {severity: dict.fromkeys(DEVIATION_AGES, 0) for severity in SEVERITIES}
    for result in run.controls:
        if result.verdict is Verdict.NOT_APPLICABLE:
            continue
        row = rows.setdefault(result.severity, dict.fromkeys(DEVIATION_AGES, 0))
        seen = _seen_since(result)
        for finding in result.findings:
            if (age := _deviation_age(finding, seen, run)) is not None:
                row[age] += 1
    return [(severity, row) for severity, row in rows.items() if any(row.values())]


def _seen_since(result: ControlResult) -> Mapping[tuple[str, str], date]:
    """Of what deviated at a period's end the day on which it was seen first: kind and resource -> day."""
    found: dict[tuple[str, str], date] = {}
    for noted in result.period.noted if result.period is not None else ():
        if noted.ended == "open":
            place, day = (noted.kind, noted.resource), date.fromisoformat(noted.by[:10])
            found[place] = min(found.get(place, day), day)
    return found


def _deviation_age(finding: Finding, seen: Mapping[tuple[str, str], date], run: Run) -> str | None:
    if finding.outcome == "waived":
        return _ACCEPTED
    if finding.outcome not in ("deviation", "error"):
        return None
    first = seen.get((finding.kind, finding.resource))
    if first is None:
        return AGE_NOT_TOLD
    return _step((run.as_of.time - datetime.combine(first, time(), UTC)) / _DAY)


def evidence_rows(run: Run) -> list[tuple[str, Counts]]:
    """Source -> how many of its exports have each age at the run's moment; the sources with most, then the rest."""
    if is_started(run):
        return []
    rows: dict[str, Counts] = {}
    for source, age in _dated(run):
        rows.setdefault(source, dict.fromkeys(AGES, 0))[age] += 1
    ordered = sorted(rows.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    shown = sorted(ordered[:SHOWN_SOURCES])
    if ordered[SHOWN_SOURCES:]:
        others = dict.fromkeys(AGES, 0)
        for _, row in ordered[SHOWN_SOURCES:]:
            for age, count in row.items():
                others[age] += count
        shown.append((_OTHERS, others))
    return shown


def _dated(run: Run) -> Iterator[tuple[str, str]]:
    for entry in run.evidence:
        yield entry.source, _evidence_age(entry, run.as_of.time)


def _evidence_age(entry: EvidenceEntry, moment: datetime) -> str:
    if entry.collected_at is None:
        return _UNDATED
    days = (moment - entry.collected_at) / _DAY
    return _AHEAD if days < 0 else _step(days)


def _step(days: float) -> str:
    return next((words for most, words in _STEPS if days <= most), _OLDER)
