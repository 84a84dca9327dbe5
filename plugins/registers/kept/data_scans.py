"""What scanners of data found, where no export of theirs is read."""

from soc2test import DataScan, Facts, Item, Subject, facts, known, or_unknown
from soc2test_plugins.registers.source import register


@register("data_scans", DataScan)
def data_scan(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        scanner=item["scanner"],
        store=item["store"],
        scanned_at=item.time("scanned_at"),
        sensitive=or_unknown(lambda: bool(known(item["found"]))),
        found=item["found"],
        items=item["items"],
        unread=item["unread"],
    )
    return told.shown_by(
        item.document("report"), "scanner", "store", "scanned_at", "sensitive", "found", "items", "unread"
    )
