"""Customers whose contracts ended."""

from soc2test import Facts, FormerCustomer, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("former_customers", FormerCustomer)
def former_customer(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        ended_at=item.time("ended_at"),
    )
