"""AWS Backup: plans, and how their last jobs went."""

from collections.abc import Iterator

from soc2test import Facts, Item, Said, Skip, Subject, Unknown, facts, known, listed, or_unknown, skip, text
from soc2test_plugins.aws.about import last
from soc2test_plugins.aws.kinds import AwsBackupPlan
from soc2test_plugins.aws.source import arn, aws

FAILED = ("ABORTED", "EXPIRED", "FAILED", "PARTIAL")


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
        retention_days=or_unknown(lambda: _shortest(found)),
    )


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
        done = [known(job.time("CompletionDate")) for job in own if known(job["State"]) == "COMPLETED"]
        yield facts(name, last_success_at=max(done, default=None), last_job_failed=_failed_last(own))


def _failed_last(jobs: list[Item]) -> bool | Unknown:
    """One run of a plan makes a job for each resource, all at once: the last one of each resource counts."""
    last: dict[str, Item] = {}
    for job in sorted(jobs, key=lambda job: known(job.time("CreationDate"))):
        if job["State"] == "COMPLETED" or job["State"] in FAILED:
            last[text(job["ResourceArn"])] = job
    if not last:
        return Unknown("none of its jobs has ended yet")
    return any(job["State"] in FAILED for job in last.values())
