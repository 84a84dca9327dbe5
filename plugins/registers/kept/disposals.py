"""Media that were destroyed or handed over."""

from soc2test import Disposal, Facts, Item, Subject, facts
from soc2test_plugins.registers.source import register


@register("disposals", Disposal)
def disposal(item: Item, at: Subject) -> Facts:
    certificate = item.document("certificate")
    told = facts(
        item["id"],
        category=item["category"],
        serials=item.or_else("serials", []),
        disposed_at=item.time("disposed_at"),
        approved_by=item["approved_by"],
        carried_out_by=item["carried_out_by"],
        certificate=None if certificate is None else certificate.file,
    )
    return told.shown_by(certificate, "category", "serials", "disposed_at", "carried_out_by", "certificate")
