"""What a system processes for its users: jobs and their runs, what came in, what went out, and what ties the two."""

from datetime import datetime

import msgspec

from soc2test.resources.resource import Resource

__all__ = [
    "Delivery", "InputBatch", "IntegrityCheck", "JobOutput", "JobRun", "ProcessingJob", "Reconciliation",
    "ScheduledJob",
]  # fmt: skip


class ScheduledJob(Resource, frozen=True, gc=False, kw_only=True):
    """A job that a system starts by a schedule of its own, as the system tells it."""

    schedule: str
    """five fields of cron ("15 2 * * *"), or a word of its own ("@daily")"""
    time_zone: str | None
    """of the schedule, by its name in the IANA database; None: the system's own clock"""
    suspended: bool
    """it is not started while this is so"""
    made_at: datetime
    last_started_at: datetime | None
    """when its newest run was due; None: it was never started"""
    last_succeeded_at: datetime | None
    """when a run of it last ended well; None: none ever did"""
    failures_kept: bool
    """the system still lists the newest run that failed, whenever that was"""


class JobRun(Resource, frozen=True, gc=False, kw_only=True):
    """One run of a job that its system still lists."""

    job: str | None
    """id of the `ScheduledJob`; None: of none"""
    outcome: str
    """"succeeded", "failed", "running\""""
    ended_at: datetime | None
    """None: it has not"""


class JobOutput(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One result of a processing job, by its specification."""

    name: str
    recipient: str
    """whom it is for: a group of users, a company, a system"""
    due_hours: int
    """how many hours after the run was due it has to be there"""


class ProcessingJob(Resource, frozen=True, gc=False, kw_only=True):
    """A job that processes data for users, by its specification."""

    owner_email: str | None
    runs_as: str | None
    """the `ScheduledJob` as "source:id" ("kubernetes:prod/CronJob/shop/reports"); None: no system starts it"""
    schedule: str
    """when it is due: five fields of cron; of what runs all the time, when its counts are closed"""
    time_zone: str
    in_use_since: datetime
    inputs: tuple[str, ...]
    """names of the interfaces that its data comes in by"""
    outputs: tuple[JobOutput, ...]
    stores: tuple[str, ...]
    """ids of the `DataStore`s that keep its results"""
    specification: str | None
    """file of the document that says what it has to do; None: there is none"""
    version: str
    approved_by: str | None
    approved_at: datetime | None
    reviewed_at: datetime | None
    told_at: datetime | None
    """when the version in force was told to those who use the results; None: it was not"""
    told_where: str | None
    """how: a link, the name of a page or of a letter"""


class Reconciliation(Resource, frozen=True, gc=False, kw_only=True):
    """Totals of what went into one run of a job, and of what came out of it, each as another system counts."""

    job: str
    """id of the `ProcessingJob`"""
    output: str
    run_due: datetime
    """when the run was due"""
    done_at: datetime
    done_by: str | None
    """e-mail of who compared them; None: a program did"""
    source_system: str
    source_count: int
    source_total: int | None
    """sum of the amounts in their smallest unit (cents); None: no amounts are processed"""
    target_system: str
    target_count: int
    target_total: int | None
    explanation: str | None
    """why they differ, in words"""
    explained_by: str | None
    explained_at: datetime | None


class InputBatch(Resource, frozen=True, gc=False, kw_only=True):
    """What came in by one interface for one run of a job."""

    job: str
    """id of the `ProcessingJob`"""
    interface: str
    run_due: datetime
    received: int
    accepted: int
    rejected: int
    resolved: int
    """how many of the rejected were corrected and taken in, or given back to who sent them"""
    resolved_at: datetime | None
    """when the last of them was; None: some are open, or none was rejected"""
    resolved_by: str | None


class Delivery(Resource, frozen=True, gc=False, kw_only=True):
    """One result of one run, as it was handed over."""

    job: str
    """id of the `ProcessingJob`"""
    output: str
    run_due: datetime
    recipient: str
    delivered_at: datetime | None
    count: int
    """how many records the recipient's side holds of it"""


class IntegrityCheck(Resource, frozen=True, gc=False, kw_only=True):
    """A comparison of stored records with what they were when they were stored (hashes, totals)."""

    store: str
    """id of the `DataStore`"""
    done_at: datetime
    listed: int
    """records that the store held then, by its own count"""
    checked: int
    mismatched: int
    resolved_at: datetime | None
    """when the last mismatch was repaired or explained; None: some are open, or there are none"""
    resolved_by: str | None
    fall_explanation: str | None
    """why it held fewer records than at the check before; None: it did not, or nobody knows"""
    fall_explained_by: str | None
    fall_explained_at: datetime | None
    document: str | None
    """file of what was compared; None: none is kept"""
