"""Commitments, requirements, and how much risk is taken."""

from soc2test import Commitment, Facts, Item, RiskAppetite, Subject, facts
from soc2test_plugins.registers.source import register

_APPROVED = ("approved_by", "approved_at", "document")


@register("commitments", Commitment)
def commitment(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        kind=item["kind"],
        made_in=item.or_else("made_in", []),
        serves=item.or_else("serves", []),
        risks=item.or_else("risks", []),
        owner_email=item["owner_email"],
        version=item["version"],
        approved_by=item["approved_by"],
        approved_at=item.time("approved_at"),
        reviewed_at=item.time("reviewed_at"),
        document=None if document is None else document.file,
    )
    # which risks may keep it from being met, and what it serves, is the register's own word
    return told.shown_by(document, "version", *_APPROVED)


@register("risk_appetites", RiskAppetite)
def risk_appetite(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        category=item["category"],
        most=item["most"],
        approved_by=item["approved_by"],
        approved_at=item.time("approved_at"),
        document=None if document is None else document.file,
    )
    return told.shown_by(document, "category", "most", *_APPROVED)
