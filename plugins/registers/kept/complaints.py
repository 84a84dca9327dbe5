"""Complaints about what is done with personal data."""

from soc2test import Complaint, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("complaints", Complaint)
def complaint(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        channel=item["channel"],
        received_at=item.time("received_at"),
        answered_at=item.time("answered_at"),
        answered_by=item["answered_by"],
        outcome=item["outcome"],
        explanation=item["explanation"],
        remedied_at=time_or_none(item, "remedied_at"),
    )
    return told.shown_by(item.document("answer_document"), "answered_at", "answered_by", "outcome", "explanation")
