"""Personal data that is given to others."""

from soc2test import Disclosure, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("disclosures", Disclosure)
def disclosure(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        recipient=item["recipient"],
        activity=item["activity"],
        data_categories=item["data_categories"],
        basis=item["basis"],
        began_at=item.time("began_at"),
        ended_at=item.time("ended_at"),
        authorised_by=item["authorised_by"],
        authorised_at=item.time("authorised_at"),
    )
    return told.shown_by(
        item.document("document"), "recipient", "data_categories", "basis", "authorised_by", "authorised_at"
    )
