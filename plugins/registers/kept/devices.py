"""Devices, where no device management is exported."""

from soc2test import Device, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("devices", Device)
def device(item: Item, at: Subject) -> Facts:
    return facts(
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
    )
