"""How old the oldest data in a store is."""

from soc2test import Facts, Item, RetentionCheck, Subject, facts
from soc2test_plugins.registers.source import register


@register("retention_checks", RetentionCheck)
def retention_check(item: Item, at: Subject) -> Facts:
    answer = item.document("document")
    told = facts(
        item["id"],
        activity=item["activity"],
        store=item["store"],
        measured_at=item.time("measured_at"),
        measured_by=item.or_else("measured_by", None),
        query=item["query"],
        records=item["records"],
        oldest_at=item.time("oldest_at"),
        document=None if answer is None else answer.file,
    )
    # which purpose the records serve is not the store's to say
    return told.shown_by(answer, "store", "measured_at", "query", "records", "oldest_at", "document")
