"""Customers, what they are given and told, and security.txt."""

from soc2test import Customer, CustomerDocument, CustomerNotice, Facts, Item, SecurityTxt, Subject, facts, or_unknown
from soc2test_plugins.registers.security_txt import Fields, fields_of, moment_of
from soc2test_plugins.registers.source import register, time_or_none


@register("customers", Customer)
def customer(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        since=item.time("since"),
        until=time_or_none(item, "until"),
        terms=item["terms"],
        signed_at=item.time("signed_at"),
        document=None if document is None else document.file,
    )
    # since when the service is used stands in the billing system
    return told.shown_by(document, "terms", "signed_at", "document")


@register("customer_documents", CustomerDocument)
def customer_document(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        topic=item["topic"],
        version=item["version"],
        valid_from=item.time("valid_from"),
        valid_until=time_or_none(item, "valid_until"),
        owner_email=item["owner_email"],
        approved_by=item["approved_by"],
        approved_at=item.time("approved_at"),
        reviewed_at=item.time("reviewed_at"),
        document=None if document is None else document.file,
    )
    # who approved and reviewed it is for the company to know: the text that customers have says it to nobody
    return told.shown_by(document, "topic", "version", "valid_from", "document")


@register("customer_notices", CustomerNotice)
def customer_notice(item: Item, at: Subject) -> Facts:
    document = item.document("document")
    told = facts(
        item["id"],
        about=item["about"],
        sent_at=item.time("sent_at"),
        recipients=item["recipients"],
        sent_by=item["sent_by"],
        document=None if document is None else document.file,
    )
    return told.shown_by(document, "about", "sent_at", "recipients", "sent_by", "document")


@register("security_txts", SecurityTxt)
def security_txt(item: Item, at: Subject) -> Facts:
    def body() -> Fields:
        return fields_of(item["body"])

    return facts(
        item["id"],
        url=item["url"],
        fetched_at=item.time("fetched_at"),
        status=item["status"],
        content_type=item["content_type"],
        contacts=or_unknown(lambda: body().get("contact", [])),
        canonical=or_unknown(lambda: body().get("canonical", [])),
        expires=or_unknown(lambda: moment_of(body(), "expires")),
    )
