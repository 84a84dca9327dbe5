"""Bodies that oversee management: their members and their meetings."""

from soc2test import BodyMember, Facts, Item, Meeting, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("meetings", Meeting)
def meeting(item: Item, at: Subject) -> Facts:
    minutes = item.document("minutes_document")
    told = facts(
        item["id"],
        body=item["body"],
        held_at=item.time("held_at"),
        attendees=item["attendees"],
        topics=item["topics"],
        minutes=None if minutes is None else minutes.file,
        signed_by=item["signed_by"],
        signed_at=item.time("signed_at"),
    )
    return told.shown_by(minutes, "body", "held_at", "attendees", "topics", "minutes", "signed_by", "signed_at")


@register("body_members", BodyMember)
def body_member(item: Item, at: Subject) -> Facts:
    determination = item.document("determination_document")
    told = facts(
        item["id"],
        body=item["body"],
        name=item["name"],
        email=item["email"],
        started_at=item.time("started_at"),
        ended_at=time_or_none(item, "ended_at"),
        ties=item["ties"],
        determined_at=item.time("determined_at"),
        determined_by=item["determined_by"],
        determination=None if determination is None else determination.file,
    )
    # from when to when a term lasts stands in the records of its body: these stay the row's word
    return told.shown_by(
        determination, "body", "name", "email", "ties", "determined_at", "determined_by", "determination"
    )
