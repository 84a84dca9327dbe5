"""Incidents."""

from soc2test import Facts, Incident, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("incidents", Incident)
def incident(item: Item, at: Subject) -> Facts:
    postmortem = item.document("postmortem_document")
    told = facts(
        item["id"],
        title=item["title"],
        severity=item["severity"],
        detected_at=item.time("detected_at"),
        acknowledged_at=item.time("acknowledged_at"),
        resolved_at=item.time("resolved_at"),
        commander_email=item["commander_email"],
        root_cause=item["root_cause"],
        postmortem_at=item.time("postmortem_at"),
        actions=item["actions"],
        actions_closed_at=item.time("actions_closed_at"),
        customers_affected=item["customers_affected"],
        notified_at=item.time("notified_at"),
        pages=item.or_else("pages", []),
        postmortem=None if postmortem is None else postmortem.file,
        tickets=item.or_else("tickets", []),
    )
    return told.shown_by(
        postmortem,
        "severity", "detected_at", "acknowledged_at", "resolved_at", "commander_email", "root_cause", "postmortem_at",
        "actions", "postmortem",
    )  # fmt: skip
