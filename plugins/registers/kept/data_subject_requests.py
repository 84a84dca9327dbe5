"""Requests of people for data that is held of them."""

from soc2test import DataSubjectRequest, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("data_subject_requests", DataSubjectRequest)
def data_subject_request(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        kind=item["kind"],
        channel=item["channel"],
        received_at=item.time("received_at"),
        activities=item["activities"],
        identity_checked_at=item.time("identity_checked_at"),
        identity_checked_how=item.or_else("identity_checked_how", None),
        extended_at=time_or_none(item, "extended_at"),
        answered_at=item.time("answered_at"),
        answered_by=item["answered_by"],
        outcome=item["outcome"],
        denial_reason=item.or_else("denial_reason", None),
        remedy_told=item.or_else("remedy_told", None),
        told_categories=item.or_else("told_categories", []),
        told_recipients=item.or_else("told_recipients", []),
        corrected_at=time_or_none(item, "corrected_at"),
        passed_on_to=item.or_else("passed_on_to", []),
        passed_on_at=time_or_none(item, "passed_on_at"),
        deleted_in=item.or_else("deleted_in", []),
        deleted_at=time_or_none(item, "deleted_at"),
        deletion_checked_at=time_or_none(item, "deletion_checked_at"),
        deletion_checked_by=item.or_else("deletion_checked_by", None),
    )
    # how it came in, and to whom else a correction went, stand in no answer to the person
    told = told.shown_by(
        item.document("deletion_document"), "deleted_in", "deleted_at", "deletion_checked_at", "deletion_checked_by"
    )
    return told.shown_by(
        item.document("answer_document"),
        "answered_at", "answered_by", "outcome", "denial_reason", "remedy_told", "told_categories", "told_recipients",
    )  # fmt: skip
