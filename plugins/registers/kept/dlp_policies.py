"""Rules against the loss of data, as the product that enforces them shows them."""

from soc2test import DlpPolicy, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("dlp_policies", DlpPolicy)
def dlp_policy(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        data_class=item["data_class"],
        channel=item["channel"],
        mode=item["mode"],
        since=time_or_none(item, "since"),
        everybody=item["everybody"],
        checked_at=item.time("checked_at"),
        checked_by=item["checked_by"],
    )
    return told.shown_by(item.document("settings"), "data_class", "channel", "mode", "since", "everybody")
