"""How often something happened, as systems counted it."""

from soc2test import Facts, Item, Subject, SystemCount, facts
from soc2test_plugins.registers.source import register


@register("system_counts", SystemCount)
def system_count(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        what=item["what"],
        channel=item["channel"],
        first_day=item.time("first_day"),
        last_day=item.time("last_day"),
        count=item["count"],
        system=item["system"],
        counted_at=item.time("counted_at"),
    )
    return told.shown_by(
        item.document("document"), "what", "channel", "first_day", "last_day", "count", "system", "counted_at"
    )
