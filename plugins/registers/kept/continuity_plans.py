"""How processes go on where something fails."""

from soc2test import ContinuityPlan, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("continuity_plans", ContinuityPlan)
def continuity_plan(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        process=item["process"],
        owner_email=item["owner_email"],
        rto_hours=item["rto_hours"],
        rpo_hours=item["rpo_hours"],
        approved_by=item["approved_by"],
        approved_at=item.time("approved_at"),
        reviewed_at=item.time("reviewed_at"),
        document=None if document is None else document.file,
    )
    return told.shown_by(
        document,
        "process",
        "owner_email",
        "rto_hours",
        "rpo_hours",
        "approved_by",
        "approved_at",
        "reviewed_at",
        "document",
    )
