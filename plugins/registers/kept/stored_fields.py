"""Columns of databases, and what each is for."""

from soc2test import DeclaredField, Facts, Item, StoredField, Subject, facts
from soc2test_plugins.registers.source import register


@register("stored_fields", StoredField)
def stored_field(item: Item, at: Subject) -> Facts:
    return facts(
        f"{item['store']}/{item['table_schema']}.{item['table_name']}.{item['column_name']}",
        store=item["store"],
        column_name=item["column_name"],
        data_type=item["data_type"],
    )


@register("declared_fields", DeclaredField)
def declared_field(item: Item, at: Subject) -> Facts:
    return facts(
        f"{item['store']}/{item['field']}",
        activity=item["activity"],
        data_category=item["data_category"],
        reason=item.or_else("reason", None),
        declared_by=item["declared_by"],
        declared_at=item.time("declared_at"),
    )
