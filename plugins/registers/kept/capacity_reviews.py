"""Looks at capacity."""

from soc2test import CapacityReview, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("capacity_reviews", CapacityReview)
def capacity_review(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        about=item["about"],
        reviewed_at=item.time("reviewed_at"),
        reviewer_email=item["reviewer_email"],
        measured_percent=item["measured_percent"],
        forecast_percent=item["forecast_percent"],
        action=item["action"],
        document=None if document is None else document.file,
    )
    return told.shown_by(
        document,
        "about",
        "reviewed_at",
        "reviewer_email",
        "measured_percent",
        "forecast_percent",
        "action",
        "document",
    )
