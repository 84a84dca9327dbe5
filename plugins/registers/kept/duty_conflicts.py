"""Duties that the company keeps apart."""

from soc2test import DutyConflict, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("duty_conflicts", DutyConflict)
def duty_conflict(item: Item, at: Subject) -> Facts:
    item["reason"]  # for whoever reads the register: it must be there
    return facts(
        item["id"],
        one=item["one"],
        other=item["other"],
        approved_by=item["approved_by"],
        approved_at=time_or_none(item, "approved_at"),
    )
