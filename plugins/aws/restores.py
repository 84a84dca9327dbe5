"""AWS Backup: restores, as its own jobs tell of them."""

from collections.abc import Mapping
from datetime import datetime

from soc2test import Facts, Item, Population, Subject, facts, known, meaning, or_unknown, translated
from soc2test_plugins.aws.kinds import AwsRestoreJob, AwsStore, Database, EbsVolume
from soc2test_plugins.aws.source import aws

_STATUS: Mapping[str, str] = {
    "ABORTED": "failed",
    "COMPLETED": "completed",
    "FAILED": "failed",
    "PENDING": "running",
    "RUNNING": "running",
}
_VALIDATION: Mapping[str, str] = {
    "FAILED": "failed",
    "SUCCESSFUL": "passed",
    "TIMED_OUT": "timed_out",
    "VALIDATING": "running",
}


@aws.reads("backup list-restore-jobs", kind=AwsRestoreJob, items="RestoreJobs", lists=True)
def job(item: Item, at: Subject) -> Facts:
    """A restore, for a test or in earnest. AWS leaves out what validated it where nothing did.

    The source of the fact: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreJobsListMember.html
    """
    return facts(
        known(item["RestoreJobId"]),
        resource=item["SourceResourceArn"],
        point_made_at=item.time("RecoveryPointCreationDate"),
        started_at=item.time("CreationDate"),
        completed_at=or_unknown(lambda: _ended(item)),
        status=translated(item["Status"], _STATUS),
        validation=translated(item["ValidationStatus"], _VALIDATION) if "ValidationStatus" in item else None,
    )


def _ended(item: Item) -> datetime | None:
    if meaning(item["Status"], _STATUS) == "running":
        return None
    ended: datetime = known(item.time("CompletionDate"))
    return ended


@aws.derives(AwsRestoreJob, "stores", joins=AwsStore)
def stores(job: AwsRestoreJob, listed: Population[AwsStore]) -> tuple[str, ...]:
    """What was restored: a cluster's databases with the cluster, the disks of a machine with the machine."""
    whole = job.resource
    if ":rds:" in whole and ":cluster:" in whole:
        return (whole, *(store.id for store in listed if isinstance(store, Database) and store.cluster == whole))
    if ":ec2:" in whole and ":instance/" in whole:
        return (whole, *(store.id for store in listed if isinstance(store, EbsVolume) and whole in store.attached_to))
    return (whole,)
