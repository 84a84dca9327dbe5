"""Places where people are asked for personal data."""

from soc2test import CollectionPoint, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("collection_points", CollectionPoint)
def collection_point(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        place=item["place"],
        in_use=item["in_use"],
        activities=item["activities"],
        notice=item["notice"],
        choice=item.or_else("choice", None),
        consequence=item.or_else("consequence", None),
        withdrawal=item.or_else("withdrawal", None),
        preselected=item["preselected"],
        seen_at=item.time("seen_at"),
        seen_by=item["seen_by"],
    )
    return told.shown_by(
        item.document("document"),
        "place", "notice", "choice", "consequence", "withdrawal", "preselected", "seen_at",
    )  # fmt: skip
