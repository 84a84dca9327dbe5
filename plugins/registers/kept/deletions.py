"""What was deleted of former customers."""

from soc2test import Deletion, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("deletions", Deletion)
def deletion(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        customer=item["customer"],
        place=item["place"],
        deleted_at=item.time("deleted_at"),
        deleted_by=item["deleted_by"],
        remaining=item["remaining"],
        document=None if document is None else document.file,
    )
    return told.shown_by(
        document, "customer", "place", "deleted_at", "deleted_by", "remaining", "document",
    )  # fmt: skip
