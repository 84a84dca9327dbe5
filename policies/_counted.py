"""Findings that a report counts, held against the register of findings: as many must be in it."""

from soc2test import AuditFinding, Examination, Exercise, Population, ResultReview, UnknownFact, deviation
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


def nothing_found(examinations: Population[Examination]) -> None:
    """Reports were made, and none of them counts a finding. Where nobody looked, an empty register says nothing."""
    done, unknown = known(examinations, lambda each: each.findings is not None)
    some = [each for each in done if each.findings]
    assert not some, f"{len(some)} reports count findings, such as {some[0].id}"
    if unknown is not None:
        raise unknown
    if not done:
        raise UnknownFact("", "no examination has a report: where nobody looks nothing is found")
