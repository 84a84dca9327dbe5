"""What the company promised, and what it needs for that."""

from soc2test import Commitment, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("commitments", Commitment)
def commitment(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        type=item["type"],
        category=item["category"],
        owner_email=item["owner_email"],
        approved_by=item["approved_by"],
        approved_at=item.time("approved_at"),
        reviewed_at=item.time("reviewed_at"),
        told_at=item.time("told_at"),
        told_where=item["told_where"],
        risks=item.or_else("risks", []),
        document=None if document is None else document.file,
    )
    return told.shown_by(
        document,
        "type",
        "category",
        "owner_email",
        "approved_by",
        "approved_at",
        "reviewed_at",
        "told_at",
        "told_where",
        "risks",
        "document",
    )
