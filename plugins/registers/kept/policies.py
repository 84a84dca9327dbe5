"""Written policies."""

from soc2test import Facts, Item, PolicyDocument, Subject, facts
from soc2test_plugins.registers.source import register


@register("policies", PolicyDocument)
def policy(item: Item, at: Subject) -> Facts:
    text = item.document("document")
    told = facts(
        item["id"],
        title=item["title"],
        topic=item["topic"],
        version=item["version"],
        owner_email=item["owner_email"],
        approved_by=item["approved_by"],
        approved_at=item.time("approved_at"),
        reviewed_at=item.time("reviewed_at"),
        published_at=item.time("published_at"),
        published_where=item["published_where"],
        document=None if text is None else text.file,
        document_digest=None if text is None else text.sha256,
    )
    # where readers find it, and by which of our topics we file it, stand in no document: these stay the row's word
    return told.shown_by(
        text,
        "title", "version", "owner_email", "approved_by", "approved_at", "reviewed_at", "document", "document_digest",
    )  # fmt: skip
