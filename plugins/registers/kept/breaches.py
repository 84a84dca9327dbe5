"""Breaches of the code of conduct, and what followed."""

from soc2test import ConductBreach, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("breaches", ConductBreach)
def breach(item: Item, at: Subject) -> Facts:
    decision = item.document("document")
    told = facts(
        item["id"],
        person_email=item["person_email"],
        found_at=item.time("found_at"),
        decided_at=item.time("decided_at"),
        decided_by=item["decided_by"],
        outcome=item["outcome"],
        document=None if decision is None else decision.file,
    )
    return told.shown_by(decision, "person_email", "found_at", "decided_at", "decided_by", "outcome", "document")
