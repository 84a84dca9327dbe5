"""When a finding was found, held against when those who found it looked."""

from collections.abc import Sequence
from datetime import datetime

from soc2test import AuditFinding, Examination, Exercise, Population, ResultReview
from soc2test_policies._ages import disorder
from soc2test_policies._joins import problems

__all__ = ["found_problem"]

_Source = Examination | Exercise | ResultReview


def found_problem(
    finding: AuditFinding,
    examinations: Population[Examination],
    exercises: Population[Exercise],
    reviews: Population[ResultReview],
    as_of: datetime,
) -> str:
    """What is wrong where a finding was found before what it names as its source began, or after its report.

    Of an exercise no day of a report is told. "" for a finding that names no source, or one that no register holds.
    Raises `UnknownFact` where a register that lacks the source may not be all.
    """
    id = finding.found_by
    if id is None:
        return ""
    matches = (examinations.all("id", id), exercises.all("id", id), reviews.all("id", id))
    sources: Sequence[_Source] = [source for each in matches for source in each.hits]
    return problems(lambda source: _outside(finding, source, as_of), *([sources] if sources else matches))


def _outside(finding: AuditFinding, source: _Source, as_of: datetime) -> str:
    begun = _begun(source)
    if begun is None:
        return f"it was found by {source.id}, which has not begun"
    steps = (("begun", begun), ("found", finding.found_at), *_reported(source))
    problem = disorder(as_of, *steps)
    return f"by the dates of {source.id}, it was {problem}" if problem else ""


def _begun(source: _Source) -> datetime | None:
    if isinstance(source, Examination):
        return source.started_at
    return source.held_at if isinstance(source, Exercise) else source.run_at


def _reported(source: _Source) -> list[tuple[str, datetime | None]]:
    if isinstance(source, Examination):
        return [("reported", source.reported_at)]
    return [] if isinstance(source, Exercise) else [("reviewed", source.reviewed_at)]
