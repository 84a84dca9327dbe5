"""Findings that a report counts, held against the register of findings: as many must be in it."""

from datetime import datetime
from typing import Any

from soc2test import AuditFinding, Examination, Exercise, Population, ResultReview, UnknownFact, deviation
from soc2test_policies._ages import in_window
from soc2test_policies._joins import known, told

__all__ = ["SEVERE", "findings_told", "lacking", "nothing_found"]

SEVERE = ("critical", "high")


def lacking(id: str, counted: int, findings: Population[AuditFinding]) -> str:
    """What the register lacks, or has too much, of what one report counts; "" where both agree."""
    listed = len(findings.all("found_by", id))
    return f"counts {counted} findings, and the register holds {listed} of it" if listed != counted else ""


def findings_told(
    examinations: Population[Examination],
    exercises: Population[Exercise],
    reviews: Population[ResultReview],
    findings: Population[AuditFinding],
) -> None:
    """The register holds as many findings of each examination, exercise and review of results as these count."""
    for source, counted in _counts(examinations, exercises, reviews):
        listed = len(findings.all("found_by", source.id).hits)
        if listed < counted:
            deviation(source, f"{source.id} counts {counted} findings, and the register holds {listed} of it")


def _counts(
    examinations: Population[Examination], exercises: Population[Exercise], reviews: Population[ResultReview]
) -> list[tuple[Examination | Exercise | ResultReview, int]]:
    counts: list[tuple[Examination | Exercise | ResultReview, int]] = []
    counts += [(each, told(lambda each=each: each.findings, None) or 0) for each in examinations.members]  # type: ignore[misc]
    counts += [(each, told(lambda each=each: each.findings, None) or 0) for each in exercises.members]  # type: ignore[misc]
    counts += [(each, told(lambda each=each: each.deviations, 0)) for each in reviews.members]  # type: ignore[misc]
    return counts


def nothing_found(examinations: Population[Examination], limits: Any, as_of: datetime) -> None:
    """Reports were made within the window, and none counts a finding. Where nobody looked, nothing was found either."""

    def of_window(examination: Examination) -> bool:
        finished = examination.finished_at
        return finished is not None and in_window(finished, limits.window_days, as_of)

    lately, unknown = known(examinations, of_window)
    counted, unsure = known(lately, lambda examination: examination.findings is not None)
    some = [examination for examination in counted if examination.findings]
    assert not some, f"{len(some)} reports count findings, such as {some[0].id}"
    for gap in (unknown, unsure):
        if gap is not None:
            raise gap
    if not counted or len(counted) < len(lately):
        raise UnknownFact("", "no report of the window counts its findings: where nobody looks nothing is found")
