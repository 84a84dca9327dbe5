"""Changes of role."""

from soc2test import Facts, Item, Move, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("moves", Move)
def move(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        person_email=item["person_email"],
        to_role=item["to_role"],
        moved_at=item.time("moved_at"),
        reviewed_by=item["reviewed_by"],
        reviewed_at=time_or_none(item, "reviewed_at"),
        kept=item.or_else("kept", []),
        removed=item.or_else("removed", []),
    )
    return told.shown_by(item.document("document"), "moved_at", "reviewed_by", "reviewed_at", "kept", "removed")
