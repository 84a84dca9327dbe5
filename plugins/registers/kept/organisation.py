"""Charts of the organisation, and what its roles ask for."""

from soc2test import Facts, Item, OrganisationChart, RoleDescription, Subject, facts
from soc2test_plugins.registers.source import register


@register("org_charts", OrganisationChart)
def organisation_chart(item: Item, at: Subject) -> Facts:
    chart = item.document("document")
    told = facts(
        item["id"],
        drawn_at=item.time("drawn_at"),
        reviewed_at=item.time("reviewed_at"),
        reviewed_by=item["reviewed_by"],
        people=item["people"],
        document=None if chart is None else chart.file,
    )
    return told.shown_by(chart, "drawn_at", "reviewed_at", "reviewed_by", "people", "document")


@register("role_descriptions", RoleDescription)
def role_description(item: Item, at: Subject) -> Facts:
    description = item.document("document")
    told = facts(
        item["id"],
        title=item["title"],
        approved_by=item["approved_by"],
        approved_at=item.time("approved_at"),
        reviewed_at=item.time("reviewed_at"),
        document=None if description is None else description.file,
    )
    return told.shown_by(description, "title", "approved_by", "approved_at", "reviewed_at", "document")
