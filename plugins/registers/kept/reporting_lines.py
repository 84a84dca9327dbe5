"""Lines by which people report, and the messages that tried them."""

from soc2test import Facts, Item, LineTest, ReportingLine, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("reporting_lines", ReportingLine)
def reporting_line(item: Item, at: Subject) -> Facts:
    count = item.document("count_document")
    told = facts(
        item["id"],
        purpose=item["purpose"],
        address=item["address"],
        owner_email=item["owner_email"],
        published_where=item["published_where"],
        received=item.or_else("received", None),
        counted_since=time_or_none(item, "counted_since"),
        counted_until=time_or_none(item, "counted_until"),
        count=None if count is None else count.file,
    )
    return told.shown_by(count, "received", "counted_since", "counted_until", "count")


@register("line_tests", LineTest)
def line_test(item: Item, at: Subject) -> Facts:
    record = item.document("document")
    told = facts(
        item["id"],
        line=item["line"],
        sent_at=item.time("sent_at"),
        sent_by=item["sent_by"],
        arrived_at=item.time("arrived_at"),
        received_by=item["received_by"],
        answered_at=item.time("answered_at"),
        document=None if record is None else record.file,
    )
    return told.shown_by(record, "line", "sent_at", "sent_by", "arrived_at", "received_by", "answered_at", "document")
