"""Systems of artificial intelligence, and what their vendors agreed to."""

from soc2test import AISystem, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("ai_systems", AISystem)
def ai_system(item: Item, at: Subject) -> Facts:
    terms = item.document("document")
    told = facts(
        item["id"],
        known_as=item["known_as"],
        vendor=item["vendor"],
        owner_email=item["owner_email"],
        purpose=item["purpose"],
        data_classes=item["data_classes"],
        in_use_since=item.time("in_use_since"),
        reviewed_by=item.or_else("reviewed_by", None),
        reviewed_at=time_or_none(item, "reviewed_at"),
        application=item.or_else("application", None),
        terms=None if terms is None else terms.file,
        terms_at=time_or_none(item, "terms_at"),
        training_clause=item.or_else("training_clause", None),
        retention_days=item.or_else("retention_days", None),
        rights=item.or_else("rights", []),
        prompt_log=item.or_else("prompt_log", None),
        repository=item.or_else("repository", None),
    )
    return told.shown_by(terms, "terms", "terms_at", "training_clause", "retention_days")
