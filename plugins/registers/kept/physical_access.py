"""Sites, badges, their reviews and visits, where no system of the doors is exported."""

from soc2test import Badge, BadgeReview, Facts, Item, Site, Subject, Visit, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("sites", Site)
def site(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        owner_email=item["owner_email"],
        operated_by=item["operated_by"],
        opened_at=item.time("opened_at"),
        closed_at=time_or_none(item, "closed_at"),
    )


@register("badges", Badge)
def badge(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        holder_email=item["holder_email"],
        sites=item["sites"],
        active=item["active"],
        issued_at=item.time("issued_at"),
        approved_by=item["approved_by"],
        approved_at=time_or_none(item, "approved_at"),
        disabled_at=time_or_none(item, "disabled_at"),
    )


@register("badge_reviews", BadgeReview)
def badge_review(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        sites=item["sites"],
        reviewer_email=item["reviewer_email"],
        reviewed_at=item.time("reviewed_at"),
        kept=item["kept"],
        revoked=item.or_else("revoked", []),
    )
    return told.shown_by(item.document("document"), "sites", "reviewer_email", "reviewed_at", "kept", "revoked")


@register("visits", Visit)
def visit(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        site=item["site"],
        visitor=item["visitor"],
        host_email=item["host_email"],
        arrived_at=item.time("arrived_at"),
        left_at=time_or_none(item, "left_at"),
    )
