"""Requests for access, where no system that takes them is exported."""

from typing import Any

from soc2test import AccessRequest, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("access_requests", AccessRequest)
def access_request(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        person_email=item["person_email"],
        system=item["system"],
        right=item.or_else("right", None),
        requested_by=item["requested_by"],
        requested_at=item.time("requested_at"),
        approved_by=item["approved_by"],
        approved_at=time_or_none(item, "approved_at"),
        shown_in=_shown_in(item),
    )
    return told.shown_by(
        item.document("document"), "person_email", "system", "right", "requested_by", "requested_at", "approved_by",
        "approved_at", "shown_in",
    )  # fmt: skip


def _shown_in(item: Item) -> Any:
    """The file where there is one: a ticket's number shows nothing by itself."""
    document = item.document("document")
    return item.or_else("ticket", None) if document is None else document.file
