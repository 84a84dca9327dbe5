"""Versions of privacy notices."""

from soc2test import Facts, Item, PrivacyNotice, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("privacy_notices", PrivacyNotice)
def privacy_notice(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        approved_by=item["approved_by"],
        approved_at=item.time("approved_at"),
        announced_at=time_or_none(item, "announced_at"),
        announced_how=item.or_else("announced_how", None),
        published_at=item.time("published_at"),
        replaces=item.or_else("replaces", None),
        replaced_at=time_or_none(item, "replaced_at"),
        activities=item["activities"],
        recipients=item["recipients"],
        contacts=item["contacts"],
    )
    # when it stood where people could read it, and when it no longer did, its text alone does not show
    told = told.shown_by(item.document("document"), "activities", "recipients", "contacts")
    return told.shown_by(item.document("announcement_document"), "announced_at", "announced_how")
