"""Fields in which personal data is stored: each is declared."""

from datetime import datetime

from soc2test import DeclaredField, Person, Population, ProcessingActivity, StoredField, control, deviation
from soc2test_policies._ages import disorder
from soc2test_policies._people import named_problem
from soc2test_policies._personal_names import sounds_personal

_OPAQUE = ("json", "jsonb", "xml", "hstore", "bytea", "blob", "longblob", "varbinary", "image")
"""Types of columns that may hold anything, whatever they are called."""


def each_store_lists_its_fields(fields: Population[StoredField], declared: Population[DeclaredField]) -> None:
    """A store of which fields are declared has its own list of them, and each of these stands in it.

    A list that was cut short lacks what was declared before: nothing tells what else it lacks.
    """
    stores = {field.store for field in fields.members}
    for store in sorted({entry.id.partition("/")[0] for entry in declared.members} - stores):
        entry = next(entry for entry in declared.members if entry.id.startswith(f"{store}/"))
        deviation(entry, f"fields of {store} are declared, and the store's own list is missing")
    listed = {field.id for field in fields.members}
    listed |= {f"{field.id.rpartition('.')[0]}.*" for field in fields.members}
    for entry in declared.members:
        if entry.id not in listed and entry.id.partition("/")[0] in stores:
            text = f"{entry.id} is declared, and the store's own list lacks it: take the entry out, or list all columns"
            deviation(entry, text)


@control(
    "PRV-23",
    criteria=["P3.1"],
    nature="state",
    supports={"P4.1": "each field that could be used has the one purpose that it was declared for"},
    severity="high",
    complete=each_store_lists_its_fields,
)
def test_each_stored_field_is_declared(
    field: StoredField,
    declared: Population[DeclaredField],
    activities: Population[ProcessingActivity],
    persons: Population[Person],
    as_of: datetime,
) -> None:
    """Every column of a store, as the database lists them, is declared for a purpose, or as no personal data.

    For a purpose: one that keeps such data in that store by the record of processing. As none: by a person, and with
    the reason where the column is called as such data is (email, birthday, diagnosis ...) or may hold any. One entry
    may stand for the others of a table that holds none, always with the reason, so that a column which comes to one
    with personal data is seen. A column that is declared and that its store's list lacks leaves the list open: it may
    have been cut short.

    P3.1: only what was declared is collected where the database holds nothing else.
    """
    entry = declared.one("id", field.id) or declared.one("id", f"{field.id.rpartition('.')[0]}.*")
    assert entry is not None, "is stored, and nobody declared it"
    of_table = entry.id.endswith(".*")
    assert not of_table or entry.activity is None, "has no entry of its own, in a table with personal data"
    said = entry.declared_at
    assert said is not None, "is declared on no day"
    problem = disorder(as_of, ("declared", said)) or named_problem("declarer", entry.declared_by, said, persons)
    assert not problem, problem
    if entry.activity is None:
        assert entry.reason or not of_table, "stands for a whole table as no personal data, without a reason"
        own_reason = bool(entry.reason) and not of_table
        called_so = sounds_personal(field.column_name)
        assert own_reason or not called_so, "is called as personal data is, and declared as none without a reason"
        may_hold_any = field.data_type.casefold() in _OPAQUE
        assert own_reason or not may_hold_any, "may hold anything, and is declared as no personal data without a reason"
        return
    activity = activities.one("id", entry.activity)
    assert activity is not None, f"the record of processing has no {entry.activity}"
    assert field.store in activity.stores, f"{entry.activity} keeps nothing in {field.store}"
    assert entry.data_category in activity.data_categories, f"{entry.activity} needs no {entry.data_category or 'data'}"
