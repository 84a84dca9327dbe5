"""Evaluations of people's work."""

from soc2test import Evaluation, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("evaluations", Evaluation)
def evaluation(item: Item, at: Subject) -> Facts:
    record = item.document("document")
    told = facts(
        item["id"],
        person_email=item["person_email"],
        evaluator_email=item["evaluator_email"],
        held_at=item.time("held_at"),
        topics=item["topics"],
        signed_at=item.time("signed_at"),
        document=None if record is None else record.file,
    )
    return told.shown_by(record, "person_email", "evaluator_email", "held_at", "topics", "signed_at", "document")
