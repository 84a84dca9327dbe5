"""The risk register."""

from soc2test import Facts, Item, Risk, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("risks", Risk)
def risk(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        title=item["title"],
        category=item["category"],
        owner_email=item["owner_email"],
        likelihood=item["likelihood"],
        impact=item["impact"],
        treatment=item["treatment"],
        reviewed_at=item.time("reviewed_at"),
        concerns=item.or_else("concerns", []),
        controls=item.or_else("controls", []),
        accepted_by=item.or_else("accepted_by", None),
        accepted_at=time_or_none(item, "accepted_at"),
    )
