"""Management's looks at the results of the tests of controls."""

from soc2test import Facts, Item, ResultReview, Subject, facts
from soc2test_plugins.registers.source import register


@register("result_reviews", ResultReview)
def result_review(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        month=item["month"],
        reviewed_at=item.time("reviewed_at"),
        reviewer_email=item["reviewer_email"],
        ran_by=item["ran_by"],
        results_digest=item["results_digest"],
        decision=item["decision"],
        document=None if document is None else document.file,
    )
    return told.shown_by(
        document, "month", "reviewed_at", "reviewer_email", "ran_by", "results_digest", "decision", "document"
    )
