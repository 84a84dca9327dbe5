"""Insurances."""

from soc2test import Facts, Insurance, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("insurances", Insurance)
def insurance(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        covers=item["covers"],
        insurer=item["insurer"],
        starts_at=item.time("starts_at"),
        ends_at=item.time("ends_at"),
        document=None if document is None else document.file,
    )
    return told.shown_by(document, "covers", "insurer", "starts_at", "ends_at", "document")
