"""Results of jobs as they were handed over."""

from soc2test import Delivery, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("deliveries", Delivery)
def delivery(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        job=item["job"],
        output=item["output"],
        run_due=item.time("run_due"),
        recipient=item["recipient"],
        delivered_at=time_or_none(item, "delivered_at"),
        count=item["count"],
    )
    return told.shown_by(
        item.document("document"), "job", "output", "run_due", "recipient", "delivered_at", "count"
    )  # fmt: skip
