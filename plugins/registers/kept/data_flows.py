"""Where data goes, and who allowed it."""

from soc2test import DeclaredFlow, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("data_flows", DeclaredFlow)
def data_flow(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        comes_from=item["comes_from"],
        goes_to=item["goes_to"],
        vendor=item["vendor"],
        job=item["job"],
        owners=item.then("owner_email", lambda owner: () if owner is None else (owner,)),
        classes=item["classes"],
        purpose=item["purpose"],
        approved_by=item["approved_by"],
        approved_at=item.time("approved_at"),
    )
    return told.shown_by(
        item.document("document"),
        "comes_from", "goes_to", "vendor", "job", "owners", "classes", "purpose", "approved_by", "approved_at",
    )  # fmt: skip
