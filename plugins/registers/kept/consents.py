"""Consents."""

from soc2test import Consent, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("consents", Consent)
def consent(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        activity=item["activity"],
        point=item["point"],
        notice=item["notice"],
        given_at=item.time("given_at"),
        how=item["how"],
        first_used_at=item.time("first_used_at"),
        withdrawn_at=time_or_none(item, "withdrawn_at"),
        stopped_at=time_or_none(item, "stopped_at"),
    )
    return told.shown_by(
        item.document("document"),
        "activity", "point", "notice", "given_at", "how", "first_used_at", "withdrawn_at", "stopped_at",
    )  # fmt: skip
