"""Changes that may bring new risks."""

from soc2test import Facts, Item, SignificantChange, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("significant_changes", SignificantChange)
def significant_change(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        title=item["title"],
        happened_at=item.time("happened_at"),
        told_by=item["told_by"],
        risks_reviewed_at=time_or_none(item, "risks_reviewed_at"),
        concerns=item.or_else("concerns", []),
    )
