"""What incidents, and what vendors told of, did to personal data."""

from soc2test import Facts, Item, PrivacyAssessment, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("privacy_assessments", PrivacyAssessment)
def privacy_assessment(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        incident=item.or_else("incident", None),
        vendor=item.or_else("vendor", None),
        learnt_at=item.time("learnt_at"),
        assessed_at=item.time("assessed_at"),
        assessed_by=item["assessed_by"],
        reasoning=item["reasoning"],
        subjects_affected=item["subjects_affected"],
        activities=item["activities"],
        data_categories=item["data_categories"],
        exposed_to=item.or_else("exposed_to", None),
        exposed_from=time_or_none(item, "exposed_from"),
        exposed_until=time_or_none(item, "exposed_until"),
        risk=item.or_else("risk", None),
        authority_notified_at=time_or_none(item, "authority_notified_at"),
        authority=item.or_else("authority", None),
        controllers_notified_at=time_or_none(item, "controllers_notified_at"),
        controllers=item.or_else("controllers", None),
        not_notified_reason=item.or_else("not_notified_reason", None),
        subjects_notified_at=time_or_none(item, "subjects_notified_at"),
    )
    told = told.shown_by(
        item.document("assessment_document"),
        "assessed_at", "assessed_by", "reasoning", "subjects_affected", "activities", "data_categories", "exposed_to",
        "exposed_from", "exposed_until", "risk", "not_notified_reason",
    )  # fmt: skip
    return told.shown_by(item.document("notification_document"), "authority_notified_at", "authority")
