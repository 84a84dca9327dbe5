"""What was found, and what became of it."""

from soc2test import Deficiency, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("deficiencies", Deficiency)
def deficiency(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        found_by=item["found_by"],
        severity=item["severity"],
        found_at=item.time("found_at"),
        owner_email=item["owner_email"],
        due_at=item.time("due_at"),
        reported_to=item["reported_to"],
        reported_at=item.time("reported_at"),
        fixed_by=item["fixed_by"],
        fix=item["fix"],
        closed_at=item.time("closed_at"),
        retested_by=item["retested_by"],
        retested_at=item.time("retested_at"),
        document=None if document is None else document.file,
    )
    return told.shown_by(
        document,
        "found_by",
        "severity",
        "found_at",
        "owner_email",
        "due_at",
        "reported_to",
        "reported_at",
        "fixed_by",
        "fix",
        "closed_at",
        "retested_by",
        "retested_at",
        "document",
    )
