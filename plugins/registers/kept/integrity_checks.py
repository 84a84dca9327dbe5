"""Checks of what is stored."""

from soc2test import Facts, IntegrityCheck, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("integrity_checks", IntegrityCheck)
def integrity_check(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        store=item["store"],
        done_at=item.time("done_at"),
        listed=item["listed"],
        checked=item["checked"],
        mismatched=item["mismatched"],
        resolved_at=time_or_none(item, "resolved_at"),
        resolved_by=item.or_else("resolved_by", None),
        fall_explanation=item.or_else("fall_explanation", None),
        fall_explained_by=item.or_else("fall_explained_by", None),
        fall_explained_at=time_or_none(item, "fall_explained_at"),
        document=None if document is None else document.file,
    )
    return told.shown_by(
        document, "store", "done_at", "listed", "checked", "mismatched", "resolved_at", "resolved_by",
        "fall_explanation", "fall_explained_by", "fall_explained_at", "document",
    )  # fmt: skip
