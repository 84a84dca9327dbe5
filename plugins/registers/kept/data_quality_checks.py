"""Checks of personal data against what is right."""

from soc2test import DataQualityCheck, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register, time_or_none


@register("data_quality_checks", DataQualityCheck)
def data_quality_check(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        activity=item["activity"],
        aspects=item["aspects"],
        compared_with=item["compared_with"],
        checked_at=item.time("checked_at"),
        checked_by=item["checked_by"],
        records_held=item["records_held"],
        records_checked=item["records_checked"],
        faults=item["faults"],
        corrected_at=time_or_none(item, "corrected_at"),
    )
    return told.shown_by(
        item.document("document"),
        "aspects", "compared_with", "checked_at", "checked_by", "records_held", "records_checked", "faults",
    )  # fmt: skip
