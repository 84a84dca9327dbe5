"""What binds vendors that handle personal data."""

from soc2test import Facts, Item, Processor, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("processors", Processor)
def processor(item: Item, at: Subject) -> Facts:
    told = facts(
        item["vendor"],
        vendor=item["vendor"],
        notice_clause=item["notice_clause"],
        notice_hours=item["notice_hours"],
        notice_address=item["notice_address"],
        contact_tested_at=item.time("contact_tested_at"),
        contact_tested_by=item["contact_tested_by"],
        contact_answered_at=item.time("contact_answered_at"),
        privacy_assessed_at=item.time("privacy_assessed_at"),
        privacy_assessed_by=item["privacy_assessed_by"],
        failures=item["failures"],
        correct_by=time_or_none(item, "correct_by"),
        corrected_at=time_or_none(item, "corrected_at"),
    )
    told = told.shown_by(item.document("agreement_document"), "notice_clause", "notice_hours", "notice_address")
    return told.shown_by(
        item.document("assessment_document"), "privacy_assessed_at", "privacy_assessed_by", "failures", "correct_by"
    )
