"""Reviews of how commitments about personal data are kept."""

from soc2test import Facts, Item, PrivacyReview, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("privacy_reviews", PrivacyReview)
def privacy_review(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        first_day=item.time("first_day"),
        last_day=item.time("last_day"),
        done_at=item.time("done_at"),
        done_by=item["done_by"],
        reported_to=item["reported_to"],
        reported_at=item.time("reported_at"),
        requests=item["requests"],
        complaints=item["complaints"],
        breaches=item["breaches"],
        findings=item["findings"],
        correct_by=time_or_none(item, "correct_by"),
        corrected_at=time_or_none(item, "corrected_at"),
    )
    return told.shown_by(
        item.document("document"),
        "first_day", "last_day", "done_at", "done_by", "requests", "complaints", "breaches", "findings", "correct_by",
    )  # fmt: skip
