"""How long data of each class are kept."""

from soc2test import Facts, Item, RetentionRule, Subject, facts
from soc2test_plugins.registers.source import register


@register("retention_rules", RetentionRule)
def retention_rule(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        data_class=item["data_class"],
        delete_days=item["delete_days"],
        backup_days=item["backup_days"],
        basis=item["basis"],
        owner_email=item["owner_email"],
        approved_by=item["approved_by"],
        approved_at=item.time("approved_at"),
        document=None if document is None else document.file,
    )
    return told.shown_by(
        document, "data_class", "delete_days", "backup_days", "basis", "owner_email", "approved_by", "approved_at",
        "document",
    )  # fmt: skip
