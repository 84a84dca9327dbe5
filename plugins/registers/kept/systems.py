"""The inventory of systems."""

from soc2test import Facts, Item, Subject, System, facts
from soc2test_plugins.registers.source import register


@register("systems", System)
def system(item: Item, at: Subject) -> Facts:
    requirements = item.document("requirements_document")
    told = facts(
        item["id"],
        name=item["name"],
        owner_email=item["owner_email"],
        environment=item["environment"],
        criticality=item["criticality"],
        assets=item["assets"],
        reviewed_at=item.time("reviewed_at"),
        life_cycle=item["life_cycle"],
        requirements_document=None if requirements is None else requirements.file,
        requirements_by=item["requirements_by"],
        requirements_at=item.time("requirements_at"),
    )
    return told.shown_by(requirements, "name", "requirements_document", "requirements_by", "requirements_at")
