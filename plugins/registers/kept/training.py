"""Trainings that people passed."""

from soc2test import Facts, Item, Subject, TrainingRecord, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("training", TrainingRecord)
def training_record(item: Item, at: Subject) -> Facts:
    certificate = item.document("certificate")
    told = facts(
        f"{item['person_email'].lower()}/{item['course']}",
        person_email=item["person_email"],
        course=item["course"],
        completed_at=item.time("completed_at"),
        first_completed_at=time_or_none(item, "first_completed_at"),
        score=item["score"],
        pass_mark=item["pass_mark"],
        certificate=None if certificate is None else certificate.file,
    )
    return told.shown_by(
        certificate, "person_email", "course", "completed_at", "score", "pass_mark", "certificate"
    )  # fmt: skip
