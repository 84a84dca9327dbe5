"""Where sensitive data lives: which stores are listed, what of each is told, and what is not known."""

from typing import Any

import pytest

from soc2test import DataFlow, DataScan, DataStore, Population, control
from soc2test.controls.control import Control, control_of
from soc2test.data_map.stores import data_map
from soc2test.populations.population import Gap
from soc2test.run import DataMap, StoreEntry
from soc2test.testing import resource

SAFE: dict[str, Any] = {
    "public": False,
    "tls_only": True,
    "encrypted": True,
    "customer_key": True,
    "access_logged": True,
}


@control("X-1", criteria=["CC6.6"], supports={"C1.1": "it is not open to all"}, nature="state", severity="high")
def test_not_public(store: DataStore) -> None:
    """No store is public.

    CC6.6: nobody from outside gets in.
    """
    assert not store.public, f"{store.owner} left it open"


def _control() -> Control:
    found = control_of(test_not_public)
    assert found is not None
    return found


def mapped(stores: list[Any], *scans: Any, most: int | None = None, gaps: tuple[Gap, ...] = ()) -> DataMap:
    none: list[DataFlow] = []
    return data_map(
        Population(DataStore, stores, gaps), Population(DataScan, scans), Population(DataFlow, none), [_control()], most
    )


def store(id: str, **facts: Any) -> Any:
    return resource(DataStore, id, **facts)


def scan(store: str, **facts: Any) -> Any:
    return resource(DataScan, f"scan of {store}", store=store, **facts)


def only(found: DataMap) -> StoreEntry:
    (entry,) = found.stores
    return entry


@pytest.mark.parametrize(
    ("label", "found", "sensitive"),
    [
        ("confidential", [], "yes"),
        ("secret", [False], "yes"),
        ("internal", [True], "yes"),
        ("internal", [None, True], "yes"),
        (None, [True], "yes"),
        ("internal", [], "unknown"),
        ("Internal ", [None], "unknown"),
        (None, [], "unknown"),
        (None, [False], "unknown"),
        ("public", [False, None], "unknown"),
        ("unlabelled", [], "yes"),
    ],
)
def test_a_store_holds_nothing_sensitive_where_its_label_and_a_scanner_say_so(
    label: str | None, found: list[bool | None], sensitive: str
) -> None:
    said: list[dict[str, Any]] = [{} if value is None else {"sensitive": value} for value in found]
    looks = [resource(DataScan, f"s{number}", store="a", **facts) for number, facts in enumerate(said)]
    told = mapped([store("a", classification=label)], *looks)
    assert (only(told).sensitive, told.others) == (sensitive, 0)


def test_what_both_say_to_be_harmless_is_counted() -> None:
    told = mapped([store("a", classification="public")], scan("a", sensitive=False))
    assert (told.stores, told.others) == ((), 1)


def test_a_fact_that_is_not_told_is_named_and_is_no_exposure() -> None:
    told = only(mapped([store("a", classification="confidential", public=True, encrypted=True)]))
    assert [(each.fact, each.criteria) for each in told.exposed] == [("public", ("CC6.6", "C1.1"))]
    assert told.untold == ("tls_only", "customer_key", "access_logged")


def test_an_unknown_label_is_not_harmless() -> None:
    told = only(mapped([store("a", **SAFE)], scan("a", sensitive=False)))
    assert (told.label, told.sensitive, told.exposed, told.untold) == (None, "unknown", (), ())


def test_what_all_scanners_found_is_told_once() -> None:
    looks = [
        resource(DataScan, "1", store="a", sensitive=True, found=("NAME", "IBAN")),
        resource(DataScan, "2", store="a", sensitive=True, found=("NAME", "passport")),
        resource(DataScan, "3", store="b", sensitive=True, found=("of another",)),
        resource(DataScan, "4", store="a"),
    ]
    assert only(mapped([store("a")], *looks)).found == ("NAME", "IBAN", "passport")


def test_the_most_exposed_come_first_and_what_has_no_room_is_counted() -> None:
    stores = [
        store("d", classification="internal", **SAFE | {"public": True}),
        store("c", classification="confidential", **SAFE),
        store("b", classification="confidential", **SAFE | {"encrypted": False, "tls_only": False}),
        store("a", classification="internal", **SAFE | {"encrypted": False, "tls_only": False}),
    ]
    assert [entry.id for entry in mapped(stores).stores] == ["d", "b", "c", "a"]
    cut = mapped(stores, most=1)
    assert ([entry.id for entry in cut.stores], cut.more) == (["d"], 3)


def test_what_the_population_lacks_is_told() -> None:
    gap = Gap("missing", "export the buckets")
    assert mapped([], gaps=(gap,)).lacks == ("export the buckets",)
