"""Policies that people confirmed."""

from soc2test import Acknowledgement, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("acknowledgements", Acknowledgement)
def acknowledgement(item: Item, at: Subject) -> Facts:
    told = facts(
        f"{item['person_email'].lower()}/{item['policy']}/{item['version']}",
        person_email=item["person_email"],
        policy=item["policy"],
        version=item["version"],
        acknowledged_at=item.time("acknowledged_at"),
    )
    return told.shown_by(item.document("document"), "person_email", "policy", "version", "acknowledged_at")
