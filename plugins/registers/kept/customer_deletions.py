"""Deletions for customers who left."""

from soc2test import CustomerDeletion, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("customer_deletions", CustomerDeletion)
def customer_deletion(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        customer=item["customer"],
        deleted_at=item.time("deleted_at"),
        deleted_by=item["deleted_by"],
        covers=item.or_else("covers", []),
        document=None if document is None else document.file,
    )
    return told.shown_by(
        document,
        "customer",
        "deleted_at",
        "deleted_by",
        "covers",
        "document",
    )
