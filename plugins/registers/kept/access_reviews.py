"""Reviews of who has access, and what they decided."""

from soc2test import AccessDecision, AccessReview, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("access_reviews", AccessReview)
def access_review(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        system=item["system"],
        reviewer_email=item["reviewer_email"],
        started_at=time_or_none(item, "started_at"),
        completed_at=item.time("completed_at"),
    )


@register("access_decisions", AccessDecision)
def access_decision(item: Item, at: Subject) -> Facts:
    return facts(
        f"{item['review']}/{item['account']}",
        review=item["review"],
        account=item["account"],
        decision=item["decision"],
        decider_email=item.or_else("decider_email", None),
        decided_at=time_or_none(item, "decided_at"),
        done_at=time_or_none(item, "done_at"),
    )
