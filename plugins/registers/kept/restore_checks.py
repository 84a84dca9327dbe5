"""What people compared after a restore."""

from soc2test import Facts, Item, RestoreCheck, Subject, facts
from soc2test_plugins.registers.source import register


@register("restore_checks", RestoreCheck)
def restore_check(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        restore=item["restore"],
        store=item["store"],
        compared=item["compared"],
        expected_count=item["expected_count"],
        restored_count=item["restored_count"],
        checked_by=item["checked_by"],
        checked_at=item.time("checked_at"),
        document=None if document is None else document.file,
    )
    return told.shown_by(
        document, "restore", "store", "compared", "expected_count", "restored_count", "checked_by", "checked_at",
        "document",
    )  # fmt: skip
