"""Devices, where no device management is exported."""

from soc2test import Device, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("devices", Device)
def device(item: Item, at: Subject) -> Facts:
    record = item.document("wipe_document")
    told = facts(
        item["serial"],
        name=item["name"],
        owner_email=item["owner_email"],
        status=item["status"],
        disk_encrypted=item["disk_encrypted"],
        protected=item["protected"],
        returned_at=time_or_none(item, "returned_at"),
        lost_at=time_or_none(item, "lost_at"),
        disposed_at=time_or_none(item, "disposed_at"),
        wiped_at=time_or_none(item, "wiped_at"),
        wipe_shown_in=None if record is None else record.file,
    )
    return told.shown_by(record, "wiped_at", "wipe_shown_in")
