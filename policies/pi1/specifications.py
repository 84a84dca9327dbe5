"""What each job has to do, who answers for it, and that its users know."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Person, Population, ProcessingJob, ScheduledJob, control, normal_email
from soc2test_policies._ages import day, disorder, late, overdue
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import must_be_two
from soc2test_policies._people import owner_problem
from soc2test_policies._processing import jobs_told, specified, version_of

_A_DAY = timedelta(days=1)


@control(
    "PRC-01",
    criteria=["PI1.1"],
    nature="state",
    severity="medium",
    operates="yearly",
    limits={"review_days": 365},
    looser={"review_days": "higher"},
    complete=jobs_told,
)
def test_processing_jobs_are_specified(
    job: ProcessingJob, persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Every processing job has a specification of inputs and outputs, owned, approved by another, reviewed each year.

    PI1.1: whether processing is right can be told only against what was laid down: what goes in, what comes out.
    """
    problem = owner_problem(job.owner_email, persons, as_of)
    assert not problem, problem
    assert job.specification is not None, "no document says what it has to do"
    for part, named in (("inputs", job.inputs), ("outputs", job.outputs)):
        assert named, f"its specification names no {part}"
    approved = job.approved_at
    assert approved is not None, f"nobody approved {version_of(job)} of its specification"
    problem = signer_problem("approver", job.approved_by, approved, persons) or disorder(as_of, ("approved", approved))
    assert not problem, f"{version_of(job)}: {problem}"
    by_another = normal_email(str(job.approved_by)) != normal_email(str(job.owner_email))
    assert by_another, f"{version_of(job)} was approved by its own owner {job.owner_email}"
    reviewed = max(approved, job.reviewed_at or approved)
    problem = overdue("last reviewed", reviewed, limits.review_days, as_of)
    assert not problem, f"its specification was {problem}"
    must_be_two(str(job.approved_by), str(job.owner_email), persons)


@control(
    "PRC-02",
    criteria=["PI1.1"],
    nature="event",
    dated="approved_at",
    supports={"CC2.3": "those who use a result hear what it holds and how it is made"},
    severity="low",
    operates="per event",
    where=lambda job: job.approved_at is not None,
    limits={"tell_days": 14},
    looser={"tell_days": "higher"},
    complete=jobs_told,
    blind_spots={"ProcessingJob.approved_at": "a version that nobody approved is a deviation of PRC-01"},
)
def test_users_know_what_a_job_does(job: ProcessingJob, limits: Any, as_of: datetime) -> None:
    """The version in force of each job's specification was told to its users within days of its approval.

    PI1.1: users can rely on a result only as far as they know what it is made of, and when it is there.
    """
    approved, told_at = job.approved_at, job.told_at
    assert approved is not None
    problem = disorder(as_of, ("approved", approved), ("told to its users", told_at))
    problem = problem or late("told to its users", told_at, approved, timedelta(days=limits.tell_days), as_of)
    assert not problem, f"{version_of(job)} was {problem}"
    assert job.told_where, f"{version_of(job)} was told to its users on no page and in no letter"


@control(
    "PRC-03",
    criteria=["PI1.1"],
    nature="state",
    severity="medium",
    operates="continuously",
    where=lambda job: not job.suspended,
)
def test_what_systems_start_is_specified(job: ScheduledJob, jobs: Population[ProcessingJob]) -> None:
    """Every job that a system starts by a schedule is in the register of processing jobs, with that very schedule.

    What only keeps house and processes nothing for users is left out by an exemption.

    PI1.1: a job that no specification is of may do anything, and one that starts at another time does not as laid down.
    """
    entries = 0
    for entry in specified(job, jobs):
        entries += 1
        same = _plain(entry.schedule) == _plain(job.schedule)
        assert same, f"starts at {job.schedule!r}, and {entry.id} is specified for {entry.schedule!r}"
        zone = job.time_zone or "UTC"
        assert zone == entry.time_zone, f"its schedule is of {zone}, and {entry.id} is specified for {entry.time_zone}"
        since = entry.in_use_since
        late_in = since - job.made_at > _A_DAY
        assert not late_in, f"is there since {day(job.made_at)}, and {entry.id} says in use since {day(since)}"
    assert entries, "is in no entry of the register of processing jobs"


@control(
    "PRC-04",
    criteria=["PI1.1"],
    nature="state",
    supports={"PI1.3": "what is specified runs"},
    severity="medium",
    operates="continuously",
    where=lambda job: job.runs_as is not None,
    blind_spots={
        "ProcessingJob.runs_as": "what no system starts is left out; PRC-03 finds a job that a system does start",
    },
)
def test_what_is_specified_is_started(job: ProcessingJob, schedules: Population[ScheduledJob]) -> None:
    """Every processing job that its register says a system starts is in that system's own list.

    PI1.1: a specification of what nothing runs is none of the processing that users get.
    """
    source, _, id = (job.runs_as or "").partition(":")
    found = [schedule for schedule in schedules.all("id", id) if schedule.source == source]
    assert found, f"{source or 'no source'} lists no job {id}"


def _plain(schedule: str) -> list[str]:
    return schedule.casefold().split()
