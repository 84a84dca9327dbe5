"""Customers, and the terms that hold."""

from soc2test import Customer, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("customers", Customer)
def customer(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        started_at=item.time("started_at"),
        ended_at=time_or_none(item, "ended_at"),
        terms_version=item["terms_version"],
        agreed_at=item.time("agreed_at"),
        security_terms=item["security_terms"],
        document=None if document is None else document.file,
    )
    return told.shown_by(document, "started_at", "ended_at", "terms_version", "agreed_at", "security_terms", "document")
