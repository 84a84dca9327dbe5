"""AWS Backup: plans, and how their last jobs went."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial

from soc2test import (
    Facts,
    Item,
    Said,
    Skip,
    Subject,
    UnknownFact,
    facts,
    id_text,
    known,
    listed,
    meaning,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.aws.about import last
from soc2test_plugins.aws.cron import longest_gap_hours
from soc2test_plugins.aws.kinds import AwsBackupPlan
from soc2test_plugins.aws.source import arn, aws
from soc2test_plugins.backup_gaps import gap_hours

_ENDED: Mapping[str, bool | None] = {
    "COMPLETED": True,
    **dict.fromkeys(("ABORTED", "EXPIRED", "FAILED", "PARTIAL"), False),
    **dict.fromkeys(("ABORTING", "CREATED", "PENDING", "RUNNING"), None),
}
"""How a job ended; None of one that has not yet."""


@aws.reads("backup list-backup-plans", kind=AwsBackupPlan, items="BackupPlansList", lists=True)
def plan(item: Item, at: Subject) -> Facts | Skip:
    """A plan that is not deleted."""
    if "DeletionDate" in item and item.time("DeletionDate") is not None:
        return skip("deleted")
    return facts(known(item["BackupPlanArn"]), name=item["BackupPlanName"], plan=item["BackupPlanId"])


@aws.reads(
    "backup get-backup-plan", kind=AwsBackupPlan, subject="plan", about={"plan": last("BackupPlanId", "BackupPlanArn")},
    command="aws backup get-backup-plan --backup-plan-id {plan} --region {region}",
)  # fmt: skip
def rules(body: Item, at: Subject) -> Facts:
    """Its schedules, and the shortest time that one of its rules keeps what it made."""
    found = listed(known(body["BackupPlan"])["Rules"])
    name = body["BackupPlanArn"] if "BackupPlanArn" in body else arn(at, "backup", f"backup-plan:{at['plan']}")
    return facts(
        known(name),
        scheduled=any("ScheduleExpression" in rule for rule in found),
        interval_hours=or_unknown(lambda: _most_often(found)),
        retention_days=or_unknown(lambda: _shortest(found)),
    )


def _most_often(rules: list[Item]) -> float:
    """Hours between two starts of the rule that runs most often: the others only add to what it makes."""
    schedules = [text(rule["ScheduleExpression"]) for rule in rules if "ScheduleExpression" in rule]
    if not schedules:
        raise UnknownFact("interval_hours", "none of its rules has a schedule")
    return min(map(longest_gap_hours, schedules))


def _shortest(rules: list[Item]) -> int | None:
    """A rule without an end keeps for ever, so does one of -1 days."""
    ends = [rule.or_else("Lifecycle", Item({})).or_else("DeleteAfterDays", None) for rule in rules]
    return min((end for end in ends if end is not None and end >= 0), default=None)


@aws.reads("backup list-backup-jobs", kind=AwsBackupPlan, others={"last_success_at": None})
def jobs(body: Item, at: Subject) -> Iterator[Said]:
    """The jobs of the last 30 days, by the plan that started them; jobs started by hand belong to none."""
    plans: dict[str, list[Item]] = {}
    for job in listed(body["BackupJobs"]):
        source = job.or_else("CreatedBy", Item({})).or_else("BackupPlanArn", None)
        if source is None:
            yield skip("a job that somebody started by hand")
        else:
            plans.setdefault(source, []).append(job)
    for name, own in plans.items():
        yield facts(
            name,
            last_success_at=or_unknown(partial(_last_success, own)),
            last_job_failed=or_unknown(partial(_failed_last, own)),
            longest_gap_hours=or_unknown(partial(_longest_gap, own)),
            encryption_keys=or_unknown(partial(_keys, own)),
        )


def _last_success(jobs: list[Item]) -> datetime | None:
    """What is lost is what the resource lost that was backed up longest ago: the oldest of their last successes counts.

    None where no job of a resource that ended ended well. One whose first job has not ended yet decides nothing. Of a
    resource that the plan gave up the last success counts until its jobs are too old to be listed.
    """
    last: dict[str, datetime | None] = {}
    for job in jobs:
        ended_well = meaning(job["State"], _ENDED)
        if ended_well is None:
            continue
        resource = text(job["ResourceArn"])
        before = last.setdefault(resource, None)
        if ended_well:
            done = known(job.time("CompletionDate"))
            last[resource] = done if before is None else max(before, done)
    ends = [done for done in last.values() if done is not None]
    return min(ends) if ends and len(ends) == len(last) else None


def _longest_gap(jobs: list[Item]) -> float:
    """By when jobs were made: how long one takes is no gap. What came before the first that is listed is not known."""
    made: dict[str, list[tuple[datetime, bool]]] = {}
    for job in jobs:
        ended_well = meaning(job["State"], _ENDED)
        if ended_well is not None:
            made.setdefault(text(job["ResourceArn"]), []).append((known(job.time("CreationDate")), ended_well))
    return max(map(gap_hours, made.values()), default=0.0)


def _keys(jobs: list[Item]) -> tuple[str, ...]:
    """What the recovery points are encrypted with, by the jobs that made them; AWS leaves it out where none is."""
    made = [job for job in jobs if meaning(job["State"], _ENDED)]
    named = [job.or_else("EncryptionKeyArn", None) for job in made]
    return tuple(sorted({id_text(name) for name in named if name is not None}))


def _failed_last(jobs: list[Item]) -> bool:
    """One run of a plan makes a job for each resource, all at once: the last one of each resource counts."""
    went_well: dict[str, bool] = {}
    for job in sorted(jobs, key=lambda job: known(job.time("CreationDate"))):
        ended_well = meaning(job["State"], _ENDED)
        if ended_well is not None:
            went_well[text(job["ResourceArn"])] = ended_well
    if not went_well:
        raise UnknownFact("last_job_failed", "none of its jobs has ended yet")
    return not all(went_well.values())
