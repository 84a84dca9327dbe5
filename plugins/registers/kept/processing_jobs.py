"""Jobs that process data for users, and their specifications."""

import re

from soc2test import Facts, Item, JobOutput, ProcessingJob, Subject, UnknownFact, facts, text
from soc2test_plugins.registers.source import register, time_or_none

_OUTPUT = re.compile(r"(?P<name>\S+) for (?P<recipient>.+) within (?P<hours>[0-9]+) hours", re.ASCII)


@register("processing_jobs", ProcessingJob)
def processing_job(item: Item, at: Subject) -> Facts:
    specification = item.document("document")
    told = facts(
        item["id"],
        owner_email=item["owner_email"],
        runs_as=item.or_else("runs_as", None),
        schedule=item["schedule"],
        time_zone=item.or_else("time_zone", "UTC"),
        in_use_since=item.time("in_use_since"),
        inputs=item["inputs"],
        outputs=item.then("outputs", lambda written: [_output(text(each)) for each in written]),
        stores=item["stores"],
        specification=None if specification is None else specification.file,
        version=item["version"],
        approved_by=item.or_else("approved_by", None),
        approved_at=time_or_none(item, "approved_at"),
        reviewed_at=time_or_none(item, "reviewed_at"),
        told_at=time_or_none(item, "told_at"),
        told_where=item.or_else("told_where", None),
    )
    # whom it was told to, and since when the job is in use, stand in no specification: these stay the row's word
    return told.shown_by(
        specification,
        "owner_email", "schedule", "inputs", "outputs", "stores", "specification", "version", "approved_by",
        "approved_at", "reviewed_at",
    )  # fmt: skip


def _output(written: str) -> JobOutput:
    found = _OUTPUT.fullmatch(written)
    if found is None:
        raise UnknownFact("outputs", "an output is written as: sales-reports for merchants within 6 hours")
    return JobOutput(name=found["name"], recipient=found["recipient"], due_hours=int(found["hours"]))
