"""The record of processing."""

from soc2test import Facts, Item, ProcessingActivity, Subject, facts
from soc2test_plugins.registers.source import register


@register("processing_activities", ProcessingActivity)
def processing_activity(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        purpose=item["purpose"],
        began_at=item.time("began_at"),
        legal_basis=item["legal_basis"],
        data_categories=item["data_categories"],
        sensitive=item.or_else("sensitive", []),
        recipients=item["recipients"],
        stores=item["stores"],
        retention_days=item["retention_days"],
        owner_email=item["owner_email"],
        reviewed_at=item.time("reviewed_at"),
    )
