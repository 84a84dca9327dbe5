"""Penetration tests."""

from soc2test import Facts, Item, PenetrationTest, Subject, facts
from soc2test_plugins.registers.source import register


@register("penetration_tests", PenetrationTest)
def penetration_test(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        tester=item["tester"],
        lead_email=item["lead_email"],
        ended_at=item.time("ended_at"),
        scope=item.or_else("scope", []),
        findings=item["findings"],
        document=None if document is None else document.file,
    )
    return told.shown_by(document, "tester", "lead_email", "ended_at", "scope", "findings", "document")
